/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "chat/hub-roster.h"

#include "chat/hub-guest-private.h"

struct _HubRoster
{
  GHashTable *by_skeleton; /* borrowed skeleton -> owned guest */

  /* A guest that left leaves a hole (NULL), so that no other has to move at once. */
  GPtrArray *guests;
  guint n_holes;
};

HubRoster *
hub_roster_new (void)
{
  HubRoster *self = g_new0 (HubRoster, 1);

  self->by_skeleton = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, g_object_unref);
  self->guests = g_ptr_array_new ();

  return self;
}

void
hub_roster_free (HubRoster *self)
{
  g_return_if_fail (self != NULL);

  g_ptr_array_unref (self->guests);
  g_hash_table_unref (self->by_skeleton);
  g_free (self);
}

static void
hub_roster_close_holes (HubRoster *self)
{
  guint length = 0;

  for (guint i = 0; i < self->guests->len; i++)
    {
      HubGuest *guest = g_ptr_array_index (self->guests, i);

      if (guest == NULL)
        continue;
      g_ptr_array_index (self->guests, length) = guest;
      hub_guest_set_position (guest, length++);
    }
  g_ptr_array_set_size (self->guests, (gint) length);
  self->n_holes = 0;
}

void
hub_roster_add (HubRoster *self, HubGuest *guest)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (HUB_IS_GUEST (guest));
  g_return_if_fail (!hub_roster_has_skeleton (self, hub_guest_get_skeleton (guest)));

  g_hash_table_insert (self->by_skeleton, (gpointer) hub_guest_get_skeleton (guest),
                       g_object_ref (guest));
  hub_guest_set_position (guest, self->guests->len);
  g_ptr_array_add (self->guests, guest);
}

void
hub_roster_remove (HubRoster *self, HubGuest *guest)
{
  guint position;

  g_return_if_fail (self != NULL);
  g_return_if_fail (HUB_IS_GUEST (guest));

  position = hub_guest_get_position (guest);
  g_return_if_fail (position < self->guests->len);
  g_return_if_fail (g_ptr_array_index (self->guests, position) == guest);

  g_ptr_array_index (self->guests, position) = NULL;
  self->n_holes++;
  g_hash_table_remove (self->by_skeleton, hub_guest_get_skeleton (guest));

  /* Half of it holes: closing them now costs each removal a constant share. */
  if (self->n_holes > self->guests->len / 2)
    hub_roster_close_holes (self);
}

gboolean
hub_roster_has_skeleton (HubRoster *self, const char *skeleton)
{
  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (skeleton != NULL, FALSE);

  return g_hash_table_contains (self->by_skeleton, skeleton);
}

guint
hub_roster_get_length (HubRoster *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->guests->len - self->n_holes;
}

GPtrArray *
hub_roster_get_guests (HubRoster *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  if (self->n_holes > 0)
    hub_roster_close_holes (self);

  return self->guests;
}
