/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "server/hub-admission.h"

#include "base/hub-bucket.h"
#include "base/hub-limits.h"

/* A key without a connection is forgotten when its bucket is full again; looked for once in this
 * many attempts, so that nobody grows the table by coming from ever new addresses. */
#define SWEEP_EVERY 1024

typedef struct
{
  guint connections;
  HubBucket attempts;
  gint64 barred_until; /* monotonic ms */
} Entry;

struct _HubAdmission
{
  HubClock *clock;
  guint max_connections;
  guint max_per_key;
  guint burst;

  guint connections;
  guint since_sweep;
  GHashTable *entries; /* key -> Entry */
};

HubAdmission *
hub_admission_new (HubClock *clock, guint max_connections, guint max_per_key)
{
  HubAdmission *self;

  g_return_val_if_fail (HUB_IS_CLOCK (clock), NULL);
  g_return_val_if_fail (max_connections > 0, NULL);

  self = g_new0 (HubAdmission, 1);
  self->clock = g_object_ref (clock);
  self->max_connections = max_connections;
  self->max_per_key = max_per_key;
  /* All who may be connected may come at once, and once more, when the host was started again. */
  self->burst = MAX (HUB_ATTEMPTS_BURST, 2 * MIN (max_per_key, G_MAXUINT / 2));
  self->entries = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);

  return self;
}

void
hub_admission_free (HubAdmission *self)
{
  g_return_if_fail (self != NULL);

  g_hash_table_unref (self->entries);
  g_clear_object (&self->clock);
  g_free (self);
}

static gboolean
is_forgettable (gpointer key, gpointer value, gpointer user_data)
{
  Entry *entry = value;
  HubAdmission *self = user_data;
  gint64 idle = hub_clock_get_monotonic (self->clock) - entry->attempts.updated;

  return entry->connections == 0
         && idle >= (gint64) self->burst * 1000 / HUB_MAX_ATTEMPTS_PER_SECOND;
}

static Entry *
ensure_entry (HubAdmission *self, const char *key, gint64 now)
{
  Entry *entry = g_hash_table_lookup (self->entries, key);

  if (++self->since_sweep >= SWEEP_EVERY)
    {
      self->since_sweep = 0;
      g_hash_table_foreach_remove (self->entries, is_forgettable, self);
      entry = g_hash_table_lookup (self->entries, key);
    }
  if (entry == NULL)
    {
      entry = g_new0 (Entry, 1);
      hub_bucket_init (&entry->attempts, self->burst, now);
      g_hash_table_insert (self->entries, g_strdup (key), entry);
    }

  return entry;
}

HubAdmissionResult
hub_admission_enter (HubAdmission *self, const char *key)
{
  gint64 now;
  Entry *entry;

  g_return_val_if_fail (self != NULL, HUB_ADMISSION_FULL);
  g_return_val_if_fail (key != NULL, HUB_ADMISSION_FULL);

  now = hub_clock_get_monotonic (self->clock);
  entry = ensure_entry (self, key, now);
  if (hub_bucket_take (&entry->attempts, self->max_per_key != 0 ? HUB_MAX_ATTEMPTS_PER_SECOND : 0,
                       self->burst, now)
      != 0)
    return HUB_ADMISSION_TOO_FAST;
  if (now < entry->barred_until)
    return HUB_ADMISSION_BARRED;
  if (self->connections >= self->max_connections)
    return HUB_ADMISSION_FULL;
  if (self->max_per_key != 0 && entry->connections >= self->max_per_key)
    return HUB_ADMISSION_TOO_MANY;

  self->connections++;
  entry->connections++;
  return HUB_ADMISSION_OK;
}

void
hub_admission_leave (HubAdmission *self, const char *key)
{
  Entry *entry;

  g_return_if_fail (self != NULL);
  g_return_if_fail (key != NULL);

  entry = g_hash_table_lookup (self->entries, key);
  g_return_if_fail (entry != NULL && entry->connections > 0);

  self->connections--;
  entry->connections--;
}

void
hub_admission_bar (HubAdmission *self, const char *key)
{
  gint64 now;

  g_return_if_fail (self != NULL);
  g_return_if_fail (key != NULL);

  now = hub_clock_get_monotonic (self->clock);
  ensure_entry (self, key, now)->barred_until = now + HUB_BAR_MS;
}

guint
hub_admission_get_n_connections (HubAdmission *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->connections;
}

guint
hub_admission_get_n_keys (HubAdmission *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return g_hash_table_size (self->entries);
}
