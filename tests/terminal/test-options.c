/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "terminal/hub-options.h"

#include "base/hub-limits.h"

#include <string.h>

static HubOptions *
parse (const char *line, GError **error)
{
  g_autofree char *whole = g_strconcat ("hubbub-server ", line, NULL);
  g_auto (GStrv) arguments = NULL;

  g_assert_true (g_shell_parse_argv (whole, NULL, &arguments, NULL));

  return hub_options_new ((const char *const *) arguments, error);
}

static void
test_options_defaults (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (HubOptions) options = parse ("", &error);

  g_assert_no_error (error);
  g_assert_false (options->json);
  g_assert_false (options->log_names);
  g_assert_false (options->show_help);
  g_assert_false (options->show_version);
  g_assert_null (options->export_ca);
  g_assert_cmpuint (options->settings->port, ==, HUB_PORT);
  g_assert_null (options->settings->room_name);
  g_assert_null (options->settings->certificate);
  g_assert_false (options->settings->allow_remote);
  g_assert_cmpuint (options->settings->max_guests, ==, HUB_MAX_GUESTS);
  g_assert_cmpuint (options->settings->max_per_address, ==, HUB_MAX_PER_ADDRESS);
  g_assert_cmpuint (options->settings->message_rate, ==, HUB_MESSAGE_RATE);
  g_assert_cmpuint (options->settings->max_pending, ==, HUB_MAX_PENDING);
  g_assert_cmpuint (options->settings->max_attempts, ==, HUB_MAX_ATTEMPTS_PER_SECOND);
  g_assert_false (options->settings->ask_code);
}

static void
test_options_all (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (HubOptions) options
      = parse ("-n 'Caf\u00e9 \u4f60\u597d' -p 0 -a 127.0.0.1 --address fd00::5 "
               "--allow-host Chat.Example.ORG --allow-host b\u00fccher.example "
               "--allow-host 203.0.113.5 --allow-remote --certificate c.pem --private-key k.pem "
               "--data-dir /d --web-root /w --max-guests 0 --max-per-address=7 "
               "--max-message-rate 1000000 --max-pending 0 --max-attempts=3 --ask-code --json "
               "--log-names --version --help",
               &error);
  const HubSettings *settings;

  g_assert_no_error (error);
  settings = options->settings;
  g_assert_cmpstr (settings->room_name, ==, "Caf\u00e9 \u4f60\u597d");
  g_assert_cmpuint (settings->port, ==, 0);
  g_assert_cmpstrv (settings->addresses, ((const char *const[]){ "127.0.0.1", "fd00::5", NULL }));
  g_assert_cmpstrv (
      settings->allow_hosts,
      ((const char *const[]){ "chat.example.org", "xn--bcher-kva.example", "203.0.113.5", NULL }));
  g_assert_true (settings->allow_remote);
  g_assert_cmpstr (settings->certificate, ==, "c.pem");
  g_assert_cmpstr (settings->private_key, ==, "k.pem");
  g_assert_cmpstr (settings->data_dir, ==, "/d");
  g_assert_cmpstr (settings->web_root, ==, "/w");
  g_assert_cmpuint (settings->max_guests, ==, 0);
  g_assert_cmpuint (settings->max_per_address, ==, 7);
  g_assert_cmpuint (settings->message_rate, ==, 1000000);
  g_assert_cmpuint (settings->max_pending, ==, 0);
  g_assert_cmpuint (settings->max_attempts, ==, 3);
  g_assert_true (settings->ask_code);
  g_assert_true (options->json);
  g_assert_true (options->log_names);
  g_assert_true (options->show_version);
  g_assert_true (options->show_help);
}

static void
test_options_good (void)
{
  static const char *const cases[] = {
    "--port 1",       "--port 65535",  "--port=80",
    "-p 443",         "--export-ca -", "--export-ca /tmp/ca.pem --data-dir /d",
    "--max-guests 1", "--address ::1", "--room-name 'a: b * !'",
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (HubOptions) options = parse (cases[i], &error);

      g_test_message ("%s", cases[i]);
      g_assert_no_error (error);
      g_assert_nonnull (options);
    }
}

