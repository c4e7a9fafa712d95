/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "hub-config.h"

#include "host/hub-reach.h"

#include "base/hub-limits.h"
#include "host/hub-alarm.h"
#include "host/hub-places.h"
#include "host/hub-snapshot-private.h"
#include "net/hub-identity.h"
#include "net/hub-mdns-name.h"

#include <glib/gi18n-lib.h>

struct _HubReach
{
  GObject parent_instance;

  /* Owned */
  HubLan *lan;
  HubIdentity *identity;
  HubMdnsName *mdns_name; /* NULL until published */
  GPtrArray *listen_on;   /* GInetAddress, or NULL */
  GPtrArray *shown;       /* HubLanAddress */
  GPtrArray *places;      /* HubPlace */
  GHashTable *warned;     /* public addresses the host was told about */
  char *label;            /* the first choice of a name */
  GSource *check;

  /* Borrowed */
  HubNews *news;

  /* State */
  guint16 port; /* 0 until published */
  gboolean has_own_pair;
  gboolean is_quiet;
};

enum
{
  PLACES_CHANGED,
  CREDENTIALS_CHANGED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (HubReach, hub_reach, G_TYPE_OBJECT)

static void
hub_reach_dispose (GObject *object)
{
  HubReach *self = HUB_REACH (object);

  hub_reach_withdraw (self);
  g_clear_object (&self->mdns_name);
  g_clear_object (&self->lan);
  g_clear_object (&self->identity);

  G_OBJECT_CLASS (hub_reach_parent_class)->dispose (object);
}

static void
hub_reach_finalize (GObject *object)
{
  HubReach *self = HUB_REACH (object);

  g_clear_pointer (&self->listen_on, g_ptr_array_unref);
  g_clear_pointer (&self->shown, g_ptr_array_unref);
  g_clear_pointer (&self->places, g_ptr_array_unref);
  g_clear_pointer (&self->warned, g_hash_table_unref);
  g_free (self->label);

  G_OBJECT_CLASS (hub_reach_parent_class)->finalize (object);
}

static void
hub_reach_class_init (HubReachClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = hub_reach_dispose;
  object_class->finalize = hub_reach_finalize;

  signals[PLACES_CHANGED] = g_signal_new ("places-changed", HUB_TYPE_REACH, G_SIGNAL_RUN_LAST, 0,
                                          NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[CREDENTIALS_CHANGED]
      = g_signal_new ("credentials-changed", HUB_TYPE_REACH, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                      G_TYPE_NONE, 0);
}

static void
hub_reach_init (HubReach *self)
{
  self->shown = g_ptr_array_new ();
  self->places = g_ptr_array_new ();
  self->warned = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->is_quiet = TRUE;
}

static GPtrArray *
dup_inet_addresses (GPtrArray *addresses)
{
  GPtrArray *inet = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < addresses->len; i++)
    g_ptr_array_add (inet,
                     g_object_ref (hub_lan_address_get_address (g_ptr_array_index (addresses, i))));

  return inet;
}

/* The label established on the network; until there is one, the one that will probably be. */
static const char *
hub_reach_get_label (HubReach *self)
{
  const char *label = NULL;

  if (self->mdns_name != NULL)
    label = hub_mdns_name_get_label (self->mdns_name);

  return label != NULL ? label : self->label;
}

static gboolean
hub_reach_ensure_certificate (HubReach *self, gboolean *changed, GError **error)
{
  g_autoptr (GPtrArray) addresses = dup_inet_addresses (self->shown);

  return hub_identity_ensure (self->identity, addresses, hub_reach_get_label (self), self->is_quiet,
                              changed, error);
}

static void
hub_reach_warn (HubReach *self, const char *sentence)
{
  hub_news_add (self->news, HUB_EVENT_WARNING, 0, NULL, sentence);
}

static void
hub_reach_refresh_certificate (HubReach *self)
{
  g_autoptr (GError) error = NULL;
  gboolean changed = FALSE;

  if (!hub_reach_ensure_certificate (self, &changed, &error))
    hub_reach_warn (self, error->message);
  else if (changed)
    g_signal_emit (self, signals[CREDENTIALS_CHANGED], 0);
}

/* Our CA must not sign for public addresses, so no certificate of ours covers them. */
static void
hub_reach_warn_of_public (HubReach *self)
{
  for (guint i = 0; !self->has_own_pair && i < self->shown->len; i++)
    {
      GInetAddress *address = hub_lan_address_get_address (g_ptr_array_index (self->shown, i));
      g_autofree char *text = NULL;
      g_autofree char *sentence = NULL;

      if (hub_lan_address_is_private (address))
        continue;

      text = g_inet_address_to_string (address);
      sentence = g_strdup_printf (
          /* Translators: %s is an IP address. */
          _ ("%s is a public address: it works with the browser’s warning only."), text);
      if (g_hash_table_add (self->warned, g_steal_pointer (&text)))
        hub_reach_warn (self, sentence);
    }
}

static void
hub_reach_read_addresses (HubReach *self)
{
  g_ptr_array_unref (self->shown);
  self->shown = hub_places_choose (hub_lan_get_addresses (self->lan), self->listen_on);
  hub_reach_warn_of_public (self);
}

static void
hub_reach_update_places (HubReach *self)
{
  const char *label = self->mdns_name != NULL ? hub_mdns_name_get_label (self->mdns_name) : NULL;
  g_autoptr (GPtrArray) before = g_steal_pointer (&self->places);

  self->places = hub_places_make (self->shown, label, self->port);
  if (!hub_places_equal (before, self->places))
    g_signal_emit (self, signals[PLACES_CHANGED], 0);
}

static void
hub_reach_announce (HubReach *self)
{
  g_autoptr (GPtrArray) addresses = dup_inet_addresses (self->shown);

  /* Nobody else can use a name that means this computer only. */
  for (guint i = addresses->len; i > 0; i--)
    if (g_inet_address_get_is_loopback (g_ptr_array_index (addresses, i - 1)))
      g_ptr_array_remove_index (addresses, i - 1);
  hub_mdns_name_set_addresses (self->mdns_name, addresses);
}

static void
on_lan_changed (HubLan *lan, HubReach *self)
{
  hub_reach_read_addresses (self);
  hub_reach_refresh_certificate (self);
  if (self->port == 0)
    return;

  hub_reach_announce (self);
  hub_reach_update_places (self);
}

static void
on_mdns_name_changed (HubMdnsName *mdns_name, HubReach *self)
{
  hub_reach_refresh_certificate (self);
  hub_reach_update_places (self);
}

static void
hub_reach_set_check (HubReach *self)
{
  g_source_set_ready_time (self->check,
                           g_get_monotonic_time () + HUB_CERTIFICATE_CHECK_S * G_TIME_SPAN_SECOND);
}

/* A chat may run for months with nobody coming or going. */
static void
on_check (gpointer data)
{
  HubReach *self = data;

  hub_reach_refresh_certificate (self);
  hub_reach_set_check (self);
}

static HubIdentity *
open_identity (HubClock *clock, const HubSettings *settings, GError **error)
{
  g_autofree char *data_dir = NULL;

  if ((settings->certificate != NULL) != (settings->private_key != NULL))
    {
      g_set_error_literal (error, HUB_IDENTITY_ERROR, HUB_IDENTITY_ERROR_MISSING,
                           _ ("A certificate needs its private key, and a key its certificate: "
                              "give both or neither."));
      return NULL;
    }

  if (settings->certificate != NULL)
    return hub_identity_open_pair (clock, settings->certificate, settings->private_key, error);

  data_dir = hub_settings_dup_data_dir (settings);

  return hub_identity_open (clock, data_dir, error);
}

HubReach *
hub_reach_new (HubClock *clock, const HubSettings *settings, HubNews *news, GError **error)
{
  g_autoptr (HubReach) self = NULL;
  g_autoptr (GError) failure = NULL;

  g_return_val_if_fail (HUB_IS_CLOCK (clock), NULL);
  g_return_val_if_fail (settings != NULL && news != NULL, NULL);

  self = g_object_new (HUB_TYPE_REACH, NULL);
  self->news = news;
  self->label = hub_mdns_name_make_label (g_get_host_name ());
  self->has_own_pair = settings->certificate != NULL;

  self->listen_on
      = hub_places_parse_addresses ((const char *const *) settings->addresses, &failure);
  if (failure != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&failure));
      return NULL;
    }

  self->lan = hub_lan_new (error);
  if (self->lan == NULL)
    return NULL;
  self->identity = open_identity (clock, settings, error);
  if (self->identity == NULL)
    return NULL;

  hub_reach_read_addresses (self);
  if (!hub_reach_ensure_certificate (self, NULL, error))
    return NULL;

  g_signal_connect (self->lan, "changed", G_CALLBACK (on_lan_changed), self);
  self->check
      = hub_alarm_new (g_main_context_get_thread_default (), G_PRIORITY_LOW, on_check, self);
  hub_reach_set_check (self);

  return g_steal_pointer (&self);
}

