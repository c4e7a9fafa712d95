/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "server/hub-fake-transport.h"
#include "server/hub-fanout.h"

#include "base/hub-limits.h"

#include <string.h>

/* A transport and its place. */
typedef struct
{
  HubFakeTransport *transport;
  HubMember *member;
} Guest;

static void
enter (HubFanout *fanout, Guest *guest, HubFormat format)
{
  guest->transport = hub_fake_transport_new (format);
  guest->member = hub_fanout_add (fanout, HUB_TRANSPORT (guest->transport));
}

static void
leave (HubFanout *fanout, Guest *guest)
{
  hub_fanout_remove (fanout, g_steal_pointer (&guest->member));
  g_assert_finalize_object (g_steal_pointer (&guest->transport));
}

static void
publish (HubFanout *fanout, HubFormat format, const char *text)
{
  g_autoptr (GBytes) frame = g_bytes_new (text, strlen (text));

  hub_fanout_publish (fanout, format, frame);
}

static void
publish_soon (HubFanout *fanout, const char *text)
{
  g_autoptr (GBytes) frame = g_bytes_new (text, strlen (text));

  hub_fanout_publish_soon (fanout, HUB_FORMAT_PLAIN, frame);
}

static void
tell (HubFanout *fanout, Guest *guest, const char *text)
{
  g_autoptr (GBytes) frame = g_bytes_new (text, strlen (text));

  hub_fanout_tell (fanout, guest->member, frame);
}

static void
assert_sent (Guest *guest, const char *expected, guint expected_sends)
{
  guint n_sends;
  g_autofree char *sent = hub_fake_transport_take (guest->transport, &n_sends);

  g_assert_cmpstr (sent, ==, expected);
  g_assert_cmpuint (n_sends, ==, expected_sends);
}

static void
test_once_a_turn (void)
{
  g_autoptr (HubFanout) fanout = hub_fanout_new ();
  Guest a;
  Guest b;

  enter (fanout, &a, HUB_FORMAT_PLAIN);
  enter (fanout, &b, HUB_FORMAT_PLAIN);
  publish (fanout, HUB_FORMAT_PLAIN, "1");
  publish (fanout, HUB_FORMAT_PLAIN, "2");
  assert_sent (&a, "", 0);
  hub_fanout_flush (fanout);
  assert_sent (&a, "12", 1);
  assert_sent (&b, "12", 1);
  hub_fanout_flush (fanout);
  assert_sent (&a, "", 0);
  leave (fanout, &a);
  leave (fanout, &b);
}

static void
test_formats (void)
{
  g_autoptr (HubFanout) fanout = hub_fanout_new ();
  Guest plain;
  Guest json;

  g_assert_false (hub_fanout_has_members (fanout, HUB_FORMAT_JSON));
  enter (fanout, &plain, HUB_FORMAT_PLAIN);
  enter (fanout, &json, HUB_FORMAT_JSON);
  g_assert_true (hub_fanout_has_members (fanout, HUB_FORMAT_JSON));
  publish (fanout, HUB_FORMAT_PLAIN, "p");
  publish (fanout, HUB_FORMAT_JSON, "j");
  hub_fanout_flush (fanout);
  assert_sent (&plain, "p", 1);
  assert_sent (&json, "j", 1);
  leave (fanout, &plain);
  leave (fanout, &json);
  g_assert_false (hub_fanout_has_members (fanout, HUB_FORMAT_JSON));
}

/* Private frames stay where they came between those for everybody. */
static void
test_order (void)
{
  g_autoptr (HubFanout) fanout = hub_fanout_new ();
  Guest a;
  Guest b;
  Guest late;

  enter (fanout, &a, HUB_FORMAT_JSON);
  enter (fanout, &b, HUB_FORMAT_JSON);
  tell (fanout, &a, "w");
  publish (fanout, HUB_FORMAT_JSON, "1");
  tell (fanout, &b, "x");
  tell (fanout, &b, "y");
  publish (fanout, HUB_FORMAT_JSON, "2");
  enter (fanout, &late, HUB_FORMAT_JSON);
  tell (fanout, &late, "W");
  publish (fanout, HUB_FORMAT_JSON, "3");
  tell (fanout, &a, "z");
  hub_fanout_flush (fanout);
  assert_sent (&a, "w123z", 1);
  assert_sent (&b, "1xy23", 1);
  assert_sent (&late, "W3", 1);

  /* Private ones alone, and then none of them again. */
  tell (fanout, &b, "q");
  hub_fanout_flush (fanout);
  assert_sent (&a, "", 0);
  assert_sent (&b, "q", 1);
  publish (fanout, HUB_FORMAT_JSON, "4");
  hub_fanout_flush (fanout);
  assert_sent (&a, "4", 1);
  assert_sent (&b, "4", 1);
  assert_sent (&late, "4", 1);
  leave (fanout, &a);
  leave (fanout, &b);
  leave (fanout, &late);
}

/* Who goes gets what was his until then, and nothing of what comes after. */
static void
test_remove (void)
{
  g_autoptr (HubFanout) fanout = hub_fanout_new ();
  g_autoptr (HubFakeTransport) gone = NULL;
  Guest a;
  Guest b;
  Guest c;

  enter (fanout, &a, HUB_FORMAT_JSON);
  enter (fanout, &b, HUB_FORMAT_JSON);
  enter (fanout, &c, HUB_FORMAT_JSON);
  publish (fanout, HUB_FORMAT_JSON, "1");
  tell (fanout, &a, "e");
  tell (fanout, &c, "c");
  gone = g_object_ref (a.transport);
  hub_fanout_remove (fanout, g_steal_pointer (&a.member));
  publish (fanout, HUB_FORMAT_JSON, "2");
  hub_fanout_flush (fanout);
  assert_sent (&a, "1e", 1);
  assert_sent (&b, "12", 1);
  assert_sent (&c, "1c2", 1);
  g_object_unref (a.transport);
  leave (fanout, &c);
  leave (fanout, &b);
}

