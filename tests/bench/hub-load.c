/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The load generator: see README.md in this folder, and --help. */

#include "hub-load-scenario.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>

static const HubLoadScenarioFunc scenarios[] = {
  [HUB_LOAD_JOIN] = hub_load_come_join,           [HUB_LOAD_PACED] = hub_load_talk_paced,
  [HUB_LOAD_SATURATED] = hub_load_talk_saturated, [HUB_LOAD_RECONNECT] = hub_load_come_reconnect,
  [HUB_LOAD_IDLE] = hub_load_come_idle,
};

/* A socket for each guest. */
static void
raise_descriptors (void)
{
  struct rlimit limit;

  if (getrlimit (RLIMIT_NOFILE, &limit) < 0)
    return;
  limit.rlim_cur = limit.rlim_max;
  setrlimit (RLIMIT_NOFILE, &limit);
}

int
main (int argc, char **argv)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (HubLoadOptions) options = hub_load_options_parse (argc, argv, &error);
  g_autoptr (HubLoadCrowd) crowd = NULL;
  HubLoadReport report = { 0 };

  if (options == NULL)
    {
      fprintf (stderr, "hub-load: %s\n", error->message);
      return 2;
    }
  raise_descriptors ();
  crowd = hub_load_crowd_new (options);
  scenarios[options->scenario](crowd, options, &report);
  hub_load_report_print (&report, options);
  hub_load_crowd_say_bye (crowd);
  if (report.n_joined == 0)
    {
      fputs ("hub-load: nobody got in\n", stderr);
      return EXIT_FAILURE;
    }
  return EXIT_SUCCESS;
}
