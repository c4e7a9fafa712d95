/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "host/hub-snapshot-private.h"

struct _HubSnapshot
{
  int references; /* atomic */

  char *room_name;
  guint16 port;
  guint16 busy_port;
  GPtrArray *places;
  GPtrArray *urls; /* borrowed from the places, NULL-terminated */
  char *fingerprint;
  guint max_guests;
  gboolean is_locked;
  char *code;
  char *local_url;
  GPtrArray *people;
};

G_DEFINE_BOXED_TYPE (HubSnapshot, hub_snapshot, hub_snapshot_ref, hub_snapshot_unref)

HubPlace *
hub_place_new (const char *url, const char *label, gboolean is_vpn)
{
  HubPlace *self = g_new0 (HubPlace, 1);

  self->url = g_strdup (url);
  self->label = g_strdup (label);
  self->is_vpn = is_vpn;

  return self;
}

HubPlace *
hub_place_copy (const HubPlace *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return hub_place_new (self->url, self->label, self->is_vpn);
}

void
hub_place_free (HubPlace *self)
{
  g_return_if_fail (self != NULL);

  g_free (self->url);
  g_free (self->label);
  g_free (self);
}

HubSnapshot *
hub_snapshot_new (const HubSnapshotParts *parts)
{
  HubSnapshot *self;

  g_return_val_if_fail (parts != NULL, NULL);
  g_return_val_if_fail (parts->places != NULL && parts->people != NULL, NULL);

  self = g_new0 (HubSnapshot, 1);
  self->references = 1;
  self->room_name = g_strdup (parts->room_name);
  self->port = parts->port;
  self->busy_port = parts->busy_port;
  self->places = parts->places;
  self->fingerprint = g_strdup (parts->fingerprint);
  self->max_guests = parts->max_guests;
  self->is_locked = parts->is_locked;
  self->code = g_strdup (parts->code);
  if (parts->local_port != 0)
    self->local_url = g_strdup_printf ("http://127.0.0.1:%u/", parts->local_port);
  self->people = parts->people;

  self->urls = g_ptr_array_new ();
  for (guint i = 0; i < self->places->len; i++)
    g_ptr_array_add (self->urls, ((HubPlace *) g_ptr_array_index (self->places, i))->url);
  g_ptr_array_add (self->urls, NULL);

  return self;
}

HubSnapshot *
hub_snapshot_ref (HubSnapshot *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_atomic_int_inc (&self->references);

  return self;
}

void
hub_snapshot_unref (HubSnapshot *self)
{
  g_return_if_fail (self != NULL);

  if (!g_atomic_int_dec_and_test (&self->references))
    return;

  g_free (self->room_name);
  g_ptr_array_unref (self->urls);
  g_ptr_array_unref (self->places);
  g_free (self->fingerprint);
  g_free (self->code);
  g_free (self->local_url);
  g_ptr_array_unref (self->people);
  g_free (self);
}

const char *
hub_snapshot_get_room_name (HubSnapshot *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->room_name;
}

guint16
hub_snapshot_get_port (HubSnapshot *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->port;
}

guint16
hub_snapshot_get_busy_port (HubSnapshot *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->busy_port;
}

GPtrArray *
hub_snapshot_get_places (HubSnapshot *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->places;
}

const char *const *
hub_snapshot_get_urls (HubSnapshot *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return (const char *const *) self->urls->pdata;
}

const char *
hub_snapshot_get_fingerprint (HubSnapshot *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->fingerprint;
}

guint
hub_snapshot_get_max_guests (HubSnapshot *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->max_guests;
}

gboolean
hub_snapshot_is_locked (HubSnapshot *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return self->is_locked;
}

const char *
hub_snapshot_get_code (HubSnapshot *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->code;
}

const char *
hub_snapshot_get_local_url (HubSnapshot *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->local_url;
}

char *
hub_snapshot_dup_invitation (HubSnapshot *self, const char *url)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (url != NULL, NULL);

  return self->code != NULL ? g_strconcat (url, "#", self->code, NULL) : g_strdup (url);
}

GPtrArray *
hub_snapshot_get_people (HubSnapshot *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->people;
}
