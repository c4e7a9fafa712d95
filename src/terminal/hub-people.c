/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "hub-config.h"

#include "terminal/hub-people.h"

#include "base/hub-text.h"

#include <glib/gi18n-lib.h>

/* Number, name, device, how long; whether away stands behind them. */
#define COLUMNS 4

/* Blanks before each column. */
#define GAP 2

#define MINUTE_MS 60000
#define HOUR_MS (60 * MINUTE_MS)
#define DAY_MS (24 * HOUR_MS)

static gboolean
has_id (gconstpointer person, gconstpointer command)
{
  return ((const HubPerson *) person)->id == ((const HubCommand *) command)->guest_id;
}

static gboolean
has_name (gconstpointer person, gconstpointer command)
{
  return g_str_equal (((const HubPerson *) person)->name, ((const HubCommand *) command)->name);
}

static char *
dup_folded (const char *name)
{
  g_autofree char *folded = g_utf8_casefold (name, -1);

  return g_utf8_normalize (folded, -1, G_NORMALIZE_NFC);
}

static gboolean
has_folded_name (gconstpointer person, gconstpointer command)
{
  g_autofree char *name = dup_folded (((const HubPerson *) person)->name);
  g_autofree char *wanted = dup_folded (((const HubCommand *) command)->name);

  return g_str_equal (name, wanted);
}

/* Returns: how many @is_meant is true for; the last of them in @found, which is not touched for none */
static guint
search (GPtrArray *people, const HubCommand *command, GEqualFunc is_meant, const HubPerson **found)
{
  guint n = 0;

  for (guint i = 0; i < people->len; i++)
    if (is_meant (g_ptr_array_index (people, i), command))
      {
        *found = g_ptr_array_index (people, i);
        n++;
      }

  return n;
}

static const HubPerson *
refuse (GError **error, const char *sentence)
{
  g_set_error_literal (error, HUB_COMMAND_ERROR, HUB_COMMAND_ERROR_NOBODY, sentence);

  return NULL;
}

const HubPerson *
hub_people_find (GPtrArray *people, const HubCommand *command, GError **error)
{
  const HubPerson *person = NULL;

  g_return_val_if_fail (people != NULL, NULL);
  g_return_val_if_fail (command != NULL && command->type == HUB_COMMAND_REMOVE, NULL);

  if (command->name == NULL)
    {
      if (search (people, command, has_id, &person) == 0)
        return refuse (error, _ ("Nobody here has this number. Type who for the list."));
      return person;
    }

  if (search (people, command, has_name, &person) == 1)
    return person;
  switch (search (people, command, has_folded_name, &person))
    {
    case 0:
      return refuse (error, _ ("Nobody here has this name. Type who for the list."));
    case 1:
      return person;
    default:
      return refuse (error, _ ("Several have this name. Type who, and then remove and a number."));
    }
}

guint
hub_people_count_away (GPtrArray *people)
{
  guint n = 0;

  g_return_val_if_fail (people != NULL, 0);

  for (guint i = 0; i < people->len; i++)
    n += ((const HubPerson *) g_ptr_array_index (people, i))->is_away ? 1 : 0;

  return n;
}

static char *
dup_duration (gint64 ms)
{
  if (ms < MINUTE_MS)
    return g_strdup (_ ("under 1 min"));
  if (ms < HOUR_MS)
    /* Translators: for how long a guest has been here, in minutes; abbreviated. */
    return g_strdup_printf (_ ("%u min"), (guint) (ms / MINUTE_MS));
  if (ms < DAY_MS)
    /* Translators: for how long a guest has been here, in hours; abbreviated. */
    return g_strdup_printf (_ ("%u h"), (guint) (ms / HOUR_MS));

  /* Translators: for how long a guest has been here, in days; abbreviated. */
  return g_strdup_printf (_ ("%u d"), (guint) (ms / DAY_MS));
}

static char **
make_row (const HubPerson *person, gint64 now)
{
  g_autoptr (GStrvBuilder) row = g_strv_builder_new ();
  g_autofree char *id = g_strdup_printf ("%" G_GUINT64_FORMAT, person->id);
  g_autofree char *name = hub_text_escape_terminal (person->name, -1);
  g_autofree char *device = hub_text_escape_terminal (person->device, -1);
  g_autofree char *duration = dup_duration (now - person->joined_at);

  g_strv_builder_add_many (row, id, name, device, duration, person->is_away ? _ ("away") : "",
                           NULL);

  return g_strv_builder_end (row);
}

static char **
make_heading (void)
{
  const char *const heading[] = {
    /* Translators: the headings of a list of guests. */
    _ ("No."), _ ("Name"), _ ("Device"), _ ("Here for"), "", NULL,
  };

  return g_strdupv ((char **) heading);
}

/* As most terminals draw it. */
static guint
get_width (const char *text)
{
  guint width = 0;

  for (const char *at = text; *at != '\0'; at = g_utf8_next_char (at))
    {
      gunichar c = g_utf8_get_char (at);

      width += g_unichar_iszerowidth (c) ? 0 : g_unichar_iswide (c) ? 2 : 1;
    }

  return width;
}

static void
append_row (GString *table, char **row, const guint *widths)
{
  g_autoptr (GString) line = g_string_new (NULL);

  for (guint i = 0; i < COLUMNS; i++)
    {
      int padding = (int) (widths[i] - get_width (row[i]));

      /* Numbers end in one column, words begin in one. */
      g_string_append_printf (line, "  %*s%s%*s", i == 0 ? padding : 0, "", row[i],
                              i == 0 ? 0 : padding, "");
    }
  g_string_append_printf (line, "  %s", row[COLUMNS]);
  g_string_append (table, g_strchomp (line->str));
}

/* Each in two lines: number and name, and below the name what else there is. */
static char *
dup_list (GPtrArray *rows)
{
  g_autoptr (GString) list = g_string_new (NULL);

  for (guint i = 1; i < rows->len; i++)
    {
      char **row = g_ptr_array_index (rows, i);

      g_string_append_printf (list, "%s%5s  %s\n       %s%s%s%s%s", i > 1 ? "\n" : "", row[0],
                              row[1], row[2], *row[2] != '\0' ? ", " : "", row[3],
                              *row[4] != '\0' ? ", " : "", row[4]);
    }

  return g_string_free (g_steal_pointer (&list), FALSE);
}

char *
hub_people_dup_table (GPtrArray *people, gint64 now, guint columns)
{
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func ((GDestroyNotify) g_strfreev);
  g_autoptr (GString) table = g_string_new (NULL);
  guint widths[COLUMNS + 1] = { 0 };
  guint width = 0;

  g_return_val_if_fail (people != NULL, NULL);

  g_ptr_array_add (rows, make_heading ());
  for (guint i = 0; i < people->len; i++)
    g_ptr_array_add (rows, make_row (g_ptr_array_index (people, i), now));

  for (guint column = 0; column <= COLUMNS; column++)
    {
      for (guint i = 0; i < rows->len; i++)
        widths[column]
            = MAX (widths[column], get_width (((char **) g_ptr_array_index (rows, i))[column]));
      width += GAP + widths[column];
    }
  if (columns > 0 && width > columns)
    return dup_list (rows);

  for (guint i = 0; i < rows->len; i++)
    {
      if (i > 0)
        g_string_append_c (table, '\n');
      append_row (table, g_ptr_array_index (rows, i), widths);
    }

  return g_string_free (g_steal_pointer (&table), FALSE);
}
