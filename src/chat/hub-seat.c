/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "chat/hub-seat.h"

#include "base/hub-limits.h"

typedef struct
{
  gint64 ref;
  guint64 id;
} HubSeatRef;

void
hub_seat_digest (const HubSecret *secret, HubSeatDigest *digest)
{
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);
  gsize length = sizeof digest->bytes;

  g_return_if_fail (secret != NULL);
  g_return_if_fail (digest != NULL);

  g_checksum_update (checksum, secret->bytes, sizeof secret->bytes);
  g_checksum_get_digest (checksum, digest->bytes, &length);
}

HubSeat *
hub_seat_new (HubGuest *guest, guint64 first_id, const HubSecret *token, const HubSecret *join)
{
  HubSeat *self;

  g_return_val_if_fail (HUB_IS_GUEST (guest), NULL);
  g_return_val_if_fail (token != NULL, NULL);

  self = g_new0 (HubSeat, 1);
  self->guest = g_object_ref (guest);
  self->first_id = first_id;
  self->last_ref = -1;
  self->stage_link.data = self;
  self->share_link.data = self;

  hub_seat_digest (token, &self->token);
  if (join != NULL)
    {
      hub_seat_digest (join, &self->join);
      self->has_join = TRUE;
    }
  hub_guest_set_seat (guest, self);

  return self;
}

void
hub_seat_free (HubSeat *self)
{
  g_return_if_fail (self != NULL);

  hub_guest_set_seat (self->guest, NULL);
  g_object_unref (self->guest);
  g_clear_pointer (&self->refs, g_array_unref);
  g_free (self);
}

gboolean
hub_seat_is_ref_used (HubSeat *self, gint64 ref)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return ref <= self->last_ref;
}

guint64
hub_seat_get_said (HubSeat *self, gint64 ref)
{
  g_return_val_if_fail (self != NULL, 0);

  for (guint i = 0; self->refs != NULL && i < self->refs->len; i++)
    {
      const HubSeatRef *said = &g_array_index (self->refs, HubSeatRef, i);

      if (said->ref == ref)
        return said->id;
    }

  return 0;
}

void
hub_seat_use_ref (HubSeat *self, gint64 ref, guint64 id)
{
  const HubSeatRef said = { ref, id };

  g_return_if_fail (self != NULL);
  g_return_if_fail (ref > self->last_ref);

  self->last_ref = ref;
  if (id == 0)
    return;

  if (self->refs == NULL)
    self->refs = g_array_new (FALSE, FALSE, sizeof (HubSeatRef));

  if (self->refs->len < HUB_SEAT_REFS)
    g_array_append_val (self->refs, said);
  else
    g_array_index (self->refs, HubSeatRef, self->next_ref) = said;
  self->next_ref = (self->next_ref + 1) % HUB_SEAT_REFS;
}
