/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_SETTINGS_ENABLE_BACKEND
#include "app/hub-preferences.h"

#include "base/hub-limits.h"

#include <gio/gsettingsbackend.h>

/* As in hubbub-server's options; 0 is no cap. */
#define LARGEST_CAP 1000000

enum
{
  PROP_ROOM_NAME = 1,
  PROP_PORT,
  PROP_ADDRESSES,
  PROP_ASK_CODE,
  PROP_MAX_GUESTS,
  PROP_MAX_PER_ADDRESS,
  PROP_MESSAGE_RATE,
  PROP_START_WITH_SESSION,
  PROP_KEEP_RUNNING,
  PROP_NOTIFY_FIRST_GUEST,
  PROP_NOTIFY_NETWORK,
  PROP_NOTIFY_STUCK,
  PROP_FIRST_RUN,
  PROP_WINDOW_WIDTH,
  PROP_WINDOW_HEIGHT,
  PROP_HIDE_NAMES,
  PROP_IS_KEPT,
  N_PROPERTIES,
};

/* All before it are keys of the schema. */
#define N_KEYS PROP_IS_KEPT

struct _HubPreferences
{
  GObject parent_instance;

  /* Owned */
  GSettings *settings; /* NULL without the schema */
  GValue values[N_KEYS];

  /* State */
  gboolean is_kept;
};

static GParamSpec *properties[N_PROPERTIES];

G_DEFINE_FINAL_TYPE (HubPreferences, hub_preferences, G_TYPE_OBJECT)

/* GParamSpec cannot compare arrays of strings. */
static gboolean
is_equal (GParamSpec *pspec, const GValue *a, const GValue *b)
{
  static const char *const nothing[] = { NULL };
  const char *const *first;
  const char *const *second;

  if (!G_VALUE_HOLDS (a, G_TYPE_STRV))
    return g_param_values_cmp (pspec, a, b) == 0;

  first = g_value_get_boxed (a);
  second = g_value_get_boxed (b);

  return g_strv_equal (first != NULL ? first : nothing, second != NULL ? second : nothing);
}

static void
hub_preferences_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  HubPreferences *self = HUB_PREFERENCES (object);

  if (id < N_KEYS)
    g_value_copy (&self->values[id], value);
  else
    g_value_set_boolean (value, self->is_kept);
}

static void
hub_preferences_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  HubPreferences *self = HUB_PREFERENCES (object);

  if (is_equal (pspec, &self->values[id], value))
    return;

  g_value_copy (value, &self->values[id]);
  g_object_notify_by_pspec (object, pspec);
}

static void
hub_preferences_finalize (GObject *object)
{
  HubPreferences *self = HUB_PREFERENCES (object);

  g_clear_object (&self->settings);
  for (guint id = 1; id < N_KEYS; id++)
    g_value_unset (&self->values[id]);

  G_OBJECT_CLASS (hub_preferences_parent_class)->finalize (object);
}

#define KEY_FLAGS (G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS)

/* Ranges and defaults are those of data/APPID.gschema.xml.in; a test compares them. */
static void
hub_preferences_class_init (HubPreferencesClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = hub_preferences_get_property;
  object_class->set_property = hub_preferences_set_property;
  object_class->finalize = hub_preferences_finalize;

  properties[PROP_ROOM_NAME] = g_param_spec_string ("room-name", NULL, NULL, "", KEY_FLAGS);
  properties[PROP_PORT]
      = g_param_spec_uint ("port", NULL, NULL, 1, G_MAXUINT16, HUB_PORT, KEY_FLAGS);
  properties[PROP_ADDRESSES] = g_param_spec_boxed ("addresses", NULL, NULL, G_TYPE_STRV, KEY_FLAGS);
  properties[PROP_ASK_CODE] = g_param_spec_boolean ("ask-code", NULL, NULL, FALSE, KEY_FLAGS);
  properties[PROP_MAX_GUESTS]
      = g_param_spec_uint ("max-guests", NULL, NULL, 0, LARGEST_CAP, HUB_MAX_GUESTS, KEY_FLAGS);
  properties[PROP_MAX_PER_ADDRESS] = g_param_spec_uint (
      "max-per-address", NULL, NULL, 0, LARGEST_CAP, HUB_MAX_PER_ADDRESS, KEY_FLAGS);
  properties[PROP_MESSAGE_RATE]
      = g_param_spec_uint ("message-rate", NULL, NULL, 0, LARGEST_CAP, HUB_MESSAGE_RATE, KEY_FLAGS);
  properties[PROP_START_WITH_SESSION]
      = g_param_spec_boolean ("start-with-session", NULL, NULL, FALSE, KEY_FLAGS);
  properties[PROP_KEEP_RUNNING]
      = g_param_spec_boolean ("keep-running", NULL, NULL, FALSE, KEY_FLAGS);
  properties[PROP_NOTIFY_FIRST_GUEST]
      = g_param_spec_boolean ("notify-first-guest", NULL, NULL, TRUE, KEY_FLAGS);
  properties[PROP_NOTIFY_NETWORK]
      = g_param_spec_boolean ("notify-network", NULL, NULL, TRUE, KEY_FLAGS);
  properties[PROP_NOTIFY_STUCK]
      = g_param_spec_boolean ("notify-stuck", NULL, NULL, TRUE, KEY_FLAGS);
  properties[PROP_FIRST_RUN] = g_param_spec_boolean ("first-run", NULL, NULL, TRUE, KEY_FLAGS);
  properties[PROP_WINDOW_WIDTH]
      = g_param_spec_int ("window-width", NULL, NULL, 360, G_MAXUINT16, 400, KEY_FLAGS);
  properties[PROP_WINDOW_HEIGHT]
      = g_param_spec_int ("window-height", NULL, NULL, 480, G_MAXUINT16, 720, KEY_FLAGS);
  properties[PROP_HIDE_NAMES] = g_param_spec_boolean ("hide-names", NULL, NULL, FALSE, KEY_FLAGS);
  properties[PROP_IS_KEPT] = g_param_spec_boolean ("is-kept", NULL, NULL, FALSE,
                                                   G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPERTIES, properties);
}

