/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "host/hub-moderator.h"

#include "chat/hub-code.h"

#include <string.h>

typedef struct
{
  HubClock *clock;
  HubRoom *room;
  HubNews *news;
  HubModerator *moderator;
  GString *told; /* "locked unlocked code:K7M2PX code:none " */
} Fixture;

static void
on_news (GPtrArray *events, gboolean is_stale, gpointer user_data)
{
  Fixture *f = user_data;

  g_assert_true (is_stale);
  for (guint i = 0; i < events->len; i++)
    {
      const HubEvent *event = g_ptr_array_index (events, i);

      if (event->type == HUB_EVENT_CODE)
        g_string_append_printf (f->told, "code:%s ", event->text != NULL ? event->text : "none");
      else if (event->type == HUB_EVENT_LOCKED)
        g_string_append (f->told, "locked ");
      else if (event->type == HUB_EVENT_UNLOCKED)
        g_string_append (f->told, "unlocked ");
      else
        g_assert_not_reached ();
    }
  g_ptr_array_unref (events);
  hub_news_acknowledge (f->news);
}

static void
set_up (Fixture *f, gconstpointer ask_code)
{
  HubRoomLimits limits;

  hub_room_limits_init (&limits, 10);
  f->clock = hub_clock_new ();
  f->told = g_string_new (NULL);
  f->room = hub_room_new (f->clock, "0123456789abcdef0123456789abcdef", "Lab", &limits);
  f->news = hub_news_new (f->clock, on_news, f);
  f->moderator = hub_moderator_new (f->room, f->news, ask_code != NULL);
}

static void
tear_down (Fixture *f, gconstpointer ask_code)
{
  hub_moderator_free (f->moderator);
  hub_news_free (f->news);
  g_string_free (f->told, TRUE);
  g_assert_finalize_object (f->room);
  g_assert_finalize_object (f->clock);
}

static void
assert_told (Fixture *f, const char *told)
{
  hub_news_flush (f->news);
  g_assert_cmpstr (f->told->str, ==, told);
  g_string_truncate (f->told, 0);
}

/* Whoever asks is answered, also where nothing changes. */
static void
test_lock (Fixture *f, gconstpointer ask_code)
{
  hub_moderator_set_locked (f->moderator, FALSE);
  hub_moderator_set_locked (f->moderator, TRUE);
  g_assert_true (hub_room_is_locked (f->room));
  hub_moderator_set_locked (f->moderator, TRUE);
  hub_moderator_set_locked (f->moderator, FALSE);
  g_assert_false (hub_room_is_locked (f->room));
  assert_told (f, "unlocked locked locked unlocked ");
}

static void
assert_told_code (Fixture *f)
{
  const char *code = hub_room_get_code (f->room);
  g_autofree char *told = g_strdup_printf ("code:%s ", code != NULL ? code : "none");

  assert_told (f, told);
}

static void
test_code (Fixture *f, gconstpointer ask_code)
{
  g_autofree char *first = NULL;
  g_autofree char *normalized = NULL;

  g_assert_false (hub_room_has_code (f->room));
  hub_moderator_ask_code (f->moderator, HUB_CODE_OFF);
  assert_told (f, "code:none ");

  hub_moderator_ask_code (f->moderator, HUB_CODE_ON);
  assert_told_code (f);
  first = g_strdup (hub_room_get_code (f->room));
  normalized = hub_code_normalize (first);
  g_assert_cmpstr (first, ==, normalized);
  g_assert_cmpuint (strlen (first), ==, HUB_CODE_LENGTH);

  hub_moderator_ask_code (f->moderator, HUB_CODE_ON);
  g_assert_cmpstr (hub_room_get_code (f->room), ==, first);
  assert_told_code (f);
  hub_moderator_ask_code (f->moderator, HUB_CODE_NEW);
  g_assert_cmpstr (hub_room_get_code (f->room), !=, first);
  assert_told_code (f);
  hub_moderator_ask_code (f->moderator, HUB_CODE_OFF);
  g_assert_false (hub_room_has_code (f->room));
  assert_told (f, "code:none ");
  hub_moderator_ask_code (f->moderator, HUB_CODE_NEW);
  g_assert_true (hub_room_has_code (f->room));
  assert_told_code (f);
}

static void
test_code_at_start (Fixture *f, gconstpointer ask_code)
{
  g_assert_true (hub_room_has_code (f->room));
  assert_told (f, "");
}

static void
test_remove (Fixture *f, gconstpointer ask_code)
{
  const HubHello hello = { .name = "Ana", .key = "a", .device = "" };
  g_auto (HubRefusal) refusal = HUB_REFUSAL_INIT;
  HubGuest *guest;

  g_assert_true (hub_room_enter_plain (f->room, &hello, &guest, &refusal));
  hub_moderator_remove (f->moderator, hub_guest_get_id (guest) + 1);
  g_assert_cmpuint (hub_room_get_n_present (f->room), ==, 1);
  hub_moderator_remove (f->moderator, hub_guest_get_id (guest));
  g_assert_cmpuint (hub_room_get_n_present (f->room), ==, 0);
}

#define add(path, func, ask_code) g_test_add (path, Fixture, ask_code, set_up, func, tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  add ("/host/moderator/lock", test_lock, NULL);
  add ("/host/moderator/code", test_code, NULL);
  add ("/host/moderator/code-at-start", test_code_at_start, "yes");
  add ("/host/moderator/remove", test_remove, NULL);

  return g_test_run ();
}
