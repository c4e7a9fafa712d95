/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "base/hub-limits.h"
#include "host/hub-host.h"
#include "net/hub-identity.h"
#include "server/hub-server.h"
#include "support/hub-crowd-socket.h"

#include <glib/gstdio.h>
#include <string.h>

/* ---- a host with a directory of its own, and what it told ---- */

typedef struct
{
  HubHost *host;
  HubSettings *settings;
  char *directory;
  GString *told; /* "+Ana -Ana :hello !warning" */
  guint n_snapshots;
} Fixture;

static void
on_host_events (HubHost *host, GPtrArray *events, Fixture *f)
{
  static const char *const marks[] = { "+", "-", "~", "^", ":", "<places>", "<certificate>", "!" };

  for (guint i = 0; i < events->len; i++)
    {
      const HubEvent *event = g_ptr_array_index (events, i);

      g_string_append_printf (f->told, "%s%s%s ", marks[event->type],
                              event->name != NULL ? event->name : "",
                              event->text != NULL ? event->text : "");
    }
}

static void
on_host_snapshot_changed (HubHost *host, Fixture *f)
{
  f->n_snapshots++;
}

static void
fixture_init (Fixture *f)
{
  *f = (Fixture){ .host = hub_host_new (), .settings = hub_settings_new () };
  f->directory = g_dir_make_tmp ("hubbub-test-XXXXXX", NULL);
  f->told = g_string_new (NULL);
  f->settings->port = 0;
  f->settings->data_dir = g_build_filename (f->directory, "identity", NULL);
  f->settings->addresses = g_strsplit ("127.0.0.1", " ", -1);
  f->settings->room_name = g_strdup ("Lab");
  g_signal_connect (f->host, "events", G_CALLBACK (on_host_events), f);
  g_signal_connect (f->host, "snapshot-changed", G_CALLBACK (on_host_snapshot_changed), f);
}

static void
remove_tree (const char *path)
{
  g_autoptr (GDir) directory = g_dir_open (path, 0, NULL);
  const char *name;

  while (directory != NULL && (name = g_dir_read_name (directory)) != NULL)
    {
      g_autofree char *child = g_build_filename (path, name, NULL);

      remove_tree (child);
    }
  g_remove (path);
}

static void
fixture_clear (Fixture *f)
{
  hub_host_shutdown (f->host);
  g_assert_finalize_object (f->host);
  hub_settings_free (f->settings);
  g_string_free (f->told, TRUE);
  remove_tree (f->directory);
  g_free (f->directory);
}

static gboolean
on_deadline (gpointer data)
{
  g_error ("Nothing happened for 30 s");

  return G_SOURCE_REMOVE;
}

/* Runs the loop until the host is in @state. */
static void
wait_for_state (Fixture *f, HubHostState state)
{
  guint deadline = g_timeout_add_seconds (30, on_deadline, NULL);

  while (hub_host_get_state (f->host) != state)
    {
      if (hub_host_get_state (f->host) == HUB_HOST_FAILED)
        g_error ("Failed: %s", hub_host_get_error (f->host)->message);
      g_main_context_iteration (NULL, TRUE);
    }
  g_source_remove (deadline);
}

static void
wait_for_told (Fixture *f, const char *told)
{
  guint deadline = g_timeout_add_seconds (30, on_deadline, NULL);

  while (strstr (f->told->str, told) == NULL)
    g_main_context_iteration (NULL, TRUE);
  g_source_remove (deadline);
}

static void
start (Fixture *f)
{
  hub_host_start (f->host, f->settings);
  g_assert_cmpint (hub_host_get_state (f->host), ==, HUB_HOST_STARTING);
  wait_for_state (f, HUB_HOST_READY);
}

static void
stop (Fixture *f)
{
  gint64 begin = g_get_monotonic_time ();

  hub_host_stop (f->host);
  g_assert_cmpint (hub_host_get_state (f->host), ==, HUB_HOST_STOPPING);
  hub_host_stop (f->host);
  wait_for_state (f, HUB_HOST_STOPPED);
  g_assert_cmpint (g_get_monotonic_time () - begin, <, 2 * G_TIME_SPAN_SECOND);
}

