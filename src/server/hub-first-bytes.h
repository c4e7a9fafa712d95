/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/*
 * What a peer speaks, by the first bytes it sends. A pure function.
 */
typedef enum
{
  HUB_FIRST_BYTES_MORE, /* cannot be told yet */
  HUB_FIRST_BYTES_TLS,  /* a handshake record, RFC 8446 section 5.1 */
  HUB_FIRST_BYTES_HTTP, /* a method of HTTP and a space */
  HUB_FIRST_BYTES_OTHER,
} HubFirstBytes;

/* As many tell it always. */
#define HUB_FIRST_BYTES_LENGTH 8

HubFirstBytes hub_first_bytes_judge (const void *bytes, gsize length);

G_END_DECLS
