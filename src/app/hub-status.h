/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "app/hub-notices.h"
#include "app/hub-preferences.h"
#include "host/hub-host.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/*
 * HubStatus: how the chat stands, for everything that shows it (window, tray, notifications): the host's
 * state and latest snapshot, which of its places is shown, what a banner says, who is here as a list
 * model. Without widgets. Owned by HubApplication; main thread.
 *
 * Signals:
 *   changed ()                something of the below is different
 *   person-joined (HubEvent)  somebody came
 *   first-guest ()            somebody came into an empty room
 *   network-changed ()        guests who are present lost the address they came by for another one
 *   stuck ()                  a device stopped at its browser's warning
 */
#define HUB_TYPE_STATUS (hub_status_get_type ())
G_DECLARE_FINAL_TYPE (HubStatus, hub_status, HUB, STATUS, GObject)

HubStatus *hub_status_new (HubHost *host, HubPreferences *preferences);

/* The same with a clock of the caller's, which decides when nobody has come for long. */
HubStatus *hub_status_new_with_clock (HubHost *host, HubPreferences *preferences, HubClock *clock);

HubHost *hub_status_get_host (HubStatus *self);
HubHostState hub_status_get_state (HubStatus *self);

/* Returns: (nullable): why the host FAILED */
const GError *hub_status_get_error (HubStatus *self);

/* Returns: (nullable): of the chat that is open, NULL in other states than READY */
HubSnapshot *hub_status_get_snapshot (HubStatus *self);

/* What the chat was started with last: the preferences of that time. Returns: (nullable) */
const HubSettings *hub_status_get_settings (HubStatus *self);

/* Guests in the room, those who are away included. */
guint hub_status_get_n_people (HubStatus *self);

/* (element-type HubPersonItem), in the order in which they joined. */
GListModel *hub_status_get_people (HubStatus *self);

/* What is shown and shared: the place chosen, else the best. Returns: (nullable): NULL without any */
const HubPlace *hub_status_get_place (HubStatus *self);

/* The names of the places to choose among, best first: the label of a network, with its address behind
 * where it has several. One of the other address family is the same place. Returns: (transfer full):
 * NULL-terminated */
char **hub_status_dup_place_names (HubStatus *self);

/* The one of them that the shown place has. Returns: (transfer full) (nullable): NULL without a place */
char *hub_status_dup_place_name (HubStatus *self);

/* Shows the place of this name from now on, and where there is none, another one of its network,
 * whichever address that gets; NULL: the best. */
void hub_status_choose_place (HubStatus *self, const char *name);

/* Why the chat FAILED and what the person can do about it, in words; plain text. Returns: (transfer
 * full) (nullable): NULL in other states */
char *hub_status_dup_reason (HubStatus *self);

/* What the QR code says: the shown place's URL and the code. Returns: (transfer full) (nullable) */
char *hub_status_dup_invitation (HubStatus *self);

HubNotice hub_status_get_notice (HubStatus *self);

/* The host has read what the banner says: it is not said again until it happens again. */
void hub_status_dismiss_notice (HubStatus *self);

/* Time may have changed what there is to say. Called by a timer of its own, and by whoever moves the
 * clock by hand. */
void hub_status_check_time (HubStatus *self);

/* Starts the chat with the preferences as they are now, unless one runs; ends it. After a start while
 * one is ending, the next begins once that has ended. */
void hub_status_start (HubStatus *self);
void hub_status_stop (HubStatus *self);

/* Ends the chat that is open and starts one with the preferences as they are now, locked if this one was.
 * For when nobody is present. */
void hub_status_restart (HubStatus *self);

/* "Ready · 3 people", "Starting…", … translated. Returns: (transfer full) */
char *hub_status_dup_title (HubStatus *self);

G_END_DECLS
