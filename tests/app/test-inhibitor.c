/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "hub-config.h"

#include "app/hub-inhibitor.h"

#include "hub-fake-portal.h"

#include <gio/gunixfdlist.h>
#include <poll.h>
#include <unistd.h>

/* Who keeps the computer awake is found out by GTK when an application starts: one of them a run,
 * by the environment. The test's session bus is its system bus, too. */

static const char session_xml[]
    = "<node><interface name='org.gnome.SessionManager'>"
      "<method name='Inhibit'><arg type='s' direction='in'/><arg type='u' direction='in'/>"
      "<arg type='s' direction='in'/><arg type='u' direction='in'/>"
      "<arg type='u' direction='out'/></method>"
      "<method name='Uninhibit'><arg type='u' direction='in'/></method>"
      "</interface></node>";

static const char login_xml[]
    = "<node><interface name='org.freedesktop.login1.Manager'>"
      "<method name='Inhibit'><arg type='s' direction='in'/><arg type='s' direction='in'/>"
      "<arg type='s' direction='in'/><arg type='s' direction='in'/>"
      "<arg type='h' direction='out'/></method>"
      "</interface></node>";

typedef struct
{
  HubFakeService *service;
  HubInhibitor *inhibitor;
  gboolean refuses;
  int lock; /* our end of the one given out last */
  gboolean has_answered;
} Login;

static GtkApplication *application;

static void
answer_session (HubFakeService *service, GDBusMethodInvocation *invocation, gpointer data)
{
  gboolean is_inhibit
      = g_str_equal (g_dbus_method_invocation_get_method_name (invocation), "Inhibit");

  g_dbus_method_invocation_return_value (invocation, is_inhibit ? g_variant_new ("(u)", 7) : NULL);
}

static void
answer_login (HubFakeService *service, GDBusMethodInvocation *invocation, gpointer data)
{
  Login *self = data;
  g_autoptr (GUnixFDList) fds = g_unix_fd_list_new ();
  int ends[2];

  if (self->refuses)
    {
      g_dbus_method_invocation_return_dbus_error (
          invocation, "org.freedesktop.DBus.Error.AccessDenied", "Permission denied");
      return;
    }

  g_assert_cmpint (pipe (ends), ==, 0);
  g_unix_fd_list_append (fds, ends[1], NULL);
  close (ends[1]);
  self->lock = ends[0];
  g_dbus_method_invocation_return_value_with_unix_fd_list (invocation, g_variant_new ("(h)", 0),
                                                           fds);
}

static void
set_up (Login *self, gconstpointer data)
{
  self->lock = -1;
  self->service = hub_fake_service_new (NULL, "org.freedesktop.login1", "/org/freedesktop/login1",
                                        login_xml, answer_login, self);
  self->inhibitor = hub_inhibitor_new (application, FALSE);
}

static void
tear_down (Login *self, gconstpointer data)
{
  if (self->inhibitor != NULL)
    g_assert_finalize_object (self->inhibitor);
  g_clear_pointer (&self->service, hub_fake_service_free);
  if (self->lock >= 0)
    close (self->lock);
  while (g_main_context_iteration (NULL, FALSE))
    ;
}

static gboolean
on_deadline (gpointer data)
{
  g_error ("Nothing came of it");

  return G_SOURCE_REMOVE;
}

static void
wait_until_held (HubInhibitor *inhibitor)
{
  guint deadline = g_timeout_add_seconds (30, on_deadline, NULL);

  while (!hub_inhibitor_is_holding (inhibitor))
    g_main_context_iteration (NULL, TRUE);
  g_source_remove (deadline);
}

/* Waits for the other end to be closed: at most the 5 s that are promised. */
static void
assert_let_go (int lock)
{
  struct pollfd waiting = { .fd = lock };

  g_assert_cmpint (poll (&waiting, 1, 5000), ==, 1);
  g_assert_true (waiting.revents & POLLHUP);
}

static void
assert_held (int lock)
{
  struct pollfd waiting = { .fd = lock };

  g_assert_cmpint (poll (&waiting, 1, 0), ==, 0);
}

static void
test_login (Login *self, gconstpointer data)
{
  g_assert_false (hub_inhibitor_is_holding (self->inhibitor));

  hub_inhibitor_set_active (self->inhibitor, TRUE);
  wait_until_held (self->inhibitor);
  g_assert_cmpuint (
      hub_fake_service_count (self->service,
                              "Inhibit('sleep', 'Hubbub', 'People are in the chat', 'block')"),
      ==, 1);
  assert_held (self->lock);
  g_assert_false (hub_inhibitor_may_sleep (self->inhibitor));

  hub_inhibitor_set_active (self->inhibitor, TRUE);
  g_assert_cmpuint (hub_fake_service_count (self->service, "Inhibit"), ==, 1);

  hub_inhibitor_set_active (self->inhibitor, FALSE);
  g_assert_false (hub_inhibitor_is_holding (self->inhibitor));
  assert_let_go (self->lock);
}

static void
test_login_end (Login *self, gconstpointer data)
{
  hub_inhibitor_set_active (self->inhibitor, TRUE);
  wait_until_held (self->inhibitor);
  g_assert_finalize_object (g_steal_pointer (&self->inhibitor));
  assert_let_go (self->lock);
}

