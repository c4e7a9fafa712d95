/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "base/hub-clock.h"
#include "host/hub-moderator.h"
#include "host/hub-news.h"
#include "host/hub-settings.h"
#include "host/hub-snapshot.h"

G_BEGIN_DECLS

/*
 * HubEngine: one chat from its start to its end: puts room, addresses, certificate and server
 * together and keeps their time. The only place where the engine's parts are composed. Owned by
 * HubEngineThread; lives on that thread, whose default context must be its own.
 *
 * Signals:
 *   started ()          it listens; a snapshot can be made
 *   failed (GError)     it could not be started; nothing is left running
 *   stopped ()          after hub_engine_stop(): no connection is left
 */
#define HUB_TYPE_ENGINE (hub_engine_get_type ())
G_DECLARE_FINAL_TYPE (HubEngine, hub_engine, HUB, ENGINE, GObject)

/* @connections: what the descriptors allow. @news outlives the engine. */
HubEngine *
hub_engine_new (HubClock *clock, const HubSettings *settings, guint connections, HubNews *news);

/* Once. `started` or `failed` follows, within the call or later. */
void hub_engine_start (HubEngine *self);

/* Ends the chat for everybody; `stopped` follows, unless it had failed. */
void hub_engine_stop (HubEngine *self);

/* Where that takes too long: drops what holds it up. `stopped` comes as soon as the loop turns. */
void hub_engine_cut (HubEngine *self);

void hub_engine_reload_certificate (HubEngine *self);

/* For what the host decides. Returns: (transfer none) (nullable): NULL while there is no chat */
HubModerator *hub_engine_get_moderator (HubEngine *self);

/* Returns: (transfer full) (nullable): NULL when it has not started */
HubSnapshot *hub_engine_make_snapshot (HubEngine *self);

G_END_DECLS
