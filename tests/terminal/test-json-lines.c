/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "terminal/hub-json-lines.h"

#include "hub-report-fixture.h"

#include <string.h>

/* Tells @reporter of one event; the lines that came of it are returned. */
static const char *
tell (HubReportFixture *fixture,
      HubReporter *reporter,
      HubEventType type,
      const char *name,
      const char *text)
{
  g_autoptr (HubSnapshot) snapshot = hub_report_fixture_snapshot (1, TRUE, 0);
  g_autoptr (HubEvent) event = hub_report_fixture_event (type, name, text);

  hub_reporter_event (reporter, event, snapshot);

  return hub_report_fixture_read (fixture);
}

static void
test_json_lines_ready (void)
{
  g_auto (HubReportFixture) fixture = { 0 };
  g_autoptr (HubSnapshot) snapshot = hub_report_fixture_snapshot (0, TRUE, 0);
  g_autoptr (HubSnapshot) alone = hub_report_fixture_snapshot (0, FALSE, 443);
  HubReporter *reporter;

  hub_report_fixture_init (&fixture, FALSE);
  reporter = hub_json_lines_new (fixture.output);

  hub_reporter_ready (reporter, snapshot);
  g_assert_cmpstr (hub_report_fixture_read (&fixture), ==,
                   "{\"type\":\"ready\",\"urls\":[\"https://192.168.1.5:8443/\","
                   "\"https://attic.local:8443/\"],\"port\":8443,\"fingerprint\":\"AB:CD:EF\","
                   "\"local_url\":null,\"locked\":false,\"code\":null}\n");

  hub_reporter_ready (reporter, alone);
  g_assert_cmpstr (hub_report_fixture_read (&fixture), ==,
                   "{\"type\":\"ready\",\"urls\":[],\"port\":8443,\"fingerprint\":\"AB:CD:EF\","
                   "\"local_url\":null,\"locked\":false,\"code\":null}\n"
                   "{\"type\":\"warning\",\"text\":\"Port 443 is in use, so this chat is on "
                   "8443.\"}\n");

  hub_reporter_stopping (reporter);
  hub_reporter_stopped (reporter);
  g_assert_cmpstr (hub_report_fixture_read (&fixture), ==, "{\"type\":\"stopped\"}\n");
  g_assert_finalize_object (reporter);
}

/* `ready` is the first line, whatever went before. */
static void
test_json_lines_early_warning (void)
{
  g_auto (HubReportFixture) fixture = { 0 };
  g_autoptr (HubSnapshot) snapshot = hub_report_fixture_snapshot (0, FALSE, 0);
  g_autoptr (HubEvent) event = hub_report_fixture_event (HUB_EVENT_WARNING, NULL, "Careful.");
  g_autoptr (HubEvent) waiting = hub_report_fixture_event (HUB_EVENT_PORT_IN_USE, NULL, "Wait.");
  HubReporter *reporter;

  hub_report_fixture_init (&fixture, FALSE);
  reporter = hub_json_lines_new (fixture.output);
  hub_reporter_event (reporter, waiting, NULL);
  hub_reporter_event (reporter, event, NULL);
  g_assert_cmpstr (hub_report_fixture_read (&fixture), ==, "");
  hub_reporter_ready (reporter, snapshot);
  g_assert_cmpstr (hub_report_fixture_read (&fixture), ==,
                   "{\"type\":\"ready\",\"urls\":[],\"port\":8443,\"fingerprint\":\"AB:CD:EF\","
                   "\"local_url\":null,\"locked\":false,\"code\":null}\n"
                   "{\"type\":\"warning\",\"text\":\"Careful.\"}\n");
  g_assert_finalize_object (reporter);

  reporter = hub_json_lines_new (fixture.output);
  hub_reporter_event (reporter, event, NULL);
  g_assert_finalize_object (reporter);
}

/* A reporter that has told that the chat is open. */
static HubReporter *
open_reporter (HubReportFixture *fixture)
{
  g_autoptr (HubSnapshot) snapshot = hub_report_fixture_snapshot (0, FALSE, 0);
  HubReporter *reporter = hub_json_lines_new (fixture->output);

  hub_reporter_ready (reporter, snapshot);
  hub_report_fixture_read (fixture);

  return reporter;
}

