/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "base/hub-limits.h"
#include "base/hub-name.h"
#include "base/hub-reserved-name.h"

#include "hub-text-case.h"

#include <json-glib/json-glib.h>
#include <string.h>

static void
check_case (const HubTextCase *test)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *name = NULL;
  gsize size;
  const char *data = g_bytes_get_data (test->in, &size);

  name = hub_name_normalize (data, size, &error);
  if (g_strcmp0 (name, test->out) != 0)
    {
      g_test_message ("%s: got %s", test->why, name != NULL ? name : error->message);
      g_test_fail ();
    }
  if (test->out == NULL)
    {
      g_assert_cmpstr (test->error, ==, "bad");
      g_assert_error (error, HUB_NAME_ERROR, HUB_NAME_ERROR_BAD);
    }
}

static void
test_table (void)
{
  g_autoptr (GPtrArray) cases = hub_text_case_load ("names.json");

  for (guint i = 0; i < cases->len; i++)
    check_case (g_ptr_array_index (cases, i));
}

/* A name that was accepted is accepted again, unchanged. */
static void
test_normalize_twice (void)
{
  g_autoptr (GPtrArray) cases = hub_text_case_load ("names.json");

  for (guint i = 0; i < cases->len; i++)
    {
      const HubTextCase *test = g_ptr_array_index (cases, i);
      g_autofree char *again = NULL;

      if (test->out == NULL)
        continue;

      again = hub_name_normalize (test->out, strlen (test->out), NULL);
      g_assert_cmpstr (again, ==, test->out);
    }
}

static void
test_no_bytes (void)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (hub_name_normalize (NULL, 0, &error));
  g_assert_error (error, HUB_NAME_ERROR, HUB_NAME_ERROR_BAD);
}

static void
test_reads_length_only (void)
{
  g_autofree char *name = hub_name_normalize ("Anabel", 3, NULL);

  g_assert_cmpstr (name, ==, "Ana");
}

/* Compares each look of a group with the first; different ones must differ pairwise. */
static void
check_group (JsonObject *group)
{
  gboolean same = json_object_has_member (group, "same");
  JsonArray *names = json_object_get_array_member (group, same ? "same" : "different");
  g_autofree char *first = hub_name_dup_skeleton (json_array_get_string_element (names, 0));

  g_assert_cmpuint (json_array_get_length (names), >=, 2);
  for (guint i = 1; i < json_array_get_length (names); i++)
    {
      const char *name = json_array_get_string_element (names, i);
      g_autofree char *skeleton = hub_name_dup_skeleton (name);

      if (g_str_equal (skeleton, first) != same)
        {
          g_test_message ("%s: %s (%s, %s)", json_object_get_string_member (group, "why"), name,
                          skeleton, first);
          g_test_fail ();
        }
    }
}

static void
test_skeletons (void)
{
  g_autoptr (JsonParser) parser = json_parser_new_immutable ();
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "base", "skeletons.json", NULL);
  g_autoptr (GError) error = NULL;
  JsonArray *groups;

  json_parser_load_from_file (parser, path, &error);
  g_assert_no_error (error);

  groups = json_node_get_array (json_parser_get_root (parser));
  g_assert_cmpuint (json_array_get_length (groups), >, 0);
  for (guint i = 0; i < json_array_get_length (groups); i++)
    check_group (json_array_get_object_element (groups, i));
}

static void
assert_alike (const char *one, const char *other)
{
  g_autofree char *skeleton_of_one = hub_name_dup_skeleton (one);
  g_autofree char *skeleton_of_other = hub_name_dup_skeleton (other);

  g_assert_cmpstr (skeleton_of_one, ==, skeleton_of_other);
}

/* Case never tells two names of the Latin alphabet apart, though the looks of I and m change. */
static void
test_case_of_latin (void)
{
  for (const char *c = "abcdefghijklmnopqrstuvwxyz"; *c != '\0'; c++)
    {
      char small[] = { 'X', *c, 'x', '\0' };
      char capital[] = { 'X', g_ascii_toupper (*c), 'x', '\0' };

      assert_alike (small, capital);
    }
}

