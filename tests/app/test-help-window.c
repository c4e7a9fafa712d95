/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "app/hub-help-window.h"

#include "app/hub-copy-row.h"
#include "hub-fake-service.h"
#include "hub-widget-fixture.h"

#include <string.h>

/* The test's session bus is its system bus, too. */

typedef struct
{
  HubWidgetFixture base;
  GtkWidget *window;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  hub_widget_fixture_init (&fixture->base);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  if (fixture->window != NULL)
    hub_widget_fixture_destroy (fixture->window);
  hub_widget_fixture_clear (&fixture->base);
}

static gboolean
is_shown (Fixture *fixture, const char *title)
{
  GtkWidget *row = hub_widget_fixture_find_row (fixture->window, title);

  return row != NULL && gtk_widget_get_visible (row)
         && gtk_widget_get_visible (gtk_widget_get_ancestor (row, ADW_TYPE_PREFERENCES_GROUP));
}

static char *
dup_command (const char *format, guint port)
{
  g_autofree char *text = g_strdup_printf ("%u", port);
  g_auto (GStrv) halves = g_strsplit (format, "PORT", 2);

  return g_strjoinv (text, halves);
}

static const char *const commands[] = {
  "sudo firewall-cmd --add-port=PORT/tcp",
  "sudo ufw allow PORT/tcp",
  "sudo nft insert rule inet filter input tcp dport PORT accept",
};

static guint
count_commands (Fixture *fixture, guint port)
{
  guint n = 0;

  for (guint i = 0; i < G_N_ELEMENTS (commands); i++)
    {
      g_autofree char *command = dup_command (commands[i], port);

      n += is_shown (fixture, command) ? 1 : 0;
    }

  return n;
}

static void
test_sandbox (Fixture *fixture, gconstpointer data)
{
  const char *fingerprint;

  fixture->window = GTK_WIDGET (hub_help_window_new (fixture->base.status, TRUE));
  g_assert_cmpuint (count_commands (fixture, 8443), ==, 3);

  g_object_set (fixture->base.preferences, "port", 18443, NULL);
  hub_widget_fixture_start (&fixture->base);
  g_assert_cmpuint (count_commands (fixture, hub_host_fixture_get_port (&fixture->base.host)), ==,
                    3);
  fingerprint = hub_host_fixture_get_fingerprint (&fixture->base.host);
  g_assert_true (is_shown (fixture, fingerprint));

  hub_host_fixture_stop (&fixture->base.host);
  g_assert_false (is_shown (fixture, fingerprint));
}

static gboolean
on_deadline (gpointer data)
{
  g_error ("The firewall was not found");

  return G_SOURCE_REMOVE;
}

static void
test_firewalld (Fixture *fixture, gconstpointer data)
{
  g_autoptr (HubFakeService) firewalld = hub_fake_service_new (
      NULL, "org.fedoraproject.FirewallD1", "/org/fedoraproject/FirewallD1", "<node/>", NULL, NULL);
  guint deadline = g_timeout_add_seconds (30, on_deadline, NULL);

  fixture->window = GTK_WIDGET (hub_help_window_new (fixture->base.status, FALSE));
  while (count_commands (fixture, 8443) != 1)
    g_main_context_iteration (NULL, TRUE);
  g_source_remove (deadline);
  g_assert_true (is_shown (fixture, "sudo firewall-cmd --add-port=8443/tcp"));
  g_assert_cmpuint (hub_fake_service_count (firewalld, ""), ==, 0); /* asked about, never called */
}

/* Closed before the bus has answered. */
static void
test_early_end (Fixture *fixture, gconstpointer data)
{
  GtkWidget *window = GTK_WIDGET (hub_help_window_new (fixture->base.status, FALSE));
  gpointer remains = window;

  g_object_add_weak_pointer (G_OBJECT (window), &remains);
  gtk_window_destroy (GTK_WINDOW (window));
  while (remains != NULL)
    g_main_context_iteration (NULL, TRUE);
}

static void
on_copied (HubCopyRow *row, guint *n)
{
  ++*n;
}

static void
text_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  *(char **) data = gdk_clipboard_read_text_finish (GDK_CLIPBOARD (source), result, NULL);
}

static void
test_copy (Fixture *fixture, gconstpointer data)
{
  const char *command = "sudo ufw allow 8443/tcp";
  GtkWidget *row;
  g_autofree char *text = NULL;
  guint n = 0;

  fixture->window = GTK_WIDGET (hub_help_window_new (fixture->base.status, TRUE));
  row = hub_widget_fixture_find_row (fixture->window, command);
  g_signal_connect (row, "copied", G_CALLBACK (on_copied), &n);
  g_signal_emit_by_name (hub_widget_fixture_find (row, GTK_TYPE_BUTTON), "clicked");
  g_assert_cmpuint (n, ==, 1);

  gdk_clipboard_read_text_async (gtk_widget_get_clipboard (fixture->window), NULL, text_cb, &text);
  while (text == NULL)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpstr (text, ==, command);
}

/* What is said of each browser is said on its page of ui/help, too. */
static void
test_words (Fixture *fixture, gconstpointer data)
{
  static const struct
  {
    const char *title;
    const char *page;
  } rows[] = {
    { "Safari", "safari-phone.en.html" }, { "Safari", "safari.en.html" },
    { "Chrome", "chrome-phone.en.html" }, { "Chrome", "chrome.en.html" },
    { "Firefox", "firefox.en.html" },     { "Edge", "edge.en.html" },
  };

  fixture->window = GTK_WIDGET (hub_help_window_new (fixture->base.status, TRUE));
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      GtkWidget *row = hub_widget_fixture_find_row (fixture->window, rows[i].title);
      const char *said = adw_action_row_get_subtitle (ADW_ACTION_ROW (row));
      g_autofree char *path
          = g_build_filename (g_getenv ("HUB_TEST_BUILD_ROOT"), "ui", "help", rows[i].page, NULL);
      g_autofree char *page = NULL;
      g_auto (GStrv) parts = NULL;
      const char *steps;

      g_assert_true (g_file_get_contents (path, &page, NULL, NULL));
      steps = strstr (page, "<ol>");
      g_assert_nonnull (steps);
      parts = g_strsplit (steps, "<b>", -1);
      g_assert_cmpuint (g_strv_length (parts), >=, 3);
      for (guint j = 1; parts[j] != NULL; j++)
        {
          g_autofree char *words = g_strndup (parts[j], strcspn (parts[j], "<{"));

          g_test_message ("%s: “%s” in “%s”", rows[i].page, words, said);
          g_assert_nonnull (strstr (said, g_strchomp (words)));
        }
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_setenv ("DBUS_SYSTEM_BUS_ADDRESS", g_getenv ("DBUS_SESSION_BUS_ADDRESS"), TRUE);
  adw_init ();
#define ADD(name, function)                                                                        \
  g_test_add ("/app/help-window/" name, Fixture, NULL, set_up, function, tear_down)
  ADD ("early-end", test_early_end);
  ADD ("sandbox", test_sandbox);
  ADD ("firewalld", test_firewalld);
  ADD ("copy", test_copy);
  ADD ("words", test_words);

  return g_test_run ();
}
