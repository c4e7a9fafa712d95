/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "base/hub-clock.h"
#include "host/hub-news.h"
#include "host/hub-settings.h"
#include "net/hub-credentials.h"
#include "net/hub-lan.h"

G_BEGIN_DECLS

/*
 * HubReach: how guests reach the chat: this computer's addresses, its name on the network and the
 * certificate for both, kept in step while networks come and go. Owned by HubEngine; lives on the
 * engine's thread.
 *
 * Signals:
 *   places-changed ()       hub_reach_get_places() are others
 *   credentials-changed ()  hub_reach_get_credentials() are others
 */
#define HUB_TYPE_REACH (hub_reach_get_type ())
G_DECLARE_FINAL_TYPE (HubReach, hub_reach, HUB, REACH, GObject)

/* Reads the addresses, opens the identity and sees to a certificate; blocks for what that takes
 * (some milliseconds). What the host should know goes to @news, which outlives this.
 * Errors: HUB_SERVER_ERROR_ADDRESS, HUB_IDENTITY_ERROR, or those of HubLan. */
HubReach *
hub_reach_new (HubClock *clock, const HubSettings *settings, HubNews *news, GError **error);

HubLan *hub_reach_get_lan (HubReach *self);
HubCredentials *hub_reach_get_credentials (HubReach *self);

/* What to listen on; NULL: every address. (element-type GInetAddress) */
GPtrArray *hub_reach_get_listen_on (HubReach *self);

/* The chat listens on @port: there are places from now on, and the name is published. */
void hub_reach_publish (HubReach *self, const char *room_name, guint16 port);

/* Best first. (element-type HubPlace) */
GPtrArray *hub_reach_get_places (HubReach *self);

/* "label.local", or NULL. Returns: (transfer full) */
char *hub_reach_dup_mdns_name (HubReach *self);

/* Whether nobody is present, so that a certificate that gets old may be replaced now. */
void hub_reach_set_quiet (HubReach *self, gboolean is_quiet);

/* Reads an owner's certificate again; the outcome is an event. */
void hub_reach_reload_certificate (HubReach *self);

/* Withdraws the name from the network; nothing changes any more. */
void hub_reach_withdraw (HubReach *self);

G_END_DECLS
