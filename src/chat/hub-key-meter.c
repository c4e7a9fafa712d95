/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "chat/hub-key-meter.h"

#include "base/hub-bucket.h"

/* Keys from which on those that need not be remembered are looked for. */
#define MIN_SWEEP 64

struct _HubKeyMeter
{
  guint rate;
  guint burst;
  GHashTable *buckets; /* owned key -> owned HubBucket */
  guint sweep_at;      /* keys at which the next search for full buckets pays */
};

HubKeyMeter *
hub_key_meter_new (guint rate, guint burst)
{
  HubKeyMeter *self = g_new0 (HubKeyMeter, 1);

  self->rate = rate;
  self->burst = burst;
  self->buckets = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->sweep_at = MIN_SWEEP;

  return self;
}

void
hub_key_meter_free (HubKeyMeter *self)
{
  g_return_if_fail (self != NULL);

  g_hash_table_unref (self->buckets);
  g_free (self);
}

/* Each search costs what there is, and comes only once there is twice what the last one left. */
static void
hub_key_meter_sweep (HubKeyMeter *self, gint64 now)
{
  GHashTableIter iter;
  gpointer bucket;

  g_hash_table_iter_init (&iter, self->buckets);
  while (g_hash_table_iter_next (&iter, NULL, &bucket))
    if (hub_bucket_is_full (bucket, self->rate, self->burst, now))
      g_hash_table_iter_remove (&iter);

  self->sweep_at = MAX (2 * g_hash_table_size (self->buckets), MIN_SWEEP);
}

static HubBucket *
hub_key_meter_ensure_bucket (HubKeyMeter *self, const char *key, gint64 now)
{
  HubBucket *bucket = g_hash_table_lookup (self->buckets, key);

  if (bucket != NULL)
    return bucket;

  if (g_hash_table_size (self->buckets) >= self->sweep_at)
    hub_key_meter_sweep (self, now);
  bucket = g_new (HubBucket, 1);
  hub_bucket_init (bucket, self->burst, now);
  g_hash_table_insert (self->buckets, g_strdup (key), bucket);

  return bucket;
}

guint
hub_key_meter_take (HubKeyMeter *self, const char *key, guint n, gint64 now)
{
  g_return_val_if_fail (self != NULL, 0);
  g_return_val_if_fail (key != NULL, 0);

  if (self->rate == 0)
    return 0;

  return hub_bucket_take_many (hub_key_meter_ensure_bucket (self, key, now), n, self->rate,
                               self->burst, now);
}

guint
hub_key_meter_get_n_keys (HubKeyMeter *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return g_hash_table_size (self->buckets);
}