static void
assert_fails (Fixture *f, GQuark domain, int code)
{
  guint deadline = g_timeout_add_seconds (30, on_deadline, NULL);

  hub_host_start (f->host, f->settings);
  while (hub_host_get_state (f->host) == HUB_HOST_STARTING)
    g_main_context_iteration (NULL, TRUE);
  g_source_remove (deadline);

  g_assert_cmpint (hub_host_get_state (f->host), ==, HUB_HOST_FAILED);
  g_assert_error (hub_host_get_error (f->host), domain, code);
}

/* ---- a guest ---- */

static char *
take (HubCrowdSocket *socket)
{
  gint64 deadline = g_get_monotonic_time () + 30 * G_TIME_SPAN_SECOND;
  char *text;

  while ((text = hub_crowd_socket_take (socket)) == NULL && !hub_crowd_socket_is_closed (socket))
    {
      g_assert_cmpint (g_get_monotonic_time (), <, deadline);
      hub_crowd_socket_pump (socket);
      g_usleep (1000);
    }

  return text;
}

static void
wait_for_type (HubCrowdSocket *socket, const char *type)
{
  g_autofree char *wanted = g_strdup_printf ("\"%s\"", type);
  g_autofree char *text = NULL;

  do
    {
      g_free (text);
      text = take (socket);
      g_assert_nonnull (text);
    }
  while (strstr (text, wanted) == NULL);
}

static HubCrowdSocket *
join (guint16 port)
{
  HubCrowdSocket *socket = hub_crowd_socket_new (port, "hubbub.v1");
  gint64 deadline = g_get_monotonic_time () + 30 * G_TIME_SPAN_SECOND;

  while (!hub_crowd_socket_is_open (socket))
    {
      g_assert_cmpint (g_get_monotonic_time (), <, deadline);
      g_assert_false (hub_crowd_socket_is_closed (socket));
      hub_crowd_socket_pump (socket);
      g_usleep (1000);
    }
  hub_crowd_socket_send (socket, "{\"type\":\"hello\",\"name\":\"Ana\","
                                 "\"join\":\"00112233445566778899aabbccddeeff\"}");
  wait_for_type (socket, "welcome");

  return socket;
}

/* ---- the tests ---- */

static void
test_finalize (void)
{
  HubHost *host = hub_host_new ();

  g_assert_cmpint (hub_host_get_state (host), ==, HUB_HOST_STOPPED);
  g_assert_null (hub_host_get_snapshot (host));
  g_assert_null (hub_host_get_error (host));
  hub_host_stop (host);
  g_assert_cmpint (hub_host_get_state (host), ==, HUB_HOST_STOPPED);
  g_assert_finalize_object (host);
}

static void
test_ready (void)
{
  Fixture f;
  HubSnapshot *snapshot;
  g_autofree char *url = NULL;

  fixture_init (&f);
  f.settings->max_guests = 7;
  start (&f);
  snapshot = hub_host_get_snapshot (f.host);
  url = g_strdup_printf ("https://127.0.0.1:%u/", hub_snapshot_get_port (snapshot));

  g_assert_cmpuint (f.n_snapshots, ==, 1);
  g_assert_cmpuint (hub_snapshot_get_port (snapshot), !=, 0);
  g_assert_cmpuint (hub_snapshot_get_busy_port (snapshot), ==, 0);
  g_assert_cmpstr (hub_snapshot_get_room_name (snapshot), ==, "Lab");
  g_assert_cmpuint (hub_snapshot_get_max_guests (snapshot), ==, 7);
  g_assert_cmpstr (hub_snapshot_get_urls (snapshot)[0], ==, url);
  g_assert_null (hub_snapshot_get_urls (snapshot)[1]);
  g_assert_cmpuint (strlen (hub_snapshot_get_fingerprint (snapshot)), ==, 32 * 3 - 1);
  g_assert_cmpuint (hub_snapshot_get_people (snapshot)->len, ==, 0);
  stop (&f);
  g_assert_cmpstr (f.told->str, ==, "");
  fixture_clear (&f);
}

