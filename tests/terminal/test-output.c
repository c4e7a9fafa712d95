/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "terminal/hub-output.h"

#include <fcntl.h>
#include <glib-unix.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <termios.h>
#include <unistd.h>

#define DEADLINE_US (20 * G_TIME_SPAN_SECOND)

typedef struct
{
  int fds[2];
  HubOutput *output;
  GString *read;
} Fixture;

static void
fixture_set_up (Fixture *fixture, gconstpointer data)
{
  g_assert_true (g_unix_open_pipe (fixture->fds, FD_CLOEXEC, NULL));
  g_assert_true (g_unix_set_fd_nonblocking (fixture->fds[0], TRUE, NULL));
  fixture->output = hub_output_new (fixture->fds[1]);
  fixture->read = g_string_new (NULL);
}

static void
fixture_tear_down (Fixture *fixture, gconstpointer data)
{
  g_assert_finalize_object (fixture->output);
  g_string_free (fixture->read, TRUE);
  if (fixture->fds[0] >= 0)
    close (fixture->fds[0]);
  close (fixture->fds[1]);
}

/* Reads what is there now. */
static void
read_some (Fixture *fixture)
{
  char buffer[4096];
  ssize_t length;

  while ((length = read (fixture->fds[0], buffer, sizeof buffer)) > 0)
    g_string_append_len (fixture->read, buffer, length);
}

static void
test_output_lines (Fixture *fixture, gconstpointer data)
{
  hub_output_print (fixture->output, "one");
  hub_output_printf (fixture->output, "%s\n%d", "two", 3);
  hub_output_print (fixture->output, "");
  read_some (fixture);
  g_assert_cmpstr (fixture->read->str, ==, "one\ntwo\n3\n\n");
  g_assert_false (hub_output_is_terminal (fixture->output));
  g_assert_cmpuint (hub_output_get_columns (fixture->output), ==, 0);
}

/* A reader that does not read holds nothing up; what fits the bound is there when it does. */
static void
test_output_slow_reader (Fixture *fixture, gconstpointer data)
{
  g_autofree char *line = g_strnfill (99999, 'x');
  gint64 deadline = g_get_monotonic_time () + DEADLINE_US;
  gsize most = 20 * 100000;
  gsize least = HUB_OUTPUT_MAX_BYTES - 100000;

  for (guint i = 0; i < 20; i++)
    hub_output_print (fixture->output, line);
  g_assert_cmpuint (hub_output_take_missed (fixture->output), ==, 0);
  g_assert_cmpint (g_get_monotonic_time (), <, deadline);
  hub_output_flush (fixture->output, 1);

  while (fixture->read->len < least)
    {
      g_assert_cmpint (g_get_monotonic_time (), <, deadline);
      g_main_context_iteration (NULL, FALSE);
      read_some (fixture);
    }

  /* Only whole lines were dropped. */
  hub_output_print (fixture->output, "end");
  while (!g_str_has_suffix (fixture->read->str, "x\nend\n"))
    {
      g_assert_cmpint (g_get_monotonic_time (), <, deadline);
      g_main_context_iteration (NULL, FALSE);
      read_some (fixture);
    }
  g_assert_cmpuint (fixture->read->len, <, most);
  g_assert_cmpuint (hub_output_take_missed (fixture->output), ==, 20 - fixture->read->len / 100000);
  g_assert_cmpuint (hub_output_take_missed (fixture->output), ==, 0);
  g_assert_cmpuint ((fixture->read->len - strlen ("end\n")) % 100000, ==, 0);
}

/* What is longer than all that may wait is printed where little waits, and comes as it was. */
static void
test_output_long (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GString) text = g_string_new (NULL);
  gint64 deadline = g_get_monotonic_time () + DEADLINE_US;

  for (guint i = 0; text->len < 5 * HUB_OUTPUT_MAX_BYTES; i++)
    g_string_append_printf (text, "%u ", i);
  hub_output_print (fixture->output, text->str);
  hub_output_print (fixture->output, "dropped");
  g_string_append_c (text, '\n');
  while (fixture->read->len < text->len)
    {
      g_assert_cmpint (g_get_monotonic_time (), <, deadline);
      g_main_context_iteration (NULL, FALSE);
      read_some (fixture);
    }
  g_assert_true (g_string_equal (fixture->read, text));
  g_assert_cmpuint (hub_output_take_missed (fixture->output), ==, 1);
}

static gpointer
read_until_end (gpointer user_data)
{
  Fixture *fixture = user_data;
  char buffer[4096];
  ssize_t length;

  while ((length = read (fixture->fds[0], buffer, sizeof buffer)) > 0)
    g_string_append_len (fixture->read, buffer, length);

  return NULL;
}

