/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "base/hub-clock.h"

G_BEGIN_DECLS

/*
 * HubBucket: a token bucket. A plain value, embedded where a rate is kept; no allocation.
 * A @rate of 0 means no limit.
 */
typedef struct
{
  double tokens;
  gint64 updated; /* monotonic ms */
} HubBucket;

/* A full bucket. */
void hub_bucket_init (HubBucket *self, guint burst, gint64 now);

/* Takes one token, refilling at @rate a second up to @burst. @now is monotonic milliseconds.
 * Returns: 0 when it was there, else the milliseconds until it will be (at least 1). */
guint hub_bucket_take (HubBucket *self, guint rate, guint burst, gint64 now);

/* The same for @n tokens at once: all or none. */
guint hub_bucket_take_many (HubBucket *self, guint n, guint rate, guint burst, gint64 now);

/* Whether nothing is missing in it: it is as good as a new one. */
gboolean hub_bucket_is_full (const HubBucket *self, guint rate, guint burst, gint64 now);

/* Goes on where @former stopped, which had the same rate and burst: what was taken of @self since
 * it was full is taken of that, too, as far as there is so much. */
void
hub_bucket_continue (HubBucket *self, const HubBucket *former, guint rate, guint burst, gint64 now);

/* Puts one token back, up to @burst. */
void hub_bucket_give (HubBucket *self, guint burst);

G_END_DECLS
