/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "wire/hub-request.h"

/* The contract's words, indexed by HubRequestType; the first is for what has none of them. */
static const char *const types[] = {
  [HUB_REQUEST_UNKNOWN] = "object", [HUB_REQUEST_HELLO] = "hello", [HUB_REQUEST_SAY] = "say",
  [HUB_REQUEST_WHO] = "who",        [HUB_REQUEST_PING] = "ping",   [HUB_REQUEST_BYE] = "bye",
};

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
  g_return_val_if_fail ((guint) type < G_N_ELEMENTS (types), NULL);

  return types[type];
}

HubRequestType
hub_request_type_from_string (const char *name)
{
  g_return_val_if_fail (name != NULL, HUB_REQUEST_UNKNOWN);

  for (guint type = HUB_REQUEST_UNKNOWN + 1; type < G_N_ELEMENTS (types); type++)
    {
      if (g_str_equal (name, types[type]))
        return (HubRequestType) type;
    }

  return HUB_REQUEST_UNKNOWN;
}