/* The certificate outlives the chat; everything else is new. */
static void
test_restart (void)
{
  Fixture f;
  g_autofree char *fingerprint = NULL;

  fixture_init (&f);
  start (&f);
  fingerprint = g_strdup (hub_snapshot_get_fingerprint (hub_host_get_snapshot (f.host)));
  stop (&f);
  for (guint i = 0; i < 3; i++)
    {
      start (&f);
      g_assert_cmpstr (hub_snapshot_get_fingerprint (hub_host_get_snapshot (f.host)), ==,
                       fingerprint);
      stop (&f);
    }
  fixture_clear (&f);
}

/* Without a stop before it, at each point of the way. */
static void
test_shutdown (void)
{
  for (guint i = 0; i < 3; i++)
    {
      gint64 begin;
      Fixture f;

      fixture_init (&f);
      if (i == 0)
        start (&f);
      else
        hub_host_start (f.host, f.settings);
      if (i == 2)
        hub_host_stop (f.host);
      begin = g_get_monotonic_time ();
      fixture_clear (&f);
      g_assert_cmpint (g_get_monotonic_time () - begin, <, 3 * G_TIME_SPAN_SECOND);
    }
}

static void
test_stop_while_starting (void)
{
  Fixture f;

  fixture_init (&f);
  hub_host_start (f.host, f.settings);
  stop (&f);
  g_assert_null (hub_host_get_snapshot (f.host));
  start (&f);
  fixture_clear (&f);
}

static void
test_guest (void)
{
  Fixture f;
  g_autoptr (HubCrowdSocket) socket = NULL;
  const HubPerson *person;
  g_autofree char *text = NULL;

  fixture_init (&f);
  start (&f);
  socket = join (hub_snapshot_get_port (hub_host_get_snapshot (f.host)));
  wait_for_told (&f, "+Ana ");
  person = g_ptr_array_index (hub_snapshot_get_people (hub_host_get_snapshot (f.host)), 0);
  g_assert_cmpstr (person->name, ==, "Ana");
  g_assert_false (person->is_away);

  hub_crowd_socket_send (socket, "{\"type\":\"say\",\"ref\":1,\"text\":\"hello\"}");
  wait_for_type (socket, "said");
  wait_for_told (&f, ":Anahello ");

  /* The end is told before the connection closes. */
  hub_host_stop (f.host);
  wait_for_type (socket, "ended");
  while ((text = take (socket)) != NULL)
    g_clear_pointer (&text, g_free);
  wait_for_state (&f, HUB_HOST_STOPPED);
  fixture_clear (&f);
}

/* A guest who does not answer any more does not hold the stop. */
static void
test_silent_guest (void)
{
  Fixture f;
  g_autoptr (HubCrowdSocket) socket = NULL;

  fixture_init (&f);
  start (&f);
  socket = join (hub_snapshot_get_port (hub_host_get_snapshot (f.host)));
  stop (&f);
  fixture_clear (&f);
}

static void
test_busy_port (void)
{
  Fixture f;
  Fixture other;
  HubSnapshot *snapshot;
  guint16 port;

  fixture_init (&f);
  fixture_init (&other);
  start (&other);
  port = hub_snapshot_get_port (hub_host_get_snapshot (other.host));

  f.settings->port = port;
  start (&f);
  snapshot = hub_host_get_snapshot (f.host);
  g_assert_cmpuint (hub_snapshot_get_busy_port (snapshot), ==, port);
  g_assert_cmpuint (hub_snapshot_get_port (snapshot), >, port);
  g_assert_cmpuint (hub_snapshot_get_port (snapshot), <=, port + HUB_PORT_TRIES);
  stop (&f);

  /* Free again while it waits: the port asked for is taken. */
  hub_host_start (f.host, f.settings);
  stop (&other);
  wait_for_state (&f, HUB_HOST_READY);
  snapshot = hub_host_get_snapshot (f.host);
  g_assert_cmpuint (hub_snapshot_get_port (snapshot), ==, port);
  g_assert_cmpuint (hub_snapshot_get_busy_port (snapshot), ==, 0);

  fixture_clear (&other);
  fixture_clear (&f);
}

/* Waiting for a port is no reason to be slow to stop. */
static void
test_stop_while_busy (void)
{
  Fixture f;
  Fixture other;

  fixture_init (&f);
  fixture_init (&other);
  start (&other);
  f.settings->port = hub_snapshot_get_port (hub_host_get_snapshot (other.host));
  hub_host_start (f.host, f.settings);
  for (guint i = 0; i < 10; i++)
    {
      g_usleep (10 * 1000);
      g_main_context_iteration (NULL, FALSE);
    }
  g_assert_cmpint (hub_host_get_state (f.host), ==, HUB_HOST_STARTING);
  stop (&f);
  fixture_clear (&other);
  fixture_clear (&f);
}

