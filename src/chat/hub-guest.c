/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "chat/hub-guest-private.h"

struct _HubGuest
{
  GObject parent_instance;

  /* Owned */
  char *name;
  char *skeleton;
  char *key;
  char *device;

  /* Borrowed */
  HubSeat *seat;

  /* State */
  guint64 id;
  gint64 joined_at;
  HubBucket bucket;
  HubAllowance allowance;
  HubPresence presence;
  guint position;
  gboolean is_announced_away;
  gboolean is_removed;
};

G_DEFINE_FINAL_TYPE (HubGuest, hub_guest, G_TYPE_OBJECT)

static void
hub_guest_finalize (GObject *object)
{
  HubGuest *self = HUB_GUEST (object);

  g_free (self->name);
  g_free (self->skeleton);
  g_free (self->key);
  g_free (self->device);

  G_OBJECT_CLASS (hub_guest_parent_class)->finalize (object);
}

static void
hub_guest_class_init (HubGuestClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = hub_guest_finalize;
}

static void
hub_guest_init (HubGuest *self)
{
}

HubGuest *
hub_guest_new (guint64 id, const char *name, const char *skeleton)
{
  HubGuest *self;

  g_return_val_if_fail (id > 0, NULL);

  self = g_object_new (HUB_TYPE_GUEST, NULL);
  self->id = id;
  self->presence = HUB_PRESENCE_HERE;
  hub_guest_set_name (self, name, skeleton);
  hub_guest_set_connection (self, "", "");

  return self;
}

guint64
hub_guest_get_id (HubGuest *self)
{
  g_return_val_if_fail (HUB_IS_GUEST (self), 0);

  return self->id;
}

const char *
hub_guest_get_name (HubGuest *self)
{
  g_return_val_if_fail (HUB_IS_GUEST (self), NULL);

  return self->name;
}

HubPresence
hub_guest_get_presence (HubGuest *self)
{
  g_return_val_if_fail (HUB_IS_GUEST (self), HUB_PRESENCE_LEFT);

  return self->presence;
}

gboolean
hub_guest_is_announced_away (HubGuest *self)
{
  g_return_val_if_fail (HUB_IS_GUEST (self), FALSE);

  return self->is_announced_away;
}

gboolean
hub_guest_is_removed (HubGuest *self)
{
  g_return_val_if_fail (HUB_IS_GUEST (self), FALSE);

  return self->is_removed;
}

gint64
hub_guest_get_joined_at (HubGuest *self)
{
  g_return_val_if_fail (HUB_IS_GUEST (self), 0);

  return self->joined_at;
}

const char *
hub_guest_get_key (HubGuest *self)
{
  g_return_val_if_fail (HUB_IS_GUEST (self), NULL);

  return self->key;
}

const char *
hub_guest_get_device (HubGuest *self)
{
  g_return_val_if_fail (HUB_IS_GUEST (self), NULL);

  return self->device;
}

HubAllowance *
hub_guest_get_allowance (HubGuest *self)
{
  g_return_val_if_fail (HUB_IS_GUEST (self), NULL);

  return &self->allowance;
}

gboolean
hub_guest_has_seat (HubGuest *self)
{
  g_return_val_if_fail (HUB_IS_GUEST (self), FALSE);

  return self->seat != NULL;
}

void
hub_guest_set_name (HubGuest *self, const char *name, const char *skeleton)
{
  g_return_if_fail (HUB_IS_GUEST (self));
  g_return_if_fail (name != NULL && skeleton != NULL);

  g_free (self->name);
  self->name = g_strdup (name);
  g_free (self->skeleton);
  self->skeleton = g_strdup (skeleton);
}

const char *
hub_guest_get_skeleton (HubGuest *self)
{
  return self->skeleton;
}

void
hub_guest_set_presence (HubGuest *self, HubPresence presence)
{
  self->presence = presence;
}

void
hub_guest_set_announced_away (HubGuest *self, gboolean is_announced_away)
{
  self->is_announced_away = is_announced_away;
}

void
hub_guest_set_removed (HubGuest *self)
{
  self->is_removed = TRUE;
}

void
hub_guest_set_joined_at (HubGuest *self, gint64 joined_at)
{
  self->joined_at = joined_at;
}

void
hub_guest_set_connection (HubGuest *self, const char *key, const char *device)
{
  g_return_if_fail (HUB_IS_GUEST (self));
  g_return_if_fail (key != NULL && device != NULL);

  g_free (self->key);
  self->key = g_strdup (key);
  g_free (self->device);
  self->device = g_strdup (device);
}

void
hub_guest_set_seat (HubGuest *self, HubSeat *seat)
{
  self->seat = seat;
}

HubSeat *
hub_guest_get_seat (HubGuest *self)
{
  return self->seat;
}

HubBucket *
hub_guest_get_bucket (HubGuest *self)
{
  return &self->bucket;
}

void
hub_guest_set_position (HubGuest *self, guint position)
{
  self->position = position;
}

guint
hub_guest_get_position (HubGuest *self)
{
  return self->position;
}
