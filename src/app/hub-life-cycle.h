/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "app/hub-status.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/* How long the chat may take to end before the program ends without it, in milliseconds. */
#define HUB_LIFE_CYCLE_PATIENCE_MS 2000

/*
 * HubLifeCycle: the one way in which the program ends: the chat first (guests are told, their connections
 * closed), while the main loop runs, then the application. It is taken when the host quits, on SIGTERM,
 * SIGINT and SIGHUP, and when the computer shuts down, which logind delays for that. Where the session
 * manager ends the session it quits the application itself, which then shuts the chat down all the same.
 * Owned by HubApplication; main thread.
 */
#define HUB_TYPE_LIFE_CYCLE (hub_life_cycle_get_type ())
G_DECLARE_FINAL_TYPE (HubLifeCycle, hub_life_cycle, HUB, LIFE_CYCLE, GObject)

/* @application: it outlives this. */
HubLifeCycle *hub_life_cycle_new (GApplication *application, HubStatus *status);

/* Has logind on @system_bus tell before the computer shuts down, and wait for the chat's end. */
void hub_life_cycle_watch_shutdown (HubLifeCycle *self, GDBusConnection *system_bus);

/* Ends the chat, then the application. Idempotent. */
void hub_life_cycle_end (HubLifeCycle *self);

/* Somebody wants the program again while it ends: it stays, unless it was told to go by a signal or the
 * computer's shutdown. Returns: whether it was ending and now is not; the chat is to be started again */
gboolean hub_life_cycle_revive (HubLifeCycle *self);

G_END_DECLS