HubLan *
hub_reach_get_lan (HubReach *self)
{
  g_return_val_if_fail (HUB_IS_REACH (self), NULL);

  return self->lan;
}

HubCredentials *
hub_reach_get_credentials (HubReach *self)
{
  g_return_val_if_fail (HUB_IS_REACH (self), NULL);

  return hub_identity_get_credentials (self->identity);
}

GPtrArray *
hub_reach_get_listen_on (HubReach *self)
{
  g_return_val_if_fail (HUB_IS_REACH (self), NULL);

  return self->listen_on;
}

void
hub_reach_publish (HubReach *self, const char *room_name, guint16 port)
{
  g_return_if_fail (HUB_IS_REACH (self));
  g_return_if_fail (self->port == 0 && port != 0);

  self->port = port;
  self->mdns_name = hub_mdns_name_new (self->label, room_name, port);
  g_signal_connect (self->mdns_name, "changed", G_CALLBACK (on_mdns_name_changed), self);
  hub_reach_announce (self);
  hub_reach_update_places (self);
}

GPtrArray *
hub_reach_get_places (HubReach *self)
{
  g_return_val_if_fail (HUB_IS_REACH (self), NULL);

  return self->places;
}

char *
hub_reach_dup_mdns_name (HubReach *self)
{
  const char *label;

  g_return_val_if_fail (HUB_IS_REACH (self), NULL);

  label = self->mdns_name != NULL ? hub_mdns_name_get_label (self->mdns_name) : NULL;

  return label != NULL ? g_strconcat (label, ".local", NULL) : NULL;
}

void
hub_reach_set_quiet (HubReach *self, gboolean is_quiet)
{
  g_return_if_fail (HUB_IS_REACH (self));

  if (self->is_quiet == is_quiet)
    return;

  self->is_quiet = is_quiet;
  if (is_quiet)
    hub_reach_refresh_certificate (self);
}

void
hub_reach_reload_certificate (HubReach *self)
{
  g_autoptr (GError) error = NULL;
  gboolean changed = FALSE;

  g_return_if_fail (HUB_IS_REACH (self));

  if (!hub_identity_reload (self->identity, &changed, &error))
    hub_reach_warn (self, error->message);
  else if (changed)
    g_signal_emit (self, signals[CREDENTIALS_CHANGED], 0);
}

void
hub_reach_withdraw (HubReach *self)
{
  g_return_if_fail (HUB_IS_REACH (self));

  g_clear_pointer (&self->check, hub_alarm_free);
  if (self->lan != NULL)
    g_signal_handlers_disconnect_by_data (self->lan, self);
  if (self->mdns_name != NULL)
    {
      g_signal_handlers_disconnect_by_data (self->mdns_name, self);
      hub_mdns_name_withdraw (self->mdns_name);
    }
}
