/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "chat/hub-room.h"
#include "server/hub-assets.h"
#include "server/hub-hall.h"

#include <libsoup/soup.h>

G_BEGIN_DECLS

/* RFC 6585 section 4; libsoup has no name for it. */
#define HUB_STATUS_TOO_MANY_REQUESTS 429

/* What the routes answer from; borrowed. */
typedef struct
{
  HubAssets *assets;
  HubRoom *room;
  HubHall *hall;
} HubRoutes;

/* Answers a request that hub_http_check() let through, by the one table of routes: the client's
 * files, /room, /qr.svg, and a hint at /chat for who does not ask for an upgrade. Leaves the message
 * alone where it is an upgrade that libsoup goes on with. */
void hub_routes_answer (const HubRoutes *self, SoupServerMessage *message);

/* Answers with @status and a line of text that says it to a person; @must_close: the connection
 * ends with it. */
void hub_routes_refuse (SoupServerMessage *message, guint status, gboolean must_close);

G_END_DECLS
