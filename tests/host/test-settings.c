/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "base/hub-limits.h"
#include "host/hub-settings.h"

static void
test_defaults (void)
{
  g_autoptr (HubSettings) settings = hub_settings_new ();

  g_assert_cmpuint (settings->port, ==, HUB_PORT);
  g_assert_cmpuint (settings->max_guests, ==, HUB_MAX_GUESTS);
  g_assert_cmpuint (settings->max_per_address, ==, HUB_MAX_PER_ADDRESS);
  g_assert_cmpuint (settings->message_rate, ==, HUB_MESSAGE_RATE);
  g_assert_cmpuint (settings->max_pending, ==, HUB_MAX_PENDING);
  g_assert_cmpuint (settings->max_attempts, ==, HUB_MAX_ATTEMPTS_PER_SECOND);
  g_assert_false (settings->allow_remote);
  g_assert_false (settings->ask_code);
  g_assert_false (settings->is_locked);
}

static void
test_copy (void)
{
  static const char *const addresses[] = { "127.0.0.1", NULL };
  g_autoptr (HubSettings) settings = hub_settings_new ();
  g_autoptr (HubSettings) copy = NULL;

  settings->room_name = g_strdup ("Lab");
  settings->port = 1;
  settings->ask_code = TRUE;
  settings->is_locked = TRUE;
  settings->max_pending = 2;
  settings->max_attempts = 3;
  settings->addresses = g_strdupv ((char **) addresses);
  settings->allow_hosts = g_strdupv ((char **) addresses);
  settings->data_dir = g_strdup ("/data");
  settings->certificate = g_strdup ("/certificate");
  settings->private_key = g_strdup ("/key");
  settings->web_root = g_strdup ("/web");
  copy = hub_settings_copy (settings);
  g_clear_pointer (&settings, hub_settings_free);

  g_assert_cmpstr (copy->room_name, ==, "Lab");
  g_assert_cmpuint (copy->port, ==, 1);
  g_assert_true (copy->ask_code);
  g_assert_true (copy->is_locked);
  g_assert_cmpuint (copy->max_pending, ==, 2);
  g_assert_cmpuint (copy->max_attempts, ==, 3);
  g_assert_cmpstr (copy->addresses[0], ==, "127.0.0.1");
  g_assert_cmpstr (copy->allow_hosts[0], ==, "127.0.0.1");
  g_assert_cmpstr (copy->data_dir, ==, "/data");
  g_assert_cmpstr (copy->certificate, ==, "/certificate");
  g_assert_cmpstr (copy->private_key, ==, "/key");
  g_assert_cmpstr (copy->web_root, ==, "/web");
}

static void
test_data_dir (void)
{
  g_autoptr (HubSettings) settings = hub_settings_new ();
  g_autofree char *usual = g_build_filename (g_get_user_data_dir (), "hubbub", NULL);
  g_autofree char *directory = hub_settings_dup_data_dir (settings);
  g_autofree char *given = NULL;

  g_assert_cmpstr (directory, ==, usual);
  settings->data_dir = g_strdup ("/data");
  given = hub_settings_dup_data_dir (settings);
  g_assert_cmpstr (given, ==, "/data");
}

/* Whatever the host typed is one line; nothing is the default. */
static void
test_room_name (void)
{
  static const struct
  {
    const char *given;
    const char *name;
  } cases[] = {
    { "Lab", "Lab" },
    { "  Lab 2 \n", "Lab 2" },
    { "one\ntwo\tthree", "one two three" },
    { NULL, NULL },
    { "", NULL },
    { " \n ", NULL },
    { "\xff", NULL },
  };
  g_autofree char *fallback = hub_settings_dup_default_room_name ();

  g_assert_true (g_str_has_prefix (fallback, "Chat on "));
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (HubSettings) settings = hub_settings_new ();
      g_autofree char *name = NULL;

      settings->room_name = g_strdup (cases[i].given);
      name = hub_settings_dup_room_name (settings);
      g_assert_cmpstr (name, ==, cases[i].name != NULL ? cases[i].name : fallback);
    }
}

static void
test_long_room_name (void)
{
  g_autoptr (HubSettings) settings = hub_settings_new ();
  g_autoptr (GString) given = g_string_new (NULL);
  g_autofree char *name = NULL;

  for (guint i = 0; i < 2 * HUB_ROOM_NAME_MAX_CHARS; i++)
    g_string_append (given, "é");
  settings->room_name = g_strdup (given->str);
  name = hub_settings_dup_room_name (settings);
  g_assert_true (g_utf8_validate (name, -1, NULL));
  g_assert_cmpint (g_utf8_strlen (name, -1), ==, HUB_ROOM_NAME_MAX_CHARS);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/host/settings/defaults", test_defaults);
  g_test_add_func ("/host/settings/copy", test_copy);
  g_test_add_func ("/host/settings/data-dir", test_data_dir);
  g_test_add_func ("/host/settings/room-name", test_room_name);
  g_test_add_func ("/host/settings/long-room-name", test_long_room_name);

  return g_test_run ();
}
