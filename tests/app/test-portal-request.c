/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "app/hub-portal-request.h"

#include "hub-fake-portal.h"

#define INTERFACE "org.freedesktop.portal.Background"
#define METHOD "RequestBackground"

typedef struct
{
  GTestDBus *daemon;
  GDBusConnection *bus;
  HubFakePortal portal;
  HubFakeService *service;
  GVariant *results;
  GError *error;
  gboolean is_done;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->daemon = g_test_dbus_new (G_TEST_DBUS_NONE);
  g_test_dbus_up (fixture->daemon);
  fixture->bus = g_bus_get_sync (G_BUS_TYPE_SESSION, NULL, NULL);
  fixture->service
      = hub_fake_portal_new (&fixture->portal, g_test_dbus_get_bus_address (fixture->daemon));
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_clear_pointer (&fixture->service, hub_fake_service_free);
  g_clear_pointer (&fixture->results, g_variant_unref);
  g_clear_error (&fixture->error);
  g_object_unref (fixture->bus);
  g_test_dbus_down (fixture->daemon);
  g_object_unref (fixture->daemon);
}

static void
on_finished (GObject *source, GAsyncResult *result, gpointer data)
{
  Fixture *fixture = data;

  g_assert_false (fixture->is_done);
  fixture->results = hub_portal_request_finish (result, &fixture->error);
  g_assert_true ((fixture->results == NULL) == (fixture->error != NULL));
  fixture->is_done = TRUE;
}

static void
begin (Fixture *fixture, guint timeout_ms, GCancellable *cancellable)
{
  GVariantDict options;

  g_variant_dict_init (&options, NULL);
  g_variant_dict_insert (&options, "autostart", "b", TRUE);
  hub_portal_request_async (fixture->bus, INTERFACE, METHOD, g_variant_dict_end (&options),
                            timeout_ms, cancellable, on_finished, fixture);
}

static void
test_granted (Fixture *fixture, gconstpointer data)
{
  gboolean value = FALSE;

  begin (fixture, 0, NULL);
  hub_fake_service_run_until (&fixture->is_done, "the answer");
  g_assert_no_error (fixture->error);
  g_assert_true (g_variant_lookup (fixture->results, "background", "b", &value) && value);
  g_assert_true (g_variant_lookup (fixture->results, "autostart", "b", &value) && value);
}

static void
test_dismissed (Fixture *fixture, gconstpointer data)
{
  fixture->portal.mood = HUB_FAKE_PORTAL_DISMISSES;
  begin (fixture, 0, NULL);
  hub_fake_service_run_until (&fixture->is_done, "the answer");
  g_assert_error (fixture->error, G_IO_ERROR, G_IO_ERROR_PERMISSION_DENIED);
}

static void
test_no_answer (Fixture *fixture, gconstpointer data)
{
  fixture->portal.mood = HUB_FAKE_PORTAL_IS_SILENT;
  begin (fixture, 20, NULL);
  hub_fake_service_run_until (&fixture->is_done, "giving up");
  g_assert_error (fixture->error, G_IO_ERROR, G_IO_ERROR_TIMED_OUT);
  hub_fake_service_wait_for (fixture->service, "Close()", 1);
}

static void
test_cancelled (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();

  fixture->portal.mood = HUB_FAKE_PORTAL_IS_SILENT;
  begin (fixture, 0, cancellable);
  hub_fake_service_wait_for (fixture->service, METHOD, 1);
  g_cancellable_cancel (cancellable);
  hub_fake_service_run_until (&fixture->is_done, "the cancellation");
  g_assert_error (fixture->error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  hub_fake_service_wait_for (fixture->service, "Close()", 1);
}

static void
on_response_cancel (GDBusConnection *bus,
                    const char *sender,
                    const char *path,
                    const char *interface,
                    const char *signal,
                    GVariant *parameters,
                    gpointer cancellable)
{
  g_cancellable_cancel (cancellable);
}

/* Whoever cancels may be gone: the answer that comes in the same turn of the loop is not for them. */
static void
test_cancelled_late (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  guint id = g_dbus_connection_signal_subscribe (
      fixture->bus, "org.freedesktop.portal.Desktop", "org.freedesktop.portal.Request", "Response",
      NULL, NULL, G_DBUS_SIGNAL_FLAGS_NONE, on_response_cancel, cancellable, NULL);

  begin (fixture, 0, cancellable);
  hub_fake_service_run_until (&fixture->is_done, "the answer");
  g_assert_true (g_cancellable_is_cancelled (cancellable));
  g_assert_error (fixture->error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_dbus_connection_signal_unsubscribe (fixture->bus, id);
}

static void
test_fails (Fixture *fixture, gconstpointer data)
{
  g_autofree char *name = NULL;

  fixture->portal.mood = HUB_FAKE_PORTAL_FAILS;
  begin (fixture, 60000, NULL);
  hub_fake_service_run_until (&fixture->is_done, "the error");
  name = g_dbus_error_get_remote_error (fixture->error);
  g_assert_cmpstr (name, ==, "org.freedesktop.portal.Error.Failed");
}

static void
test_nobody (Fixture *fixture, gconstpointer data)
{
  g_clear_pointer (&fixture->service, hub_fake_service_free);
  begin (fixture, 60000, NULL);
  hub_fake_service_run_until (&fixture->is_done, "the error");
  g_assert_error (fixture->error, G_DBUS_ERROR, G_DBUS_ERROR_SERVICE_UNKNOWN);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name, function)                                                                        \
  g_test_add ("/app/portal-request/" name, Fixture, NULL, set_up, function, tear_down)
  ADD ("granted", test_granted);
  ADD ("dismissed", test_dismissed);
  ADD ("no-answer", test_no_answer);
  ADD ("cancelled", test_cancelled);
  ADD ("cancelled-late", test_cancelled_late);
  ADD ("fails", test_fails);
  ADD ("nobody", test_nobody);

  return g_test_run ();
}
