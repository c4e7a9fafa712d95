/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "terminal/hub-command.h"

#include <string.h>

static void
test_command_good (void)
{
  static const struct
  {
    const char *line;
    HubCommandType type;
    guint64 guest_id;
    const char *name;
  } cases[] = {
    { "", HUB_COMMAND_NOTHING, 0, NULL },
    { " \t\r", HUB_COMMAND_NOTHING, 0, NULL },
    { "help", HUB_COMMAND_HELP, 0, NULL },
    { "  who \r", HUB_COMMAND_WHO, 0, NULL },
    { "LOCK", HUB_COMMAND_LOCK, 0, NULL },
    { "unlock", HUB_COMMAND_UNLOCK, 0, NULL },
    { "code", HUB_COMMAND_CODE, 0, NULL },
    { "code\tnew", HUB_COMMAND_CODE_NEW, 0, NULL },
    { "Code  OFF ", HUB_COMMAND_CODE_OFF, 0, NULL },
    { "qr", HUB_COMMAND_QR, 0, NULL },
    { "quit", HUB_COMMAND_QUIT, 0, NULL },
    { "remove 1", HUB_COMMAND_REMOVE, 1, NULL },
    { "remove   0018 ", HUB_COMMAND_REMOVE, 18, NULL },
    { "remove 18446744073709551615", HUB_COMMAND_REMOVE, G_MAXUINT64, NULL },
    { "remove Ana", HUB_COMMAND_REMOVE, 0, "Ana" },
    { "remove \"Ana B\"", HUB_COMMAND_REMOVE, 0, "Ana B" },
    { "remove \" Ana \"", HUB_COMMAND_REMOVE, 0, "Ana" },
    { "remove \"3\"", HUB_COMMAND_REMOVE, 0, "3" },
    { "remove 3a", HUB_COMMAND_REMOVE, 0, "3a" },
    { "remove -3", HUB_COMMAND_REMOVE, 0, "-3" },
    { "remove a\"b", HUB_COMMAND_REMOVE, 0, "a\"b" },
    { "remove \"a \\\"b\\\\ c\\d\"", HUB_COMMAND_REMOVE, 0, "a \"b\\ c\\d" },
    { "remove Zoe\u0308", HUB_COMMAND_REMOVE, 0, "Zo\u00eb" },
    { "remove \u0633\u0627\u0631\u0627", HUB_COMMAND_REMOVE, 0, "\u0633\u0627\u0631\u0627" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (HubCommand) command
          = hub_command_parse (cases[i].line, strlen (cases[i].line), &error);

      g_test_message ("%s", cases[i].line);
      g_assert_no_error (error);
      g_assert_cmpint (command->type, ==, cases[i].type);
      g_assert_cmpuint (command->guest_id, ==, cases[i].guest_id);
      g_assert_cmpstr (command->name, ==, cases[i].name);
    }
}

/* Each says what would do (@word), and repeats nothing of what was typed ("Secret"). */
static void
test_command_bad (void)
{
  static const struct
  {
    const char *line;
    const char *word;
  } cases[] = {
    { "Secret", "help" },
    { "whoSecret", "help" },
    { "/who", "help" },
    { "who Secret", "who" },
    { "lock now", "lock" },
    { "quit Secret", "quit" },
    { "code Secret", "code new" },
    { "code new Secret", "code new" },
    { "remove", "remove 3" },
    { "remove Secret person", "\"Ana B\"" },
    { "remove \"Secret", "\"Ana B\"" },
    { "remove \"Secret\" x", "\"Ana B\"" },
    { "remove \"Secret\"x\"", "\"Ana B\"" },
    { "remove \"Secret\\\"", "\"Ana B\"" },
    { "remove \"\"", "\"Ana B\"" },
    { "remove \" \"", "\"Ana B\"" },
    { "remove 0", "who" },
    { "remove 18446744073709551616", "who" },
    { "who\xff", "help" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (HubCommand) command
          = hub_command_parse (cases[i].line, strlen (cases[i].line), &error);

      g_test_message ("%u: %s", i, error != NULL ? error->message : "no error");
      g_assert_null (command);
      g_assert_error (error, HUB_COMMAND_ERROR, HUB_COMMAND_ERROR_USAGE);
      g_assert_nonnull (strstr (error->message, cases[i].word));
      g_assert_null (strstr (error->message, "Secret"));
    }
}

/* Lines as they come from a pipe: of any length, with anything in them, or none at all. */
static void
test_command_bytes (void)
{
  g_autofree char *longest = g_strnfill (HUB_COMMAND_MAX_BYTES + 1, ' ');
  g_autoptr (GError) error = NULL;
  HubCommand *command;

  memcpy (longest, "who", 3);
  command = hub_command_parse (longest, HUB_COMMAND_MAX_BYTES, &error);
  g_assert_no_error (error);
  g_assert_cmpint (command->type, ==, HUB_COMMAND_WHO);
  hub_command_free (command);
  g_assert_null (hub_command_parse (longest, HUB_COMMAND_MAX_BYTES + 1, &error));
  g_assert_error (error, HUB_COMMAND_ERROR, HUB_COMMAND_ERROR_USAGE);
  g_clear_error (&error);

  g_assert_null (hub_command_parse ("who\0x", 5, &error));
  g_assert_error (error, HUB_COMMAND_ERROR, HUB_COMMAND_ERROR_USAGE);

  command = hub_command_parse (NULL, 0, NULL);
  g_assert_cmpint (command->type, ==, HUB_COMMAND_NOTHING);
  hub_command_free (command);
}

/* What help lists is what there is. */
static void
test_command_help (void)
{
  g_auto (GStrv) forms = hub_command_dup_forms ();

  g_assert_cmpuint (g_strv_length (forms), >, 8);
  for (guint i = 0; forms[i] != NULL; i++)
    {
      g_autoptr (GString) line = g_string_new (forms[i]);
      g_autoptr (GError) error = NULL;
      g_autoptr (HubCommand) command = NULL;

      g_assert_nonnull (hub_command_describe (i));
      g_string_replace (line, "NUMBER", "1", 0);
      command = hub_command_parse (line->str, line->len, &error);
      g_assert_no_error (error);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/command/good", test_command_good);
  g_test_add_func ("/command/bad", test_command_bad);
  g_test_add_func ("/command/bytes", test_command_bytes);
  g_test_add_func ("/command/help", test_command_help);

  return g_test_run ();
}
