/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "net/hub-lan.h"
#include "server/hub-host-port.h"

G_BEGIN_DECLS

/*
 * HubHostList: the names and addresses under which this server may be asked. Without it a page of
 * another site that points its own name at this computer (DNS rebinding) could talk to the chat.
 *
 * A plain value of the HTTP server's; knows nothing of HTTP.
 */

typedef struct _HubHostList HubHostList;

/* @port: the one that a `Host` must name. @lan: knows the addresses of this computer. */
HubHostList *hub_host_list_new (HubLan *lan, guint16 port);

/* The list of the loopback listener at @port: 127.0.0.1, ::1 and localhost, and nothing else ever. */
HubHostList *hub_host_list_new_local (guint16 port);

HubHostList *hub_host_list_ref (HubHostList *self);
void hub_host_list_unref (HubHostList *self);

/* Allows a name or address literal (with or without brackets), or as certificates have it any one
 * label before a name, "*.example.org" (RFC 9525 section 6.3). Anything else is ignored, and so is
 * "localhost", which is up to the connection. */
void hub_host_list_add (HubHostList *self, const char *host);

/* Allows the host of a URL. */
void hub_host_list_add_url (HubHostList *self, const char *url);

/* Whether @authority is one of ours: what was added, and the addresses of this computer, shown or
 * not. @local: our end of the connection; only where it is a loopback address, "localhost" and the
 * other loopback addresses are ours. */
gboolean
hub_host_list_allows (HubHostList *self, const HubHostPort *authority, GInetAddress *local);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HubHostList, hub_host_list_unref)

G_END_DECLS
