/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "server/hub-test-peer.h"
#include "server/hub-test-server.h"

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* A client of hubbub.v1 by two POSTs, by hand: a HubTestPeer for the stream, another to say things. */

/* Posts @body as the page would. @headers: further ones, each with its line's end. */
void
hub_test_lines_post (HubTestPeer *peer, const char *path, const char *headers, const char *body);

char *hub_test_lines_make_hello (const char *name, const char *join, const char *more);

/* Connects and posts @body, which is answered by a stream; reads its head. */
HubTestPeer *hub_test_lines_open (HubTestServer *server, const char *body);

/* A response without a length, and a line without anything, at once. */
void hub_test_lines_expect_head (HubTestPeer *peer);

/* Connects, and is let in. @more: further members of `hello`, with their comma. @token: may be NULL */
HubTestPeer *hub_test_lines_join (HubTestServer *server,
                                  const char *name,
                                  const char *join,
                                  const char *more,
                                  char **token);

/* One line without its end; NULL: the end of the stream. Returns: (transfer full) (nullable) */
char *hub_test_lines_read_line (HubTestPeer *peer);

/* The next object that is no presence. Returns: (transfer full) (nullable): NULL at the end */
JsonObject *hub_test_lines_read (HubTestPeer *peer);

/* That is of this type; and has this member. */
JsonObject *hub_test_lines_expect (HubTestPeer *peer, const char *type);
void hub_test_lines_expect_member (HubTestPeer *peer,
                                   const char *type,
                                   const char *member,
                                   const char *value);

/* Nothing more comes, and the connection ends politely. */
void hub_test_lines_expect_end (HubTestPeer *peer);

/* Says @object over @sayer, which stays connected. Returns: the status */
guint hub_test_lines_say (HubTestPeer *sayer, const char *token, const char *object);

G_END_DECLS
