/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "hub-config.h"

#include "host/hub-engine.h"

#include "base/hub-limits.h"
#include "chat/hub-room.h"
#include "host/hub-alarm.h"
#include "host/hub-caretaker.h"
#include "host/hub-descriptors.h"
#include "host/hub-places.h"
#include "host/hub-reach.h"
#include "host/hub-snapshot-private.h"
#include "net/hub-random.h"
#include "server/hub-server.h"

#include <glib/gi18n-lib.h>

struct _HubEngine
{
  GObject parent_instance;

  /* Owned */
  HubClock *clock;
  HubSettings *settings;
  HubReach *reach;
  HubRoom *room;
  HubServer *server;
  HubCaretaker *caretaker;
  HubModerator *moderator;
  GSource *retry_alarm; /* while the port is in use */
  GSource *end;         /* while what is left in the context is done */

  /* Borrowed */
  HubNews *news;

  /* State */
  guint connections;
  guint max_guests;
  guint16 busy_port;
  gboolean is_stopping;
};

enum
{
  STARTED,
  FAILED,
  STOPPED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (HubEngine, hub_engine, G_TYPE_OBJECT)

/* Lets go of everything that runs, the top first. */
static void
hub_engine_clear (HubEngine *self)
{
  g_clear_pointer (&self->retry_alarm, hub_alarm_free);
  g_clear_pointer (&self->moderator, hub_moderator_free);
  g_clear_pointer (&self->caretaker, hub_caretaker_free);
  if (self->room != NULL)
    g_signal_handlers_disconnect_by_data (self->room, self);
  if (self->reach != NULL)
    g_signal_handlers_disconnect_by_data (self->reach, self);
  if (self->server != NULL)
    g_signal_handlers_disconnect_by_data (self->server, self);
  g_clear_object (&self->server);
  g_clear_object (&self->room);
  g_clear_object (&self->reach);
}

static void
hub_engine_dispose (GObject *object)
{
  HubEngine *self = HUB_ENGINE (object);

  hub_engine_clear (self);
  g_clear_pointer (&self->end, hub_alarm_free);
  g_clear_object (&self->clock);

  G_OBJECT_CLASS (hub_engine_parent_class)->dispose (object);
}

static void
hub_engine_finalize (GObject *object)
{
  HubEngine *self = HUB_ENGINE (object);

  g_clear_pointer (&self->settings, hub_settings_free);

  G_OBJECT_CLASS (hub_engine_parent_class)->finalize (object);
}

static void
hub_engine_class_init (HubEngineClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = hub_engine_dispose;
  object_class->finalize = hub_engine_finalize;

  signals[STARTED] = g_signal_new ("started", HUB_TYPE_ENGINE, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                   NULL, G_TYPE_NONE, 0);
  signals[FAILED] = g_signal_new ("failed", HUB_TYPE_ENGINE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                  G_TYPE_NONE, 1, G_TYPE_ERROR);
  signals[STOPPED] = g_signal_new ("stopped", HUB_TYPE_ENGINE, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                   NULL, G_TYPE_NONE, 0);
}

static void
hub_engine_init (HubEngine *self)
{
}

HubEngine *
hub_engine_new (HubClock *clock, const HubSettings *settings, guint connections, HubNews *news)
{
  HubEngine *self;

  g_return_val_if_fail (HUB_IS_CLOCK (clock), NULL);
  g_return_val_if_fail (settings != NULL && news != NULL, NULL);
  g_return_val_if_fail (connections > 0, NULL);

  self = g_object_new (HUB_TYPE_ENGINE, NULL);
  self->clock = g_object_ref (clock);
  self->settings = hub_settings_copy (settings);
  self->connections = connections;
  self->news = news;

  return self;
}

/* ---- what the room, the addresses and the certificate tell ---- */

static void
on_room_presence_changed (HubRoom *room, HubGuest *guest, HubEngine *self)
{
  hub_reach_set_quiet (self->reach, hub_room_get_n_present (room) == 0);
}

static void
hub_engine_set_urls (HubEngine *self)
{
  g_auto (GStrv) urls = hub_places_dup_urls (hub_reach_get_places (self->reach));
  g_autofree char *mdns_name = hub_reach_dup_mdns_name (self->reach);

  hub_server_set_urls (self->server, (const char *const *) urls, mdns_name);
}

static void
on_reach_places_changed (HubReach *reach, HubEngine *self)
{
  hub_engine_set_urls (self);
  hub_news_add (self->news, HUB_EVENT_PLACES, 0, NULL, NULL);
}

static void
on_reach_credentials_changed (HubReach *reach, HubEngine *self)
{
  hub_server_set_credentials (self->server, hub_reach_get_credentials (reach));
  hub_news_add (self->news, HUB_EVENT_CERTIFICATE, 0, NULL, NULL);
}

static void
on_server_stuck (HubServer *server, HubEngine *self)
{
  hub_news_add (self->news, HUB_EVENT_STUCK, 0, NULL, NULL);
}

/* ---- starting ---- */

static void
hub_engine_fail (HubEngine *self, GError *error)
{
  hub_engine_clear (self);
  g_signal_emit (self, signals[FAILED], 0, error);
}

static void
hub_engine_make_room (HubEngine *self)
{
  g_autofree char *id = hub_random_dup_hex (HUB_SECRET_BYTES);
  g_autofree char *name = hub_settings_dup_room_name (self->settings);
  HubRoomLimits limits;

  hub_room_limits_init (&limits, self->max_guests);
  hub_room_limits_set_shares (&limits, self->settings->max_per_address,
                              self->settings->message_rate);

  self->room = hub_room_new (self->clock, id, name, &limits);
  hub_room_set_locked (self->room, self->settings->is_locked);
  self->moderator = hub_moderator_new (self->room, self->news, self->settings->ask_code);
  self->caretaker = hub_caretaker_new (self->room, self->news);
  g_signal_connect (self->room, "guest-joined", G_CALLBACK (on_room_presence_changed), self);
  g_signal_connect (self->room, "guest-left", G_CALLBACK (on_room_presence_changed), self);
}

static void
hub_engine_limit_guests (HubEngine *self)
{
  self->max_guests = hub_descriptors_get_guests (self->settings->max_guests, self->connections);
  if (self->max_guests < self->settings->max_guests)
    {
      g_autofree char *sentence = g_strdup_printf (
          /* Translators: the first number is what the system allows, the second what was asked for. */
          ngettext ("The system lets this program have %u guest at once, not %u.",
                    "The system lets this program have %u guests at once, not %u.",
                    self->max_guests),
          self->max_guests, self->settings->max_guests);

      hub_news_add (self->news, HUB_EVENT_WARNING, 0, NULL, sentence);
    }
}

static gboolean
hub_engine_listen (HubEngine *self, guint16 port, GError **error)
{
  const HubServerConfig config = {
    .clock = self->clock,
    .room = self->room,
    .lan = hub_reach_get_lan (self->reach),
    .credentials = hub_reach_get_credentials (self->reach),
    .listen_on = hub_reach_get_listen_on (self->reach),
    .port = port,
    .allow_hosts = (const char *const *) self->settings->allow_hosts,
    .has_own_pair = self->settings->certificate != NULL,
    .allow_remote = self->settings->allow_remote,
    .max_connections = self->connections,
    .max_per_address = self->settings->max_per_address,
    .max_pending = self->settings->max_pending,
    .max_attempts = self->settings->max_attempts,
    .message_rate = self->settings->message_rate,
    .web_root = self->settings->web_root,
  };

  self->server = hub_server_new (&config, error);

  return self->server != NULL;
}

static void
hub_engine_open (HubEngine *self)
{
  hub_reach_publish (self->reach, hub_room_get_name (self->room),
                     hub_server_get_port (self->server));
  hub_engine_set_urls (self);
  g_signal_connect (self->server, "stuck", G_CALLBACK (on_server_stuck), self);
  g_signal_connect (self->reach, "places-changed", G_CALLBACK (on_reach_places_changed), self);
  g_signal_connect (self->reach, "credentials-changed", G_CALLBACK (on_reach_credentials_changed),
                    self);
  g_signal_emit (self, signals[STARTED], 0);
}

/* A port the host may go away from: it was not left to the system, nor one that stands for
 * something (443). */
static gboolean
hub_engine_may_move (HubEngine *self, const GError *error)
{
  return self->settings->port >= 1024
         && g_error_matches (error, HUB_SERVER_ERROR, HUB_SERVER_ERROR_PORT_IN_USE);
}

/* The port was in use: once more, then the next free one. */
static void
on_retry_alarm (gpointer data)
{
  HubEngine *self = data;
  g_autoptr (GError) error = NULL;
  guint first = self->settings->port;
  guint last = MIN (first + HUB_PORT_TRIES, G_MAXUINT16);

  for (guint port = first; port <= last; port++)
    {
      g_clear_error (&error);
      if (hub_engine_listen (self, (guint16) port, &error))
        {
          self->busy_port = port != first ? (guint16) first : 0;
          g_clear_pointer (&self->retry_alarm, hub_alarm_free);
          hub_engine_open (self);
          return;
        }
      if (!hub_engine_may_move (self, error))
        break;
    }

  hub_engine_fail (self, error);
}

static void
hub_engine_retry_later (HubEngine *self)
{
  g_autofree char *sentence
      /* Translators: %u is a number such as 8443, which is never grouped. */
      = g_strdup_printf (_ ("Port %u is in use; trying again…"), self->settings->port);

  hub_news_add (self->news, HUB_EVENT_PORT_IN_USE, 0, NULL, sentence);
  self->retry_alarm = hub_alarm_new (g_main_context_get_thread_default (), G_PRIORITY_DEFAULT,
                                     on_retry_alarm, self);
  g_source_set_ready_time (self->retry_alarm, g_get_monotonic_time () + HUB_PORT_RETRY_MS * 1000);
}

void
hub_engine_start (HubEngine *self)
{
  g_autoptr (GError) error = NULL;

  g_return_if_fail (HUB_IS_ENGINE (self));
  g_return_if_fail (self->reach == NULL && !self->is_stopping);

  self->reach = hub_reach_new (self->clock, self->settings, self->news, &error);
  if (self->reach == NULL)
    {
      hub_engine_fail (self, error);
      return;
    }

  hub_engine_limit_guests (self);
  hub_engine_make_room (self);
  if (hub_engine_listen (self, self->settings->port, &error))
    hub_engine_open (self);
  else if (hub_engine_may_move (self, error))
    {
      hub_engine_retry_later (self);
    }
  else
    hub_engine_fail (self, error);
}

/* ---- stopping ---- */

static void
on_end (gpointer data)
{
  HubEngine *self = data;

  g_signal_emit (self, signals[STOPPED], 0);
}

/* With the lowest priority: whatever is ready in the context comes first. */
static void
hub_engine_end (HubEngine *self)
{
  hub_engine_clear (self);
  self->end = hub_alarm_new (g_main_context_get_thread_default (), G_PRIORITY_LOW, on_end, self);
  g_source_set_ready_time (self->end, 0);
}

static void
server_stop_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (HubEngine) self = user_data;
  g_autoptr (GError) error = NULL;

