/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "host/hub-places.h"
#include "host/hub-reach.h"

#include <fcntl.h>
#include <glib/gstdio.h>
#include <sched.h>
#include <string.h>
#include <unistd.h>

/*
 * In a network namespace of its own, where addresses come and go as the test wants.
 */
static gboolean has_namespace;

static gboolean
write_file (const char *path, const char *contents)
{
  int fd = open (path, O_WRONLY | O_CLOEXEC);
  gsize length = strlen (contents);
  gboolean is_written = fd >= 0 && write (fd, contents, length) == (gssize) length;

  if (fd >= 0)
    close (fd);

  return is_written;
}

/* As root of a user namespace, so that it takes no privilege. Before there are threads. */
static gboolean
enter_namespace (void)
{
  g_autofree char *uid_map = g_strdup_printf ("0 %u 1", getuid ());
  g_autofree char *gid_map = g_strdup_printf ("0 %u 1", getgid ());

  return unshare (CLONE_NEWUSER | CLONE_NEWNET) == 0 && write_file ("/proc/self/setgroups", "deny")
         && write_file ("/proc/self/uid_map", uid_map)
         && write_file ("/proc/self/gid_map", gid_map);
}

static void
ip (const char *arguments)
{
  g_autofree char *line = g_strconcat ("ip ", arguments, NULL);
  g_autoptr (GError) error = NULL;
  int status = -1;

  g_spawn_command_line_sync (line, NULL, NULL, &status, &error);
  g_assert_no_error (error);
  g_assert_true (g_spawn_check_wait_status (status, NULL));
}

/* ---- a reach, and what it told ---- */

typedef struct
{
  HubClock *clock;
  HubNews *news;
  HubReach *reach;
  char *directory;
  GString *told;
  guint n_places;
  guint n_credentials;
} Fixture;

static void
on_news (GPtrArray *events, gboolean is_stale, gpointer user_data)
{
  Fixture *f = user_data;

  for (guint i = 0; i < events->len; i++)
    g_string_append (f->told, ((const HubEvent *) g_ptr_array_index (events, i))->text);
  g_ptr_array_unref (events);
  hub_news_acknowledge (f->news);
}

static void
on_reach_places_changed (HubReach *reach, Fixture *f)
{
  f->n_places++;
}

static void
on_reach_credentials_changed (HubReach *reach, Fixture *f)
{
  f->n_credentials++;
}

static void
fixture_init (Fixture *f)
{
  g_autoptr (HubSettings) settings = hub_settings_new ();
  g_autoptr (GError) error = NULL;

  *f = (Fixture){ .clock = hub_clock_new (), .told = g_string_new (NULL) };
  f->directory = g_dir_make_tmp ("hubbub-test-XXXXXX", NULL);
  f->news = hub_news_new (f->clock, on_news, f);
  settings->data_dir = g_strdup (f->directory);
  f->reach = hub_reach_new (f->clock, settings, f->news, &error);
  g_assert_no_error (error);
  g_signal_connect (f->reach, "places-changed", G_CALLBACK (on_reach_places_changed), f);
  g_signal_connect (f->reach, "credentials-changed", G_CALLBACK (on_reach_credentials_changed), f);
}

static void
fixture_clear (Fixture *f)
{
  static const char *const names[] = { "ca.pem", "ca-key.pem", "server.pem", "server-key.pem" };

  g_assert_finalize_object (f->reach);
  hub_news_free (f->news);
  g_string_free (f->told, TRUE);
  g_assert_finalize_object (f->clock);
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *file = g_build_filename (f->directory, names[i], NULL);

      g_unlink (file);
    }
  g_rmdir (f->directory);
  g_free (f->directory);
}

static gboolean
on_deadline (gpointer data)
{
  char *const *urls = data;

  g_error ("For 30 s there was nothing but: %s", *urls);

  return G_SOURCE_REMOVE;
}

static void
wait_for_urls (Fixture *f, const char *expected)
{
  g_autofree char *joined = NULL;
  guint deadline = g_timeout_add_seconds (30, on_deadline, &joined);

  for (;;)
    {
      g_auto (GStrv) urls = hub_places_dup_urls (hub_reach_get_places (f->reach));

      g_free (joined);
      joined = g_strjoinv (" ", urls);
      if (g_str_equal (joined, expected))
        break;
      g_main_context_iteration (NULL, TRUE);
    }
  g_source_remove (deadline);
}

/* ---- the tests ---- */

/* No network at all, then one, then another address: the URLs follow, and the certificate. */
static void
test_follows (void)
{
  Fixture f;

  if (!has_namespace)
    {
      g_test_skip ("No network namespace can be made here");
      return;
    }

  fixture_init (&f);
  hub_reach_publish (f.reach, "Lab", 8443);
  g_assert_cmpuint (hub_reach_get_places (f.reach)->len, ==, 0);
  g_assert_nonnull (hub_reach_get_credentials (f.reach));
  g_assert_cmpuint (f.n_places, ==, 0);

  ip ("link add hub0 type veth peer name hub1");
  ip ("link set hub1 up");
  ip ("link set hub0 up");
  ip ("addr add 192.168.77.5/24 dev hub0");
  wait_for_urls (&f, "https://192.168.77.5:8443/");
  g_assert_cmpuint (f.n_places, ==, 1);
  g_assert_cmpuint (f.n_credentials, ==, 1);
  g_assert_cmpstr (f.told->str, ==, "");

  /* One that our CA must not sign for: shown, said, and no new certificate for it. */
  ip ("addr add 203.0.113.9/24 dev hub0");
  wait_for_urls (&f, "https://192.168.77.5:8443/ https://203.0.113.9:8443/");
  g_assert_cmpuint (f.n_credentials, ==, 1);
  while (f.told->len == 0)
    g_main_context_iteration (NULL, TRUE);
  g_assert_true (g_str_has_prefix (f.told->str, "203.0.113.9 is a public address"));

  /* Gone and back: the certificate still covers it. */
  ip ("addr del 192.168.77.5/24 dev hub0");
  wait_for_urls (&f, "https://203.0.113.9:8443/");
  ip ("addr add 192.168.77.5/24 dev hub0");
  wait_for_urls (&f, "https://192.168.77.5:8443/ https://203.0.113.9:8443/");
  g_assert_cmpuint (f.n_credentials, ==, 1);
  ip ("link del hub0");
  wait_for_urls (&f, "");
  fixture_clear (&f);
}

/* After the end nothing is followed any more. */
static void
test_withdraw (void)
{
  Fixture f;

  fixture_init (&f);
  hub_reach_publish (f.reach, "Lab", 8443);
  hub_reach_withdraw (f.reach);
  hub_reach_withdraw (f.reach);
  g_assert_null (hub_reach_dup_mdns_name (f.reach));
  fixture_clear (&f);
}

/* Becoming quiet looks at the certificate, which is young. */
static void
test_quiet (void)
{
  Fixture f;

  fixture_init (&f);
  hub_reach_set_quiet (f.reach, FALSE);
  hub_reach_set_quiet (f.reach, TRUE);
  g_assert_cmpuint (f.n_credentials, ==, 0);
  fixture_clear (&f);
}

int
main (int argc, char *argv[])
{
  has_namespace = enter_namespace ();
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/host/reach/follows", test_follows);
  g_test_add_func ("/host/reach/withdraw", test_withdraw);
  g_test_add_func ("/host/reach/quiet", test_quiet);

  return g_test_run ();
}
