/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "terminal/hub-console.h"

#include "hub-report-fixture.h"

#include "host/hub-snapshot-private.h"

#include <string.h>

/* Tells @reporter of one event; the lines that came of it are returned. */
static const char *
tell (HubReportFixture *fixture,
      HubReporter *reporter,
      HubEventType type,
      const char *name,
      const char *text)
{
  g_autoptr (HubSnapshot) snapshot = hub_report_fixture_snapshot (3, TRUE, 0);
  g_autoptr (HubEvent) event = hub_report_fixture_event (type, name, text);

  hub_reporter_event (reporter, event, snapshot);

  return hub_report_fixture_read (fixture);
}

/* Without the escapes that draw the code. */
static char *
strip_colours (const char *text)
{
  g_autoptr (GRegex) regex = g_regex_new ("\033\\[(0|38;5;16;48;5;231)m", 0, 0, NULL);

  return g_regex_replace_literal (regex, text, -1, 0, "", 0, NULL);
}

static void
test_console_ready (gconstpointer data)
{
  gboolean on_terminal = GPOINTER_TO_INT (data);
  g_auto (HubReportFixture) fixture = { 0 };
  g_autoptr (HubSnapshot) snapshot = hub_report_fixture_snapshot (0, TRUE, 0);
  g_autofree char *text = NULL;
  HubReporter *reporter;

  hub_report_fixture_init (&fixture, on_terminal);
  reporter = hub_console_new (fixture.output, FALSE, FALSE);
  hub_reporter_ready (reporter, snapshot);

  hub_report_fixture_read (&fixture);
  g_assert_cmpint (strstr (fixture.read->str, "\033[38;5;16;48;5;231m") != NULL, ==, on_terminal);
  text = strip_colours (fixture.read->str);
  g_assert_true (
      g_str_has_prefix (text, "Chat on \\x1b[1mAttic is open. Others on this network join at:\n"
                              "  https://192.168.1.5:8443/  Wi-Fi (wlan0)\n"
                              "  https://attic.local:8443/  Name\n\n"));
  g_assert_nonnull (strstr (text, "\u2580"));
  g_assert_nonnull (strstr (text, "(SHA-256):\n  AB:CD:EF\n"));
  g_assert_cmpint (strstr (text, "Ctrl+C") != NULL, ==, on_terminal);
  g_assert_null (strchr (text, '\033'));

  hub_reporter_stopping (reporter);
  hub_reporter_stopped (reporter);
  g_assert_true (g_str_has_suffix (hub_report_fixture_read (&fixture), "  The chat has ended.\n"));
  g_assert_finalize_object (reporter);
}

/* A terminal that obeys no escapes gets none. */
static void
test_console_ready_dumb (void)
{
  g_auto (HubReportFixture) fixture = { 0 };
  g_autoptr (HubSnapshot) snapshot = hub_report_fixture_snapshot (0, TRUE, 0);
  HubReporter *reporter;
  const char *text;

  g_setenv ("TERM", "dumb", TRUE);
  hub_report_fixture_init (&fixture, TRUE);
  reporter = hub_console_new (fixture.output, FALSE, FALSE);
  hub_reporter_ready (reporter, snapshot);
  text = hub_report_fixture_read (&fixture);
  g_assert_nonnull (strstr (text, "\u2580"));
  g_assert_null (strchr (text, '\033'));
  g_assert_finalize_object (reporter);
  g_setenv ("TERM", "xterm", TRUE);
}

static void
test_console_ready_alone (void)
{
  g_auto (HubReportFixture) fixture = { 0 };
  g_autoptr (HubSnapshot) snapshot = hub_report_fixture_snapshot (0, FALSE, 443);
  g_autoptr (HubEvent) warning = hub_report_fixture_event (HUB_EVENT_WARNING, NULL, "Careful.");
  HubReporter *reporter;
  const char *text;

  hub_report_fixture_init (&fixture, TRUE);
  reporter = hub_console_new (fixture.output, FALSE, FALSE);
  hub_reporter_event (reporter, warning, NULL);
  g_assert_cmpstr (hub_report_fixture_read (&fixture), ==, "12:00:00  Warning: Careful.\n");
  hub_reporter_ready (reporter, snapshot);
  text = hub_report_fixture_read (&fixture);
  g_assert_true (g_str_has_prefix (text, "Port 443 is in use, so this chat is on 8443.\n"));
  g_assert_nonnull (strstr (text, "  No network: nobody else can reach this computer yet.\n"));
  g_assert_null (strstr (text, "\u2580"));

  /* The network comes: addresses and a code. It comes again with the same: no second code. */
  text = tell (&fixture, reporter, HUB_EVENT_PLACES, NULL, NULL);
  g_assert_nonnull (strstr (text, "12:00:00  The addresses changed. Others now join at:\n"
                                  "  https://192.168.1.5:8443/  Wi-Fi (wlan0)\n"));
  g_assert_nonnull (strstr (text, "\u2580"));
  text = tell (&fixture, reporter, HUB_EVENT_PLACES, NULL, NULL);
  g_assert_null (strstr (text, "\u2580"));
  g_assert_finalize_object (reporter);
}

