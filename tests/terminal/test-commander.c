/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "terminal/hub-commander.h"

#include "../host/hub-host-fixture.h"
#include "../host/hub-host-guest.h"

#include <string.h>

/* A reporter that remembers what it was asked to answer: "help ", "people ", "qr ", "!sentence ". */
#define TEST_TYPE_NOTES (test_notes_get_type ())
G_DECLARE_FINAL_TYPE (TestNotes, test_notes, TEST, NOTES, GObject)

struct _TestNotes
{
  GObject parent_instance;

  GString *text;
};

static void test_notes_reporter_init (HubReporterInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (TestNotes,
                               test_notes,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (HUB_TYPE_REPORTER, test_notes_reporter_init))

static void
test_notes_answer (HubReporter *reporter, HubAnswer answer, HubSnapshot *snapshot)
{
  const char *const words[]
      = { [HUB_ANSWER_HELP] = "help ", [HUB_ANSWER_PEOPLE] = "people ", [HUB_ANSWER_QR] = "qr " };

  g_assert_nonnull (snapshot);
  g_string_append (TEST_NOTES (reporter)->text, words[answer]);
}

static void
test_notes_refuse (HubReporter *reporter, const char *sentence)
{
  g_string_append_printf (TEST_NOTES (reporter)->text, "!%s ", sentence);
}

static void
test_notes_reporter_init (HubReporterInterface *iface)
{
  iface->answer = test_notes_answer;
  iface->refuse = test_notes_refuse;
}

static void
test_notes_finalize (GObject *object)
{
  g_string_free (TEST_NOTES (object)->text, TRUE);

  G_OBJECT_CLASS (test_notes_parent_class)->finalize (object);
}

static void
test_notes_class_init (TestNotesClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = test_notes_finalize;
}

static void
test_notes_init (TestNotes *self)
{
  self->text = g_string_new (NULL);
}

typedef struct
{
  HubHostFixture chat;
  TestNotes *notes;
  HubCommander *commander;
} Fixture;

static void
fixture_set_up (Fixture *self, gconstpointer data)
{
  hub_host_fixture_init (&self->chat);
  hub_host_fixture_start (&self->chat);
  self->notes = g_object_new (TEST_TYPE_NOTES, NULL);
  self->commander = hub_commander_new (self->chat.host, HUB_REPORTER (self->notes));
}

static void
fixture_tear_down (Fixture *self, gconstpointer data)
{
  g_assert_finalize_object (self->commander);
  g_assert_finalize_object (self->notes);
  hub_host_fixture_clear (&self->chat);
}

/* Returns: what the reporter was asked for because of @line */
static const char *
execute (Fixture *self, const char *line)
{
  g_string_truncate (self->notes->text, 0);
  hub_commander_execute (self->commander, line, strlen (line));

  return self->notes->text->str;
}

static void
test_commander_answers (Fixture *self, gconstpointer data)
{
  g_assert_cmpstr (execute (self, "help"), ==, "help ");
  g_assert_cmpstr (execute (self, "who"), ==, "people ");
  g_assert_cmpstr (execute (self, "qr"), ==, "qr ");
  g_assert_cmpstr (execute (self, ""), ==, "");
  g_assert_true (g_str_has_prefix (execute (self, "nonsense"), "!This is not a command."));
  g_assert_true (g_str_has_prefix (execute (self, "remove 5"), "!Nobody here has this number."));
  g_assert_true (g_str_has_prefix (execute (self, "remove Ana"), "!Nobody here has this name."));
}

/* What changes something is answered by the event, each in its order, also where nothing changes. */
static void
test_commander_rules (Fixture *self, gconstpointer data)
{
  g_assert_cmpstr (execute (self, "lock"), ==, "");
  execute (self, "lock");
  execute (self, "unlock");
  hub_host_fixture_wait_for_told (&self->chat, "<locked> <locked> <unlocked> ");
  g_assert_false (hub_snapshot_is_locked (hub_host_get_snapshot (self->chat.host)));

  g_string_truncate (self->chat.told, 0);
  execute (self, "code off");
  execute (self, "code");
  execute (self, "code");
  execute (self, "code new");
  execute (self, "lock");
  hub_host_fixture_wait_for_told (&self->chat, "<locked> ");
  g_test_message ("%s", self->chat.told->str);
  g_assert_true (
      g_regex_match_simple ("^<code> <code>(\\w{6}) <code>\\1 <code>(?!\\1)\\w{6} <locked> $",
                            self->chat.told->str, 0, 0));
  g_assert_nonnull (hub_snapshot_get_code (hub_host_get_snapshot (self->chat.host)));
}

static void
test_commander_remove (Fixture *self, gconstpointer data)
{
  HubCrowdSocket *socket = hub_host_guest_join (hub_host_fixture_get_port (&self->chat), "Ana");

  hub_host_fixture_wait_for_told (&self->chat, "+Ana ");
  g_assert_cmpstr (execute (self, "remove ana"), ==, "");
  hub_host_fixture_wait_for_told (&self->chat, "#Ana ");
  hub_host_guest_wait_for_end (socket);
  hub_crowd_socket_free (socket);
  g_assert_cmpuint (hub_snapshot_get_people (hub_host_get_snapshot (self->chat.host))->len, ==, 0);
}

static void
test_commander_quit (Fixture *self, gconstpointer data)
{
  g_assert_cmpstr (execute (self, "quit"), ==, "");
  hub_host_fixture_wait_for_state (&self->chat, HUB_HOST_STOPPED);
}

#define ADD(path, func) g_test_add (path, Fixture, NULL, fixture_set_up, func, fixture_tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  ADD ("/commander/answers", test_commander_answers);
  ADD ("/commander/rules", test_commander_rules);
  ADD ("/commander/remove", test_commander_remove);
  ADD ("/commander/quit", test_commander_quit);

  return g_test_run ();
}
