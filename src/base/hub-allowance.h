/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "base/hub-bucket.h"

G_BEGIN_DECLS

/*
 * HubAllowance: what one guest may send, and ask for, beside what it says: messages of whatever kind
 * (HUB_FRAME_RATE), their bytes (HUB_INPUT_RATE_BYTES), pages of the list (HUB_WHO_RATE). A plain
 * value. Who has just connected has a new one; when that turns out to be a guest who was here before,
 * his own goes on, so that no change of connection, or of its kind, brings anybody more.
 *
 * Times are monotonic milliseconds.
 */
typedef struct
{
  HubBucket frames;
  HubBucket bytes;
  HubBucket pages;
} HubAllowance;

void hub_allowance_init (HubAllowance *self, gint64 now);

/* Goes on where @former stopped: what was taken of @self since it was new is taken of that, too. */
void hub_allowance_continue (HubAllowance *self, const HubAllowance *former, gint64 now);

/* @n messages, or fragments of messages, came. Returns: FALSE where nobody sends so many who means well */
gboolean hub_allowance_take_frames (HubAllowance *self, guint n, gint64 now);

/* The same for @n bytes that came at once; few count as HUB_READ_LEAST_BYTES. */
gboolean hub_allowance_take_bytes (HubAllowance *self, gsize n, gint64 now);

/* A page of the list is asked for. Returns: 0, or the milliseconds until it may be: nothing was taken then */
guint hub_allowance_take_page (HubAllowance *self, gint64 now);

G_END_DECLS