typedef struct
{
  gboolean on_terminal;
  gboolean log_names;
} Way;

static const Way on_terminal = { TRUE, FALSE };
static const Way on_pipe = { FALSE, FALSE };
static const Way on_pipe_named = { FALSE, TRUE };

#define HOSTILE "{here}\033]0;x\a\u202e"
#define ESCAPED "{here}\\x1b]0;x\\x07\\u202e"

/* One line an event; what it says of guests depends on who can read it. */
static void
test_console_events (gconstpointer data)
{
  const Way *way = data;
  static const struct
  {
    HubEventType type;
    const char *name;
    const char *text;
    const char *named;
    const char *unnamed;
  } cases[] = {
    { HUB_EVENT_JOINED, "Ana", NULL, "Ana joined (3 here)\n", "A guest joined (3 here)\n" },
    { HUB_EVENT_LEFT, HOSTILE, NULL, ESCAPED " left (3 here)\n", "A guest left (3 here)\n" },
    { HUB_EVENT_AWAY, "Ana", NULL, "Ana lost the connection\n", "A guest lost the connection\n" },
    { HUB_EVENT_BACK, "Ana", NULL, "Ana is back\n", "A guest is back\n" },
    { HUB_EVENT_WARNING, NULL, "x\ny\033", "Warning: x\\x0ay\\x1b\n", "Warning: x\\x0ay\\x1b\n" },
    { HUB_EVENT_PORT_IN_USE, NULL, "Port\033", "Port\\x1b\n", "Port\\x1b\n" },
    { HUB_EVENT_CERTIFICATE, NULL, NULL,
      "A new certificate is in use. Browsers will warn once more.\n"
      "Fingerprint of the certificate (SHA-256):\n  AB:CD:EF\n",
      "A new certificate is in use. Browsers will warn once more.\n"
      "Fingerprint of the certificate (SHA-256):\n  AB:CD:EF\n" },
  };
  g_auto (HubReportFixture) fixture = { 0 };
  HubReporter *reporter;

  hub_report_fixture_init (&fixture, way->on_terminal);
  reporter = hub_console_new (fixture.output, way->log_names, FALSE);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      gboolean named = way->on_terminal || way->log_names;
      g_autofree char *expected
          = g_strconcat ("12:00:00  ", named ? cases[i].named : cases[i].unnamed, NULL);

      g_assert_cmpstr (tell (&fixture, reporter, cases[i].type, cases[i].name, cases[i].text), ==,
                       expected);
    }
  g_assert_finalize_object (reporter);
}

/* A line that the terminal would break is broken before that, also where a guest counts on it. */
static void
test_console_said_long (void)
{
  g_auto (HubReportFixture) fixture = { 0 };
  g_autofree char *text = g_strdup_printf ("%s%*s12:00:00  Bob joined (4 here)", "hi", 63, "");
  g_autofree char *wide = g_strnfill (70, 'x');
  g_autofree char *name = g_strnfill (60, 'n');
  const char *printed;
  HubReporter *reporter;

  hub_report_fixture_init (&fixture, TRUE);
  reporter = hub_console_new (fixture.output, FALSE, FALSE);
  printed = tell (&fixture, reporter, HUB_EVENT_SAID, "Ana", text);
  g_assert_true (g_str_has_prefix (printed, "12:00:00  Ana: hi"));
  g_assert_true (g_str_has_suffix (printed, "\n          12:00:00  Bob joined (4 here)\n"));

  /* Beside a name that leaves no room nothing is said. */
  printed = tell (&fixture, reporter, HUB_EVENT_SAID, name, wide);
  g_assert_true (g_str_has_prefix (printed, "12:00:00  nnn"));
  g_assert_nonnull (strstr (printed, ": \n          xxx"));
  g_assert_finalize_object (reporter);
}