  if (!hub_server_stop_finish (HUB_SERVER (source), result, &error))
    g_debug ("The server stopped with an error: %s", error->message);
  hub_engine_end (self);
}

void
hub_engine_stop (HubEngine *self)
{
  g_return_if_fail (HUB_IS_ENGINE (self));

  if (self->is_stopping)
    return;

  self->is_stopping = TRUE;
  if (self->server == NULL)
    {
      hub_engine_end (self);
      return;
    }

  /* While there is a chat to make a snapshot of. */
  hub_news_flush (self->news);
  /* Nobody looks at another certificate now. */
  g_signal_handlers_disconnect_by_data (self->room, self);
  g_signal_handlers_disconnect_by_data (self->reach, self);
  hub_reach_withdraw (self->reach);
  hub_server_stop_async (self->server, server_stop_cb, g_object_ref (self));
}

void
hub_engine_cut (HubEngine *self)
{
  g_return_if_fail (HUB_IS_ENGINE (self));
  g_return_if_fail (self->is_stopping);

  if (self->server != NULL)
    hub_server_cut (self->server);
}

/* ---- what the program asks for ---- */

static gboolean
hub_engine_is_open (HubEngine *self)
{
  return self->server != NULL && !self->is_stopping;
}

void
hub_engine_reload_certificate (HubEngine *self)
{
  g_return_if_fail (HUB_IS_ENGINE (self));

  if (hub_engine_is_open (self))
    hub_reach_reload_certificate (self->reach);
}

HubModerator *
hub_engine_get_moderator (HubEngine *self)
{
  g_return_val_if_fail (HUB_IS_ENGINE (self), NULL);

  return hub_engine_is_open (self) ? self->moderator : NULL;
}

/* ---- for others to see ---- */

HubSnapshot *
hub_engine_make_snapshot (HubEngine *self)
{
  HubSnapshotParts parts;

  g_return_val_if_fail (HUB_IS_ENGINE (self), NULL);

  if (self->server == NULL)
    return NULL;

  parts = (HubSnapshotParts){
    .room_name = hub_room_get_name (self->room),
    .port = hub_server_get_port (self->server),
    .local_port = hub_server_get_local_port (self->server),
    .busy_port = self->busy_port,
    .places = hub_places_copy (hub_reach_get_places (self->reach)),
    .fingerprint = hub_credentials_get_fingerprint (hub_reach_get_credentials (self->reach)),
    .max_guests = self->max_guests,
    .is_locked = hub_room_is_locked (self->room),
    .code = hub_room_get_code (self->room),
    .people = hub_person_make_list (hub_room_get_present (self->room)),
  };

  return hub_snapshot_new (&parts);
}
