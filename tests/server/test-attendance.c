/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "server/hub-attendance.h"

#include "base/hub-limits.h"
#include "support/hub-fake-clock.h"

typedef struct
{
  HubFakeClock *clock;
  HubRoom *room;
  HubAttendance *attendance;
  GPtrArray *told; /* of char */
} Fixture;

static void
on_told (GBytes *payload, gpointer user_data)
{
  Fixture *self = user_data;
  gsize length;
  const char *data = g_bytes_get_data (payload, &length);

  g_ptr_array_add (self->told, g_strndup (data, length));
}

static void
set_up (Fixture *self, gconstpointer user_data)
{
  HubRoomLimits limits;

  hub_room_limits_init (&limits, 1000);
  self->clock = hub_fake_clock_new ();
  self->room
      = hub_room_new (HUB_CLOCK (self->clock), "00112233445566778899aabbccddeeff", "Room", &limits);
  self->attendance = hub_attendance_new (HUB_CLOCK (self->clock), self->room, on_told, self);
  self->told = g_ptr_array_new_with_free_func (g_free);
}

static void
tear_down (Fixture *self, gconstpointer user_data)
{
  hub_attendance_free (self->attendance);
  g_ptr_array_unref (self->told);
  g_assert_finalize_object (self->room);
  g_assert_finalize_object (self->clock);
}

static HubGuest *
enter (Fixture *self, const char *name)
{
  HubHello hello = { .name = name, .key = name, .device = "" };
  g_auto (HubRefusal) refusal = HUB_REFUSAL_INIT;
  HubGuest *guest = NULL;

  g_assert_true (hub_room_enter_plain (self->room, &hello, &guest, &refusal));
  return g_object_ref (guest);
}

static void
note (Fixture *self, HubGuest *guest, HubAttendanceEvent event)
{
  hub_attendance_note (self->attendance, guest, event);
}

/* Moves on to the next time something may be told. */
static void
next (Fixture *self)
{
  hub_fake_clock_advance (self->clock, HUB_PRESENCE_INTERVAL_MS);
  hub_attendance_run (self->attendance);
}

static void
assert_told (Fixture *self, const char *expected)
{
  if (expected == NULL)
    {
      g_assert_cmpuint (self->told->len, ==, 0);
      return;
    }
  g_assert_cmpuint (self->told->len, ==, 1);
  g_assert_cmpstr (g_ptr_array_index (self->told, 0), ==, expected);
  g_ptr_array_set_size (self->told, 0);
}

static void
test_batches (Fixture *self, gconstpointer user_data)
{
  g_autoptr (HubGuest) ana = enter (self, "Ana");
  g_autoptr (HubGuest) bob = enter (self, "Bob");

  note (self, ana, HUB_ATTENDANCE_JOINED);
  note (self, bob, HUB_ATTENDANCE_JOINED);
  hub_attendance_run (self->attendance); /* the first needs not wait */
  assert_told (self, "{\"type\":\"presence\",\"joined\":[{\"id\":1,\"name\":\"Ana\"},"
                     "{\"id\":2,\"name\":\"Bob\"}],\"count\":2}");

  note (self, ana, HUB_ATTENDANCE_AWAY);
  hub_fake_clock_advance (self->clock, HUB_PRESENCE_INTERVAL_MS - 1);
  hub_attendance_run (self->attendance);
  assert_told (self, NULL);
  note (self, bob, HUB_ATTENDANCE_AWAY);
  hub_fake_clock_advance (self->clock, 1);
  hub_attendance_run (self->attendance);
  assert_told (self, "{\"type\":\"presence\",\"away\":[{\"id\":1,\"name\":\"Ana\"},"
                     "{\"id\":2,\"name\":\"Bob\"}],\"count\":2}");
  next (self);
  assert_told (self, NULL);
}

static void
test_by_itself (Fixture *self, gconstpointer user_data)
{
  g_autoptr (HubGuest) ana = enter (self, "Ana");

  note (self, ana, HUB_ATTENDANCE_JOINED);
  while (self->told->len == 0)
    g_main_context_iteration (NULL, TRUE);
}

/* What nobody saw is not told. */
static void
test_undone (Fixture *self, gconstpointer user_data)
{
  g_autoptr (HubGuest) ana = enter (self, "Ana");

  note (self, ana, HUB_ATTENDANCE_JOINED);
  note (self, ana, HUB_ATTENDANCE_LEFT);
  next (self);
  assert_told (self, NULL);
  note (self, ana, HUB_ATTENDANCE_AWAY);
  note (self, ana, HUB_ATTENDANCE_BACK);
  next (self);
  assert_told (self, NULL);
  note (self, ana, HUB_ATTENDANCE_BACK);
  note (self, ana, HUB_ATTENDANCE_AWAY);
  next (self);
  assert_told (self, NULL);
}

