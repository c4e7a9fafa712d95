/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "host/hub-moderator.h"

#include "chat/hub-code.h"
#include "net/hub-random.h"

struct _HubModerator
{
  HubRoom *room;
  HubNews *news; /* borrowed */
};

static void
hub_moderator_make_code (HubModerator *self)
{
  g_autofree char *code = hub_random_dup_text (HUB_CODE_ALPHABET, HUB_CODE_LENGTH);

  hub_room_set_code (self->room, code);
}

HubModerator *
hub_moderator_new (HubRoom *room, HubNews *news, gboolean ask_code)
{
  HubModerator *self;

  g_return_val_if_fail (HUB_IS_ROOM (room), NULL);
  g_return_val_if_fail (news != NULL, NULL);

  self = g_new0 (HubModerator, 1);
  self->room = g_object_ref (room);
  self->news = news;
  if (ask_code)
    hub_moderator_make_code (self);

  return self;
}

void
hub_moderator_free (HubModerator *self)
{
  g_return_if_fail (self != NULL);

  g_object_unref (self->room);
  g_free (self);
}

void
hub_moderator_remove (HubModerator *self, guint64 guest_id)
{
  HubGuest *guest;

  g_return_if_fail (self != NULL);

  guest = hub_room_find_guest (self->room, guest_id);
  if (guest != NULL)
    hub_room_remove (self->room, guest);
}

void
hub_moderator_set_locked (HubModerator *self, gboolean is_locked)
{
  g_return_if_fail (self != NULL);

  hub_room_set_locked (self->room, is_locked);
  hub_news_add (self->news, is_locked ? HUB_EVENT_LOCKED : HUB_EVENT_UNLOCKED, 0, NULL, NULL);
}

void
hub_moderator_ask_code (HubModerator *self, HubCodeRequest request)
{
  g_return_if_fail (self != NULL);

  if (request == HUB_CODE_OFF)
    hub_room_set_code (self->room, NULL);
  else if (request == HUB_CODE_NEW || !hub_room_has_code (self->room))
    hub_moderator_make_code (self);

  hub_news_add (self->news, HUB_EVENT_CODE, 0, NULL, hub_room_get_code (self->room));
}
