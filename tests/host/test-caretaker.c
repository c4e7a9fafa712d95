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
  static const char *const marks[] = {
    [HUB_EVENT_JOINED] = "+", [HUB_EVENT_LEFT] = "-", [HUB_EVENT_AWAY] = "~",
    [HUB_EVENT_BACK] = "^",   [HUB_EVENT_SAID] = ":", [HUB_EVENT_REMOVED] = "#",
  };
  Fixture *f = user_data;

  for (guint i = 0; i < events->len; i++)
    {
      const HubEvent *event = g_ptr_array_index (events, i);

      g_assert_cmpuint (event->type, <, G_N_ELEMENTS (marks));
      g_string_append_printf (f->told, "%s%s(%u)%s ", marks[event->type], event->name,
                              event->n_present, event->text != NULL ? event->text : "");
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

/* @left_after: ms; a guest is told as away after 20 ms. */
static void
fixture_init (Fixture *f, gint64 left_after)
{
  HubRoomLimits limits;

  *f = (Fixture){ .clock = hub_clock_new (), .told = g_string_new (NULL) };
  hub_room_limits_init (&limits, 10);
  limits.away_after = 20;
  limits.left_after = left_after;
  f->room = hub_room_new (f->clock, "0123456789abcdef0123456789abcdef", "Lab", &limits);
  f->news = hub_news_new (f->clock, on_news, f);
  f->caretaker = hub_caretaker_new (f->room, f->news);
}

static void
fixture_clear (Fixture *f)
{
  hub_caretaker_free (f->caretaker);
  hub_news_free (f->news);
  g_string_free (f->told, TRUE);
  g_assert_finalize_object (f->room);
  g_assert_finalize_object (f->clock);
}

static const HubSecret token = { "0123456789abcde" };
static const HubSecret next_token = { "0123456789abcdf" };
static const HubHello hello = { .name = "Ana", .key = "a", .device = "" };

/* Away when it is time, and back: he is kept for far longer than this test takes. */
static void
test_away (void)
{
  HubHello again = hello;
  g_auto (HubRefusal) refusal = HUB_REFUSAL_INIT;
  Fixture f;
  HubEntry entry;
  guint64 id;

  fixture_init (&f, 3600 * 1000);
  g_assert_true (hub_room_enter (f.room, &hello, &token, &entry, &refusal));
  g_assert_cmpint (hub_room_say (f.room, entry.guest, 1, "hello", &id, &refusal), ==, HUB_SAY_SAID);
  wait_for (&f, "+Ana(1) :Ana(0)hello ");
  hub_room_detach (f.room, entry.guest);
  wait_for (&f, "~Ana(1) ");
  again.token = &token;
  g_assert_true (hub_room_enter (f.room, &again, &next_token, &entry, &refusal));
  wait_for (&f, "^Ana(1) ");
  fixture_clear (&f);
}

static void
test_left (void)
{
  g_auto (HubRefusal) refusal = HUB_REFUSAL_INIT;
  Fixture f;
  HubEntry entry;

  fixture_init (&f, 60);
  g_assert_true (hub_room_enter (f.room, &hello, &token, &entry, &refusal));
  hub_room_detach (f.room, entry.guest);
  wait_for (&f, "+Ana(1) ~Ana(1) -Ana(0) ");
  fixture_clear (&f);
}

/* Removed, not left: one event. */
static void
test_removed (void)
{
  g_auto (HubRefusal) refusal = HUB_REFUSAL_INIT;
  Fixture f;
  HubEntry entry;
  guint64 id;

  fixture_init (&f, 3600 * 1000);
  g_assert_true (hub_room_enter (f.room, &hello, &token, &entry, &refusal));
  g_assert_cmpint (hub_room_say (f.room, entry.guest, 1, "spam", &id, &refusal), ==, HUB_SAY_SAID);
  id = hub_guest_get_id (entry.guest);
  hub_room_remove (f.room, entry.guest);
  g_assert_null (hub_room_find_guest (f.room, id));
  wait_for (&f, "+Ana(1) :Ana(0)spam #Ana(0) ");
  fixture_clear (&f);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/host/caretaker/away", test_away);
  g_test_add_func ("/host/caretaker/left", test_left);
  g_test_add_func ("/host/caretaker/removed", test_removed);

  return g_test_run ();
}
