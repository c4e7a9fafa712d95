/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "hub-config.h"

#include "terminal/hub-complaint.h"

#include "base/hub-text.h"
#include "host/hub-host.h"

#include <glib/gi18n-lib.h>
#include <stdio.h>

#define FIRST_STRONG_ISOLATE 0x2068

void
hub_complaint_print (const char *message)
{
  g_autofree char *text = NULL;
  g_autofree char *line = NULL;

  g_return_if_fail (message != NULL);

  text = hub_text_escape_terminal (message, -1);
  /* Few terminals know about directions: nothing is added where all runs in one, which is told by what
   * was not put around it. */
  line = g_utf8_get_char (text) == FIRST_STRONG_ISOLATE ? hub_text_isolate (text) : g_strdup (text);
  fprintf (stderr, "%s: %s\n", g_get_prgname (), line);
}

void
hub_complaint_print_error (const GError *error)
{
  g_autofree char *message = NULL;

  g_return_if_fail (error != NULL);

  if (hub_host_is_folder_error (error))
    message = g_strdup_printf ("%s %s", error->message,
                               _ ("Another folder is chosen with --data-dir."));
  hub_complaint_print (message != NULL ? message : error->message);
}

void
hub_complaint_print_hint (void)
{
  /* Translators: %s is the program's name; --help is typed as it is. */
  g_autofree char *hint = g_strdup_printf (_ ("Try “%s --help”."), g_get_prgname ());

  fprintf (stderr, "%s\n", hint);
}
