/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* What the host decides, across the threads and over the network. */
#include "hub-host-fixture.h"
#include "hub-host-guest.h"

#include <string.h>

static void
assert_refused (HubHostFixture *f, const char *name, const char *more, const char *code)
{
  g_autoptr (HubCrowdSocket) socket
      = hub_host_guest_hello (hub_host_fixture_get_port (f), name, more);
  g_autofree char *refused = hub_host_guest_wait_for (socket, "refused");
  g_autofree char *part = g_strdup_printf ("\"code\":\"%s\"", code);

  g_assert_nonnull (strstr (refused, part));
}

static void
test_lock (void)
{
  HubHostFixture f;
  g_autoptr (HubCrowdSocket) ana = NULL;
  g_autoptr (HubCrowdSocket) bob = NULL;
  g_autofree char *room = NULL;

  hub_host_fixture_init (&f);
  hub_host_fixture_start (&f);
  g_assert_false (hub_snapshot_is_locked (hub_host_get_snapshot (f.host)));
  ana = hub_host_guest_join (hub_host_fixture_get_port (&f), "Ana");
  hub_host_set_locked (f.host, TRUE);
  hub_host_fixture_wait_for_told (&f, "<locked> ");
  g_assert_true (hub_snapshot_is_locked (hub_host_get_snapshot (f.host)));
  room = hub_host_guest_wait_for (ana, "room");
  g_assert_nonnull (strstr (room, "\"locked\":true"));
  assert_refused (&f, "Bob", "", "locked");

  hub_host_set_locked (f.host, FALSE);
  hub_host_fixture_wait_for_told (&f, "<unlocked> ");
  g_assert_false (hub_snapshot_is_locked (hub_host_get_snapshot (f.host)));
  bob = hub_host_guest_join (hub_host_fixture_get_port (&f), "Bob");
  hub_host_fixture_clear (&f);
}

/* Not for a moment open. */
static void
test_locked_from_start (void)
{
  HubHostFixture f;

  hub_host_fixture_init (&f);
  f.settings->is_locked = TRUE;
  hub_host_fixture_start (&f);
  g_assert_true (hub_snapshot_is_locked (hub_host_get_snapshot (f.host)));
  assert_refused (&f, "Bob", "", "locked");
  hub_host_fixture_clear (&f);
}

static void
test_code (void)
{
  HubHostFixture f;
  g_autoptr (HubCrowdSocket) ana = NULL;
  g_autofree char *first = NULL;
  g_autofree char *more = NULL;
  g_autofree char *invitation = NULL;

  hub_host_fixture_init (&f);
  f.settings->ask_code = TRUE;
  hub_host_fixture_start (&f);
  first = g_strdup (hub_snapshot_get_code (hub_host_get_snapshot (f.host)));
  g_assert_nonnull (first);
  g_assert_cmpstr (f.told->str, ==, "");
  invitation = hub_snapshot_dup_invitation (hub_host_get_snapshot (f.host), "https://x/");
  g_assert_true (g_str_has_suffix (invitation, first));

  assert_refused (&f, "Ana", "", "code");
  more = g_strdup_printf (",\"code\":\"%s\"", first);
  ana = hub_host_guest_hello (hub_host_fixture_get_port (&f), "Ana", more);
  g_free (hub_host_guest_wait_for (ana, "welcome"));

  hub_host_ask_code (f.host, HUB_CODE_NEW);
  hub_host_fixture_wait_for_told (&f, "<code>");
  g_assert_cmpstr (hub_snapshot_get_code (hub_host_get_snapshot (f.host)), !=, first);
  assert_refused (&f, "Bob", more, "code");

  hub_host_ask_code (f.host, HUB_CODE_OFF);
  hub_host_fixture_wait_for_told (&f, "<code> ");
  g_assert_null (hub_snapshot_get_code (hub_host_get_snapshot (f.host)));
  hub_host_fixture_clear (&f);
}

