/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/*
 * HubKeyMeter: how much the guests of each throttle key may say together, so that one machine with
 * many connections says no more than a class behind one router may. Part of HubRoom.
 *
 * A key is remembered only until it has all of its allowance again (burst / rate seconds after it
 * last said something): leaving and joining anew brings no more.
 */
typedef struct _HubKeyMeter HubKeyMeter;

/* @rate: bytes a second, 0: no limit. @burst: bytes at once. Returns: (transfer full) */
HubKeyMeter *hub_key_meter_new (guint rate, guint burst);
void hub_key_meter_free (HubKeyMeter *self);

/* A guest of @key says @bytes. @now: monotonic ms. Returns: 0, or the milliseconds until it may:
 * nothing was taken then */
guint hub_key_meter_take (HubKeyMeter *self, const char *key, guint bytes, gint64 now);

/* Keys that are remembered. */
guint hub_key_meter_get_n_keys (HubKeyMeter *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HubKeyMeter, hub_key_meter_free)

G_END_DECLS
