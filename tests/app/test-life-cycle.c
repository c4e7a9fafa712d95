/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "app/hub-life-cycle.h"
#include "host/hub-host-fixture.h"
#include "host/hub-host-guest.h"
#include "hub-fake-service.h"
#include "hub-test-home.h"

#include <fcntl.h>
#include <gio/gunixfdlist.h>
#include <signal.h>
#include <string.h>
#include <unistd.h>

/* An application without windows, and a chat that may be open in it. */
typedef struct
{
  HubHostFixture host;
  HubPreferences *preferences;
  HubStatus *status;
  GApplication *application;
  HubLifeCycle *life_cycle;
  HubCrowdSocket *guest; /* or NULL */
} Fixture;

static void
on_activate (GApplication *application, Fixture *f)
{
}

static void
fixture_init (Fixture *f)
{
  *f = (Fixture){ .preferences = hub_preferences_new ("io.example.NotInstalled"),
                  .application = g_application_new ("io.example.Test", G_APPLICATION_NON_UNIQUE) };
  hub_host_fixture_init (&f->host);
  f->status = hub_status_new (f->host.host, f->preferences);
  f->life_cycle = hub_life_cycle_new (f->application, f->status);
  g_signal_connect (f->application, "activate", G_CALLBACK (on_activate), f);
  g_application_hold (f->application);
}

static void
fixture_clear (Fixture *f)
{
  g_clear_pointer (&f->guest, hub_crowd_socket_free);
  g_assert_finalize_object (f->life_cycle);
  g_assert_finalize_object (f->application);
  g_assert_finalize_object (f->status);
  g_assert_finalize_object (f->preferences);
  hub_host_fixture_clear (&f->host);
}

static void
join (Fixture *f)
{
  hub_host_fixture_start (&f->host);
  f->guest = hub_host_guest_join (hub_host_fixture_get_port (&f->host), "Ana");
  hub_host_fixture_wait_for_told (&f->host, "+Ana ");
}

/* Runs until the application ends, which must be soon; the chat has ended by then, and the guest knows. */
static void
assert_ends (Fixture *f)
{
  gint64 begin = g_get_monotonic_time ();

  g_assert_cmpint (g_application_run (f->application, 0, NULL), ==, 0);
  g_assert_cmpint (g_get_monotonic_time () - begin, <, HUB_TEST_STOP_US);
  g_assert_cmpint (hub_status_get_state (f->status), ==, HUB_HOST_STOPPED);
  if (f->guest != NULL)
    {
      g_free (hub_host_guest_wait_for (f->guest, "ended"));
      hub_host_guest_wait_for_end (f->guest);
    }
}

static void
on_idle_end (gpointer data)
{
  hub_life_cycle_end (data);
  hub_life_cycle_end (data);
}

static void
test_end (void)
{
  for (guint i = 0; i < 3; i++)
    {
      Fixture f;

      /* Without a chat, with one, with a guest in it. */
      fixture_init (&f);
      if (i == 1)
        hub_host_fixture_start (&f.host);
      else if (i == 2)
        join (&f);
      g_idle_add_once (on_idle_end, f.life_cycle);
      assert_ends (&f);
      fixture_clear (&f);
    }
}

static void
on_idle_signal (gpointer data)
{
  kill (getpid (), GPOINTER_TO_INT (data));
}

static void
test_signals (void)
{
  static const int signals[] = { SIGTERM, SIGINT, SIGHUP };

  for (gsize i = 0; i < G_N_ELEMENTS (signals); i++)
    {
      Fixture f;

      g_test_message ("%s", g_strsignal (signals[i]));
      fixture_init (&f);
      join (&f);
      g_idle_add_once (on_idle_signal, GINT_TO_POINTER (signals[i]));
      assert_ends (&f);
      g_assert_false (hub_life_cycle_revive (f.life_cycle));
      fixture_clear (&f);
    }
}

static void
on_soon_quit (gpointer data)
{
  g_application_quit (data);
}

