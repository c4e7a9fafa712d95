/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "server/hub-plain-talk.h"

#include "wire/hub-plain.h"

/* Where a code is asked for, it comes first. A right one is not answered: the name is awaited. */
static gboolean
try_code (HubSession *session, const char *data, gsize length, HubRefusal *refusal)
{
  g_autofree char *code = hub_plain_read_code (data, length);
  HubHello hello = { .code = code };

  hub_session_introduce (session, &hello);
  if (!hub_room_admits (hub_hall_get_room (hub_session_get_hall (session)), &hello, refusal))
    return FALSE;

  hub_session_set_code (session, code);
  return TRUE;
}

/* It attends before it asks to be let in, so that it gets its own "joined", which is its receipt;
 * and those who are due to leave do so before it attends, so that this is what it gets first. */
static gboolean
try_name (HubSession *session, const char *name, HubRefusal *refusal)
{
  HubRoom *room = hub_hall_get_room (hub_session_get_hall (session));
  HubHello hello = { .name = name, .code = hub_session_get_code (session) };
  HubGuest *guest = NULL;

  hub_session_introduce (session, &hello);
  hub_room_expire (room);
  hub_session_attend (session);
  if (!hub_room_enter_plain (room, &hello, &guest, refusal))
    {
      hub_session_withdraw (session);
      /* There is another by now: the next frame is to be that. */
      if (refusal->code == HUB_REFUSAL_CODE)
        hub_session_set_code (session, NULL);
      return FALSE;
    }

  hub_session_join (session, guest, FALSE);
  return TRUE;
}

static void
enter (HubSession *session, const char *data, gsize length)
{
  HubRoom *room = hub_hall_get_room (hub_session_get_hall (session));
  g_auto (HubRefusal) refusal = HUB_REFUSAL_INIT;
  g_autofree char *name = NULL;
  gboolean is_good = FALSE;

  refusal.retry_after = hub_session_take_hello (session);
  if (refusal.retry_after > 0)
    refusal.code = HUB_REFUSAL_TOO_FAST;
  else if (hub_room_has_code (room) && hub_session_get_code (session) == NULL)
    is_good = try_code (session, data, length, &refusal);
  else if ((name = hub_plain_read_name (data, length, &refusal)) != NULL)
    is_good = try_name (session, name, &refusal);

  if (!is_good)
    hub_session_tell (session, hub_plain_refused (&refusal));
}

static void
say (HubSession *session, const char *data, gsize length)
{
  HubRoom *room = hub_hall_get_room (hub_session_get_hall (session));
  g_auto (HubRefusal) refusal = HUB_REFUSAL_INIT;
  g_autofree char *text = hub_plain_read_text (data, length, &refusal);
  guint64 id;

  if (text == NULL
      || hub_room_say (room, hub_session_get_guest (session), -1, text, &id, &refusal)
             == HUB_SAY_REFUSED)
    hub_session_tell (session, hub_plain_refused (&refusal));
}

void
hub_plain_talk_receive (HubSession *session, GBytes *message)
{
  gsize length;
  const char *data = g_bytes_get_data (message, &length);

  g_return_if_fail (HUB_IS_SESSION (session));

  if (hub_session_get_guest (session) == NULL)
    enter (session, data, length);
  else
    say (session, data, length);
}
