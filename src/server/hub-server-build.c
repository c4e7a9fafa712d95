/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "server/hub-server-private.h"

#include "base/hub-limits.h"
#include "server/hub-device.h"
#include "server/hub-line-stream.h"
#include "server/hub-listeners.h"
#include "server/hub-websocket.h"

#include <string.h>

static void
on_turn (gpointer user_data)
{
  HubServer *self = user_data;

  hub_hall_end_turn (self->hall);
}

static void
on_opened (HubConnection *connection, gpointer user_data)
{
  HubServer *self = user_data;

  if (self->http == NULL)
    hub_tls_stream_cut (connection->stream, HUB_STREAM_END_CUT);
  else if (connection->kind == HUB_CONNECTION_PLAIN)
    hub_help_server_accept (self->help, connection);
  else
    hub_http_server_accept (self->http, connection);
}

static gboolean
has_joined (const char *key, gpointer user_data)
{
  HubServer *self = user_data;
  GPtrArray *present = hub_room_get_present (self->room);

  for (guint i = 0; i < present->len; i++)
    {
      if (strcmp (hub_guest_get_key (g_ptr_array_index (present, i)), key) == 0)
        return TRUE;
    }

  return FALSE;
}

static void
on_stuck (gpointer user_data)
{
  hub_server_tell_stuck (user_data);
}

static void
on_upgraded (HubConnection *connection,
             SoupWebsocketConnection *websocket,
             const char *user_agent,
             gpointer user_data)
{
  static const HubWebsocketCaps caps = { HUB_FRAME_MAX_BYTES, FALSE };
  HubServer *self = user_data;
  /* What is sent first may find the stream's end, and @connection goes with that. */
  g_autofree char *key = g_strdup (connection->key);
  g_autoptr (HubWebsocket) transport
      = hub_websocket_new (websocket, connection->stream, self->pulse, self->clock, &caps);

  hub_hall_open (self->hall, HUB_TRANSPORT (transport), key,
                 hub_device_from_user_agent (user_agent));
}

static void
on_streamed (HubConnection *connection,
             GBytes *head,
             GBytes *hello,
             const char *user_agent,
             gpointer user_data)
{
  HubServer *self = user_data;
  /* As above. */
  g_autofree char *key = g_strdup (connection->key);
  g_autoptr (HubLineStream) transport
      = hub_line_stream_new (connection->stream, head, self->line_pulse, self->clock);

  hub_hall_open (self->hall, HUB_TRANSPORT (transport), key,
                 hub_device_from_user_agent (user_agent));
  hub_line_stream_receive (transport, hello);
}

/* The right token is heard all the same: somebody behind the same router may be who guesses. */
static guint
refuse_token (HubServer *self, const char *key, guint *wait)
{
  *wait = hub_key_meter_take (self->wrong_tokens, key, 1, hub_clock_get_monotonic (self->clock));

  return *wait > 0 ? HUB_STATUS_TOO_MANY_REQUESTS : SOUP_STATUS_UNAUTHORIZED;
}

static guint
on_said (HubConnection *connection,
         const HubSecret *token,
         GBytes *object,
         guint *wait,
         gpointer user_data)
{
  HubServer *self = user_data;
  HubTransport *transport = token != NULL ? hub_hall_find_stream (self->hall, token) : NULL;
  g_autoptr (HubLineStream) stream = NULL;

  if (transport == NULL)
    return refuse_token (self, connection->key, wait);

  stream = g_object_ref (HUB_LINE_STREAM (transport));
  /* In this turn: its session is yet to hear of it. */
  if (hub_line_stream_is_over (stream))
    return SOUP_STATUS_UNAUTHORIZED;

  return hub_line_stream_receive (stream, object) ? SOUP_STATUS_ACCEPTED
                                                  : HUB_STATUS_TOO_MANY_REQUESTS;
}

HubHostList *
hub_server_make_hosts (HubServer *self)
{
  HubHostList *hosts = hub_host_list_new (self->lan, self->port);
  const char *const *names
      = self->has_own_pair ? hub_credentials_get_names (self->credentials) : NULL;

  for (guint i = 0; self->allow_hosts != NULL && self->allow_hosts[i] != NULL; i++)
    hub_host_list_add (hosts, self->allow_hosts[i]);
  for (guint i = 0; self->urls != NULL && self->urls[i] != NULL; i++)
    hub_host_list_add_url (hosts, self->urls[i]);
  for (guint i = 0; names != NULL && names[i] != NULL; i++)
    hub_host_list_add (hosts, names[i]);
  if (self->mdns_name != NULL)
    hub_host_list_add (hosts, self->mdns_name);

  return hosts;
}

static HubDoor *
open_door (HubServer *self, const HubServerConfig *config, GArray *listeners, GArray *local)
{
  static const HubDoorFuncs funcs = { on_opened, hub_server_on_emptied };
  const HubDoorConfig door = {
    .clock = config->clock,
    .poller = self->poller,
    .lan = config->lan,
    .credentials = config->credentials,
    .listeners = listeners,
    .local_listeners = local,
    .warnings = self->warnings,
    .allow_remote = config->allow_remote,
    .caps = { MAX (config->max_connections, 1), config->max_per_address, config->max_attempts },
    .max_pending = config->max_pending,
  };

  return hub_door_new (&door, &funcs, self);
}

/* Without it the chat goes on: this computer has the way all others have. */
static GArray *
open_local (HubServer *self)
{
  g_autoptr (GError) error = NULL;
  GArray *listeners = hub_listeners_open_local (&self->local_port, &error);

  if (listeners == NULL)
    g_debug ("No loopback listener: %s", error->message);

  return listeners;
}

static gboolean
build_http (HubServer *self, GError **error)
{
  static const HubHttpServerFuncs funcs = { on_upgraded, { on_streamed, on_said } };
  const HubRoutes routes = { self->assets, self->room, self->hall };
  g_autoptr (HubHostList) hosts = hub_server_make_hosts (self);

  self->http
      = hub_http_server_new (self->door, &routes, hub_host_list_ref (hosts), &funcs, self, error);
  if (self->http == NULL)
    return FALSE;
  if (self->local_port != 0)
    hub_http_server_set_local_port (self->http, self->local_port);
  self->help = hub_help_server_new (self->door, hub_host_list_ref (hosts), error);

  return self->help != NULL;
}

/* The composition: what can fail comes first, the door last. */
gboolean
hub_server_build (HubServer *self, const HubServerConfig *config, GError **error)
{
  static const HubWarningWatchFuncs warning_funcs = { has_joined, on_stuck };
  GArray *listeners;

  self->assets = hub_assets_new (config->web_root, error);
  if (self->assets == NULL)
    return FALSE;
  self->poller = hub_poller_new (error);
  if (self->poller == NULL)
    return FALSE;
  listeners = hub_listeners_open (config->listen_on, config->port, &self->port, error);
  if (listeners == NULL)
    return FALSE;

  self->pulse = hub_pulse_new (self->clock, &hub_websocket_pulse_funcs);
  self->line_pulse = hub_pulse_new (self->clock, &hub_line_stream_pulse_funcs);
  self->wrong_tokens = hub_key_meter_new (HUB_WRONG_TOKEN_RATE, HUB_WRONG_TOKEN_BURST);
  self->hall = hub_hall_new (self->clock, self->room, config->message_rate);
  hub_poller_set_turn_func (self->poller, on_turn, self);
  self->warnings = hub_warning_watch_new (self->clock, &warning_funcs, self);
  self->door = open_door (self, config, listeners, open_local (self));

  return build_http (self, error);
}
