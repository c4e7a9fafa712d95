/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "server/hub-pulse.h"

#include "base/hub-limits.h"
#include "support/hub-fake-clock.h"

typedef struct
{
  HubBeat beat;
  guint pings;
  guint losses;
  gboolean is_heard;
} Peer;

static void
ping (gpointer owner)
{
  ((Peer *) owner)->pings++;
}

static gboolean
take_heard (gpointer owner)
{
  Peer *peer = owner;
  gboolean is_heard = peer->is_heard;

  peer->is_heard = FALSE;

  return is_heard;
}

static void
lost (gpointer owner)
{
  ((Peer *) owner)->losses++;
}

static const HubPulseFuncs funcs = { HUB_PING_INTERVAL_MS, ping, take_heard, lost };

static void
advance (HubFakeClock *clock, HubPulse *pulse, gint64 ms)
{
  hub_fake_clock_advance (clock, ms);
  hub_pulse_run (pulse);
}

static void
test_answers (void)
{
  g_autoptr (HubFakeClock) clock = hub_fake_clock_new ();
  g_autoptr (HubPulse) pulse = hub_pulse_new (HUB_CLOCK (clock), &funcs);
  Peer peer = { 0 };

  hub_pulse_start (pulse, &peer.beat, &peer);
  for (guint i = 1; i <= 3; i++)
    {
      advance (clock, pulse, HUB_PING_INTERVAL_MS - 1);
      g_assert_cmpuint (peer.pings, ==, i - 1);
      advance (clock, pulse, 1);
      g_assert_cmpuint (peer.pings, ==, i);
      peer.is_heard = TRUE;
    }
  g_assert_cmpuint (peer.losses, ==, 0);
  hub_pulse_stop (pulse, &peer.beat);
}

/* What came before the ping is no answer to it. */
static void
test_silent (void)
{
  g_autoptr (HubFakeClock) clock = hub_fake_clock_new ();
  g_autoptr (HubPulse) pulse = hub_pulse_new (HUB_CLOCK (clock), &funcs);
  Peer peer = { 0 };

  hub_pulse_start (pulse, &peer.beat, &peer);
  peer.is_heard = TRUE;
  advance (clock, pulse, HUB_PING_INTERVAL_MS);
  advance (clock, pulse, HUB_PING_TIMEOUT_MS - 1);
  g_assert_cmpuint (peer.losses, ==, 0);
  advance (clock, pulse, 1);
  g_assert_cmpuint (peer.losses, ==, 1);
  advance (clock, pulse, HUB_PING_INTERVAL_MS);
  g_assert_cmpuint (peer.pings, ==, 1);
  g_assert_cmpuint (peer.losses, ==, 1);
}

static void
test_stopped (void)
{
  g_autoptr (HubFakeClock) clock = hub_fake_clock_new ();
  g_autoptr (HubPulse) pulse = hub_pulse_new (HUB_CLOCK (clock), &funcs);
  Peer peer = { 0 };

  hub_pulse_start (pulse, &peer.beat, &peer);
  advance (clock, pulse, HUB_PING_INTERVAL_MS);
  hub_pulse_stop (pulse, &peer.beat);
  hub_pulse_stop (pulse, &peer.beat);
  advance (clock, pulse, 2 * HUB_PING_INTERVAL_MS);
  g_assert_cmpuint (peer.pings, ==, 1);
  g_assert_cmpuint (peer.losses, ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/pulse/answers", test_answers);
  g_test_add_func ("/pulse/silent", test_silent);
  g_test_add_func ("/pulse/stopped", test_stopped);
  return g_test_run ();
}
