/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "hub-config.h"

#include "app/hub-preferences.h"
#include "base/hub-limits.h"
#include "hub-test-home.h"

#include <string.h>

/* The schema is the one of the build, by GSETTINGS_SCHEMA_DIR; what is kept goes to a file in the
 * test's own folder. */

#define NO_SCHEMA "io.example.NotInstalled"

static void
test_finalize (void)
{
  g_assert_finalize_object (hub_preferences_new (HUB_APPLICATION_ID));
  g_assert_finalize_object (hub_preferences_new (NO_SCHEMA));
}

/* @value: (transfer floating) */
static gboolean
is_in_range (GSettingsSchemaKey *key, GVariant *value)
{
  g_autoptr (GVariant) sunk = g_variant_ref_sink (value);

  return g_settings_schema_key_range_check (key, sunk);
}

/* Checks the ends of a number's range. Returns: (transfer floating): @value as the key's type */
static GVariant *
check_number (GSettingsSchemaKey *key, GParamSpec *property, const GValue *value)
{
  if (G_IS_PARAM_SPEC_UINT (property))
    {
      GParamSpecUInt *range = G_PARAM_SPEC_UINT (property);

      g_assert_true (is_in_range (key, g_variant_new_uint32 (range->minimum)));
      g_assert_true (is_in_range (key, g_variant_new_uint32 (range->maximum)));
      g_assert_false (is_in_range (key, g_variant_new_uint32 (range->maximum + 1)));
      if (range->minimum > 0)
        g_assert_false (is_in_range (key, g_variant_new_uint32 (range->minimum - 1)));

      return g_variant_new_uint32 (g_value_get_uint (value));
    }
  else
    {
      GParamSpecInt *range = G_PARAM_SPEC_INT (property);

      g_assert_true (is_in_range (key, g_variant_new_int32 (range->minimum)));
      g_assert_true (is_in_range (key, g_variant_new_int32 (range->maximum)));
      g_assert_false (is_in_range (key, g_variant_new_int32 (range->minimum - 1)));
      g_assert_false (is_in_range (key, g_variant_new_int32 (range->maximum + 1)));

      return g_variant_new_int32 (g_value_get_int (value));
    }
}

static void
check_key (GSettingsSchemaKey *key, GParamSpec *property, const GValue *value)
{
  g_autoptr (GVariant) fallback = g_settings_schema_key_get_default_value (key);
  g_autoptr (GVariant) wanted = NULL;

  g_assert_cmpstr (g_settings_schema_key_get_summary (key), !=, NULL);
  g_assert_cmpstr (g_settings_schema_key_get_description (key), !=, NULL);
  if (G_VALUE_HOLDS_BOOLEAN (value))
    wanted = g_variant_new_boolean (g_value_get_boolean (value));
  else if (G_VALUE_HOLDS_STRING (value))
    wanted = g_variant_new_string (g_value_get_string (value));
  else if (G_VALUE_HOLDS (value, G_TYPE_STRV))
    wanted = g_variant_new_strv (g_value_get_boxed (value), -1);
  else
    wanted = check_number (key, property, value);
  g_variant_ref_sink (wanted);
  g_assert_cmpvariant (wanted, fallback);
}

/* The defaults and ranges of the schema are those of the properties, key by key. */
static void
test_schema (void)
{
  g_autoptr (GSettingsSchema) schema = g_settings_schema_source_lookup (
      g_settings_schema_source_get_default (), HUB_APPLICATION_ID, FALSE);
  g_autoptr (HubPreferences) preferences = hub_preferences_new (NO_SCHEMA);
  g_autofree GParamSpec **properties = NULL;
  g_auto (GStrv) keys = NULL;
  guint n_properties;

  g_assert_nonnull (schema);
  keys = g_settings_schema_list_keys (schema);
  properties = g_object_class_list_properties (G_OBJECT_GET_CLASS (preferences), &n_properties);
  /* All but `is-kept`. */
  g_assert_cmpuint (g_strv_length (keys), ==, n_properties - 1);
  for (guint i = 0; i < n_properties; i++)
    {
      const char *name = properties[i]->name;
      g_autoptr (GSettingsSchemaKey) key = NULL;
      g_auto (GValue) value = G_VALUE_INIT;

      if (g_str_equal (name, "is-kept"))
        continue;

      g_test_message ("%s", name);
      g_assert_true (g_settings_schema_has_key (schema, name));
      key = g_settings_schema_get_key (schema, name);
      g_value_init (&value, properties[i]->value_type);
      g_object_get_property (G_OBJECT (preferences), name, &value);
      check_key (key, properties[i], &value);
    }
}

static void
on_notify (HubPreferences *preferences, GParamSpec *pspec, GString *told)
{
  g_string_append_printf (told, "%s ", pspec->name);
}

