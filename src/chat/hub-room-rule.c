/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "chat/hub-room-private.h"

#include "base/hub-local-key.h"
#include "chat/hub-code.h"

#include <string.h>

gboolean
hub_room_is_locked (HubRoom *self)
{
  g_return_val_if_fail (HUB_IS_ROOM (self), FALSE);

  return self->is_locked;
}

void
hub_room_set_locked (HubRoom *self, gboolean is_locked)
{
  g_return_if_fail (HUB_IS_ROOM (self));

  if (self->is_locked == !!is_locked)
    return;

  self->is_locked = !!is_locked;
  hub_room_tell (self, HUB_ROOM_CHANGED, NULL);
}

gboolean
hub_room_has_code (HubRoom *self)
{
  g_return_val_if_fail (HUB_IS_ROOM (self), FALSE);

  return self->code != NULL;
}

const char *
hub_room_get_code (HubRoom *self)
{
  g_return_val_if_fail (HUB_IS_ROOM (self), NULL);

  return self->code;
}

void
hub_room_set_code (HubRoom *self, const char *code)
{
  g_autofree char *normalized = NULL;

  g_return_if_fail (HUB_IS_ROOM (self));

  if (code != NULL)
    {
      normalized = hub_code_normalize (code);
      g_return_if_fail (normalized != NULL);
    }
  if (g_strcmp0 (normalized, self->code) == 0)
    return;

  g_free (self->code);
  self->code = g_steal_pointer (&normalized);
  hub_room_tell (self, HUB_ROOM_CHANGED, NULL);
}

HubGuest *
hub_room_find_token (HubRoom *self, const HubSecret *token)
{
  HubSeatDigest digest;
  HubSeat *seat;

  g_return_val_if_fail (HUB_IS_ROOM (self), NULL);
  g_return_val_if_fail (token != NULL, NULL);

  seat = hub_seat_table_find_token (self->seats, token);
  if (seat == NULL)
    return NULL;

  hub_seat_digest (token, &digest);
  return memcmp (&seat->token, &digest, sizeof digest) == 0 ? seat->guest : NULL;
}

HubGuest *
hub_room_find_guest (HubRoom *self, guint64 id)
{
  GPtrArray *present;

  g_return_val_if_fail (HUB_IS_ROOM (self), NULL);

  present = hub_roster_get_guests (self->roster);
  for (guint i = 0; i < present->len; i++)
    {
      HubGuest *guest = g_ptr_array_index (present, i);

      if (hub_guest_get_id (guest) == id)
        return guest;
    }

  return hub_seat_table_find_guest (self->seats, id);
}

/* What opens @seat opens nothing any more, nor makes a new guest. */
static void
hub_room_bar_seat (HubRoom *self, const HubSeat *seat)
{
  hub_bar_list_add (self->bars, &seat->token, sizeof seat->token);
  if (seat->has_previous)
    hub_bar_list_add (self->bars, &seat->previous, sizeof seat->previous);
  if (seat->has_join)
    hub_bar_list_add (self->bars, &seat->join, sizeof seat->join);
}

void
hub_room_remove (HubRoom *self, HubGuest *guest)
{
  const char *key;
  gboolean was_present;
  HubSeat *seat;

  g_return_if_fail (HUB_IS_ROOM (self));
  g_return_if_fail (HUB_IS_GUEST (guest));

  if (hub_guest_is_removed (guest))
    return;

  g_object_ref (guest);
  key = hub_guest_get_key (guest);
  was_present = hub_guest_get_presence (guest) != HUB_PRESENCE_LEFT;
  seat = hub_guest_get_seat (guest);

  hub_guest_set_removed (guest);
  if (!g_str_equal (key, HUB_LOCAL_KEY))
    hub_bar_list_add (self->bars, key, strlen (key));
  if (was_present)
    hub_room_drop_guest (self, guest);
  if (seat != NULL)
    {
      hub_room_bar_seat (self, seat);
      hub_seat_table_remove (self->seats, seat);
      hub_room_update_deadline (self);
    }
  hub_room_tell (self, HUB_ROOM_GUEST_REMOVED, guest);
  if (was_present)
    hub_room_tell (self, HUB_ROOM_GUEST_LEFT, guest);
  g_object_unref (guest);
}

static gboolean
hub_room_is_secret_barred (HubRoom *self, const HubSecret *secret)
{
  HubSeatDigest digest;

  if (secret == NULL)
    return FALSE;

  hub_seat_digest (secret, &digest);

  return hub_bar_list_has (self->bars, &digest, sizeof digest);
}

gboolean
hub_room_lets_back (HubRoom *self, const HubHello *hello, HubRefusal *refusal)
{
  if (hub_bar_list_get_length (self->bars) == 0)
    return TRUE;

  if (!hub_bar_list_has (self->bars, hello->key, strlen (hello->key))
      && !hub_room_is_secret_barred (self, hello->token)
      && !hub_room_is_secret_barred (self, hello->join))
    return TRUE;

  refusal->code = HUB_REFUSAL_REMOVED;
  return FALSE;
}

/* What cannot be a code is no try: a client that was not asked for one yet has none, and somebody
 * who types into a plain one sends the name first. */
static gboolean
hub_room_admits_code (HubRoom *self, const HubHello *hello, HubRefusal *refusal)
{
  gint64 now = hub_clock_get_monotonic (self->clock);
  g_autofree char *code = hello->code != NULL ? hub_code_normalize (hello->code) : NULL;

  refusal->code = HUB_REFUSAL_CODE;
  if (code == NULL)
    return FALSE;

  /* Before it is looked at: who has to wait learns nothing from the answer. */
  refusal->retry_after = hub_code_tries_get_wait (self->tries, hello->key, now);
  if (refusal->retry_after > 0)
    {
      refusal->code = HUB_REFUSAL_TOO_FAST;
      return FALSE;
    }

  if (!hub_code_equal (code, self->code))
    {
      hub_code_tries_add (self->tries, hello->key, now);
      return FALSE;
    }

  refusal->code = HUB_REFUSAL_NONE;
  return TRUE;
}

gboolean
hub_room_admits (HubRoom *self, const HubHello *hello, HubRefusal *refusal)
{
  g_return_val_if_fail (HUB_IS_ROOM (self), FALSE);
  g_return_val_if_fail (hello != NULL && hello->key != NULL, FALSE);
  g_return_val_if_fail (refusal != NULL, FALSE);

  if (!hub_room_lets_back (self, hello, refusal))
    return FALSE;

  if (self->is_locked)
    {
      refusal->code = HUB_REFUSAL_LOCKED;
      return FALSE;
    }

  return self->code == NULL || hub_room_admits_code (self, hello, refusal);
}