static void
test_console_said (void)
{
  g_auto (HubReportFixture) fixture = { 0 };
  HubReporter *reporter;

  hub_report_fixture_init (&fixture, TRUE);
  reporter = hub_console_new (fixture.output, FALSE, FALSE);
  g_assert_cmpstr (tell (&fixture, reporter, HUB_EVENT_SAID, "Ana", "hi"), ==,
                   "12:00:00  Ana: hi\n");
  g_assert_cmpstr (tell (&fixture, reporter, HUB_EVENT_SAID, "Ana",
                         "a\tb\n12:00:00  Bob joined (4 here)\n\033[2J"),
                   ==,
                   "12:00:00  Ana: a b\n          12:00:00  Bob joined (4 here)\n"
                   "          \\x1b[2J\n");
  g_assert_finalize_object (reporter);
}

/* Off a terminal messages are counted, with names allowed too. */
static void
test_console_said_elsewhere (void)
{
  g_auto (HubReportFixture) fixture = { 0 };
  HubReporter *reporter;
  const char *text;

  hub_report_fixture_init (&fixture, FALSE);
  reporter = hub_console_new (fixture.output, TRUE, FALSE);
  g_assert_cmpstr (tell (&fixture, reporter, HUB_EVENT_SAID, "Ana", "secret"), ==, "");
  g_assert_cmpstr (tell (&fixture, reporter, HUB_EVENT_SAID, "Ana", "secret"), ==, "");
  text = tell (&fixture, reporter, HUB_EVENT_LEFT, "Ana", NULL);
  g_assert_nonnull (strstr (text, "  2 messages\n12:00:00  Ana left (3 here)\n"));

  g_assert_cmpstr (tell (&fixture, reporter, HUB_EVENT_SAID, "Ana", "secret"), ==, "");
  text = hub_report_fixture_wait (&fixture, "\n");
  g_assert_true (g_str_has_suffix (text, "  1 message\n"));

  g_assert_cmpstr (tell (&fixture, reporter, HUB_EVENT_SAID, "Ana", "secret"), ==, "");
  g_assert_finalize_object (reporter);
}

/* What the host's own commands come to, and what else is new to the host. */
static void
test_console_rules (gconstpointer data)
{
  const Way *way = data;
  gboolean named = way->on_terminal || way->log_names;
  g_auto (HubReportFixture) fixture = { 0 };
  HubReporter *reporter;
  const char *text;

  hub_report_fixture_init (&fixture, way->on_terminal);
  if (way->on_terminal)
    hub_report_fixture_set_columns (&fixture, 100);
  reporter = hub_console_new (fixture.output, way->log_names, TRUE);

  text = tell (&fixture, reporter, HUB_EVENT_REMOVED, HOSTILE, NULL);
  g_assert_true (g_str_has_prefix (text, named ? "12:00:00  " ESCAPED " was removed (3 here)\n"
                                               : "12:00:00  A guest was removed (3 here)\n"));
  g_assert_nonnull (strstr (text, "\n          Others behind the same address are kept out too.\n"
                                  "          Type code to ask"));
  g_assert_cmpstr (tell (&fixture, reporter, HUB_EVENT_LOCKED, NULL, NULL), ==,
                   "12:00:00  Locked. People who are here can stay and come back; nobody new can "
                   "join.\n");
  g_assert_cmpstr (tell (&fixture, reporter, HUB_EVENT_UNLOCKED, NULL, NULL), ==,
                   "12:00:00  Unlocked. Everybody can join.\n");
  g_assert_cmpstr (tell (&fixture, reporter, HUB_EVENT_CODE, NULL, NULL), ==,
                   "12:00:00  No code is asked for.\n");
  /* Once in a while is enough. */
  g_assert_cmpstr (tell (&fixture, reporter, HUB_EVENT_STUCK, NULL, NULL), ==,
                   "12:00:00  A device stopped at its browser\u2019s security page.\n"
                   "          iPhone: Show Details, then visit this website.\n"
                   "          Android: Advanced, then Proceed.\n");
  g_assert_cmpstr (tell (&fixture, reporter, HUB_EVENT_STUCK, NULL, NULL), ==, "");
  g_assert_finalize_object (reporter);
}

static const char *
ask (HubReportFixture *fixture, HubReporter *reporter, HubAnswer answer, HubSnapshot *snapshot)
{
  hub_reporter_answer (reporter, answer, snapshot);

  return hub_report_fixture_read (fixture);
}

