/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "server/hub-warning-watch.h"

#include "base/hub-limits.h"
#include "server/hub-timeout-queue.h"

typedef struct
{
  HubTimeout timeout;
  gboolean is_waiting; /* in the queue of those who refused; else in that of the remembered */
  gboolean has_passed;
  char *key;
} Device;

struct _HubWarningWatch
{
  HubClock *clock;
  HubWarningWatchFuncs funcs;
  gpointer user_data;

  GHashTable *devices;      /* their own key -> Device */
  HubTimeoutQueue *waiting; /* refused, and nothing since */
  HubTimeoutQueue *known;   /* passed, or told of */
  gint64 told_at;           /* monotonic ms */
  gboolean has_told;
};

static HubTimeoutQueue *
get_queue (HubWarningWatch *self, Device *device)
{
  return device->is_waiting ? self->waiting : self->known;
}

static void
forget (HubWarningWatch *self, Device *device)
{
  hub_timeout_queue_stop (get_queue (self, device), &device->timeout);
  g_hash_table_remove (self->devices, device->key);
  g_free (device->key);
  g_free (device);
}

static void
on_forgettable (gpointer owner, gpointer user_data)
{
  forget (user_data, owner);
}

static void
put (HubWarningWatch *self, Device *device, gboolean is_waiting)
{
  hub_timeout_queue_stop (get_queue (self, device), &device->timeout);
  device->is_waiting = is_waiting;
  hub_timeout_queue_start (get_queue (self, device), &device->timeout, device);
}

static Device *
add (HubWarningWatch *self, const char *key)
{
  Device *device;

  if (g_hash_table_size (self->devices) >= HUB_WARNING_MAX_DEVICES)
    {
      device = hub_timeout_queue_peek (self->known);
      forget (self, device != NULL ? device : hub_timeout_queue_peek (self->waiting));
    }

  device = g_new0 (Device, 1);
  device->key = g_strdup (key);
  g_hash_table_insert (self->devices, device->key, device);

  return device;
}

static void
on_waited (gpointer owner, gpointer user_data)
{
  Device *device = owner;
  HubWarningWatch *self = user_data;
  gint64 now = hub_clock_get_monotonic (self->clock);

  if (self->funcs.has_joined (device->key, self->user_data))
    {
      forget (self, device);
      return;
    }

  put (self, device, FALSE);
  if (self->has_told && now - self->told_at < HUB_WARNING_AGAIN_MS)
    return;

  self->has_told = TRUE;
  self->told_at = now;
  self->funcs.stuck (self->user_data);
}

HubWarningWatch *
hub_warning_watch_new (HubClock *clock, const HubWarningWatchFuncs *funcs, gpointer user_data)
{
  HubWarningWatch *self;

  g_return_val_if_fail (HUB_IS_CLOCK (clock), NULL);
  g_return_val_if_fail (funcs != NULL && funcs->has_joined != NULL && funcs->stuck != NULL, NULL);

  self = g_new0 (HubWarningWatch, 1);
  self->clock = g_object_ref (clock);
  self->funcs = *funcs;
  self->user_data = user_data;
  self->devices = g_hash_table_new (g_str_hash, g_str_equal);
  self->waiting = hub_timeout_queue_new (clock, HUB_WARNING_PATIENCE_MS, on_waited, self);
  self->known = hub_timeout_queue_new (clock, HUB_WARNING_MEMORY_MS, on_forgettable, self);

  return self;
}

void
hub_warning_watch_free (HubWarningWatch *self)
{
  Device *device;

  g_return_if_fail (self != NULL);

  while ((device = hub_timeout_queue_peek (self->waiting)) != NULL)
    forget (self, device);
  while ((device = hub_timeout_queue_peek (self->known)) != NULL)
    forget (self, device);
  hub_timeout_queue_free (self->waiting);
  hub_timeout_queue_free (self->known);
  g_hash_table_unref (self->devices);
  g_clear_object (&self->clock);
  g_free (self);
}

void
hub_warning_watch_refused (HubWarningWatch *self, const char *key)
{
  Device *device;

  g_return_if_fail (self != NULL);
  g_return_if_fail (key != NULL);

  device = g_hash_table_lookup (self->devices, key);
  if (device == NULL)
    put (self, add (self, key), TRUE);
  else if (!device->is_waiting && !device->has_passed)
    put (self, device, FALSE); /* told of, and still trying */
}

void
hub_warning_watch_passed (HubWarningWatch *self, const char *key)
{
  Device *device;

  g_return_if_fail (self != NULL);
  g_return_if_fail (key != NULL);

  device = g_hash_table_lookup (self->devices, key);
  if (device == NULL)
    device = add (self, key);
  device->has_passed = TRUE;
  put (self, device, FALSE);
}

void
hub_warning_watch_run (HubWarningWatch *self)
{
  g_return_if_fail (self != NULL);

  hub_timeout_queue_run (self->waiting);
  hub_timeout_queue_run (self->known);
}

guint
hub_warning_watch_get_n_devices (HubWarningWatch *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return g_hash_table_size (self->devices);
}
