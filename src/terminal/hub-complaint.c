/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "hub-config.h"

#include "terminal/hub-complaint.h"

#include "base/hub-text.h"

#include <glib/gi18n-lib.h>
#include <stdio.h>

void
hub_complaint_print (const char *message)
{
  g_autofree char *text = NULL;

  g_return_if_fail (message != NULL);

  text = hub_text_escape_terminal (message, -1);
  fprintf (stderr, "%s: %s\n", g_get_prgname (), text);
}

void
hub_complaint_print_hint (void)
{
  /* Translators: %s is the program's name; --help is typed as it is. */
  g_autofree char *hint = g_strdup_printf (_ ("Try “%s --help”."), g_get_prgname ());

  fprintf (stderr, "%s\n", hint);
}