static void
test_output_flush (Fixture *fixture, gconstpointer data)
{
  g_autofree char *line = g_strnfill (500000, 'x');
  GThread *reader;

  hub_output_print (fixture->output, line);
  g_assert_true (g_unix_set_fd_nonblocking (fixture->fds[0], FALSE, NULL));
  reader = g_thread_new ("reader", read_until_end, fixture);
  hub_output_flush (fixture->output, DEADLINE_US / G_TIME_SPAN_MILLISECOND);
  /* The end of the pipe ends the reader. */
  g_assert_no_errno (dup2 (STDERR_FILENO, fixture->fds[1]));
  g_thread_join (reader);
  g_assert_cmpuint (fixture->read->len, ==, 500001);
}

static void
test_output_reader_gone (Fixture *fixture, gconstpointer data)
{
  g_autofree char *line = g_strnfill (200000, 'x');

  hub_output_print (fixture->output, line);
  close (fixture->fds[0]);
  fixture->fds[0] = -1;

  /* Found out while it waits, and by the next line. */
  while (g_main_context_iteration (NULL, FALSE))
    ;
  hub_output_print (fixture->output, "nobody reads this");
  hub_output_print (fixture->output, line);
  hub_output_flush (fixture->output, 1000);
  g_assert_false (g_main_context_pending (NULL));
}

/* Returns: the controller's side; @terminal is the other */
static int
open_terminal (int *terminal)
{
  int controller = posix_openpt (O_RDWR | O_NOCTTY | O_CLOEXEC);

  g_assert_no_errno (controller);
  g_assert_no_errno (grantpt (controller));
  g_assert_no_errno (unlockpt (controller));
  *terminal = open (ptsname (controller), O_RDWR | O_NOCTTY | O_CLOEXEC);
  g_assert_no_errno (*terminal);

  return controller;
}

/* An SSH connection that hangs: nobody reads, and the last of the room is smaller than a line. */
static void
test_output_terminal_frozen (void)
{
  int terminal;
  int controller = open_terminal (&terminal);
  g_autoptr (HubOutput) output = hub_output_new (terminal);
  g_autofree char *line = g_strnfill (1001, 'x');

  alarm (DEADLINE_US / G_TIME_SPAN_SECOND);
  for (guint i = 0; i < 300; i++)
    hub_output_print (output, line);
  alarm (0);
  /* Others who write there are not concerned. */
  g_assert_cmpint (fcntl (terminal, F_GETFL) & O_NONBLOCK, ==, 0);
  close (terminal);
  close (controller);
}

static void
test_output_terminal (void)
{
  struct winsize size = { .ws_col = 77, .ws_row = 20 };
  g_autoptr (HubOutput) output = NULL;
  int terminal;
  int controller = open_terminal (&terminal);

  g_assert_no_errno (ioctl (terminal, TIOCSWINSZ, &size));

  output = hub_output_new (terminal);
  g_assert_true (hub_output_is_terminal (output));
  g_assert_cmpuint (hub_output_get_columns (output), ==, 77);

  g_setenv ("JOURNAL_STREAM", "8:1", TRUE);
  g_assert_false (hub_output_is_terminal (output));
  g_unsetenv ("JOURNAL_STREAM");
  g_setenv ("TERM", "xterm", TRUE);
  g_assert_true (hub_output_has_colours (output));
  g_setenv ("TERM", "dumb", TRUE);
  g_assert_false (hub_output_has_colours (output));
  g_unsetenv ("TERM");
  g_assert_false (hub_output_has_colours (output));

  /* The terminal is closed by its user: EIO. */
  close (controller);
  hub_output_print (output, "nobody reads this");
  hub_output_print (output, "nor this");
  g_assert_false (g_main_context_pending (NULL));
  close (terminal);
}

#define ADD(path, func) g_test_add (path, Fixture, NULL, fixture_set_up, func, fixture_tear_down)

int
main (int argc, char *argv[])
{
  struct sigaction ignore = { .sa_handler = SIG_IGN };

  g_test_init (&argc, &argv, NULL);
  g_unsetenv ("JOURNAL_STREAM");
  sigaction (SIGPIPE, &ignore, NULL);

  ADD ("/output/lines", test_output_lines);
  ADD ("/output/slow-reader", test_output_slow_reader);
  ADD ("/output/long", test_output_long);
  ADD ("/output/flush", test_output_flush);
  ADD ("/output/reader-gone", test_output_reader_gone);
  g_test_add_func ("/output/terminal", test_output_terminal);
  g_test_add_func ("/output/terminal-frozen", test_output_terminal_frozen);

  return g_test_run ();
}