/* Each says what is wrong: @word is in it. */
static void
test_options_bad (void)
{
  static const struct
  {
    const char *line;
    const char *word;
  } cases[] = {
    { "--port", "--port" },
    { "--port 65536", "65536" },
    { "--port -1", "-1" },
    { "--port https", "https" },
    { "--port 99999999999999999999", "--port" },
    { "--port 80x", "80x" },
    { "--address localhost", "localhost" },
    { "--address 192.168.1.0/24", "192.168.1.0/24" },
    { "--address '[::1]'", "[::1]" },
    { "--address 0.0.0.0", "Without --address" },
    { "--address ::", "Without --address" },
    { "--address 224.0.0.251", "Without --address" },
    { "--address ''", "--address" },
    { "--data-dir ''", "--data-dir" },
    { "--web-root=", "--web-root" },
    { "--export-ca ''", "--export-ca" },
    { "--certificate '' --private-key k.pem", "--certificate" },
    { "--certificate c.pem --private-key ''", "--private-key" },
    { "--allow-host ''", "--allow-host" },
    { "--allow-host https://a.example", "https://a.example" },
    { "--allow-host a.example:8443", "a.example:8443" },
    { "--allow-host 'a b'", "a b" },
    { "--allow-host .example", ".example" },
    { "--allow-host -- -x", "-x" },
    { "--room-name ''", "1 to 64" },
    { "--room-name ' '", "1 to 64" },
    { "--room-name 'a\nb'", "1 to 64" },
    { "--room-name 'a\xff'", "\\xff" },
    { "--allow-host 'a\xff'", "--allow-host" },
    { "--room-name aaaaaaaaaabbbbbbbbbbccccccccccddddddddddeeeeeeeeeeffffffffffggggg", "1 to 64" },
    { "--certificate c.pem", "--private-key" },
    { "--private-key k.pem", "--private-key" },
    { "--certificate c.pem --private-key k.pem --export-ca -", "--export-ca" },
    { "--max-guests -1", "--max-guests" },
    { "--max-guests 1000001", "1000001" },
    { "--max-guests many", "many" },
    { "--max-per-address -5", "-5" },
    { "--max-message-rate 1.5", "1.5" },
    { "--max-pending -1", "--max-pending" },
    { "--max-pending=lots", "lots" },
    { "--max-attempts 1000001", "1000001" },
    { "--max-attempts", "--max-attempts" },
    { "--frobnicate", "frobnicate" },
    { "-z", "-z" },
    { "now", "now" },
    { "--json now", "now" },
    { "'\x1b[31mred'", "\\x1b[31mred" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (HubOptions) options = parse (cases[i].line, &error);

      g_test_message ("%u: %s", i, error != NULL ? error->message : "no error");
      g_assert_null (options);
      g_assert_error (error, HUB_OPTIONS_ERROR, HUB_OPTIONS_ERROR_USAGE);
      g_assert_nonnull (strstr (error->message, cases[i].word));
      g_assert_null (strchr (error->message, '\033'));
    }
}

/* Nobody's arguments are changed: the caller may print them. */
static void
test_options_arguments_kept (void)
{
  const char *arguments[] = { "hubbub-server", "--port", "1", "--json", NULL };
  g_autoptr (HubOptions) options = hub_options_new (arguments, NULL);

  g_assert_nonnull (options);
  g_assert_cmpstrv (arguments,
                    ((const char *const[]){ "hubbub-server", "--port", "1", "--json", NULL }));
}

/* The caps are said with what holds without them. */
static void
test_options_help_caps (void)
{
  static const struct
  {
    const char *option;
    guint cap;
  } cases[] = {
    { "--max-guests=N", HUB_MAX_GUESTS },
    { "--max-per-address=N", HUB_MAX_PER_ADDRESS },
    { "--max-message-rate=N", HUB_MESSAGE_RATE },
    { "--max-pending=N", HUB_MAX_PENDING },
    { "--max-attempts=N", HUB_MAX_ATTEMPTS_PER_SECOND },
  };
  g_autofree char *help = hub_options_dup_help ();

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      const char *line = strstr (help, cases[i].option);
      g_autofree char *text = g_strndup (line, strcspn (line, "\n"));
      g_autofree char *cap = g_strdup_printf ("(%u)", cases[i].cap);

      g_test_message ("%s", text);
      g_assert_true (g_str_has_suffix (text, cap));
    }
}

static void
test_options_help (void)
{
  g_autofree char *help = hub_options_dup_help ();

  g_assert_nonnull (strstr (help, "hubbub-server"));
  g_assert_nonnull (strstr (help, "--max-message-rate=N"));
  g_assert_nonnull (strstr (help, "Ctrl+C"));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_set_prgname ("hubbub-server");

  g_test_add_func ("/options/defaults", test_options_defaults);
  g_test_add_func ("/options/all", test_options_all);
  g_test_add_func ("/options/good", test_options_good);
  g_test_add_func ("/options/bad", test_options_bad);
  g_test_add_func ("/options/arguments-kept", test_options_arguments_kept);
  g_test_add_func ("/options/help", test_options_help);
  g_test_add_func ("/options/help-caps", test_options_help_caps);

  return g_test_run ();
}
