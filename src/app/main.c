/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "hub-config.h"

#include "app/hub-application.h"
#include "host/hub-process.h"

#include <glib/gi18n-lib.h>

/* The composition root of hubbub; the rest is HubApplication's. */

int
main (int argc, char *argv[])
{
  g_autoptr (HubApplication) application = NULL;

  hub_process_prepare ();
  g_set_prgname ("hubbub");
  /* What notifications call the program. */
  g_set_application_name (_ ("Hubbub"));
  hub_process_protect ();

  application = hub_application_new ();

  return g_application_run (G_APPLICATION (application), argc, argv);
}