static void
test_reserved (void)
{
  static const struct
  {
    const char *name;
    gboolean is_reserved;
  } cases[] = {
    { "Host", TRUE },
    { "host", TRUE },
    { "HOST", TRUE },
    { "\u041d\u043est", TRUE },
    { "\uff28\uff4f\uff53\uff54", TRUE },
    { "H0st", TRUE },
    { "Hubbub", TRUE },
    { "Server", TRUE },
    { "System", TRUE },
    { "Gastgeber", TRUE },
    { "H\u00f4te", TRUE },
    { "Anfitri\u00f3n", TRUE },
    { "\u0421\u0438\u0441\u0442\u0435\u043c\u0430", TRUE },
    { "\u4e3b\u6301\u4eba", TRUE },
    { "\u30db\u30b9\u30c8", TRUE },
    { "\uff8e\uff7d\uff84", TRUE },
    { "\uc11c\ubc84", TRUE },
    { "\u0645\u06cc\u0632\u0628\u0627\u0646", TRUE },
    { "\u0938\u0930\u094d\u0935\u0930", TRUE },
    { "\u0627\u0644\u0645\u0636\u064a\u0641", TRUE },
    { "ev sahibi", TRUE },
    { "Ana", FALSE },
    { "Hostess Ana", FALSE },
    { "Host 2", FALSE },
    { "\u0633\u0631\u0648\u0631", FALSE }, /* Sorour, and a Persian word for a server */
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *skeleton = hub_name_dup_skeleton (cases[i].name);

      if (hub_reserved_name_matches (skeleton) != cases[i].is_reserved)
        {
          g_test_message ("%s", cases[i].name);
          g_test_fail ();
        }
    }
}

/* The names in use in the tests of suggestions: a set of skeletons. */
static GHashTable *
take_names (const char *const *names)
{
  GHashTable *taken = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (gsize i = 0; names[i] != NULL; i++)
    g_hash_table_add (taken, hub_name_dup_skeleton (names[i]));

  return taken;
}

static gboolean
is_taken (const char *skeleton, gpointer taken)
{
  return g_hash_table_contains (taken, skeleton);
}

static void
test_suggest (void)
{
  static const char *const names[] = { "Ana", "\u0410NA 2", "ana 3", NULL };
  g_autoptr (GHashTable) taken = take_names (names);
  g_autofree char *ana = hub_name_suggest ("Ana", is_taken, taken);
  g_autofree char *bob = hub_name_suggest ("Bob", is_taken, taken);

  g_assert_cmpstr (ana, ==, "Ana 4");
  g_assert_cmpstr (bob, ==, "Bob 2");
}

/* Says "taken" as often as it is told. */
static gboolean
is_taken_for_a_while (const char *skeleton, gpointer times)
{
  return (*(guint *) times)-- > 0;
}

