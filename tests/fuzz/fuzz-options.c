/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "fuzz.h"

#include "base/hub-limits.h"
#include "terminal/hub-options.h"

#include <gio/gio.h>
#include <string.h>

#define CAP_MAX 1000000
#define MAX_ARGUMENTS 40

/* Each line of the input is an argument. Returns: (transfer full): they end at the first NUL */
static char **
split_arguments (const guint8 *data, gsize size)
{
  g_autofree char *text = g_strndup ((const char *) data, size);
  g_autofree char *line = g_strconcat ("hubbub-server\n", text, NULL);

  return g_strsplit (line, "\n", MAX_ARGUMENTS);
}

static void
check_settings (const HubSettings *settings)
{
  g_assert_cmpuint (settings->max_guests, <=, CAP_MAX);
  g_assert_cmpuint (settings->max_per_address, <=, CAP_MAX);
  g_assert_cmpuint (settings->message_rate, <=, CAP_MAX);
  g_assert_cmpuint (settings->max_pending, <=, CAP_MAX);
  g_assert_cmpuint (settings->max_attempts, <=, CAP_MAX);
  g_assert_true ((settings->certificate == NULL) == (settings->private_key == NULL));

  for (char **address = settings->addresses; address != NULL && *address != NULL; address++)
    {
      g_autoptr (GInetAddress) parsed = g_inet_address_new_from_string (*address);

      g_assert_nonnull (parsed);
    }
  for (char **host = settings->allow_hosts; host != NULL && *host != NULL; host++)
    g_assert_true (g_str_is_ascii (*host) && strpbrk (*host, " /@?#\t") == NULL);
  if (settings->room_name != NULL)
    {
      g_assert_true (g_utf8_validate (settings->room_name, -1, NULL));
      g_assert_cmpint (g_utf8_strlen (settings->room_name, -1), >=, 1);
      g_assert_cmpint (g_utf8_strlen (settings->room_name, -1), <=, HUB_ROOM_NAME_MAX_CHARS);
      g_assert_null (strchr (settings->room_name, '\n'));
    }
}

/* A command line is taken with every value in its range, or refused with a line that is safe to
 * print. */
int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_auto (GStrv) arguments = split_arguments (data, size);
  g_autoptr (GError) error = NULL;
  g_autoptr (HubOptions) options = hub_options_new ((const char *const *) arguments, &error);

  g_assert_true ((options != NULL) != (error != NULL));
  if (options != NULL)
    {
      check_settings (options->settings);
    }
  else
    {
      g_assert_true (g_error_matches (error, HUB_OPTIONS_ERROR, HUB_OPTIONS_ERROR_USAGE));
      g_assert_true (g_utf8_validate (error->message, -1, NULL));
      for (const char *at = error->message; *at != '\0'; at++)
        g_assert_true ((guint8) *at >= 0x20 && *at != 0x7f);
    }

  return 0;
}
