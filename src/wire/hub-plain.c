/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "wire/hub-plain.h"

#include "base/hub-limits.h"
#include "base/hub-name.h"
#include "base/hub-text.h"
#include "chat/hub-code.h"

#include <string.h>

static GBytes *
take_line (char *line)
{
  return g_bytes_new_take (line, strlen (line));
}

GBytes *
hub_plain_joined (HubGuest *guest)
{
  return take_line (g_strdup_printf ("* %s joined", hub_guest_get_name (guest)));
}

GBytes *
hub_plain_left (HubGuest *guest)
{
  return take_line (g_strdup_printf ("* %s left", hub_guest_get_name (guest)));
}

GBytes *
hub_plain_said (HubMessage *message)
{
  g_autoptr (GString) line = g_string_new (hub_message_get_from_name (message));
  const char *text = hub_message_get_text (message);

  g_string_append (line, ": ");
  for (const char *at = text; *at != '\0'; at++)
    {
      g_string_append_c (line, *at);
      if (*at == '\n')
        g_string_append_c (line, '\t');
    }

  return g_string_free_to_bytes (g_steal_pointer (&line));
}

/* What went wrong, in the words of somebody who types into a plain tool: such a client sends no
 * objects, so all that can be bad about what it says is that nothing of it is left. */
static const char *
get_reason (HubRefusalCode code)
{
  if (code == HUB_REFUSAL_BAD_OBJECT)
    return "There is nothing to say in that message.";
  if (code == HUB_REFUSAL_CODE)
    return "This chat asks for a code. Send the right one, then your name.";

  return hub_refusal_code_to_reason (code);
}

GBytes *
hub_plain_refused (const HubRefusal *refusal)
{
  g_autoptr (GString) line = g_string_new ("! ");

  g_string_append (line, get_reason (refusal->code));
  if (refusal->suggestion != NULL)
    g_string_append_printf (line, " How about \"%s\"?", refusal->suggestion);
  if (refusal->retry_after > 0)
    g_string_append_printf (line, " Try again in %u s.", (refusal->retry_after + 999) / 1000);

  return g_string_free_to_bytes (g_steal_pointer (&line));
}

GBytes *
hub_plain_ended (HubEnd why)
{
  switch (why)
    {
    case HUB_END_STOPPED:
      return take_line (g_strdup ("! The chat has ended."));
    case HUB_END_REMOVED:
      return take_line (g_strdup ("! The host has removed you from this chat."));
    case HUB_END_ELSEWHERE:
    default:
      return take_line (g_strdup ("! You joined from somewhere else."));
    }
}

char *
hub_plain_read_code (const char *data, gsize length)
{
  g_autofree char *text = NULL;

  if (length == 0 || length > HUB_CODE_MAX_BYTES || !g_utf8_validate_len (data, length, NULL))
    return NULL;

  text = g_strndup (data, length);

  return hub_code_normalize (text);
}

char *
hub_plain_read_name (const char *data, gsize length, HubRefusal *refusal)
{
  char *name = hub_name_normalize (data, length, NULL);

  if (name == NULL)
    {
      hub_refusal_clear (refusal);
      refusal->code = HUB_REFUSAL_NAME_BAD;
    }

  return name;
}

char *
hub_plain_read_text (const char *data, gsize length, HubRefusal *refusal)
{
  g_autoptr (GError) error = NULL;
  char *text = hub_text_normalize (data, length, &error);

  if (text == NULL)
    {
      hub_refusal_clear (refusal);
      refusal->code = g_error_matches (error, HUB_TEXT_ERROR, HUB_TEXT_ERROR_TOO_LONG)
                          ? HUB_REFUSAL_TOO_LONG
                          : HUB_REFUSAL_BAD_OBJECT;
    }

  return text;
}