/* A crowd that has all the low numbers is passed in a few steps. */
static void
test_suggest_in_a_crowd (void)
{
  static const struct
  {
    guint times;
    const char *suggestion;
  } cases[] = {
    { 18, "Ana 20" },
    { 19, "Ana 40" },
    { 24, "Ana 1280" },
    { 34, "Ana 1310720" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      guint times = cases[i].times;
      g_autofree char *suggestion = hub_name_suggest ("Ana", is_taken_for_a_while, &times);

      g_assert_cmpstr (suggestion, ==, cases[i].suggestion);
    }
}

typedef struct
{
  GHashTable *taken;
  guint asked;
} Crowd;

static gboolean
is_taken_in_crowd (const char *skeleton, gpointer user_data)
{
  Crowd *crowd = user_data;

  crowd->asked++;
  return g_hash_table_contains (crowd->taken, skeleton);
}

/* Whoever has taken every number that was ever suggested has not taken the next: what a refusal
 * costs stays what it was. */
static void
test_suggest_to_a_crowd (void)
{
  g_autoptr (GHashTable) taken = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  Crowd crowd = { taken, 0 };

  for (guint i = 0; i < 100; i++)
    {
      g_autofree char *suggestion = NULL;

      crowd.asked = 0;
      suggestion = hub_name_suggest ("Ana", is_taken_in_crowd, &crowd);
      g_assert_cmpuint (crowd.asked, <=, 40);
      g_assert_cmpint (g_utf8_strlen (suggestion, -1), <=, HUB_NAME_MAX_CHARS);
      g_hash_table_add (taken, hub_name_dup_skeleton (suggestion));
    }
}

#define FAMILY "\U0001f468\u200d\U0001f469\u200d\U0001f467\u200d\U0001f466"

/* What has to be cut is cut where a reader sees a gap, and stays a name. */
static void
test_suggest_shortens (void)
{
  static const struct
  {
    const char *name;
    const char *suggestion;
  } cases[] = {
    { "abcdefghijklmnopqrstuvwxyzabcdef", "abcdefghijklmnopqrstuvwxyzabcd 2" },
    { "abcdefghijklmnopqrstuvwxyzabcd", "abcdefghijklmnopqrstuvwxyzabcd 2" },
    { "abcdefghijklmnopqrstuvwxyzabc de", "abcdefghijklmnopqrstuvwxyzabc 2" },
    { FAMILY FAMILY FAMILY FAMILY "abcd", FAMILY FAMILY FAMILY FAMILY "ab 2" },
    { "abcdefghijklmnopqrstuvwxy" FAMILY, "abcdefghijklmnopqrstuvwxy 2" },
    { "abcdefghijklmnopqrstuvwxyzabcq\u0301\u0302", "abcdefghijklmnopqrstuvwxyzabc 2" },
    { "\u0645\u06cc abcdefghijklmnopqrstuvwxy\u0645\u06cc\u200c\u062e",
      "\u0645\u06cc abcdefghijklmnopqrstuvwxy\u0645 2" },
  };
  static const char *const names[] = { NULL };
  g_autoptr (GHashTable) taken = take_names (names);

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *normal = hub_name_normalize (cases[i].name, strlen (cases[i].name), NULL);
      g_autofree char *suggestion = NULL;

      g_assert_cmpstr (normal, ==, cases[i].name);
      suggestion = hub_name_suggest (cases[i].name, is_taken, taken);
      g_assert_cmpstr (suggestion, ==, cases[i].suggestion);
      g_assert_cmpint (g_utf8_strlen (suggestion, -1), <=, HUB_NAME_MAX_CHARS);
    }
}

/* 32 conjoining Hangul letters are one grapheme cluster, which then has to be cut inside. */
static void
test_suggest_cuts_a_cluster (void)
{
  static const char *const names[] = { NULL };
  g_autoptr (GHashTable) taken = take_names (names);
  g_autoptr (GString) name = g_string_new (NULL);
  g_autofree char *suggestion = NULL;

  for (guint i = 0; i < HUB_NAME_MAX_CHARS; i++)
    g_string_append (name, "\u1100");
  suggestion = hub_name_suggest (name->str, is_taken, taken);

  g_assert_cmpint (g_utf8_strlen (suggestion, -1), ==, HUB_NAME_MAX_CHARS);
  g_assert_true (g_str_has_suffix (suggestion, "\u1100 2"));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/name/table", test_table);
  g_test_add_func ("/name/normalize-twice", test_normalize_twice);
  g_test_add_func ("/name/no-bytes", test_no_bytes);
  g_test_add_func ("/name/reads-length-only", test_reads_length_only);
  g_test_add_func ("/name/skeletons", test_skeletons);
  g_test_add_func ("/name/case-of-latin", test_case_of_latin);
  g_test_add_func ("/name/reserved", test_reserved);
  g_test_add_func ("/name/suggest", test_suggest);
  g_test_add_func ("/name/suggest-in-a-crowd", test_suggest_in_a_crowd);
  g_test_add_func ("/name/suggest-to-a-crowd", test_suggest_to_a_crowd);
  g_test_add_func ("/name/suggest-shortens", test_suggest_shortens);
  g_test_add_func ("/name/suggest-cuts-a-cluster", test_suggest_cuts_a_cluster);

  return g_test_run ();
}