/* What one has set, another one, later, has too; and is told of at once. */
static void
test_kept (void)
{
  g_autoptr (HubPreferences) one = hub_preferences_new (HUB_APPLICATION_ID);
  g_autoptr (HubPreferences) other = hub_preferences_new (HUB_APPLICATION_ID);
  g_autoptr (GString) told = g_string_new (NULL);
  g_autofree char *name = NULL;
  g_auto (GStrv) addresses = NULL;
  guint port;
  gboolean keeps;

  g_assert_true (hub_preferences_is_kept (one));
  g_signal_connect (other, "notify", G_CALLBACK (on_notify), told);
  g_object_set (one, "room-name", "Lab", "port", 9000, "keep-running", TRUE, "addresses",
                (const char *const[]){ "192.0.2.1", "::1", NULL }, NULL);
  while (strstr (told->str, "addresses") == NULL)
    g_main_context_iteration (NULL, TRUE);
  g_object_get (other, "room-name", &name, "port", &port, "keep-running", &keeps, "addresses",
                &addresses, NULL);
  g_assert_cmpstr (name, ==, "Lab");
  g_assert_cmpuint (port, ==, 9000);
  g_assert_true (keeps);
  g_assert_cmpuint (g_strv_length (addresses), ==, 2);
  g_assert_cmpstr (addresses[1], ==, "::1");

  /* As they were, for whoever comes next. */
  g_object_set (one, "room-name", "", "port", HUB_PORT, "keep-running", FALSE, "addresses",
                (const char *const[]){ NULL }, NULL);
}

static void
test_in_memory (void)
{
  g_autoptr (HubPreferences) one = hub_preferences_new (NO_SCHEMA);
  g_autoptr (HubPreferences) other = hub_preferences_new (NO_SCHEMA);
  g_autoptr (GString) told = g_string_new (NULL);
  gboolean is_kept = TRUE;
  guint port;

  g_object_get (one, "is-kept", &is_kept, NULL);
  g_assert_false (is_kept);
  g_signal_connect (one, "notify", G_CALLBACK (on_notify), told);
  g_object_set (one, "port", 9000, "port", 9000, "addresses", NULL, "room-name", "", NULL);
  g_assert_cmpstr (told->str, ==, "port ");
  g_object_get (one, "port", &port, NULL);
  g_assert_cmpuint (port, ==, 9000);
  g_object_get (other, "port", &port, NULL);
  g_assert_cmpuint (port, ==, HUB_PORT);
}

static void
test_settings (void)
{
  g_autoptr (HubPreferences) preferences = hub_preferences_new (NO_SCHEMA);
  g_autoptr (HubSettings) defaults = hub_settings_new ();
  g_autoptr (HubSettings) settings = hub_preferences_make_settings (preferences);
  g_autoptr (HubSettings) chosen = NULL;

  g_assert_null (settings->room_name);
  g_assert_null (settings->addresses);
  g_assert_null (settings->data_dir);
  g_assert_cmpuint (settings->port, ==, defaults->port);
  g_assert_cmpuint (settings->max_guests, ==, defaults->max_guests);
  g_assert_cmpuint (settings->max_per_address, ==, defaults->max_per_address);
  g_assert_cmpuint (settings->message_rate, ==, defaults->message_rate);
  g_assert_false (settings->ask_code);

  g_object_set (preferences, "room-name", "Lab", "port", 9000, "ask-code", TRUE, "max-guests", 0,
                "max-per-address", 3, "message-rate", 7, "addresses",
                (const char *const[]){ "192.0.2.1", NULL }, NULL);
  chosen = hub_preferences_make_settings (preferences);
  g_assert_cmpstr (chosen->room_name, ==, "Lab");
  g_assert_cmpuint (chosen->port, ==, 9000);
  g_assert_true (chosen->ask_code);
  g_assert_cmpuint (chosen->max_guests, ==, 0);
  g_assert_cmpuint (chosen->max_per_address, ==, 3);
  g_assert_cmpuint (chosen->message_rate, ==, 7);
  g_assert_cmpstr (chosen->addresses[0], ==, "192.0.2.1");
  g_assert_null (chosen->addresses[1]);
}

int
main (int argc, char *argv[])
{
  char *home = hub_test_home_make ();
  int status;

  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/preferences/finalize", test_finalize);
  g_test_add_func ("/preferences/schema", test_schema);
  g_test_add_func ("/preferences/kept", test_kept);
  g_test_add_func ("/preferences/in-memory", test_in_memory);
  g_test_add_func ("/preferences/settings", test_settings);

  status = g_test_run ();
  hub_test_home_remove (home);

  return status;
}