/* nohup(1): who ignores hangups for us means it. */
static void
test_nohup (void)
{
  struct sigaction before;
  Fixture f;

  sigaction (SIGHUP, &(struct sigaction){ .sa_handler = SIG_IGN }, &before);
  fixture_init (&f);
  hub_host_fixture_start (&f.host);
  kill (getpid (), SIGHUP);
  g_timeout_add_once (50, on_soon_quit, f.application);
  g_assert_cmpint (g_application_run (f.application, 0, NULL), ==, 0);
  g_assert_cmpint (hub_status_get_state (f.status), ==, HUB_HOST_READY);
  fixture_clear (&f);
  sigaction (SIGHUP, &before, NULL);
}

static void
test_second_signal_child (void)
{
  Fixture f;

  fixture_init (&f);
  join (&f);
  kill (getpid (), SIGTERM);
  while (hub_status_get_state (f.status) == HUB_HOST_READY)
    g_main_context_iteration (NULL, TRUE);
  /* The guest does not go by itself, so that the end takes a while. */
  kill (getpid (), SIGTERM);
  for (;;)
    g_main_context_iteration (NULL, TRUE);
}

static void
test_second_signal (void)
{
  g_autoptr (GSubprocess) child = NULL;
  g_autofree char *self = g_file_read_link ("/proc/self/exe", NULL);

  child = g_subprocess_new (G_SUBPROCESS_FLAGS_STDOUT_SILENCE | G_SUBPROCESS_FLAGS_STDERR_SILENCE,
                            NULL, self, "-p", "/life-cycle/second-signal/subprocess/child",
                            "--GTestSubprocess", NULL);
  g_assert_true (g_subprocess_wait (child, NULL, NULL));
  g_assert_true (g_subprocess_get_if_exited (child));
  g_assert_cmpint (g_subprocess_get_exit_status (child), ==, 128 + SIGTERM);
}

/* Who starts the program again while it ends gets it back, with a new chat. */
static void
test_revive (void)
{
  Fixture f;

  fixture_init (&f);
  g_object_set (f.preferences, "addresses", (const char *const[]){ "127.0.0.1", NULL }, NULL);
  g_assert_false (hub_life_cycle_revive (f.life_cycle));
  join (&f);
  hub_life_cycle_end (f.life_cycle);
  g_assert_cmpint (hub_status_get_state (f.status), ==, HUB_HOST_STOPPING);
  g_assert_true (hub_life_cycle_revive (f.life_cycle));
  hub_status_start (f.status);
  hub_host_fixture_wait_for_state (&f.host, HUB_HOST_READY);
  g_idle_add_once (on_idle_end, f.life_cycle);
  assert_ends (&f);
  fixture_clear (&f);
}

/* ---- logind ---- */

static const char logind[]
    = "<node><interface name='org.freedesktop.login1.Manager'>"
      "<method name='Inhibit'><arg type='s' direction='in'/><arg type='s' direction='in'/>"
      "<arg type='s' direction='in'/><arg type='s' direction='in'/>"
      "<arg type='h' direction='out'/></method>"
      "<signal name='PrepareForShutdown'><arg type='b'/></signal>"
      "</interface></node>";

/* Gives away the writing end of a pipe; its reading end tells when that is closed. */
static void
answer_inhibit (HubFakeService *service, GDBusMethodInvocation *invocation, gpointer data)
{
  g_autoptr (GUnixFDList) descriptors = g_unix_fd_list_new ();
  int *ends = data;

  g_assert_cmpint (g_unix_fd_list_append (descriptors, ends[1], NULL), ==, 0);
  close (ends[1]);
  g_dbus_method_invocation_return_value_with_unix_fd_list (invocation, g_variant_new ("(h)", 0),
                                                           descriptors);
}

static gboolean
is_held (const int *ends)
{
  return read (ends[0], &(char){ 0 }, 1) < 0;
}

typedef struct
{
  GTestDBus *bus;
  GDBusConnection *connection;
  HubFakeService *service;
  int ends[2];
} Logind;

