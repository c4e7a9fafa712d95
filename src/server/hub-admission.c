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
  HubBucket forgiven;
  gint64 barred_until; /* monotonic ms */
  gint64 atoned_at;    /* monotonic ms: when all misdeeds will be forgotten */
} Entry;

struct _HubAdmission
{
  HubClock *clock;
  HubAdmissionCaps caps;
  guint burst;

  guint connections;
  guint misdeeds;
  guint since_sweep;
  GHashTable *entries; /* key -> Entry */
};

HubAdmission *
hub_admission_new (HubClock *clock, const HubAdmissionCaps *caps)
{
  HubAdmission *self;

  g_return_val_if_fail (HUB_IS_CLOCK (clock), NULL);
  g_return_val_if_fail (caps != NULL, NULL);

  self = g_new0 (HubAdmission, 1);
  self->clock = g_object_ref (clock);
  self->caps = *caps;
  /* All who may be connected may come at once, and once more, when the host was started again. */
  self->burst = MAX (HUB_ATTEMPTS_BURST, 2 * MIN (caps->max_per_key, G_MAXUINT / 2));
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
  gint64 now = hub_clock_get_monotonic (self->clock);
  gint64 full_at = entry->attempts.updated;

  if (self->caps.max_attempts != 0)
    full_at += (gint64) self->burst * 1000 / self->caps.max_attempts;

  return entry->connections == 0 && now >= full_at && now >= entry->barred_until
         && now >= entry->atoned_at;
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
      hub_bucket_init (&entry->forgiven, self->burst, now);
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
  if (hub_bucket_take (&entry->attempts, self->caps.max_attempts, self->burst, now) != 0)
    return HUB_ADMISSION_TOO_FAST;
  if (now < entry->barred_until)
    return HUB_ADMISSION_BARRED;
  if (self->caps.max_connections != 0 && self->connections >= self->caps.max_connections)
    return HUB_ADMISSION_FULL;
  if (self->caps.max_per_key != 0 && entry->connections >= self->caps.max_per_key)
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
hub_admission_forgive (HubAdmission *self, const char *key)
{
  gint64 now;
  Entry *entry;

  g_return_if_fail (self != NULL);
  g_return_if_fail (key != NULL);

  now = hub_clock_get_monotonic (self->clock);
  entry = ensure_entry (self, key, now);
  if (hub_bucket_take (&entry->forgiven, self->caps.max_attempts, self->burst, now) == 0)
    hub_bucket_give (&entry->attempts, self->burst);
}

void
hub_admission_accuse (HubAdmission *self, const char *key)
{
  gint64 now;
  Entry *entry;

  g_return_if_fail (self != NULL);
  g_return_if_fail (key != NULL);

  now = hub_clock_get_monotonic (self->clock);
  entry = ensure_entry (self, key, now);
  if (self->misdeeds < HUB_MISDEEDS_TOTAL)
    {
      self->misdeeds++;
      entry->atoned_at = MAX (entry->atoned_at, now) + HUB_BAR_MS;
      if (entry->atoned_at - now <= (gint64) HUB_MISDEEDS * HUB_BAR_MS)
        return;
    }

  entry->barred_until = now + HUB_BAR_MS;
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
