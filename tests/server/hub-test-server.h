/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "net/hub-identity.h"
#include "server/hub-server.h"

G_BEGIN_DECLS

/*
 * HubTestServer: a HubServer on 127.0.0.1, any port, with an identity in a private directory, on
 * the default main context. A fixture for g_test_add().
 */
typedef struct
{
  char *directory;
  HubClock *clock;
  HubLan *lan;
  HubIdentity *identity;
  HubRoom *room;
  HubServerConfig config; /* a test may change it before hub_test_server_start() */
  GPtrArray *listen_on;
  HubServer *server;
  guint n_fds; /* open descriptors before the server */
} HubTestServer;

void hub_test_server_set_up (HubTestServer *self, gconstpointer user_data);

/* Stops the server unless the test did, and finds no descriptor left. */
void hub_test_server_tear_down (HubTestServer *self, gconstpointer user_data);

void hub_test_server_start (HubTestServer *self);

/*
 * Stops and frees it: within HUB_SHUTDOWN_MS, or within @ms. A busy machine does not count: what is
 * late is a stop that has nothing left to do by then but to wait.
 */
void hub_test_server_stop (HubTestServer *self);
void hub_test_server_stop_within (HubTestServer *self, guint ms);

/* Runs the main context until the server's figures are these. */
void hub_test_server_wait_connections (HubTestServer *self, guint connections);
void hub_test_server_wait_sessions (HubTestServer *self, guint sessions);

/* Descriptors of this process that are open. */
guint hub_test_count_fds (void);

/* Whether --web-root works here. Skips the test, with the reason, where the system has no
 * openat2(2): under valgrind before 3.20, in some containers. */
gboolean hub_test_can_open_beneath (void);

#define hub_test_server_add(path, func)                                                            \
  g_test_add (path, HubTestServer, NULL, hub_test_server_set_up, func, hub_test_server_tear_down)

G_END_DECLS
