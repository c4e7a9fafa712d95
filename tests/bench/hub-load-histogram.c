/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "hub-load-histogram.h"

/* Each power of two is divided into 2^SUB_BITS equal steps. */
#define SUB_BITS 6
#define N_BUCKETS ((64 - SUB_BITS + 1) << SUB_BITS)

struct _HubLoadHistogram
{
  guint64 counts[N_BUCKETS];
  guint64 count;
  gint64 max_ns;
};

HubLoadHistogram *
hub_load_histogram_new (void)
{
  return g_new0 (HubLoadHistogram, 1);
}

void
hub_load_histogram_free (HubLoadHistogram *self)
{
  g_free (self);
}

static guint
bucket_of (guint64 value)
{
  guint shift;

  if (value < (1u << SUB_BITS))
    return (guint) value;
  shift = 63 - (guint) __builtin_clzll (value) - SUB_BITS;
  return ((shift + 1) << SUB_BITS) + (guint) ((value >> shift) - (1u << SUB_BITS));
}

/* The middle of a bucket. */
static double
value_of (guint bucket)
{
  guint shift = bucket >> SUB_BITS;
  guint64 step = bucket & ((1u << SUB_BITS) - 1);

  if (shift == 0)
    return (double) step;
  shift--;
  return (double) ((step + (1u << SUB_BITS)) << shift)
         + (double) (G_GUINT64_CONSTANT (1) << shift) / 2;
}

void
hub_load_histogram_add (HubLoadHistogram *self, gint64 ns)
{
  ns = MAX (ns, 0);
  self->counts[bucket_of ((guint64) ns)]++;
  self->count++;
  self->max_ns = MAX (self->max_ns, ns);
}

guint64
hub_load_histogram_get_count (HubLoadHistogram *self)
{
  return self->count;
}

double
hub_load_histogram_get_ms (HubLoadHistogram *self, double share)
{
  guint64 wanted = (guint64) (share * (double) self->count + 0.5), seen = 0;

  if (self->count == 0)
    return 0;
  wanted = CLAMP (wanted, 1, self->count);
  for (guint i = 0; i < N_BUCKETS; i++)
    {
      seen += self->counts[i];
      if (seen >= wanted)
        return MIN (value_of (i), (double) self->max_ns) / 1e6;
    }
  g_assert_not_reached ();
}

double
hub_load_histogram_get_max_ms (HubLoadHistogram *self)
{
  return (double) self->max_ns / 1e6;
}