/* The last guest leaves before logind has answered. */
static void
test_login_late (Login *self, gconstpointer data)
{
  hub_inhibitor_set_active (self->inhibitor, TRUE);
  hub_inhibitor_set_active (self->inhibitor, FALSE);
  hub_inhibitor_set_active (self->inhibitor, TRUE);
  wait_until_held (self->inhibitor);
  hub_inhibitor_set_active (self->inhibitor, FALSE);
  assert_let_go (self->lock);

  hub_inhibitor_set_active (self->inhibitor, TRUE);
  hub_inhibitor_set_active (self->inhibitor, FALSE);
  g_assert_finalize_object (g_steal_pointer (&self->inhibitor));
}

static void
on_may_sleep (Login *self)
{
  self->has_answered = hub_inhibitor_may_sleep (self->inhibitor);
}

static void
assert_may_sleep (Login *self)
{
  g_signal_connect_swapped (self->inhibitor, "notify::may-sleep", G_CALLBACK (on_may_sleep), self);
  hub_inhibitor_set_active (self->inhibitor, TRUE);
  hub_fake_service_run_until (&self->has_answered, "saying that it may sleep");
  g_assert_false (hub_inhibitor_is_holding (self->inhibitor));

  hub_inhibitor_set_active (self->inhibitor, FALSE);
  g_assert_false (hub_inhibitor_may_sleep (self->inhibitor));
  g_signal_handlers_disconnect_by_data (self->inhibitor, self);
}

static void
test_login_refuses (Login *self, gconstpointer data)
{
  self->refuses = TRUE;
  assert_may_sleep (self);
}

static void
test_nobody (Login *self, gconstpointer data)
{
  g_clear_pointer (&self->service, hub_fake_service_free);
  assert_may_sleep (self);
}

/* There is no system bus in a sandbox. */
static void
test_sandbox_without_portal (Login *self, gconstpointer data)
{
  g_assert_finalize_object (self->inhibitor);
  self->inhibitor = hub_inhibitor_new (application, TRUE);
  hub_inhibitor_set_active (self->inhibitor, TRUE);
  g_assert_true (hub_inhibitor_may_sleep (self->inhibitor));
  g_assert_cmpuint (hub_fake_service_count (self->service, "Inhibit"), ==, 0);
  hub_inhibitor_set_active (self->inhibitor, FALSE);
}

/* 4: suspend, for session managers and portals alike. */
static void
test_session (gconstpointer data)
{
  HubFakeService *session = (HubFakeService *) data;
  HubInhibitor *inhibitor = hub_inhibitor_new (application, FALSE);

  hub_inhibitor_set_active (inhibitor, TRUE);
  g_assert_true (hub_inhibitor_is_holding (inhibitor));
  g_assert_false (hub_inhibitor_may_sleep (inhibitor));
  hub_fake_service_wait_for (session, "0, 'People are in the chat', 4)", 1);

  hub_inhibitor_set_active (inhibitor, FALSE);
  hub_fake_service_wait_for (session, "Uninhibit(7,)", 1);
  g_assert_finalize_object (inhibitor);
}

static void
test_portal (gconstpointer data)
{
  HubFakeService *portal = (HubFakeService *) data;
  HubInhibitor *inhibitor = hub_inhibitor_new (application, TRUE);

  hub_inhibitor_set_active (inhibitor, TRUE);
  g_assert_true (hub_inhibitor_is_holding (inhibitor));
  hub_fake_service_wait_for (portal, "'reason': <'People are in the chat'>", 1);
  g_assert_cmpuint (hub_fake_service_count (portal, "Inhibit('', 4, "), ==, 1);

  hub_inhibitor_set_active (inhibitor, FALSE);
  g_assert_false (hub_inhibitor_is_holding (inhibitor));
  hub_fake_service_wait_for (portal, "Close()", 1);
  g_assert_finalize_object (inhibitor);
}

static void
add_login_tests (void)
{
#define ADD(name, function)                                                                        \
  g_test_add ("/app/inhibitor/" name, Login, NULL, set_up, function, tear_down)
  ADD ("login", test_login);
  ADD ("login-end", test_login_end);
  ADD ("login-late", test_login_late);
  ADD ("login-refuses", test_login_refuses);
  ADD ("nobody", test_nobody);
  ADD ("sandbox-without-portal", test_sandbox_without_portal);
}

int
main (int argc, char *argv[])
{
  const char *keeper = g_getenv ("HUB_TEST_KEEPER");
  HubFakePortal portal = { HUB_FAKE_PORTAL_GRANTS };
  HubFakeService *service = NULL;
  g_autoptr (GError) error = NULL;
  int status;

  g_test_init (&argc, &argv, NULL);
  g_setenv ("DBUS_SYSTEM_BUS_ADDRESS", g_getenv ("DBUS_SESSION_BUS_ADDRESS"), TRUE);
  if (g_strcmp0 (keeper, "session") == 0)
    {
      service = hub_fake_service_new (NULL, "org.gnome.SessionManager", "/org/gnome/SessionManager",
                                      session_xml, answer_session, NULL);
      g_test_add_data_func ("/app/inhibitor/session", service, test_session);
    }
  else if (g_strcmp0 (keeper, "portal") == 0)
    {
      g_setenv ("GTK_USE_PORTAL", "1", TRUE); /* as in a Flatpak; the later GTKs': */
      g_setenv ("GDK_DEBUG", "portals,gl-disable", TRUE);
      service = hub_fake_portal_new (&portal, NULL);
      g_test_add_data_func ("/app/inhibitor/portal", service, test_portal);
    }
  else
    add_login_tests ();

  application = gtk_application_new (HUB_APPLICATION_ID, G_APPLICATION_NON_UNIQUE);
  g_application_register (G_APPLICATION (application), NULL, &error);
  g_assert_no_error (error);
  status = g_test_run ();

  g_clear_pointer (&service, hub_fake_service_free);
  g_object_unref (application);

  return status;
}
