/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "server/hub-json-talk.h"

#include "base/hub-limits.h"
#include "net/hub-random.h"
#include "wire/hub-wire.h"

static void
refuse (HubSession *session, const HubRequest *request, const HubRefusal *refusal)
{
  hub_session_tell (session, hub_wire_refused (request->type, request->ref, refusal));
}

static void
refuse_bad (HubSession *session, const HubRequest *request)
{
  HubRefusal refusal = { .code = HUB_REFUSAL_BAD_OBJECT };

  refuse (session, request, &refusal);
}

/* The codec could not take it: a `say` is used up all the same, like one that the room refuses. */
static void
refuse_unread (HubSession *session, const HubRequest *request, const HubRefusal *refusal)
{
  HubGuest *guest = hub_session_get_guest (session);

  if (guest != NULL && request->type == HUB_REQUEST_SAY)
    hub_room_refuse_ref (hub_hall_get_room (hub_session_get_hall (session)), guest, request->ref);
  refuse (session, request, refusal);
}

static void
replay_message (HubMessage *message, gpointer user_data)
{
  HubFormat format = hub_session_get_format (user_data);

  hub_session_tell_frame (user_data, hub_format_said (format, message));
}

static void
welcome (HubSession *session, const HubEntry *entry, const HubSecret *token)
{
  HubHall *hall = hub_session_get_hall (session);
  HubRoom *room = hub_hall_get_room (hall);
  guint count = hub_room_get_n_present (room);
  HubWelcome welcome = {
    .entry = *entry,
    .token = token,
    .urls = hub_hall_get_urls (hall),
    .is_locked = hub_room_is_locked (room),
    .guests = count <= HUB_PRESENCE_MAX_GUESTS ? hub_room_get_present (room) : NULL,
    .count = count,
    .message_rate = hub_hall_get_message_rate (hall),
    .now = hub_clock_get_real (hub_hall_get_clock (hall)),
  };

  hub_session_tell (session, hub_wire_welcome (room, &welcome));
  hub_attendance_set_told (hub_hall_get_attendance (hall), entry->guest);
  if (entry->missed > 0)
    hub_session_tell (session, hub_wire_gap (entry->missed));
  hub_room_foreach_message (room, entry->replay_after, entry->last_id, replay_message, session);
}

/* One step: the older connection is detached, the replay goes up to the newest message, and the
 * session attends from there. Nothing can be said in between, so nothing is lost or doubled. */
static void
enter (HubSession *session, HubRequest *request)
{
  HubHall *hall = hub_session_get_hall (session);
  g_auto (HubRefusal) refusal = HUB_REFUSAL_INIT;
  HubSession *older;
  HubSecret token;
  HubEntry entry;

  refusal.retry_after = hub_session_take_hello (session);
  if (refusal.retry_after > 0)
    {
      refusal.code = HUB_REFUSAL_TOO_FAST;
      refuse (session, request, &refusal);
      return;
    }

  hub_random_fill (&token, sizeof token);
  hub_session_introduce (session, &request->hello);
  if (!hub_room_enter (hub_hall_get_room (hall), &request->hello, &token, &entry, &refusal))
    {
      refuse (session, request, &refusal);
      return;
    }

  older = hub_hall_find (hall, entry.guest);
  if (older != NULL)
    hub_session_end (older, HUB_END_ELSEWHERE, HUB_LINGER_MS);
  hub_session_join (session, entry.guest, entry.is_resumed);
  welcome (session, &entry, &token);
}

static void
say (HubSession *session, const HubRequest *request)
{
  HubRoom *room = hub_hall_get_room (hub_session_get_hall (session));
  g_auto (HubRefusal) refusal = HUB_REFUSAL_INIT;
  guint64 id = 0;

  if (hub_room_say (room, hub_session_get_guest (session), request->ref, request->text, &id,
                    &refusal)
      == HUB_SAY_REFUSED)
    refuse (session, request, &refusal);
  else
    hub_session_tell (session, hub_wire_accepted (request->ref, id));
}

static void
list (HubSession *session, const HubRequest *request)
{
  HubHall *hall = hub_session_get_hall (session);
  HubRoom *room = hub_hall_get_room (hall);
  HubRefusal refusal = { HUB_REFUSAL_TOO_FAST, NULL, hub_session_take_page (session) };

  if (refusal.retry_after > 0)
    {
      refuse (session, request, &refusal);
      return;
    }

  hub_session_tell (session, hub_wire_guests (hub_room_get_present (room), request->page));
  hub_attendance_set_told (hub_hall_get_attendance (hall), NULL);
}

/* Whether a request of this type may come now. */
static gboolean
is_timely (HubSession *session, HubRequestType type)
{
  gboolean has_joined = hub_session_get_guest (session) != NULL;

  switch (type)
    {
    case HUB_REQUEST_HELLO:
      return !has_joined;
    case HUB_REQUEST_SAY:
    case HUB_REQUEST_WHO:
      return has_joined;
    case HUB_REQUEST_UNKNOWN:
    case HUB_REQUEST_PING:
    case HUB_REQUEST_BYE:
    default:
      /* A stream is asked for with a `hello`, and there is no other way to say it. */
      return has_joined || hub_session_get_format (session) != HUB_FORMAT_LINES;
    }
}

static void
act (HubSession *session, HubRequest *request)
{
  switch (request->type)
    {
    case HUB_REQUEST_HELLO:
      enter (session, request);
      break;
    case HUB_REQUEST_SAY:
      say (session, request);
      break;
    case HUB_REQUEST_WHO:
      list (session, request);
      break;
    case HUB_REQUEST_PING:
      hub_session_tell (session, hub_wire_pong ());
      break;
    case HUB_REQUEST_BYE:
      hub_session_leave (session);
      break;
    case HUB_REQUEST_UNKNOWN:
    default:
      break;
    }
}

void
hub_json_talk_receive (HubSession *session, GBytes *message)
{
  g_auto (HubRequest) request = HUB_REQUEST_INIT;
  g_auto (HubRefusal) refusal = HUB_REFUSAL_INIT;
  HubGuest *guest;
  gsize length;
  const char *data;

  g_return_if_fail (HUB_IS_SESSION (session));

  data = g_bytes_get_data (message, &length);
  guest = hub_session_get_guest (session);
  if (guest != NULL && hub_session_take_unconfirmed (session))
    hub_room_confirm (hub_hall_get_room (hub_session_get_hall (session)), guest);

  if (!hub_wire_read_request (data, length, &request, &refusal))
    refuse_unread (session, &request, &refusal);
  else if (!is_timely (session, request.type))
    refuse_bad (session, &request);
  else
    act (session, &request);
}
