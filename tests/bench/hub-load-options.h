/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum
{
  HUB_LOAD_JOIN,
  HUB_LOAD_PACED,
  HUB_LOAD_SATURATED,
  HUB_LOAD_RECONNECT,
  HUB_LOAD_IDLE,
} HubLoadScenario;

/* HubLoadOptions: what the command line asks for. */
typedef struct
{
  HubLoadScenario scenario;
  char *address;
  int port;
  int pid;
  gboolean is_json; /* hubbub.v1 instead of the plain contract */
  char *name;       /* what the guests' names begin with */

  int n_guests;
  int n_warm_up;   /* guests that join and leave before anything is measured */
  int concurrency; /* guests on their way in at once */
  int window;      /* messages under way at once, when saturated */
  int size;        /* bytes of a message */
  int n_cycles;    /* joins and leaves, twice, when idle */
  double rate;     /* messages a second, when paced */
  double seconds;
  double patience; /* seconds without progress before what is missing is given up */
  gboolean resume; /* TLS sessions, for who was here before */
} HubLoadOptions;

/* Returns: (nullable): NULL with an error set when @argv makes no sense */
HubLoadOptions *hub_load_options_parse (int argc, char **argv, GError **error);
void hub_load_options_free (HubLoadOptions *self);

const char *hub_load_options_get_scenario_name (const HubLoadOptions *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HubLoadOptions, hub_load_options_free)

G_END_DECLS
