/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "fuzz.h"

#include "terminal/hub-command.h"

#include <string.h>

static void
check_command (const HubCommand *command)
{
  g_assert_cmpint (command->type, >=, HUB_COMMAND_NOTHING);
  g_assert_cmpint (command->type, <=, HUB_COMMAND_QUIT);
  g_assert_true ((command->type == HUB_COMMAND_REMOVE)
                 == (command->guest_id != 0 || command->name != NULL));
  g_assert_false (command->guest_id != 0 && command->name != NULL);
  if (command->name != NULL)
    {
      g_autofree char *normal = g_utf8_normalize (command->name, -1, G_NORMALIZE_NFC);

      g_assert_cmpstr (command->name, !=, "");
      g_assert_cmpstr (command->name, ==, normal);
    }
}

/* Each line of the input, which may be of any bytes, is a command or is refused with a sentence that
 * is safe to print. */
int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  const char *line = (const char *) data;
  const char *end = line + size;

  while (line < end)
    {
      const char *line_break = memchr (line, '\n', (gsize) (end - line));
      gsize length = (gsize) ((line_break != NULL ? line_break : end) - line);
      g_autoptr (GError) error = NULL;
      g_autoptr (HubCommand) command = hub_command_parse (line, length, &error);

      g_assert_true ((command != NULL) != (error != NULL));
      if (command != NULL)
        {
          g_assert_cmpuint (length, <=, HUB_COMMAND_MAX_BYTES);
          check_command (command);
        }
      else
        {
          g_assert_true (g_error_matches (error, HUB_COMMAND_ERROR, HUB_COMMAND_ERROR_USAGE));
          g_assert_true (g_utf8_validate (error->message, -1, NULL));
          for (const char *at = error->message; *at != '\0'; at++)
            g_assert_true ((guint8) *at >= 0x20 && *at != 0x7f);
        }
      line += length + 1;
    }

  return 0;
}
