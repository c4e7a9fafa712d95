/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "hub-load-options.h"

#include "hub-load-message.h"

static const char *const scenario_names[] = {
  [HUB_LOAD_JOIN] = "join",           [HUB_LOAD_PACED] = "paced",
  [HUB_LOAD_SATURATED] = "saturated", [HUB_LOAD_RECONNECT] = "reconnect",
  [HUB_LOAD_IDLE] = "idle",
};

static const char summary[]
    = "Plays a crowd of guests and prints what became of it as one JSON object.\n"
      "\n"
      "Scenarios:\n"
      "  join        everybody comes at once\n"
      "  paced       everybody is in; --rate messages a second\n"
      "  saturated   everybody is in; as many messages as are delivered\n"
      "  reconnect   everybody is in, loses the connection and comes back, at once\n"
      "  idle        everybody is in and silent: memory";

static gboolean
fail (GError **error, const char *what)
{
  g_set_error_literal (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE, what);
  return FALSE;
}

static gboolean
options_set_scenario (HubLoadOptions *self, const char *name, GError **error)
{
  for (guint i = 0; i < G_N_ELEMENTS (scenario_names); i++)
    if (g_str_equal (name, scenario_names[i]))
      {
        self->scenario = (HubLoadScenario) i;
        return TRUE;
      }
  return fail (error, "One scenario is needed: see --help");
}

static gboolean
options_set_protocol (HubLoadOptions *self, const char *name, GError **error)
{
  self->is_json = g_strcmp0 (name, "hubbub.v1") == 0;
  if (self->is_json || name == NULL || g_str_equal (name, "plain"))
    return TRUE;
  return fail (error, "--protocol: plain or hubbub.v1");
}

static gboolean
options_check (const HubLoadOptions *self, GError **error)
{
  if (self->port < 1 || self->port > G_MAXUINT16)
    return fail (error, "--port is needed");
  if (self->n_guests < 1 || self->n_guests > HUB_LOAD_MAX_GUESTS)
    return fail (error, "--guests: 1 to 99999");
  if (self->n_warm_up < 0 || self->n_warm_up > self->n_guests)
    return fail (error, "--warm-up: not more than --guests");
  if (self->size < HUB_LOAD_MIN_SIZE || self->size > HUB_LOAD_MAX_SIZE)
    return fail (error, "--size: 16 to 4000");
  if (self->concurrency < 1 || self->window < 1 || self->n_cycles < 0 || self->rate <= 0
      || self->seconds <= 0 || self->patience <= 0)
    return fail (error, "A number is too small");
  return TRUE;
}

HubLoadOptions *
hub_load_options_parse (int argc, char **argv, GError **error)
{
  g_autoptr (HubLoadOptions) self = g_new0 (HubLoadOptions, 1);
  g_autofree char *protocol = NULL;
  g_autoptr (GOptionContext) context = g_option_context_new ("SCENARIO");
  const GOptionEntry entries[] = {
    { "port", 0, 0, G_OPTION_ARG_INT, &self->port, "The server's port", "PORT" },
    { "address", 0, 0, G_OPTION_ARG_STRING, &self->address, "Its address (127.0.0.1)", "ADDRESS" },
    { "pid", 0, 0, G_OPTION_ARG_INT, &self->pid, "Its process, to measure it", "PID" },
    { "protocol", 0, 0, G_OPTION_ARG_STRING, &protocol, "plain (default) or hubbub.v1", "NAME" },
    { "name", 0, 0, G_OPTION_ARG_STRING, &self->name, "What guests are called (Load)", "NAME" },
    { "guests", 0, 0, G_OPTION_ARG_INT, &self->n_guests, "How many (50)", "N" },
    { "warm-up", 0, 0, G_OPTION_ARG_INT, &self->n_warm_up, "Join and leave before (0)", "N" },
    { "concurrency", 0, 0, G_OPTION_ARG_INT, &self->concurrency, "Joining at once (256)", "N" },
    { "resume", 0, 0, G_OPTION_ARG_NONE, &self->resume, "Come back by TLS ticket", NULL },
    { "rate", 0, 0, G_OPTION_ARG_DOUBLE, &self->rate, "Messages a second (20)", "N" },
    { "seconds", 0, 0, G_OPTION_ARG_DOUBLE, &self->seconds, "For how long (5)", "SECONDS" },
    { "size", 0, 0, G_OPTION_ARG_INT, &self->size, "Of a message (100)", "BYTES" },
    { "window", 0, 0, G_OPTION_ARG_INT, &self->window, "Messages under way at once (256)", "N" },
    { "cycles", 0, 0, G_OPTION_ARG_INT, &self->n_cycles, "Joins and leaves, twice (0)", "N" },
    { "patience", 0, 0, G_OPTION_ARG_DOUBLE, &self->patience, "Without progress (10)", "SECONDS" },
    { NULL },
  };

  self->n_guests = 50;
  self->concurrency = 256;
  self->window = 256;
  self->size = 100;
  self->rate = 20;
  self->seconds = 5;
  self->patience = 10;

  g_option_context_add_main_entries (context, entries, NULL);
  g_option_context_set_summary (context, summary);
  if (!g_option_context_parse (context, &argc, &argv, error))
    return NULL;
  if (self->address == NULL)
    self->address = g_strdup ("127.0.0.1");
  if (self->name == NULL)
    self->name = g_strdup ("Load");
  if (!options_set_scenario (self, argc == 2 ? argv[1] : "", error)
      || !options_set_protocol (self, protocol, error) || !options_check (self, error))
    return NULL;
  return g_steal_pointer (&self);
}

void
hub_load_options_free (HubLoadOptions *self)
{
  g_free (self->address);
  g_free (self->name);
  g_free (self);
}

const char *
hub_load_options_get_scenario_name (const HubLoadOptions *self)
{
  return scenario_names[self->scenario];
}
