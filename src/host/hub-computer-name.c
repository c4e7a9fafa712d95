/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "host/hub-computer-name.h"

#include <string.h>

#define KEY "PRETTY_HOSTNAME="

/* The value of a line of machine-info(5), which is quoted as in a shell; NULL if it is nothing. */
static char *
read_value (const char *quoted)
{
  g_autofree char *value = g_shell_unquote (quoted, NULL);

  if (value == NULL || !g_utf8_validate (value, -1, NULL) || g_strstrip (value)[0] == '\0')
    return NULL;

  return g_steal_pointer (&value);
}

char *
hub_computer_name_dup_pretty (const char *machine_info)
{
  g_autofree char *contents = NULL;
  g_auto (GStrv) lines = NULL;
  char *name = NULL;

  g_return_val_if_fail (machine_info != NULL, NULL);

  if (g_file_get_contents (machine_info, &contents, NULL, NULL))
    lines = g_strsplit (contents, "\n", -1);
  for (guint i = 0; lines != NULL && lines[i] != NULL && name == NULL; i++)
    if (g_str_has_prefix (lines[i], KEY))
      name = read_value (lines[i] + strlen (KEY));

  return name != NULL ? name : g_strdup (g_get_host_name ());
}