/* But somebody who was welcomed in between saw it. */
static void
test_seen (Fixture *self, gconstpointer user_data)
{
  g_autoptr (HubGuest) ana = enter (self, "Ana");
  g_autoptr (HubGuest) bob = enter (self, "Bob");

  note (self, ana, HUB_ATTENDANCE_JOINED);
  hub_attendance_set_told (self->attendance, ana); /* her own welcome */
  note (self, bob, HUB_ATTENDANCE_JOINED);
  hub_attendance_set_told (self->attendance, bob); /* his lists her, too */
  note (self, ana, HUB_ATTENDANCE_LEFT);
  next (self);
  assert_told (self, "{\"type\":\"presence\",\"joined\":[{\"id\":2,\"name\":\"Bob\"}],"
                     "\"left\":[{\"id\":1,\"name\":\"Ana\"}],\"count\":2}");

  note (self, bob, HUB_ATTENDANCE_AWAY);
  hub_attendance_set_told (self->attendance, NULL);
  note (self, bob, HUB_ATTENDANCE_BACK);
  next (self);
  assert_told (self, "{\"type\":\"presence\",\"back\":[{\"id\":2,\"name\":\"Bob\"}],\"count\":2}");
}

/* A guest's own welcome shows him to nobody. */
static void
test_own_welcome (Fixture *self, gconstpointer user_data)
{
  g_autoptr (HubGuest) ana = enter (self, "Ana");

  note (self, ana, HUB_ATTENDANCE_JOINED);
  hub_attendance_set_told (self->attendance, ana);
  note (self, ana, HUB_ATTENDANCE_LEFT);
  next (self);
  assert_told (self, NULL);
}

/* Left and back within one object: he is known, and may have another name. */
static void
test_rejoin (Fixture *self, gconstpointer user_data)
{
  g_autoptr (HubGuest) ana = enter (self, "Ana");

  note (self, ana, HUB_ATTENDANCE_LEFT);
  note (self, ana, HUB_ATTENDANCE_JOINED);
  next (self);
  assert_told (self,
               "{\"type\":\"presence\",\"joined\":[{\"id\":1,\"name\":\"Ana\"}],\"count\":1}");
  note (self, ana, HUB_ATTENDANCE_LEFT);
  note (self, ana, HUB_ATTENDANCE_JOINED);
  note (self, ana, HUB_ATTENDANCE_LEFT);
  next (self);
  assert_told (self, "{\"type\":\"presence\",\"left\":[{\"id\":1,\"name\":\"Ana\"}],\"count\":1}");
}

static void
enter_many (Fixture *self, guint n)
{
  for (guint i = 0; i < n; i++)
    {
      g_autofree char *name = g_strdup_printf ("Guest %u", i);
      g_autoptr (HubGuest) guest = enter (self, name);

      note (self, guest, HUB_ATTENDANCE_JOINED);
    }
}

static void
test_many_changes (Fixture *self, gconstpointer user_data)
{
  enter_many (self, HUB_PRESENCE_MAX_CHANGES + 1);
  next (self);
  assert_told (self, "{\"type\":\"presence\",\"count\":201}");
  enter_many (self, 0);
  next (self);
  assert_told (self, NULL);
}

static void
test_crowd (Fixture *self, gconstpointer user_data)
{
  g_autoptr (HubGuest) late = NULL;

  for (guint i = 0; i < HUB_PRESENCE_MAX_GUESTS; i++)
    {
      g_autofree char *name = g_strdup_printf ("Guest %u", i);
      g_autoptr (HubGuest) guest = enter (self, name);

      g_assert_nonnull (guest);
    }
  late = enter (self, "Late");
  note (self, late, HUB_ATTENDANCE_JOINED);
  next (self);
  assert_told (self, "{\"type\":\"presence\",\"count\":501}");
}

#define add(path, func) g_test_add (path, Fixture, NULL, set_up, func, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  add ("/attendance/batches", test_batches);
  add ("/attendance/by-itself", test_by_itself);
  add ("/attendance/undone", test_undone);
  add ("/attendance/seen", test_seen);
  add ("/attendance/own-welcome", test_own_welcome);
  add ("/attendance/rejoin", test_rejoin);
  add ("/attendance/many-changes", test_many_changes);
  add ("/attendance/crowd", test_crowd);
  return g_test_run ();
}
