/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "server/hub-timeout-queue.h"

G_BEGIN_DECLS

/*
 * HubPulse: pings everybody of a kind in intervals and finds who was silent for HUB_PING_TIMEOUT_MS
 * after one. Two timers for all connections. Owned by HubServer.
 */
typedef struct
{
  guint interval; /* ms, more than HUB_PING_TIMEOUT_MS */
  /* Send a ping. */
  void (*ping) (gpointer owner);
  /* Whether the peer gave a sign of life since this was asked before. */
  gboolean (*take_heard) (gpointer owner);
  /* Nothing came since the ping. The beat is stopped. */
  void (*lost) (gpointer owner);
} HubPulseFuncs;

/* One connection's part; embedded in its owner. */
typedef struct
{
  HubTimeout interval;
  HubTimeout silence;
  gpointer owner;
} HubBeat;

typedef struct _HubPulse HubPulse;

HubPulse *hub_pulse_new (HubClock *clock, const HubPulseFuncs *funcs);
void hub_pulse_free (HubPulse *self);

/* The first ping comes after one interval. */
void hub_pulse_start (HubPulse *self, HubBeat *beat, gpointer owner);

/* Does nothing where it is not started. */
void hub_pulse_stop (HubPulse *self, HubBeat *beat);

/* For tests that move the clock by hand: does what is due. */
void hub_pulse_run (HubPulse *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HubPulse, hub_pulse_free)

G_END_DECLS