static void
test_early_flush (void)
{
  g_autoptr (HubFanout) fanout = hub_fanout_new ();
  g_autofree char *big = g_strnfill (HUB_BATCH_BYTES, 'x');
  g_autofree char *expected = g_strconcat ("p1", big, NULL);
  Guest a;

  enter (fanout, &a, HUB_FORMAT_PLAIN);
  tell (fanout, &a, "p");
  publish (fanout, HUB_FORMAT_PLAIN, "1");
  publish (fanout, HUB_FORMAT_PLAIN, big);
  assert_sent (&a, expected, 1);
  publish (fanout, HUB_FORMAT_PLAIN, "2");
  hub_fanout_flush (fanout);
  assert_sent (&a, "2", 1);
  leave (fanout, &a);
}

/* What may wait waits for its time, for which the loop wakes, or for what cannot wait. */
static void
test_soon (void)
{
  g_autoptr (HubFanout) fanout = hub_fanout_new ();
  gint64 due;
  Guest a;
  Guest b;

  enter (fanout, &a, HUB_FORMAT_PLAIN);
  enter (fanout, &b, HUB_FORMAT_PLAIN);
  publish_soon (fanout, "1");
  hub_fanout_end_turn (fanout);
  publish_soon (fanout, "2");
  hub_fanout_end_turn (fanout);
  assert_sent (&a, "", 0);
  due = g_get_monotonic_time () + HUB_SOON_MS * 1000;
  while (g_get_monotonic_time () < due)
    g_main_context_iteration (NULL, TRUE);
  hub_fanout_end_turn (fanout);
  assert_sent (&a, "12", 1);
  assert_sent (&b, "12", 1);
  g_assert_false (g_main_context_pending (NULL));

  publish_soon (fanout, "3");
  publish (fanout, HUB_FORMAT_PLAIN, "4");
  hub_fanout_end_turn (fanout);
  assert_sent (&a, "34", 1);
  assert_sent (&b, "34", 1);

  publish_soon (fanout, "5");
  tell (fanout, &a, "6");
  publish (fanout, HUB_FORMAT_JSON, "nobody's");
  hub_fanout_end_turn (fanout);
  assert_sent (&a, "56", 1);
  assert_sent (&b, "5", 1);

  publish_soon (fanout, "7");
  leave (fanout, &b);
  leave (fanout, &a);
}

/* Another format's hurry is none of ours. */
static void
test_soon_formats (void)
{
  g_autoptr (HubFanout) fanout = hub_fanout_new ();
  Guest a;
  Guest b;

  enter (fanout, &a, HUB_FORMAT_PLAIN);
  enter (fanout, &b, HUB_FORMAT_JSON);
  publish_soon (fanout, "1");
  publish (fanout, HUB_FORMAT_JSON, "2");
  hub_fanout_end_turn (fanout);
  assert_sent (&a, "", 0);
  assert_sent (&b, "2", 1);
  leave (fanout, &a);
  leave (fanout, &b);
}

/* Any mixture, against a model that appends at once. */
static void
test_model (void)
{
  g_autoptr (HubFanout) fanout = hub_fanout_new ();
  Guest guests[8] = { 0 };
  GString *expected[8] = { NULL };

  for (guint step = 0; step < 20000; step++)
    {
      guint who = (guint) g_test_rand_int_range (0, G_N_ELEMENTS (guests));
      Guest *guest = &guests[who];
      char text[2] = { (char) g_test_rand_int_range ('a', 'z'), '\0' };

      switch (g_test_rand_int_range (0, 8))
        {
        case 0:
          if (guest->member == NULL)
            {
              enter (fanout, guest, HUB_FORMAT_JSON);
              expected[who] = g_string_new (NULL);
              break;
            }
          hub_fanout_remove (fanout, g_steal_pointer (&guest->member));
          {
            g_autofree char *sent = hub_fake_transport_take (guest->transport, NULL);

            g_assert_cmpstr (sent, ==, expected[who]->str);
          }
          g_assert_finalize_object (g_steal_pointer (&guest->transport));
          g_string_free (g_steal_pointer (&expected[who]), TRUE);
          break;
        case 1:
        case 2:
          if (guest->member != NULL)
            {
              tell (fanout, guest, text);
              g_string_append (expected[who], text);
            }
          break;
        case 3:
          if (g_test_rand_bit ())
            hub_fanout_flush (fanout);
          else
            hub_fanout_end_turn (fanout);
          break;
        default:
          publish (fanout, HUB_FORMAT_JSON, text);
          for (guint i = 0; i < G_N_ELEMENTS (guests); i++)
            {
              if (expected[i] != NULL)
                g_string_append (expected[i], text);
            }
          break;
        }
    }

  for (guint i = 0; i < G_N_ELEMENTS (guests); i++)
    {
      if (guests[i].member == NULL)
        continue;
      leave (fanout, &guests[i]);
      g_string_free (expected[i], TRUE);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/fanout/once-a-turn", test_once_a_turn);
  g_test_add_func ("/fanout/formats", test_formats);
  g_test_add_func ("/fanout/order", test_order);
  g_test_add_func ("/fanout/remove", test_remove);
  g_test_add_func ("/fanout/early-flush", test_early_flush);
  g_test_add_func ("/fanout/soon", test_soon);
  g_test_add_func ("/fanout/soon-formats", test_soon_formats);
  g_test_add_func ("/fanout/model", test_model);
  return g_test_run ();
}
