/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/*
 * HubHostPort: who a request says it is for: the parsed authority of a `Host` or `Origin` header
 * (RFC 9110 section 7.2, RFC 3986 section 3.2.2). A plain value.
 */
typedef struct
{
  char *host; /* lower case, no trailing dot, no brackets; an address in canonical form */
  GInetAddress *address; /* where the host is an address literal, else NULL */
  guint16 port;          /* 443 where none was given */
  gboolean has_port;     /* whether one was given */
} HubHostPort;

#define HUB_HOST_PORT_INIT                                                                         \
  {                                                                                                \
    NULL, NULL, 0, FALSE                                                                           \
  }

/* Strict: no user information, no white space, no zone, no percent signs, only letters, digits,
 * hyphens, underscores and dots in names. Returns: FALSE, and @authority empty, for all else. */
gboolean hub_host_port_parse (const char *text, HubHostPort *authority);

/* Whether it is a loopback address (an IPv4-mapped one counts as IPv4) or "localhost". */
gboolean hub_host_port_is_loopback (const HubHostPort *self);

void hub_host_port_clear (HubHostPort *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (HubHostPort, hub_host_port_clear)

G_END_DECLS
