/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "server/hub-attendance.h"

#include "base/hub-limits.h"
#include "wire/hub-wire.h"

/* What is to be told of one guest. */
typedef struct
{
  HubGuest *guest;
  gboolean joined;
  gboolean left;
  gboolean away;
  gboolean back;
  gboolean was_known; /* others knew of him before the first of these */
  guint64 told;       /* the value of HubAttendance.told as of the latest */
} Change;

struct _HubAttendance
{
  HubClock *clock;
  HubRoom *room;
  HubAttendanceFunc func;
  gpointer user_data;

  GHashTable *changes; /* HubGuest -> Change */
  GPtrArray *order;    /* of Change, in the order of their first event; owned */
  gboolean is_crowd;   /* too many to be named */
  guint64 told;        /* how often somebody was told who is here */
  gint64 told_at;      /* when the latest object went out, monotonic ms; -1: none yet */
  GSource *timer;
};

static void
free_change (gpointer data)
{
  Change *change = data;

  g_object_unref (change->guest);
  g_free (change);
}

static gint64
get_due (HubAttendance *self)
{
  return self->told_at < 0 ? 0 : self->told_at + HUB_PRESENCE_INTERVAL_MS;
}

static gboolean
on_timer (gpointer user_data)
{
  HubAttendance *self = user_data;

  g_clear_pointer (&self->timer, g_source_unref);
  hub_attendance_run (self);

  return G_SOURCE_REMOVE;
}

static void
arm (HubAttendance *self)
{
  gint64 now;

  if (self->timer != NULL)
    return;

  now = hub_clock_get_monotonic (self->clock);
  self->timer = g_timeout_source_new ((guint) MAX (get_due (self) - now, 0));
  g_source_set_static_name (self->timer, "HubAttendance");
  g_source_set_callback (self->timer, on_timer, self, NULL);
  g_source_attach (self->timer, g_main_context_get_thread_default ());
}

static Change *
ensure_change (HubAttendance *self, HubGuest *guest, gboolean is_known)
{
  Change *change = g_hash_table_lookup (self->changes, guest);

  if (change == NULL)
    {
      change = g_new0 (Change, 1);
      change->guest = g_object_ref (guest);
      change->was_known = is_known;
      change->told = self->told;
      g_hash_table_insert (self->changes, guest, change);
      g_ptr_array_add (self->order, change);
    }

  return change;
}

static void
forget (HubAttendance *self, Change *change)
{
  g_hash_table_remove (self->changes, change->guest);
  g_ptr_array_remove (self->order, change);
}

/* Whether nobody can know yet what is pending, so that its opposite undoes it. */
static gboolean
is_secret (HubAttendance *self, Change *change)
{
  return change->told == self->told;
}

static void
apply (HubAttendance *self, Change *change, HubAttendanceEvent event)
{
  gboolean undo = is_secret (self, change);

  switch (event)
    {
    case HUB_ATTENDANCE_JOINED:
      change->joined = TRUE;
      change->left = change->away = change->back = FALSE;
      break;
    case HUB_ATTENDANCE_LEFT:
      change->left = change->was_known || !(change->joined && undo);
      change->joined = change->away = change->back = FALSE;
      break;
    case HUB_ATTENDANCE_AWAY:
      change->away = !(change->back && undo);
      change->back = FALSE;
      break;
    case HUB_ATTENDANCE_BACK:
      change->back = !(change->away && undo);
      change->away = FALSE;
      break;
    default:
      g_return_if_reached ();
    }

  change->told = self->told;
}

HubAttendance *
hub_attendance_new (HubClock *clock, HubRoom *room, HubAttendanceFunc func, gpointer user_data)
{
  HubAttendance *self;

  g_return_val_if_fail (HUB_IS_CLOCK (clock), NULL);
  g_return_val_if_fail (HUB_IS_ROOM (room), NULL);
  g_return_val_if_fail (func != NULL, NULL);

  self = g_new0 (HubAttendance, 1);
  self->clock = g_object_ref (clock);
  self->room = g_object_ref (room);
  self->func = func;
  self->user_data = user_data;
  self->changes = g_hash_table_new (NULL, NULL);
  self->order = g_ptr_array_new_with_free_func (free_change);
  self->told_at = -1;

  return self;
}

void
hub_attendance_free (HubAttendance *self)
{
  g_return_if_fail (self != NULL);

  if (self->timer != NULL)
    g_source_destroy (self->timer);
  g_clear_pointer (&self->timer, g_source_unref);
  g_hash_table_unref (self->changes);
  g_ptr_array_unref (self->order);
  g_clear_object (&self->room);
  g_clear_object (&self->clock);
  g_free (self);
}

void
hub_attendance_note (HubAttendance *self, HubGuest *guest, HubAttendanceEvent event)
{
  Change *change;

  g_return_if_fail (self != NULL);
  g_return_if_fail (HUB_IS_GUEST (guest));

  arm (self);
  if (self->is_crowd)
    return;

  change = ensure_change (self, guest, event != HUB_ATTENDANCE_JOINED);
  apply (self, change, event);
  if (!change->joined && !change->left && !change->away && !change->back)
    forget (self, change);

  if (self->order->len > HUB_PRESENCE_MAX_CHANGES)
    {
      self->is_crowd = TRUE;
      g_hash_table_remove_all (self->changes);
      g_ptr_array_set_size (self->order, 0);
    }
}

void
hub_attendance_set_told (HubAttendance *self, HubGuest *guest)
{
  Change *change;

  g_return_if_fail (self != NULL);

  change = guest != NULL ? g_hash_table_lookup (self->changes, guest) : NULL;
  if (change != NULL && is_secret (self, change))
    change->told++;
  self->told++;
}

static void
add_to (GPtrArray **list, HubGuest *guest)
{
  if (*list == NULL)
    *list = g_ptr_array_new ();
  g_ptr_array_add (*list, guest);
}

static void
tell (HubAttendance *self)
{
  HubPresenceChange change = { .count = hub_room_get_n_present (self->room) };
  g_autoptr (GBytes) payload = NULL;

  if (change.count > HUB_PRESENCE_MAX_GUESTS)
    self->is_crowd = TRUE;
  for (guint i = 0; !self->is_crowd && i < self->order->len; i++)
    {
      Change *one = g_ptr_array_index (self->order, i);

      if (one->joined)
        add_to (&change.joined, one->guest);
      if (one->left)
        add_to (&change.left, one->guest);
      if (one->away)
        add_to (&change.away, one->guest);
      if (one->back)
        add_to (&change.back, one->guest);
    }

  payload = hub_wire_presence (&change);
  g_clear_pointer (&change.joined, g_ptr_array_unref);
  g_clear_pointer (&change.left, g_ptr_array_unref);
  g_clear_pointer (&change.away, g_ptr_array_unref);
  g_clear_pointer (&change.back, g_ptr_array_unref);
  self->func (payload, self->user_data);
}

void
hub_attendance_run (HubAttendance *self)
{
  g_return_if_fail (self != NULL);

  if (self->order->len == 0 && !self->is_crowd)
    return;
  if (hub_clock_get_monotonic (self->clock) < get_due (self))
    {
      arm (self);
      return;
    }

  tell (self);
  self->told_at = hub_clock_get_monotonic (self->clock);
  self->is_crowd = FALSE;
  g_hash_table_remove_all (self->changes);
  g_ptr_array_set_size (self->order, 0);
}
