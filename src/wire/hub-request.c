/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "wire/hub-request.h"

void
hub_request_clear (HubRequest *self)
{
  g_return_if_fail (self != NULL);

  g_free (self->name);
  g_free (self->code);
  g_free (self->room_id);
  g_free (self->text);
  *self = (HubRequest) HUB_REQUEST_INIT;
}

const char *
hub_request_type_to_string (HubRequestType type)
{
  switch (type)
    {
    case HUB_REQUEST_HELLO:
      return "hello";
    case HUB_REQUEST_SAY:
      return "say";
    case HUB_REQUEST_WHO:
      return "who";
    case HUB_REQUEST_PING:
      return "ping";
    case HUB_REQUEST_BYE:
      return "bye";
    case HUB_REQUEST_UNKNOWN:
    default:
      return "object";
    }
}
