/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/*
 * HubKeyMeter: how much the peers of each throttle key may do together, so that one machine with
 * many connections does no more than a class behind one router may. HubRoom has one for what is said
 * (in bytes), HubServer one for wrong tokens.
 *
 * A key is remembered only until it has all of its allowance again (burst / rate seconds after it
 * last took of it): leaving and joining anew brings no more.
 */
typedef struct _HubKeyMeter HubKeyMeter;

/* @rate: of what is counted, a second, 0: no limit. @burst: at once. Returns: (transfer full) */
HubKeyMeter *hub_key_meter_new (guint rate, guint burst);
void hub_key_meter_free (HubKeyMeter *self);

/* A peer of @key does @n of it. @now: monotonic ms. Returns: 0, or the milliseconds until it may:
 * nothing was taken then */
guint hub_key_meter_take (HubKeyMeter *self, const char *key, guint n, gint64 now);

/* Keys that are remembered. */
guint hub_key_meter_get_n_keys (HubKeyMeter *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HubKeyMeter, hub_key_meter_free)

G_END_DECLS