/* `who`: names where names may be, else how many. */
static void
test_console_people (gconstpointer data)
{
  const Way *way = data;
  g_auto (HubReportFixture) fixture = { 0 };
  g_autoptr (HubSnapshot) snapshot = hub_report_fixture_snapshot_locked (NULL);
  g_autoptr (HubSnapshot) nobody = hub_report_fixture_snapshot (0, FALSE, 0);
  HubReporter *reporter;
  const char *text;

  hub_report_fixture_init (&fixture, way->on_terminal);
  reporter = hub_console_new (fixture.output, way->log_names, TRUE);
  text = ask (&fixture, reporter, HUB_ANSWER_PEOPLE, snapshot);
  if (way->on_terminal || way->log_names)
    {
      g_assert_nonnull (strstr (text, "\n    1  Ana        iPhone  "));
      g_assert_nonnull (strstr (text, "\n   12  \\x1b[2JBo          "));
      g_assert_true (g_str_has_suffix (text, "  away\n"));
    }
  else
    {
      g_assert_cmpstr (text, ==, "2 here, 1 of them away\n");
    }
  g_assert_cmpstr (ask (&fixture, reporter, HUB_ANSWER_PEOPLE, nobody), ==, "0 here\n");
  g_assert_finalize_object (reporter);
}

/* A code is shown with the QR code that carries it: as text everywhere, large on a terminal. */
static void
test_console_code (gconstpointer data)
{
  gboolean is_terminal = GPOINTER_TO_INT (data);
  g_auto (HubReportFixture) fixture = { 0 };
  g_autoptr (HubSnapshot) snapshot = hub_report_fixture_snapshot_locked ("ABC234");
  g_autoptr (HubEvent) event = hub_report_fixture_event (HUB_EVENT_CODE, NULL, "ABC234");
  g_autoptr (HubEvent) removed = hub_report_fixture_event (HUB_EVENT_REMOVED, "Ana", NULL);
  HubReporter *reporter;
  const char *text;

  hub_report_fixture_init (&fixture, is_terminal);
  reporter = hub_console_new (fixture.output, FALSE, is_terminal);
  hub_reporter_ready (reporter, snapshot);
  text = hub_report_fixture_read (&fixture);
  g_assert_nonnull (strstr (text, "\n  http://127.0.0.1:40123/\n"));
  g_assert_nonnull (strstr (text, "\nCode to join: ABC234\n"));
  g_assert_cmpint (strstr (text, " \u2584\u2580\u2580\u2580\u2584 ") != NULL, ==, is_terminal);
  g_assert_cmpint (strstr (text, "\nType help for what") != NULL, ==, is_terminal);

  hub_reporter_event (reporter, event, snapshot);
  text = hub_report_fixture_read (&fixture);
  g_assert_true (g_str_has_prefix (text, "12:00:00  Whoever joins is asked for a code. "));
  g_assert_nonnull (strstr (text, "\u2588\u2580"));
  g_assert_true (g_str_has_suffix (text, "\nCode to join: ABC234\n"));

  text = ask (&fixture, reporter, HUB_ANSWER_QR, snapshot);
  g_assert_true (g_str_has_prefix (text, "  https://192.168.1.5:8443/  Wi-Fi (wlan0)\n"));
  g_assert_true (g_str_has_suffix (text, "\nCode to join: ABC234\n"
                                         "The room is locked: nobody new can join. Type unlock to "
                                         "let people in.\n"));

  hub_reporter_event (reporter, removed, snapshot);
  g_assert_nonnull (strstr (hub_report_fixture_read (&fixture), "Type code new for another"));
  g_assert_finalize_object (reporter);
}

/* There is a code before there is a network. */
static void
test_console_code_alone (void)
{
  HubSnapshotParts parts = {
    .room_name = "Chat",
    .port = 8443,
    .places = g_ptr_array_new (),
    .fingerprint = "AB:CD:EF",
    .code = "ABC234",
    .people = g_ptr_array_new (),
  };
  g_auto (HubReportFixture) fixture = { 0 };
  g_autoptr (HubSnapshot) snapshot = hub_snapshot_new (&parts);
  HubReporter *reporter;

  hub_report_fixture_init (&fixture, FALSE);
  reporter = hub_console_new (fixture.output, FALSE, FALSE);
  hub_reporter_ready (reporter, snapshot);
  g_assert_nonnull (strstr (hub_report_fixture_read (&fixture), "\nCode to join: ABC234\n"));
  g_assert_finalize_object (reporter);
}

