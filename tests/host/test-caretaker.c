/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "host/hub-caretaker.h"

/* A room whose guests are told as away and left within moments of the real clock. */
typedef struct
{
  HubClock *clock;
  HubRoom *room;
  HubNews *news;
  HubCaretaker *caretaker;
  GString *told;
} Fixture;

static void
on_news (GPtrArray *events, gboolean is_stale, gpointer user_data)
{
  static const char *const marks[] = { "+", "-", "~", "^", ":" };
  Fixture *f = user_data;

  for (guint i = 0; i < events->len; i++)
    {
      const HubEvent *event = g_ptr_array_index (events, i);

      g_assert_cmpuint (event->type, <, G_N_ELEMENTS (marks));
      g_string_append_printf (f->told, "%s%s%s ", marks[event->type], event->name,
                              event->text != NULL ? event->text : "");
    }
  g_ptr_array_unref (events);
  hub_news_acknowledge (f->news);
}

static void
wait_for (Fixture *f, const char *told)
{
  while (!g_str_equal (f->told->str, told))
    {
      g_assert_true (g_str_has_prefix (told, f->told->str));
      g_main_context_iteration (NULL, TRUE);
    }
  g_string_truncate (f->told, 0);
}

static void
test_time (void)
{
  const HubHello hello = { .name = "Ana", .key = "a", .device = "" };
  const HubSecret token = { "0123456789abcde" };
  const HubSecret next = { "0123456789abcdf" };
  HubHello again = hello;
  g_auto (HubRefusal) refusal = HUB_REFUSAL_INIT;
  Fixture f = { .clock = hub_clock_new (), .told = g_string_new (NULL) };
  HubRoomLimits limits;
  HubEntry entry;
  guint64 id;

  hub_room_limits_init (&limits, 10);
  limits.away_after = 20;
  limits.left_after = 60;
  f.room = hub_room_new (f.clock, "0123456789abcdef0123456789abcdef", "Lab", &limits);
  f.news = hub_news_new (f.clock, on_news, &f);
  f.caretaker = hub_caretaker_new (f.room, f.news);

  g_assert_true (hub_room_enter (f.room, &hello, &token, &entry, &refusal));
  g_assert_cmpint (hub_room_say (f.room, entry.guest, 1, "hello", &id, &refusal), ==, HUB_SAY_SAID);
  wait_for (&f, "+Ana :Anahello ");
  hub_room_detach (f.room, entry.guest);
  wait_for (&f, "~Ana ");
  again.token = &token;
  g_assert_true (hub_room_enter (f.room, &again, &next, &entry, &refusal));
  wait_for (&f, "^Ana ");
  hub_room_detach (f.room, entry.guest);
  wait_for (&f, "~Ana -Ana ");

  hub_caretaker_free (f.caretaker);
  hub_news_free (f.news);
  g_string_free (f.told, TRUE);
  g_assert_finalize_object (f.room);
  g_assert_finalize_object (f.clock);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/host/caretaker/time", test_time);

  return g_test_run ();
}
