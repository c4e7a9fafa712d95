/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "server/hub-door.h"

#include <libsoup/soup.h>

G_BEGIN_DECLS

/*
 * HubHttpLink: a SoupServer on the door's connections: takes them over, protects every response
 * from its first moment, and tells the door the stage that each connection is in. What is answered
 * is up to the handlers its owner adds.
 *
 * Owned by HubHttpServer or HubHelpServer; lives on the thread whose default context it was made in.
 */
typedef struct _HubHttpLink HubHttpLink;

/* Borrows @door. @policy: of responses for which nobody sets another (server/hub-headers.h).
 * @keeps_alive: else each connection ends with its response. Fails where the system has no
 * descriptors. */
HubHttpLink *
hub_http_link_new (HubDoor *door, const char *policy, gboolean keeps_alive, GError **error);

/* Ends the connections politely. The owner's handlers must be gone by then. */
void hub_http_link_free (HubHttpLink *self);

SoupServer *hub_http_link_get_soup (HubHttpLink *self);

/* The door's side of what libsoup calls @message; NULL where it has ended since.
 * Returns: (transfer none) (nullable) */
HubConnection *hub_http_link_find (HubHttpLink *self, SoupServerMessage *message);

/* Sends the response that @message has got now, and ends its connection: for a request whose headers
 * say all, but whose body is still to come. Without a body this does nothing. */
void hub_http_link_answer_early (HubHttpLink *self, SoupServerMessage *message);

/* Serves @connection, which is open. */
void hub_http_link_accept (HubHttpLink *self, HubConnection *connection);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HubHttpLink, hub_http_link_free)

G_END_DECLS
