/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "chat/hub-room-private.h"

#include "base/hub-limits.h"

#include <string.h>

/* Takes what @text costs of the guest's allowance, and of that of all who share its throttle key:
 * of both or of neither. */
static gboolean
hub_room_may_say (HubRoom *self, HubGuest *guest, const char *text, HubRefusal *refusal)
{
  gint64 now = hub_clock_get_monotonic (self->clock);
  HubBucket *bucket = hub_guest_get_bucket (guest);
  guint wait = hub_bucket_take (bucket, self->limits.message_rate, self->limits.message_burst, now);

  if (wait == 0)
    {
      wait = hub_key_meter_take (self->meter, hub_guest_get_key (guest),
                                 (guint) strlen (text) + HUB_MESSAGE_EXTRA_BYTES, now);
      if (wait == 0)
        return TRUE;
      hub_bucket_give (bucket, self->limits.message_burst);
    }

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

  if (!hub_room_may_say (self, guest, text, refusal))
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