static void
hub_preferences_init (HubPreferences *self)
{
  static const char *const nothing[] = { NULL };

  for (guint id = 1; id < N_KEYS; id++)
    {
      g_value_init (&self->values[id], properties[id]->value_type);
      g_param_value_set_default (properties[id], &self->values[id]);
    }
  /* Never NULL, whoever reads it. */
  g_value_set_boxed (&self->values[PROP_ADDRESSES], nothing);
}

/* Without dconf (or a Flatpak's file) GSettings itself forgets at the end of the program. */
static gboolean
is_backend_lasting (void)
{
  g_autoptr (GSettingsBackend) backend = g_settings_backend_get_default ();

  return !g_str_equal (G_OBJECT_TYPE_NAME (backend), "GMemorySettingsBackend");
}

HubPreferences *
hub_preferences_new (const char *schema_id)
{
  HubPreferences *self = g_object_new (HUB_TYPE_PREFERENCES, NULL);
  GSettingsSchemaSource *source = g_settings_schema_source_get_default ();
  g_autoptr (GSettingsSchema) schema = NULL;

  g_return_val_if_fail (schema_id != NULL, NULL);

  /* g_settings_new() would end the program where there is none. */
  if (source != NULL)
    schema = g_settings_schema_source_lookup (source, schema_id, TRUE);
  if (schema == NULL)
    return self;

  self->settings = g_settings_new_full (schema, NULL, NULL);
  self->is_kept = is_backend_lasting ();
  for (guint id = 1; id < N_KEYS; id++)
    {
      const char *key = properties[id]->name;

      /* The schema may be an older one than the program. */
      if (g_settings_schema_has_key (schema, key))
        g_settings_bind (self->settings, key, self, key, G_SETTINGS_BIND_DEFAULT);
    }

  return self;
}

gboolean
hub_preferences_is_kept (HubPreferences *self)
{
  g_return_val_if_fail (HUB_IS_PREFERENCES (self), FALSE);

  return self->is_kept;
}

HubSettings *
hub_preferences_make_settings (HubPreferences *self)
{
  HubSettings *settings;
  const char *room_name;
  char **addresses;

  g_return_val_if_fail (HUB_IS_PREFERENCES (self), NULL);

  settings = hub_settings_new ();
  room_name = g_value_get_string (&self->values[PROP_ROOM_NAME]);
  addresses = g_value_get_boxed (&self->values[PROP_ADDRESSES]);
  if (room_name != NULL && room_name[0] != '\0')
    settings->room_name = g_strdup (room_name);
  if (addresses != NULL && addresses[0] != NULL)
    settings->addresses = g_strdupv (addresses);
  settings->port = (guint16) g_value_get_uint (&self->values[PROP_PORT]);
  settings->ask_code = g_value_get_boolean (&self->values[PROP_ASK_CODE]);
  settings->max_guests = g_value_get_uint (&self->values[PROP_MAX_GUESTS]);
  settings->max_per_address = g_value_get_uint (&self->values[PROP_MAX_PER_ADDRESS]);
  settings->message_rate = g_value_get_uint (&self->values[PROP_MESSAGE_RATE]);

  return settings;
}