static void
test_bad_addresses (void)
{
  static const char *const addresses[] = { "basil", "192.0.2.77", "2001:db8::77" };

  for (guint i = 0; i < G_N_ELEMENTS (addresses); i++)
    {
      Fixture f;

      fixture_init (&f);
      g_free (f.settings->addresses[0]);
      f.settings->addresses[0] = g_strdup (addresses[i]);
      assert_fails (&f, HUB_SERVER_ERROR, HUB_SERVER_ERROR_ADDRESS);
      g_assert_nonnull (strstr (hub_host_get_error (f.host)->message, addresses[i]));

      /* What was wrong is put right: it starts. */
      g_free (f.settings->addresses[0]);
      f.settings->addresses[0] = g_strdup ("127.0.0.1");
      hub_host_start (f.host, f.settings);
      g_assert_null (hub_host_get_error (f.host));
      while (hub_host_get_state (f.host) == HUB_HOST_STARTING)
        g_main_context_iteration (NULL, TRUE);
      g_assert_cmpint (hub_host_get_state (f.host), ==, HUB_HOST_READY);
      fixture_clear (&f);
    }
}

static void
test_bad_data_dir (void)
{
  Fixture f;

  fixture_init (&f);
  g_assert_true (g_file_set_contents (f.settings->data_dir, "a file", -1, NULL));
  assert_fails (&f, HUB_IDENTITY_ERROR, HUB_IDENTITY_ERROR_DIRECTORY);
  g_assert_nonnull (strstr (hub_host_get_error (f.host)->message, f.settings->data_dir));
  fixture_clear (&f);
}

static void
test_bad_pair (void)
{
  Fixture f;

  fixture_init (&f);
  f.settings->certificate = g_build_filename (f.directory, "chat.pem", NULL);
  assert_fails (&f, HUB_IDENTITY_ERROR, HUB_IDENTITY_ERROR_MISSING);

  f.settings->private_key = g_build_filename (f.directory, "chat.key", NULL);
  assert_fails (&f, HUB_IDENTITY_ERROR, HUB_IDENTITY_ERROR_MISSING);
  g_assert_nonnull (strstr (hub_host_get_error (f.host)->message, f.settings->certificate));

  g_assert_true (g_file_set_contents (f.settings->certificate, "nonsense", -1, NULL));
  g_assert_true (g_file_set_contents (f.settings->private_key, "nonsense", -1, NULL));
  g_assert_no_errno (g_chmod (f.settings->private_key, 0600));
  assert_fails (&f, HUB_IDENTITY_ERROR, HUB_IDENTITY_ERROR_CORRUPT);
  fixture_clear (&f);
}

/* Makes an identity and takes its server certificate and key, or only one of them, as the owner's. */
static void
copy_pair (Fixture *f, const char *from, gboolean with_key)
{
  static const char *const names[] = { "server.pem", "server-key.pem" };
  const char *to[] = { f->settings->certificate, f->settings->private_key };

  for (guint i = 0; i < (with_key ? 2 : 1); i++)
    {
      g_autofree char *file = g_build_filename (from, names[i], NULL);
      g_autofree char *contents = NULL;

      g_assert_true (g_file_get_contents (file, &contents, NULL, NULL));
      g_assert_true (g_file_set_contents_full (to[i], contents, -1, G_FILE_SET_CONTENTS_CONSISTENT,
                                               0600, NULL));
    }
}

static const char *
get_fingerprint (Fixture *f)
{
  return hub_snapshot_get_fingerprint (hub_host_get_snapshot (f->host));
}

