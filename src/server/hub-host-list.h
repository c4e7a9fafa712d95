/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "server/hub-host-port.h"

G_BEGIN_DECLS

/*
 * HubHostList: the names and addresses under which this server may be asked. Without it a page of
 * another site that points its own name at this computer (DNS rebinding) could talk to the chat.
 *
 * A plain value of the HTTP server's; knows nothing of HTTP.
 */

typedef struct _HubHostList HubHostList;

/* @port: the one that a `Host` must name. */
HubHostList *hub_host_list_new (guint16 port);
void hub_host_list_free (HubHostList *self);

/* Allows a name or address literal (with or without brackets). Anything else is ignored. */
void hub_host_list_add (HubHostList *self, const char *host);

/* Allows the host of a URL. */
void hub_host_list_add_url (HubHostList *self, const char *url);

/* Whether @authority is one of ours. @local: our end of the connection; that address itself is
 * ours for certain, and where it is a loopback address, so are "localhost" and its relatives. */
gboolean
hub_host_list_allows (HubHostList *self, const HubHostPort *authority, GInetAddress *local);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HubHostList, hub_host_list_free)

G_END_DECLS
