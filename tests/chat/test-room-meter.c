/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* How much one machine may say. */
#include "base/hub-limits.h"
#include "hub-room-fixture.h"

#include <string.h>

#define CLASS 60

static char *
dup_longest_text (void)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < HUB_TEXT_MAX_CHARS; i++)
    g_string_append (text, "\360\237\230\200"); /* U+1F600 */

  return g_string_free (g_steal_pointer (&text), FALSE);
}

static void
join_all (HubRoomFixture *f, HubRoomClient *class, guint n, const char *key)
{
  for (guint i = 0; i < n; i++)
    {
      g_autofree char *name = g_strdup_printf ("Pupil %u", i + 1);

      hub_room_client_init (&class[i], f, name);
      class[i].hello.key = key;
      g_assert_true (hub_room_client_enter (&class[i], f));
    }
}

/* The default is ample for a class behind one router: all of them paste the longest text there is,
 * and then all talk as fast as they may. */
static void
test_class (void)
{
  g_autoptr (HubRoomFixture) f = NULL;
  HubRoomClient class[CLASS] = { 0 };
  g_autofree char *longest = dup_longest_text ();
  g_autofree char *line = g_strnfill (180, 'x');
  HubRoomLimits limits;
  gint64 ref = 1;

  hub_room_limits_init (&limits, CLASS);
  f = hub_room_fixture_new (&limits);
  join_all (f, class, CLASS, "ip:10.0.0.1");
  for (guint i = 0; i < CLASS; i++)
    hub_room_client_say (&class[i], f, ref, longest, HUB_SAY_SAID);
  for (guint second = 0; second < 10; second++)
    for (guint turn = 0; turn < HUB_MESSAGE_RATE; turn++)
      {
        hub_fake_clock_advance (f->clock, 1000 / HUB_MESSAGE_RATE);
        ref++;
        for (guint i = 0; i < CLASS; i++)
          hub_room_client_say (&class[i], f, ref, line, HUB_SAY_SAID);
      }
  for (guint i = 0; i < CLASS; i++)
    hub_room_client_clear (&class[i]);
}

/* One machine says no more than that with ever so many guests, and nobody else is slowed. */
static void
test_flood (void)
{
  g_autoptr (HubRoomFixture) f = NULL;
  HubRoomClient flood[HUB_MAX_PER_ADDRESS] = { 0 };
  g_auto (HubRoomClient) ana = { 0 };
  g_autofree char *longest = dup_longest_text ();
  HubRoomLimits limits;
  guint64 bytes = 0;
  guint seconds = 10;

  hub_room_limits_init (&limits, 2 * HUB_MAX_PER_ADDRESS);
  f = hub_room_fixture_new (&limits);
  join_all (f, flood, HUB_MAX_PER_ADDRESS, "ip:10.0.0.66");
  hub_room_client_join (&ana, f, "Ana");
  for (guint turn = 0; turn < seconds * HUB_MESSAGE_RATE; turn++)
    {
      for (guint i = 0; i < HUB_MAX_PER_ADDRESS; i++)
        {
          HubRefusal refusal = HUB_REFUSAL_INIT;
          guint64 id;

          if (hub_room_say (f->room, flood[i].entry.guest, turn + 1, longest, &id, &refusal)
              == HUB_SAY_SAID)
            bytes += strlen (longest);
          else
            g_assert_cmpint (refusal.code, ==, HUB_REFUSAL_TOO_FAST);
        }
      hub_room_client_say (&ana, f, turn + 1, longest, HUB_SAY_SAID);
      hub_fake_clock_advance (f->clock, 1000 / HUB_MESSAGE_RATE);
    }
  g_assert_cmpuint (bytes, <=, HUB_KEY_BURST_BYTES + seconds * HUB_KEY_RATE_BYTES);
  g_assert_cmpuint (bytes, >=, seconds * HUB_KEY_RATE_BYTES);
  for (guint i = 0; i < HUB_MAX_PER_ADDRESS; i++)
    hub_room_client_clear (&flood[i]);
}

/* Two who say the longest text there is whenever they may leave nothing of what their router has; who
 * says a line behind the same router is put off for a blink at most, and seldom. */
static void
test_neighbour (void)
{
  g_autoptr (HubRoomFixture) f = NULL;
  HubRoomClient all[3] = { 0 };
  g_autofree char *longest = dup_longest_text ();
  HubRoomLimits limits;
  gint64 refs[G_N_ELEMENTS (all)] = { 0 };
  gint64 due = 0;
  guint n_said = 0, n_put_off = 0, n_flood = 0;

  hub_room_limits_init (&limits, 10);
  f = hub_room_fixture_new (&limits);
  join_all (f, all, G_N_ELEMENTS (all), "ip:10.0.0.1");
  for (gint64 ms = 0; ms < 60000; ms++)
    {
      for (guint i = 0; i < 2; i++)
        {
          HubRefusal refusal = HUB_REFUSAL_INIT;
          guint64 id;

          n_flood += hub_room_say (f->room, all[i].entry.guest, ++refs[i], longest, &id, &refusal)
                     == HUB_SAY_SAID;
        }
      if (ms >= due)
        {
          HubRefusal refusal = HUB_REFUSAL_INIT;
          guint64 id;

          if (hub_room_say (f->room, all[2].entry.guest, ++refs[2], "hello", &id, &refusal)
              == HUB_SAY_SAID)
            {
              n_said++;
              due = ms + 333;
            }
          else
            {
              n_put_off++;
              g_assert_cmpuint (refusal.retry_after, <=, 3);
              due = ms + refusal.retry_after;
            }
        }
      hub_fake_clock_advance (f->clock, 1);
    }

  /* They did leave nothing. */
  g_assert_cmpuint (n_flood, >=, 60 * (HUB_KEY_RATE_BYTES / (4 * HUB_TEXT_MAX_CHARS + 1000)));
  g_assert_cmpuint (n_said, >=, 60 * 3 - 1);
  g_assert_cmpuint (n_put_off, <=, n_said / 10);
  for (guint i = 0; i < G_N_ELEMENTS (all); i++)
    hub_room_client_clear (&all[i]);
}

