/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "hub-config.h"

#include "terminal/hub-command.h"

#include <glib/gi18n-lib.h>
#include <string.h>

G_DEFINE_QUARK (hub - command - error - quark, hub_command_error)

/* What is typed as it is, and words in capitals for what goes there. */
static const struct
{
  const char *form;
  HubCommandType type;
  const char *does;
} forms[] = {
  { "help", HUB_COMMAND_HELP, N_ ("show this list") },
  { "who", HUB_COMMAND_WHO, N_ ("show who is here, each with a number") },
  { "remove NUMBER", HUB_COMMAND_REMOVE, N_ ("remove the guest with this number") },
  { "remove \"NAME\"", HUB_COMMAND_REMOVE, N_ ("remove the guest with this name") },
  { "lock", HUB_COMMAND_LOCK, N_ ("let nobody new in") },
  { "unlock", HUB_COMMAND_UNLOCK, N_ ("let everybody in again") },
  { "code", HUB_COMMAND_CODE, N_ ("ask everybody who joins for a code, and show it") },
  { "code new", HUB_COMMAND_CODE_NEW, N_ ("ask for another code; people who are here stay") },
  { "code off", HUB_COMMAND_CODE_OFF, N_ ("ask for no code") },
  { "qr", HUB_COMMAND_QR, N_ ("show the addresses and the code to scan") },
  { "quit", HUB_COMMAND_QUIT, N_ ("end the chat for everybody") },
};

/* Returns: NULL */
static HubCommand *
refuse (GError **error, const char *sentence)
{
  g_set_error_literal (error, HUB_COMMAND_ERROR, HUB_COMMAND_ERROR_USAGE, sentence);

  return NULL;
}

static HubCommand *
make_command (HubCommandType type)
{
  HubCommand *self = g_new0 (HubCommand, 1);

  self->type = type;

  return self;
}

/* Separates the first word of @line from what follows it, without the blanks around either.
 * Returns: what follows, perhaps "" */
static char *
split_word (char *line)
{
  char *end = line + strcspn (line, " \t");

  if (*end == '\0')
    return end;

  *end = '\0';
  return g_strchug (end + 1);
}

/* What stands between @quoted's first character, a quotation mark, and its last. A mark that is part
 * of the name, and a backslash, have a backslash before them.
 * Returns: (transfer full) (nullable): NULL where nothing is open and closed once */
static char *
dup_unquoted (const char *quoted)
{
  g_autoptr (GString) name = g_string_new (NULL);
  const char *at = quoted + 1;

  for (; *at != '\0' && *at != '"'; at++)
    {
      if (*at == '\\' && (at[1] == '"' || at[1] == '\\'))
        at++;
      g_string_append_c (name, *at);
    }

  return at[0] == '"' && at[1] == '\0' ? g_string_free (g_steal_pointer (&name), FALSE) : NULL;
}

static HubCommand *
parse_remove_number (const char *argument, GError **error)
{
  HubCommand *self;
  guint64 id;

  if (!g_ascii_string_to_unsigned (argument, 10, 1, G_MAXUINT64, &id, NULL))
    return refuse (error, _ ("Nobody here has this number. Type who for the list."));

  self = make_command (HUB_COMMAND_REMOVE);
  self->guest_id = id;

  return self;
}

static HubCommand *
parse_remove (const char *argument, GError **error)
{
  g_autofree char *name = NULL;
  HubCommand *self;

  if (*argument != '\0' && argument[strspn (argument, "0123456789")] == '\0')
    return parse_remove_number (argument, error);

  if (*argument == '"')
    name = dup_unquoted (argument);
  else if (strpbrk (argument, " \t") == NULL)
    name = g_strdup (argument);
  if (name != NULL)
    g_strstrip (name);
  if (name == NULL || *name == '\0')
    return refuse (error,
                   /* Translators: remove and who are commands, which are typed as they are. */
                   _ ("remove takes one guest’s number or name, as who lists them: remove 3, "
                      "or remove \"Ana B\"."));

  self = make_command (HUB_COMMAND_REMOVE);
  self->name = g_utf8_normalize (name, -1, G_NORMALIZE_NFC);

  return self;
}

static HubCommand *
parse_code (const char *argument, GError **error)
{
  if (*argument == '\0')
    return make_command (HUB_COMMAND_CODE);
  if (g_ascii_strcasecmp (argument, "new") == 0)
    return make_command (HUB_COMMAND_CODE_NEW);
  if (g_ascii_strcasecmp (argument, "off") == 0)
    return make_command (HUB_COMMAND_CODE_OFF);

  /* Translators: code, code new and code off are commands, which are typed as they are. */
  return refuse (error, _ ("Type code to ask for a code, code new for another one, or code off."));
}

static HubCommand *
parse_words (const char *word, const char *argument, GError **error)
{
  if (g_ascii_strcasecmp (word, "remove") == 0)
    return parse_remove (argument, error);
  if (g_ascii_strcasecmp (word, "code") == 0)
    return parse_code (argument, error);

  for (guint i = 0; i < G_N_ELEMENTS (forms); i++)
    {
      g_autofree char *sentence = NULL;

      if (g_ascii_strcasecmp (word, forms[i].form) != 0)
        continue;
      if (*argument == '\0')
        return make_command (forms[i].type);

      /* Translators: %s is a command, which is typed as it is. */
      sentence = g_strdup_printf (_ ("Type %s alone: nothing goes with it."), forms[i].form);
      return refuse (error, sentence);
    }

  return refuse (error, _ ("This is not a command. Type help for those there are."));
}

HubCommand *
hub_command_parse (const char *line, gsize length, GError **error)
{
  g_autofree char *text = NULL;
  const char *argument;

  g_return_val_if_fail (line != NULL || length == 0, NULL);

  if (length > HUB_COMMAND_MAX_BYTES)
    return refuse (error, _ ("This line is too long. Type help for the commands."));
  if (length > 0 && !g_utf8_validate_len (line, length, NULL))
    return refuse (error, _ ("This is not text. Type help for the commands."));

  text = g_strstrip (g_strndup (length > 0 ? line : "", length));
  if (*text == '\0')
    return make_command (HUB_COMMAND_NOTHING);
  argument = split_word (text);

  return parse_words (text, argument, error);
}

void
hub_command_free (HubCommand *self)
{
  g_return_if_fail (self != NULL);

  g_free (self->name);
  g_free (self);
}

char **
hub_command_dup_forms (void)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  for (guint i = 0; i < G_N_ELEMENTS (forms); i++)
    g_strv_builder_add (builder, forms[i].form);

  return g_strv_builder_end (builder);
}

const char *
hub_command_describe (guint index)
{
  g_return_val_if_fail (index < G_N_ELEMENTS (forms), NULL);

  return _ (forms[index].does);
}
