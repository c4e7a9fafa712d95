/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "terminal/hub-people.h"

#include "host/hub-snapshot-private.h"

#include <string.h>

#define NOW (G_GINT64_CONSTANT (1767225600000))
#define MINUTE 60000

static GPtrArray *
make_people (void)
{
  GPtrArray *people = g_ptr_array_new_with_free_func ((GDestroyNotify) hub_person_free);

  g_ptr_array_add (people, hub_person_new (3, "Ana", "iPhone", NOW - 12 * MINUTE, FALSE));
  g_ptr_array_add (people, hub_person_new (11, "Stra\u00dfe", "", NOW, TRUE));
  g_ptr_array_add (people,
                   hub_person_new (12, "\u5c0f\033[2J", "Linux", NOW - 180 * MINUTE, FALSE));
  g_ptr_array_add (people, hub_person_new (13, "bo", "", NOW + MINUTE, FALSE));
  g_ptr_array_add (people, hub_person_new (14, "BO", "", NOW - 3000 * MINUTE, FALSE));

  return people;
}

static void
test_people_find (void)
{
  static const struct
  {
    HubCommand command;
    guint64 id; /* 0: nobody */
  } cases[] = {
    { { .type = HUB_COMMAND_REMOVE, .guest_id = 3 }, 3 },
    { { .type = HUB_COMMAND_REMOVE, .guest_id = 4 }, 0 },
    { { .type = HUB_COMMAND_REMOVE, .guest_id = G_MAXUINT64 }, 0 },
    { { .type = HUB_COMMAND_REMOVE, .name = (char *) "Ana" }, 3 },
    { { .type = HUB_COMMAND_REMOVE, .name = (char *) "aNA" }, 3 },
    { { .type = HUB_COMMAND_REMOVE, .name = (char *) "An" }, 0 },
    { { .type = HUB_COMMAND_REMOVE, .name = (char *) "Ana " }, 0 },
    { { .type = HUB_COMMAND_REMOVE, .name = (char *) "" }, 0 },
    { { .type = HUB_COMMAND_REMOVE, .name = (char *) "3" }, 0 },
    { { .type = HUB_COMMAND_REMOVE, .name = (char *) "STRASSE" }, 11 },
    /* As it is, even where another differs in case only; otherwise it is not clear who is meant. */
    { { .type = HUB_COMMAND_REMOVE, .name = (char *) "bo" }, 13 },
    { { .type = HUB_COMMAND_REMOVE, .name = (char *) "BO" }, 14 },
    { { .type = HUB_COMMAND_REMOVE, .name = (char *) "Bo" }, 0 },
  };
  g_autoptr (GPtrArray) people = make_people ();

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      const HubPerson *person = hub_people_find (people, &cases[i].command, &error);

      g_test_message ("%u", i);
      g_assert_cmpuint (person != NULL ? person->id : 0, ==, cases[i].id);
      if (person == NULL)
        {
          g_assert_error (error, HUB_COMMAND_ERROR, HUB_COMMAND_ERROR_NOBODY);
          g_assert_nonnull (strstr (error->message, "Type who"));
        }
    }
}

static void
test_people_table (void)
{
  g_autoptr (GPtrArray) people = make_people ();
  g_autofree char *table = hub_people_dup_table (people, NOW, 0);

  g_assert_cmpstr (table, ==,
                   "  No.  Name       Device  Here for\n"
                   "    3  Ana        iPhone  12 min\n"
                   "   11  Stra\u00dfe             under 1 min  away\n"
                   "   12  \u5c0f\\x1b[2J  Linux   3 h\n"
                   "   13  bo                 under 1 min\n"
                   "   14  BO                 2 d");
  g_assert_cmpuint (hub_people_count_away (people), ==, 1);
}

/* Where the table is too wide for the window, it is a list. */
static void
test_people_narrow (void)
{
  g_autoptr (GPtrArray) people = make_people ();
  g_autofree char *table = hub_people_dup_table (people, NOW, 0);
  g_autofree char *fits = hub_people_dup_table (people, NOW, 43);
  g_autofree char *narrow = hub_people_dup_table (people, NOW, 42);

  g_assert_cmpstr (fits, ==, table);
  g_assert_cmpstr (narrow, ==,
                   "    3  Ana\n       iPhone, 12 min\n"
                   "   11  Stra\u00dfe\n       under 1 min, away\n"
                   "   12  \u5c0f\\x1b[2J\n       Linux, 3 h\n"
                   "   13  bo\n       under 1 min\n"
                   "   14  BO\n       2 d");
}

static void
test_people_nobody (void)
{
  g_autoptr (GPtrArray) people = g_ptr_array_new ();
  g_autofree char *table = hub_people_dup_table (people, NOW, 0);

  g_assert_cmpstr (table, ==, "  No.  Name  Device  Here for");
  g_assert_cmpuint (hub_people_count_away (people), ==, 0);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/people/find", test_people_find);
  g_test_add_func ("/people/table", test_people_table);
  g_test_add_func ("/people/narrow", test_people_narrow);
  g_test_add_func ("/people/nobody", test_people_nobody);

  return g_test_run ();
}