static void
test_json_lines_events (void)
{
  static const struct
  {
    HubEventType type;
    const char *name;
    const char *text;
    const char *line;
  } cases[] = {
    { HUB_EVENT_JOINED, "Ana \"x\"", NULL,
      "{\"type\":\"joined\",\"id\":1,\"name\":\"Ana \\\"x\\\"\"}\n" },
    { HUB_EVENT_LEFT, "\u0633\u0627\U0001f600", NULL,
      "{\"type\":\"left\",\"id\":1,\"name\":\"\\u0633\\u0627\\ud83d\\ude00\"}\n" },
    { HUB_EVENT_REMOVED, "Ana", NULL, "{\"type\":\"removed\",\"id\":1,\"name\":\"Ana\"}\n" },
    { HUB_EVENT_LOCKED, NULL, NULL, "{\"type\":\"locked\"}\n" },
    { HUB_EVENT_UNLOCKED, NULL, NULL, "{\"type\":\"unlocked\"}\n" },
    { HUB_EVENT_CODE, NULL, "ABC234", "{\"type\":\"code\",\"code\":\"ABC234\"}\n" },
    { HUB_EVENT_CODE, NULL, NULL, "{\"type\":\"code\",\"code\":null}\n" },
    { HUB_EVENT_STUCK, NULL, NULL, "{\"type\":\"stuck\"}\n" },
    { HUB_EVENT_AWAY, "Ana", NULL, "" },
    { HUB_EVENT_BACK, "Ana", NULL, "" },
    { HUB_EVENT_PLACES, NULL, NULL,
      "{\"type\":\"places\",\"urls\":[\"https://192.168.1.5:8443/\",\"https://"
      "attic.local:8443/\"]}\n" },
    { HUB_EVENT_CERTIFICATE, NULL, NULL,
      "{\"type\":\"certificate\",\"fingerprint\":\"AB:CD:EF\"}\n" },
    { HUB_EVENT_WARNING, NULL, "a\n\033[31m\xc2\x9b\u202e\xff",
      "{\"type\":\"warning\",\"text\":\"a\\n\\u001b[31m\\u009b\\u202e\\ufffd\"}\n" },
  };
  g_auto (HubReportFixture) fixture = { 0 };
  HubReporter *reporter;

  hub_report_fixture_init (&fixture, TRUE);
  reporter = open_reporter (&fixture);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    g_assert_cmpstr (tell (&fixture, reporter, cases[i].type, cases[i].name, cases[i].text), ==,
                     cases[i].line);
  g_assert_finalize_object (reporter);
}

/* Messages are counted, in order with everything else, and never printed. */
static void
test_json_lines_said (void)
{
  g_auto (HubReportFixture) fixture = { 0 };
  HubReporter *reporter;

  hub_report_fixture_init (&fixture, FALSE);
  reporter = open_reporter (&fixture);

  g_assert_cmpstr (tell (&fixture, reporter, HUB_EVENT_SAID, "Ana", "secret"), ==, "");
  g_assert_cmpstr (tell (&fixture, reporter, HUB_EVENT_SAID, "Ana", "secret"), ==, "");
  g_assert_cmpstr (
      tell (&fixture, reporter, HUB_EVENT_LEFT, "Ana", NULL), ==,
      "{\"type\":\"said\",\"count\":2}\n{\"type\":\"left\",\"id\":1,\"name\":\"Ana\"}\n");

  g_assert_cmpstr (tell (&fixture, reporter, HUB_EVENT_SAID, "Ana", "secret"), ==, "");
  g_assert_cmpstr (hub_report_fixture_wait (&fixture, "\n"), ==,
                   "{\"type\":\"said\",\"count\":1}\n");

  g_assert_cmpstr (tell (&fixture, reporter, HUB_EVENT_SAID, "Ana", "secret"), ==, "");
  hub_reporter_stopped (reporter);
  g_assert_cmpstr (hub_report_fixture_read (&fixture), ==,
                   "{\"type\":\"said\",\"count\":1}\n{\"type\":\"stopped\"}\n");

  g_assert_cmpstr (tell (&fixture, reporter, HUB_EVENT_SAID, "Ana", "secret"), ==, "");
  g_assert_finalize_object (reporter);
}

static const char *
ask (HubReportFixture *fixture, HubReporter *reporter, HubAnswer answer, HubSnapshot *snapshot)
{
  hub_reporter_answer (reporter, answer, snapshot);

  return hub_report_fixture_read (fixture);
}

