/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "base/hub-allowance.h"

#include "base/hub-limits.h"

void
hub_allowance_init (HubAllowance *self, gint64 now)
{
  g_return_if_fail (self != NULL);

  hub_bucket_init (&self->frames, HUB_FRAME_BURST, now);
  hub_bucket_init (&self->bytes, HUB_INPUT_BURST_BYTES, now);
  hub_bucket_init (&self->pages, HUB_WHO_BURST, now);
}

void
hub_allowance_continue (HubAllowance *self, const HubAllowance *former, gint64 now)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (former != NULL);

  hub_bucket_continue (&self->frames, &former->frames, HUB_FRAME_RATE, HUB_FRAME_BURST, now);
  hub_bucket_continue (&self->bytes, &former->bytes, HUB_INPUT_RATE_BYTES, HUB_INPUT_BURST_BYTES,
                       now);
  hub_bucket_continue (&self->pages, &former->pages, HUB_WHO_RATE, HUB_WHO_BURST, now);
}

gboolean
hub_allowance_take_frames (HubAllowance *self, guint n, gint64 now)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return hub_bucket_take_many (&self->frames, n, HUB_FRAME_RATE, HUB_FRAME_BURST, now) == 0;
}

gboolean
hub_allowance_take_bytes (HubAllowance *self, gsize n, gint64 now)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return hub_bucket_take_many (&self->bytes, (guint) CLAMP (n, HUB_READ_LEAST_BYTES, G_MAXUINT),
                               HUB_INPUT_RATE_BYTES, HUB_INPUT_BURST_BYTES, now)
         == 0;
}

guint
hub_allowance_take_page (HubAllowance *self, gint64 now)
{
  g_return_val_if_fail (self != NULL, 0);

  return hub_bucket_take (&self->pages, HUB_WHO_RATE, HUB_WHO_BURST, now);
}
