/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "terminal/hub-prose.h"

#include "hub-report-fixture.h"

static const char *
print (HubReportFixture *fixture, guint columns, const char *start, const char *text)
{
  hub_report_fixture_set_columns (fixture, columns);
  hub_prose_print (fixture->output, start, text);

  return hub_report_fixture_read (fixture);
}

static void
test_prose_terminal (void)
{
  static const struct
  {
    guint columns;
    const char *start;
    const char *text;
    const char *printed;
  } cases[] = {
    { 20, "", "", "\n" },
    { 20, "", "12345678901234567890", "12345678901234567890\n" },
    { 20, "", "one two three four five six", "one two three four\nfive six\n" },
    { 20, "> ", "one two three four five", "> one two three four\n  five\n" },
    { 20, "  ", "one\ntwo three four five six", "  one\n  two three four\n  five six\n" },
    /* There is room for a word in any case. */
    { 3, "--> ", "one two three four", "--> one two three\n    four\n" },
    /* How wide it is nobody says. */
    { 0, "> ", "one two three four five", "> one two three four five\n" },
  };
  g_auto (HubReportFixture) fixture = { 0 };

  hub_report_fixture_init (&fixture, TRUE);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    g_assert_cmpstr (print (&fixture, cases[i].columns, cases[i].start, cases[i].text), ==,
                     cases[i].printed);
}

/* Programs that read lines get them whole. */
static void
test_prose_pipe (void)
{
  g_auto (HubReportFixture) fixture = { 0 };
  g_autofree char *text = g_strnfill (3000, 'x');
  g_autofree char *line = g_strdup_printf ("> %s\n", text);

  hub_report_fixture_init (&fixture, FALSE);
  hub_prose_print (fixture.output, "> ", text);
  g_assert_cmpstr (hub_report_fixture_read (&fixture), ==, line);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/prose/terminal", test_prose_terminal);
  g_test_add_func ("/prose/pipe", test_prose_pipe);

  return g_test_run ();
}