/* In a narrow window no word is broken, nor does a guest's name reach the first column. */
static void
test_console_narrow (void)
{
  g_auto (HubReportFixture) fixture = { 0 };
  g_autoptr (HubSnapshot) locked = hub_report_fixture_snapshot_locked (NULL);
  HubReporter *reporter;

  hub_report_fixture_init (&fixture, TRUE);
  hub_report_fixture_set_columns (&fixture, 40);
  reporter = hub_console_new (fixture.output, FALSE, TRUE);
  g_assert_cmpstr (tell (&fixture, reporter, HUB_EVENT_LOCKED, NULL, NULL), ==,
                   "12:00:00  Locked. People who are here\n"
                   "          can stay and come back; nobody\n"
                   "          new can join.\n");
  g_assert_cmpstr (tell (&fixture, reporter, HUB_EVENT_JOINED, "A name of twenty Bo joined", NULL),
                   ==,
                   "12:00:00  A name of twenty Bo joined\n"
                   "          joined (3 here)\n");
  hub_report_fixture_set_columns (&fixture, 30);
  hub_reporter_answer (reporter, HUB_ANSWER_PEOPLE, locked);
  g_assert_nonnull (strstr (hub_report_fixture_read (&fixture), "    1  Ana\n       iPhone, "));
  hub_report_fixture_set_columns (&fixture, 40);
  hub_reporter_answer (reporter, HUB_ANSWER_HELP, locked);
  g_assert_true (g_str_has_prefix (hub_report_fixture_read (&fixture),
                                   "  help             show this list\n"
                                   "  who              show who is here,\n"
                                   "                   each with a number\n"));
  g_assert_finalize_object (reporter);
}

static void
test_console_help (void)
{
  g_auto (HubReportFixture) fixture = { 0 };
  g_autoptr (HubSnapshot) snapshot = hub_report_fixture_snapshot (0, FALSE, 0);
  HubReporter *reporter;

  hub_report_fixture_init (&fixture, TRUE);
  reporter = hub_console_new (fixture.output, FALSE, TRUE);
  g_assert_nonnull (strstr (ask (&fixture, reporter, HUB_ANSWER_HELP, snapshot), "\n  code new "));
  hub_reporter_refuse (reporter, "Not so.");
  g_assert_cmpstr (hub_report_fixture_read (&fixture), ==, "Not so.\n");
  g_assert_finalize_object (reporter);
}

int
main (int argc, char *argv[])
{
  g_setenv ("TZ", "UTC", TRUE);
  g_setenv ("TERM", "xterm", TRUE);
  g_test_init (&argc, &argv, NULL);
  g_unsetenv ("JOURNAL_STREAM");

  g_test_add_data_func ("/console/ready/terminal", GINT_TO_POINTER (TRUE), test_console_ready);
  g_test_add_data_func ("/console/ready/pipe", GINT_TO_POINTER (FALSE), test_console_ready);
  g_test_add_func ("/console/ready/dumb", test_console_ready_dumb);
  g_test_add_func ("/console/ready/alone", test_console_ready_alone);
  g_test_add_data_func ("/console/events/terminal", &on_terminal, test_console_events);
  g_test_add_data_func ("/console/events/pipe", &on_pipe, test_console_events);
  g_test_add_data_func ("/console/events/pipe-named", &on_pipe_named, test_console_events);
  g_test_add_data_func ("/console/rules/terminal", &on_terminal, test_console_rules);
  g_test_add_data_func ("/console/rules/pipe", &on_pipe, test_console_rules);
  g_test_add_data_func ("/console/rules/pipe-named", &on_pipe_named, test_console_rules);
  g_test_add_data_func ("/console/people/terminal", &on_terminal, test_console_people);
  g_test_add_data_func ("/console/people/pipe", &on_pipe, test_console_people);
  g_test_add_data_func ("/console/people/pipe-named", &on_pipe_named, test_console_people);
  g_test_add_data_func ("/console/code/terminal", GINT_TO_POINTER (TRUE), test_console_code);
  g_test_add_data_func ("/console/code/pipe", GINT_TO_POINTER (FALSE), test_console_code);
  g_test_add_func ("/console/code/alone", test_console_code_alone);
  g_test_add_func ("/console/narrow", test_console_narrow);
  g_test_add_func ("/console/help", test_console_help);
  g_test_add_func ("/console/said", test_console_said);
  g_test_add_func ("/console/said-long", test_console_said_long);
  g_test_add_func ("/console/said-elsewhere", test_console_said_elsewhere);

  return g_test_run ();
}
