/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "server/hub-test-peer.h"
#include "server/hub-test-server.h"

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* A client of hubbub.v1 over a HubTestPeer, by hand. */

/* Connects and upgrades. */
HubTestPeer *hub_test_json_open (HubTestServer *server);

const char *hub_test_json_get_type (JsonObject *object);

/* The next object, and the next that is no presence. Returns: (transfer full) */
JsonObject *hub_test_json_read (HubTestPeer *peer);
JsonObject *hub_test_json_read_next (HubTestPeer *peer);

/* The next that is no presence is of this type. Returns: (transfer full) */
JsonObject *hub_test_json_expect (HubTestPeer *peer, const char *type);

void hub_test_json_expect_said (HubTestPeer *peer, gint64 id, const char *text);
/* Returns: its retry_after, or 0 */
gint64 hub_test_json_expect_refused (HubTestPeer *peer, const char *what, const char *code);
void hub_test_json_expect_ended (HubTestPeer *peer, const char *why);

/* Says @text, which gets @id; reads `said` and `accepted`, in whatever order. */
void hub_test_json_say (HubTestPeer *peer, gint64 ref, const char *text, gint64 id);

/* Sends `hello` with what is given; @more: further members, with their comma. */
void
hub_test_json_send_hello (HubTestPeer *peer, const char *name, const char *join, const char *more);

/* The same, and is let in. Returns: (transfer full): `welcome` */
JsonObject *
hub_test_json_hello (HubTestPeer *peer, const char *name, const char *join, const char *more);

/* Connects, and is let in. @token: may be NULL */
HubTestPeer *
hub_test_json_join (HubTestServer *server, const char *name, const char *join, char **token);

G_END_DECLS
