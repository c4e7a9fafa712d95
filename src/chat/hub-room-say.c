/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "chat/hub-room-private.h"

/* Takes what one message costs of the guest's allowance. */
static gboolean
hub_room_may_say (HubRoom *self, HubGuest *guest, HubRefusal *refusal)
{
  guint wait = hub_bucket_take (hub_guest_get_bucket (guest), self->limits.message_rate,
                                self->limits.message_burst, hub_clock_get_monotonic (self->clock));

  if (wait == 0)
    return TRUE;

  refusal->code = HUB_REFUSAL_TOO_FAST;
  refusal->retry_after = wait;

  return FALSE;
}

HubSayResult
hub_room_say (HubRoom *self,
              HubGuest *guest,
              gint64 ref,
              const char *text,
              guint64 *id,
              HubRefusal *refusal)
{
  g_autoptr (HubMessage) message = NULL;
  HubSeat *seat;

  g_return_val_if_fail (HUB_IS_ROOM (self), HUB_SAY_REFUSED);
  g_return_val_if_fail (HUB_IS_GUEST (guest), HUB_SAY_REFUSED);
  g_return_val_if_fail (hub_guest_get_presence (guest) == HUB_PRESENCE_HERE, HUB_SAY_REFUSED);
  g_return_val_if_fail (text != NULL && id != NULL && refusal != NULL, HUB_SAY_REFUSED);

  seat = ref < 0 ? NULL : hub_guest_get_seat (guest);
  if (seat != NULL && hub_seat_is_ref_used (seat, ref))
    {
      guint64 said = hub_seat_get_said (seat, ref);

      if (said == 0)
        {
          refusal->code = HUB_REFUSAL_REF_EXPIRED;
          return HUB_SAY_REFUSED;
        }
      *id = said;
      return HUB_SAY_REPEATED;
    }

  if (!hub_room_may_say (self, guest, refusal))
    {
      if (seat != NULL)
        hub_seat_use_ref (seat, ref, 0);
      return HUB_SAY_REFUSED;
    }

  message = hub_message_new (++self->last_id, hub_guest_get_id (guest), hub_guest_get_name (guest),
                             text, hub_clock_get_real (self->clock));
  if (seat != NULL)
    hub_seat_use_ref (seat, ref, self->last_id);
  *id = self->last_id;
  hub_backlog_push (self->backlog, message);
  hub_room_tell (self, HUB_ROOM_MESSAGE_SAID, message);

  return HUB_SAY_SAID;
}

void
hub_room_refuse_ref (HubRoom *self, HubGuest *guest, gint64 ref)
{
  HubSeat *seat;

  g_return_if_fail (HUB_IS_ROOM (self));
  g_return_if_fail (HUB_IS_GUEST (guest));

  seat = hub_guest_get_seat (guest);
  if (seat != NULL && !hub_seat_is_ref_used (seat, ref))
    hub_seat_use_ref (seat, ref, 0);
}

void
hub_room_foreach_message (HubRoom *self,
                          guint64 after,
                          guint64 last,
                          HubRoomMessageFunc func,
                          gpointer user_data)
{
  guint64 first;

  g_return_if_fail (HUB_IS_ROOM (self));
  g_return_if_fail (func != NULL);

  last = MIN (last, self->last_id);
  if (after >= last)
    return;

  first = MAX (after + 1, hub_backlog_get_first_id (self->backlog));
  for (guint64 id = first; id <= last; id++)
    func (hub_backlog_get (self->backlog, id), user_data);
}