static void
test_json_lines_answers (void)
{
  g_auto (HubReportFixture) fixture = { 0 };
  g_autoptr (HubSnapshot) locked = hub_report_fixture_snapshot_locked ("ABC234");
  g_autoptr (HubSnapshot) alone = hub_report_fixture_snapshot (0, FALSE, 0);
  HubReporter *reporter;

  hub_report_fixture_init (&fixture, FALSE);
  reporter = hub_json_lines_new (fixture.output);
  hub_reporter_ready (reporter, locked);
  g_assert_true (g_str_has_suffix (hub_report_fixture_read (&fixture),
                                   ",\"local_url\":\"http://127.0.0.1:40123/\","
                                   "\"locked\":true,\"code\":\"ABC234\"}\n"));

  g_assert_cmpstr (ask (&fixture, reporter, HUB_ANSWER_PEOPLE, locked), ==,
                   "{\"type\":\"people\",\"count\":2,\"people\":["
                   "{\"id\":1,\"name\":\"Ana\",\"device\":\"iPhone\","
                   "\"joined_at\":1767268800000,\"away\":false},"
                   "{\"id\":12,\"name\":\"\\u001b[2JBo\",\"device\":\"\","
                   "\"joined_at\":1767268800000,\"away\":true}]}\n");
  g_assert_cmpstr (ask (&fixture, reporter, HUB_ANSWER_PEOPLE, alone), ==,
                   "{\"type\":\"people\",\"count\":0,\"people\":[]}\n");
  g_assert_cmpstr (ask (&fixture, reporter, HUB_ANSWER_QR, locked), ==,
                   "{\"type\":\"qr\",\"text\":\"https://192.168.1.5:8443/#ABC234\"}\n");
  g_assert_cmpstr (ask (&fixture, reporter, HUB_ANSWER_QR, alone), ==,
                   "{\"type\":\"qr\",\"text\":null}\n");
  g_assert_true (g_str_has_prefix (ask (&fixture, reporter, HUB_ANSWER_HELP, alone),
                                   "{\"type\":\"help\",\"commands\":[\"help\",\"who\","
                                   "\"remove NUMBER\",\"remove \\\"NAME\\\"\","));

  hub_reporter_refuse (reporter, "Not “so”.");
  g_assert_cmpstr (hub_report_fixture_read (&fixture), ==,
                   "{\"type\":\"error\",\"text\":\"Not \\u201cso\\u201d.\"}\n");
  g_assert_finalize_object (reporter);
}

/* A crowd is listed in full, and who did not read what came meanwhile is told. */
static void
test_json_lines_crowd (void)
{
  g_auto (HubReportFixture) fixture = { 0 };
  g_autoptr (HubSnapshot) crowd = hub_report_fixture_snapshot (20000, FALSE, 0);
  g_autoptr (HubEvent) event = hub_report_fixture_event (HUB_EVENT_LEFT, "Ana", NULL);
  HubReporter *reporter;
  const char *text;

  hub_report_fixture_init (&fixture, FALSE);
  reporter = open_reporter (&fixture);
  hub_reporter_answer (reporter, HUB_ANSWER_PEOPLE, crowd);
  hub_reporter_event (reporter, event, crowd);
  hub_reporter_event (reporter, event, crowd);
  text = hub_report_fixture_wait (&fixture, "\n");
  g_assert_true (g_str_has_prefix (text, "{\"type\":\"people\",\"count\":20000,\"people\":["));
  g_assert_nonnull (strstr (text, "{\"id\":20000,"));
  g_assert_true (g_str_has_suffix (text, "}]}\n"));
  g_assert_cmpuint (strlen (text), >, HUB_OUTPUT_MAX_BYTES);

  hub_reporter_stopped (reporter);
  g_assert_cmpstr (hub_report_fixture_read (&fixture), ==,
                   "{\"type\":\"missed\",\"count\":2}\n{\"type\":\"stopped\"}\n");
  g_assert_finalize_object (reporter);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_unsetenv ("JOURNAL_STREAM");

  g_test_add_func ("/json-lines/ready", test_json_lines_ready);
  g_test_add_func ("/json-lines/early-warning", test_json_lines_early_warning);
  g_test_add_func ("/json-lines/events", test_json_lines_events);
  g_test_add_func ("/json-lines/answers", test_json_lines_answers);
  g_test_add_func ("/json-lines/crowd", test_json_lines_crowd);
  g_test_add_func ("/json-lines/said", test_json_lines_said);

  return g_test_run ();
}