static void
test_remove (void)
{
  HubHostFixture f;
  g_autoptr (HubCrowdSocket) ana = NULL;
  g_autofree char *ended = NULL;
  const HubPerson *person;

  hub_host_fixture_init (&f);
  hub_host_fixture_start (&f);
  ana = hub_host_guest_join (hub_host_fixture_get_port (&f), "Ana");
  hub_host_fixture_wait_for_told (&f, "+Ana ");
  person = g_ptr_array_index (hub_snapshot_get_people (hub_host_get_snapshot (f.host)), 0);
  hub_host_remove (f.host, person->id + 1);
  hub_host_remove (f.host, person->id);
  hub_host_remove (f.host, person->id);
  ended = hub_host_guest_wait_for (ana, "ended");
  g_assert_cmpstr (ended, ==, "{\"type\":\"ended\",\"why\":\"removed\"}");
  hub_host_guest_wait_for_end (ana);
  hub_host_fixture_wait_for_told (&f, "#Ana ");
  g_assert_cmpstr (f.told->str, ==, "+Ana #Ana ");
  g_assert_cmpuint (hub_snapshot_get_people (hub_host_get_snapshot (f.host))->len, ==, 0);
  assert_refused (&f, "Ana", "", "removed");

  /* Another chat is another room. */
  hub_host_fixture_stop (&f);
  hub_host_fixture_start (&f);
  g_clear_pointer (&ana, hub_crowd_socket_free);
  ana = hub_host_guest_join (hub_host_fixture_get_port (&f), "Ana");
  hub_host_fixture_clear (&f);
}

static void
decide (HubHostFixture *f)
{
  hub_host_remove (f->host, 1);
  hub_host_set_locked (f->host, TRUE);
  hub_host_ask_code (f->host, HUB_CODE_NEW);
}

typedef struct
{
  HubHostFixture chat;
  GString *seen; /* what had been told at each `decided`, "|" behind each */
} Decisions;

static void
on_host_decided (HubHost *host, Decisions *self)
{
  g_string_append_printf (self->seen, "%s|", self->chat.told->str);
  g_string_truncate (self->chat.told, 0);
}

/* Each decision is told of as it is decided, whatever else is on its way; then it is said to be done,
 * also where nothing came of it. */
static void
test_decided (void)
{
  Decisions self = { .seen = g_string_new (NULL) };

  hub_host_fixture_init (&self.chat);
  g_signal_connect (self.chat.host, "decided", G_CALLBACK (on_host_decided), &self);
  hub_host_fixture_start (&self.chat);
  hub_host_set_locked (self.chat.host, TRUE);
  hub_host_remove (self.chat.host, 4711);
  hub_host_set_locked (self.chat.host, FALSE);
  hub_host_ask_code (self.chat.host, HUB_CODE_OFF);
  while (strstr (self.seen->str, "<code> |") == NULL)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpstr (self.seen->str, ==, "<locked> ||<unlocked> |<code> |");

  /* The chat ends meanwhile: it is said all the same. */
  g_string_truncate (self.seen, 0);
  hub_host_set_locked (self.chat.host, TRUE);
  hub_host_stop (self.chat.host);
  hub_host_fixture_wait_for_state (&self.chat, HUB_HOST_STOPPED);
  g_assert_cmpstr (self.seen->str, ==, "<locked> |");
  hub_host_fixture_clear (&self.chat);
  g_string_free (self.seen, TRUE);
}

/* Nothing happens unless a chat runs, nor is anything kept for the next one. */
static void
test_not_ready (void)
{
  HubHostFixture f;

  hub_host_fixture_init (&f);
  decide (&f);
  hub_host_start (f.host, f.settings);
  decide (&f);
  hub_host_fixture_wait_for_state (&f, HUB_HOST_READY);
  hub_host_stop (f.host);
  decide (&f);
  hub_host_fixture_wait_for_state (&f, HUB_HOST_STOPPED);
  decide (&f);
  hub_host_fixture_start (&f);
  g_assert_false (hub_snapshot_is_locked (hub_host_get_snapshot (f.host)));
  g_assert_null (hub_snapshot_get_code (hub_host_get_snapshot (f.host)));
  g_assert_cmpstr (f.told->str, ==, "");

  /* On their way when the chat ends. */
  decide (&f);
  hub_host_stop (f.host);
  hub_host_fixture_wait_for_state (&f, HUB_HOST_STOPPED);
  hub_host_fixture_start (&f);
  g_assert_false (hub_snapshot_is_locked (hub_host_get_snapshot (f.host)));
  decide (&f);
  hub_host_fixture_clear (&f);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/host/host-rule/lock", test_lock);
  g_test_add_func ("/host/host-rule/locked-from-start", test_locked_from_start);
  g_test_add_func ("/host/host-rule/code", test_code);
  g_test_add_func ("/host/host-rule/remove", test_remove);
  g_test_add_func ("/host/host-rule/decided", test_decided);
  g_test_add_func ("/host/host-rule/not-ready", test_not_ready);

  return g_test_run ();
}
