/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "host/hub-snapshot-private.h"

HubPerson *
hub_person_new (guint64 id,
                const char *name,
                const char *device,
                gint64 joined_at,
                gboolean is_away)
{
  HubPerson *self = g_new0 (HubPerson, 1);

  self->id = id;
  self->name = g_strdup (name);
  self->device = g_strdup (device);
  self->joined_at = joined_at;
  self->is_away = is_away;

  return self;
}

void
hub_person_free (HubPerson *self)
{
  g_return_if_fail (self != NULL);

  g_free (self->name);
  g_free (self->device);
  g_free (self);
}

GPtrArray *
hub_person_make_list (GPtrArray *guests)
{
  GPtrArray *people;

  g_return_val_if_fail (guests != NULL, NULL);

  people = g_ptr_array_new_full (guests->len, (GDestroyNotify) hub_person_free);
  for (guint i = 0; i < guests->len; i++)
    {
      HubGuest *guest = g_ptr_array_index (guests, i);

      g_ptr_array_add (people, hub_person_new (hub_guest_get_id (guest), hub_guest_get_name (guest),
                                               hub_guest_get_device (guest),
                                               hub_guest_get_joined_at (guest),
                                               hub_guest_is_announced_away (guest)));
    }

  return people;
}