/* An owner's pair is read again while the chat runs; what is wrong leaves the old one in use. */
static void
test_reload (void)
{
  Fixture f;
  Fixture other;
  g_autofree char *first = NULL;
  g_autofree char *second = NULL;

  fixture_init (&f);
  fixture_init (&other);
  start (&f);
  first = g_strdup (get_fingerprint (&f));
  hub_host_reload_certificate (f.host);
  stop (&f);
  start (&other);
  second = g_strdup (get_fingerprint (&other));
  g_assert_cmpstr (first, !=, second);

  f.settings->certificate = g_build_filename (f.directory, "chat.pem", NULL);
  f.settings->private_key = g_build_filename (f.directory, "chat.key", NULL);
  copy_pair (&f, f.settings->data_dir, TRUE);
  start (&f);
  g_assert_cmpstr (get_fingerprint (&f), ==, first);
  hub_host_reload_certificate (f.host);

  copy_pair (&f, other.settings->data_dir, FALSE);
  hub_host_reload_certificate (f.host);
  wait_for_told (&f, "!");
  g_assert_nonnull (strstr (f.told->str, f.settings->certificate));
  g_assert_null (strstr (f.told->str, "<certificate>"));
  g_assert_cmpstr (get_fingerprint (&f), ==, first);

  copy_pair (&f, other.settings->data_dir, TRUE);
  hub_host_reload_certificate (f.host);
  wait_for_told (&f, "<certificate>");
  g_assert_cmpstr (get_fingerprint (&f), ==, second);

  fixture_clear (&other);
  fixture_clear (&f);
}

static void
test_bad_web_root (void)
{
  Fixture f;

  fixture_init (&f);
  f.settings->web_root = g_build_filename (f.directory, "none", NULL);
  assert_fails (&f, HUB_SERVER_ERROR, HUB_SERVER_ERROR_WEB_ROOT);
  fixture_clear (&f);
}

/* More guests than there can be connections: fewer, and the host is told. */
static void
test_too_many_guests (void)
{
  Fixture f;
  guint allowed;

  fixture_init (&f);
  f.settings->max_guests = G_MAXUINT;
  start (&f);
  allowed = hub_snapshot_get_max_guests (hub_host_get_snapshot (f.host));
  g_assert_cmpuint (allowed, <=, HUB_MAX_CONNECTIONS);
  wait_for_told (&f, "!");
  fixture_clear (&f);

  fixture_init (&f);
  f.settings->max_guests = 0;
  start (&f);
  g_assert_cmpuint (hub_snapshot_get_max_guests (hub_host_get_snapshot (f.host)), ==, allowed);
  stop (&f);
  g_assert_cmpstr (f.told->str, ==, "");
  fixture_clear (&f);
}

static void
test_ca_pem (void)
{
  Fixture f;
  g_autoptr (GError) error = NULL;
  g_autofree char *pem = NULL;
  g_autofree char *again = NULL;

  fixture_init (&f);
  pem = hub_host_dup_ca_pem (f.settings->data_dir, &error);
  g_assert_no_error (error);
  g_assert_true (g_str_has_prefix (pem, "-----BEGIN CERTIFICATE-----\n"));
  start (&f);
  again = hub_host_dup_ca_pem (f.settings->data_dir, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (again, ==, pem);
  g_assert_null (hub_host_dup_ca_pem ("/dev/null", &error));
  g_assert_error (error, HUB_IDENTITY_ERROR, HUB_IDENTITY_ERROR_DIRECTORY);
  fixture_clear (&f);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/host/host/finalize", test_finalize);
  g_test_add_func ("/host/host/ready", test_ready);
  g_test_add_func ("/host/host/restart", test_restart);
  g_test_add_func ("/host/host/shutdown", test_shutdown);
  g_test_add_func ("/host/host/stop-while-starting", test_stop_while_starting);
  g_test_add_func ("/host/host/guest", test_guest);
  g_test_add_func ("/host/host/silent-guest", test_silent_guest);
  g_test_add_func ("/host/host/busy-port", test_busy_port);
  g_test_add_func ("/host/host/stop-while-busy", test_stop_while_busy);
  g_test_add_func ("/host/host/bad-addresses", test_bad_addresses);
  g_test_add_func ("/host/host/bad-data-dir", test_bad_data_dir);
  g_test_add_func ("/host/host/bad-pair", test_bad_pair);
  g_test_add_func ("/host/host/reload", test_reload);
  g_test_add_func ("/host/host/bad-web-root", test_bad_web_root);
  g_test_add_func ("/host/host/too-many-guests", test_too_many_guests);
  g_test_add_func ("/host/host/ca-pem", test_ca_pem);

  return g_test_run ();
}