static void
logind_init (Logind *self)
{
  self->bus = g_test_dbus_new (G_TEST_DBUS_NONE);
  g_test_dbus_up (self->bus);
  g_assert_cmpint (pipe2 (self->ends, O_CLOEXEC | O_NONBLOCK), ==, 0);
  self->service
      = hub_fake_service_new (g_test_dbus_get_bus_address (self->bus), "org.freedesktop.login1",
                              "/org/freedesktop/login1", logind, answer_inhibit, self->ends);
  self->connection = g_dbus_connection_new_for_address_sync (
      g_test_dbus_get_bus_address (self->bus),
      G_DBUS_CONNECTION_FLAGS_AUTHENTICATION_CLIENT
          | G_DBUS_CONNECTION_FLAGS_MESSAGE_BUS_CONNECTION,
      NULL, NULL, NULL);
  g_assert_nonnull (self->connection);
}

static void
logind_clear (Logind *self)
{
  g_clear_object (&self->connection);
  hub_fake_service_free (self->service);
  close (self->ends[0]);
  g_test_dbus_down (self->bus);
  g_object_unref (self->bus);
}

static void
on_soon_shutdown (gpointer data)
{
  Logind *self = data;

  hub_fake_service_emit (self->service, NULL, "/org/freedesktop/login1",
                         "org.freedesktop.login1.Manager", "PrepareForShutdown",
                         g_variant_new ("(b)", TRUE));
}

/* The computer waits for the chat's end, and no longer. */
static void
test_shutdown (void)
{
  Logind l;
  Fixture f;

  logind_init (&l);
  fixture_init (&f);
  g_dbus_connection_set_exit_on_close (l.connection, TRUE);
  hub_life_cycle_watch_shutdown (f.life_cycle, l.connection);
  /* As the system bus's is, which the chat outlives. */
  g_assert_false (g_dbus_connection_get_exit_on_close (l.connection));
  hub_fake_service_wait_for (l.service, "Inhibit", 1);
  g_assert_cmpuint (hub_fake_service_count (l.service, "'shutdown', 'Hubbub'"), ==, 1);
  g_assert_cmpuint (hub_fake_service_count (l.service, "'delay'"), ==, 1);
  join (&f);
  /* A shutdown that was called off is none. */
  hub_fake_service_emit (l.service, NULL, "/org/freedesktop/login1",
                         "org.freedesktop.login1.Manager", "PrepareForShutdown",
                         g_variant_new ("(b)", FALSE));
  g_timeout_add_once (50, on_soon_shutdown, &l);
  g_assert_true (is_held (l.ends));
  assert_ends (&f);
  g_assert_true (is_held (l.ends));
  fixture_clear (&f);
  g_assert_false (is_held (l.ends));
  logind_clear (&l);
}

/* It ends while logind has not answered yet. */
static void
test_shutdown_unanswered (void)
{
  Logind l;
  Fixture f;

  logind_init (&l);
  fixture_init (&f);
  hub_life_cycle_watch_shutdown (f.life_cycle, l.connection);
  fixture_clear (&f);
  /* What comes after all is closed. */
  while (is_held (l.ends))
    g_main_context_iteration (NULL, FALSE);
  logind_clear (&l);
}

int
main (int argc, char *argv[])
{
  char *home = hub_test_home_make ();
  int status;

  /* Under nohup it would be ignored from the start. */
  signal (SIGHUP, SIG_DFL);
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/life-cycle/end", test_end);
  g_test_add_func ("/life-cycle/signals", test_signals);
  g_test_add_func ("/life-cycle/nohup", test_nohup);
  g_test_add_func ("/life-cycle/second-signal", test_second_signal);
  g_test_add_func ("/life-cycle/second-signal/subprocess/child", test_second_signal_child);
  g_test_add_func ("/life-cycle/revive", test_revive);
  g_test_add_func ("/life-cycle/shutdown", test_shutdown);
  g_test_add_func ("/life-cycle/shutdown-unanswered", test_shutdown_unanswered);

  status = g_test_run ();
  hub_test_home_remove (home);

  return status;
}