/* The refusal tells when to try again, and then it is said: the guest's own allowance was not
 * touched. Coming back, or as another guest, brings no more. */
static void
test_refusal (void)
{
  g_autoptr (HubRoomFixture) f = NULL;
  HubRoomClient class[2] = { 0 };
  g_auto (HubRoomClient) third = { 0 };
  HubRoomLimits limits;

  hub_room_limits_init (&limits, 10);
  limits.message_rate = 1;
  limits.message_burst = 2;
  limits.key_rate = 100;
  limits.key_burst = 2 * (HUB_MESSAGE_EXTRA_BYTES + 5);
  f = hub_room_fixture_new (&limits);
  join_all (f, class, 2, "ip:10.0.0.1");
  hub_room_client_say (&class[0], f, 1, "hello", HUB_SAY_SAID);
  hub_room_client_say (&class[0], f, 2, "hello", HUB_SAY_SAID);
  hub_room_client_say (&class[1], f, 1, "hello", HUB_SAY_REFUSED);
  g_assert_cmpint (class[1].refusal.code, ==, HUB_REFUSAL_TOO_FAST);
  g_assert_cmpuint (class[1].refusal.retry_after, ==, 2610);

  hub_room_leave (f->room, class[0].entry.guest);
  hub_room_client_init (&third, f, "Third");
  third.hello.key = "ip:10.0.0.1";
  g_assert_true (hub_room_client_enter (&third, f));
  hub_room_client_say (&third, f, 1, "hello", HUB_SAY_REFUSED);

  hub_room_fixture_wait (f, 2609);
  hub_room_client_say (&class[1], f, 2, "hello", HUB_SAY_REFUSED);
  hub_room_fixture_wait (f, 1);
  hub_room_client_say (&class[1], f, 3, "hello", HUB_SAY_SAID);
  g_assert_cmpuint (hub_room_client_say (&class[1], f, 3, "hello", HUB_SAY_REPEATED), ==, 3);
  hub_room_fixture_wait (f, 2610);
  hub_room_client_say (&class[1], f, 4, "hello", HUB_SAY_SAID);
  for (guint i = 0; i < G_N_ELEMENTS (class); i++)
    hub_room_client_clear (&class[i]);
}

static void
test_shares (void)
{
  static const struct
  {
    guint max_per_key;
    guint message_rate;
    guint key_rate;
    guint key_burst;
  } cases[] = {
    { HUB_MAX_PER_ADDRESS, HUB_MESSAGE_RATE, HUB_KEY_RATE_BYTES, HUB_KEY_BURST_BYTES },
    { 1, 1, HUB_KEY_RATE_BYTES, HUB_KEY_BURST_BYTES },
    { 1, 2 * HUB_MESSAGE_RATE, 2 * HUB_KEY_RATE_BYTES, HUB_KEY_BURST_BYTES },
    { 1, 100 * HUB_MESSAGE_RATE, 100 * HUB_KEY_RATE_BYTES, 100 * HUB_KEY_RATE_BYTES },
    { 1, 1000000, G_MAXUINT, G_MAXUINT },
    { 1, 0, 0, HUB_KEY_BURST_BYTES },
    { 0, HUB_MESSAGE_RATE, 0, HUB_KEY_BURST_BYTES },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      HubRoomLimits limits;

      hub_room_limits_init (&limits, 10);
      hub_room_limits_set_shares (&limits, cases[i].max_per_key, cases[i].message_rate);
      g_assert_cmpuint (limits.max_per_key, ==, cases[i].max_per_key);
      g_assert_cmpuint (limits.message_rate, ==, cases[i].message_rate);
      g_assert_cmpuint (limits.message_burst, ==, MAX (HUB_MESSAGE_BURST, cases[i].message_rate));
      g_assert_cmpuint (limits.key_rate, ==, cases[i].key_rate);
      g_assert_cmpuint (limits.key_burst, ==, cases[i].key_burst);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/chat/room-meter/class", test_class);
  g_test_add_func ("/chat/room-meter/flood", test_flood);
  g_test_add_func ("/chat/room-meter/neighbour", test_neighbour);
  g_test_add_func ("/chat/room-meter/refusal", test_refusal);
  g_test_add_func ("/chat/room-meter/shares", test_shares);

  return g_test_run ();
}
