/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "base/hub-clock.h"

G_BEGIN_DECLS

/*
 * HubWarningWatch: notices a device that stopped at its browser's warning about the certificate: it
 * refused the certificate, has asked for nothing in HUB_WARNING_PATIENCE_MS since, nobody joined
 * from it, and it was given no page in HUB_WARNING_MEMORY_MS before (browsers refuse one handshake
 * now and then after somebody chose to go on).
 *
 * Pure but for its clock; a device is its throttle key. Owned by HubServer; lives on its thread.
 */
typedef struct _HubWarningWatch HubWarningWatch;

typedef struct
{
  /* Whether somebody in the room has @key. */
  gboolean (*has_joined) (const char *key, gpointer user_data);
  /* Somebody stopped there. Once for each device while it goes on, and not more often than each
   * HUB_WARNING_AGAIN_MS for all of them. */
  void (*stuck) (gpointer user_data);
} HubWarningWatchFuncs;

HubWarningWatch *
hub_warning_watch_new (HubClock *clock, const HubWarningWatchFuncs *funcs, gpointer user_data);
void hub_warning_watch_free (HubWarningWatch *self);

/* A handshake of @key's ended in an alert about the certificate. */
void hub_warning_watch_refused (HubWarningWatch *self, const char *key);

/* A request of @key's came, over TLS. */
void hub_warning_watch_passed (HubWarningWatch *self, const char *key);

/* For tests that move the clock by hand: does what is due. */
void hub_warning_watch_run (HubWarningWatch *self);

/* How many devices are remembered; at most HUB_WARNING_MAX_DEVICES. */
guint hub_warning_watch_get_n_devices (HubWarningWatch *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HubWarningWatch, hub_warning_watch_free)

G_END_DECLS
