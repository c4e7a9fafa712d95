/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "base/hub-bucket.h"

/* Far below the thousandth of a second that times are measured in: whoever comes back after just
 * the time that was named gets a token, whatever the sums of fractions rounded to. */
#define ROUNDING 1e-6

void
hub_bucket_init (HubBucket *self, guint burst, gint64 now)
{
  g_return_if_fail (self != NULL);

  self->tokens = burst;
  self->updated = now;
}

static void
hub_bucket_refill (HubBucket *self, guint rate, gint64 now)
{
  if (now <= self->updated)
    return;

  self->tokens += (double) (now - self->updated) * rate / 1000.0;
  self->updated = now;
}

guint
hub_bucket_take (HubBucket *self, guint rate, guint burst, gint64 now)
{
  return hub_bucket_take_many (self, 1, rate, burst, now);
}

guint
hub_bucket_take_many (HubBucket *self, guint n, guint rate, guint burst, gint64 now)
{
  double missing, wait;

  g_return_val_if_fail (self != NULL, 0);

  if (rate == 0)
    return 0;

  hub_bucket_refill (self, rate, now);
  /* With room for less than is asked for there would never be enough. */
  self->tokens = MIN (self->tokens, MAX (burst, n));

  missing = n - self->tokens;
  if (missing <= ROUNDING)
    {
      self->tokens -= n;
      return 0;
    }

  /* Rounded up: who waits that long has waited long enough. */
  wait = missing * 1000.0 / rate - ROUNDING;
  return (guint) wait + 1;
}

gboolean
hub_bucket_is_full (const HubBucket *self, guint rate, guint burst, gint64 now)
{
  gint64 elapsed;

  g_return_val_if_fail (self != NULL, FALSE);

  elapsed = MAX (now - self->updated, 0);

  return self->tokens + (double) elapsed * rate / 1000.0 >= burst - ROUNDING;
}

void
hub_bucket_continue (HubBucket *self, const HubBucket *former, guint rate, guint burst, gint64 now)
{
  HubBucket own;

  g_return_if_fail (self != NULL);
  g_return_if_fail (former != NULL);

  own = *self;
  hub_bucket_refill (&own, rate, now);
  *self = *former;
  hub_bucket_refill (self, rate, now);
  self->tokens = MIN (self->tokens, burst) - (burst - MIN (own.tokens, burst));
  self->tokens = MAX (self->tokens, 0);
}

void
hub_bucket_give (HubBucket *self, guint burst)
{
  g_return_if_fail (self != NULL);

  self->tokens = MIN (self->tokens + 1, burst);
}
