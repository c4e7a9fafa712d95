/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "terminal/hub-input.h"

#include <fcntl.h>
#include <glib-unix.h>
#include <glib/gstdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#define MAX_BYTES 10

typedef struct
{
  int fds[2]; /* read, write */
  HubInput *input;
  GString *read; /* each line with a "|" behind it */
  gboolean stops;
  gboolean pauses;
} Fixture;

static gboolean
on_line (const char *line, gsize length, gpointer user_data)
{
  Fixture *fixture = user_data;

  g_string_append_len (fixture->read, line, (gssize) length);
  g_string_append_c (fixture->read, '|');
  if (fixture->stops)
    hub_input_stop (fixture->input);

  return !fixture->pauses;
}

static void
start (Fixture *fixture, int fd)
{
  fixture->input = hub_input_new (fd, MAX_BYTES);
  fixture->read = g_string_new (NULL);
  hub_input_start (fixture->input, on_line, fixture);
}

static void
start_pipe (Fixture *fixture)
{
  g_assert_true (g_unix_open_pipe (fixture->fds, FD_CLOEXEC, NULL));
  start (fixture, fixture->fds[0]);
}

static void
fixture_clear (Fixture *fixture)
{
  g_assert_finalize_object (fixture->input);
  g_string_free (fixture->read, TRUE);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Fixture, fixture_clear)

/* What has come of everything that was there to read. */
static const char *
settle (Fixture *fixture)
{
  while (g_main_context_iteration (NULL, FALSE))
    ;

  return fixture->read->str;
}

static void
type (Fixture *fixture, const char *text)
{
  g_assert_cmpint (write (fixture->fds[1], text, strlen (text)), ==, strlen (text));
}

static void
test_input_lines (void)
{
  g_auto (Fixture) fixture = { 0 };

  start_pipe (&fixture);
  g_assert_false (hub_input_is_terminal (fixture.input));
  g_assert_cmpstr (settle (&fixture), ==, "");
  type (&fixture, "one\n\ntwo\r\nth");
  g_assert_cmpstr (settle (&fixture), ==, "one||two\r|");
  type (&fixture, "ree\n");
  g_assert_cmpstr (settle (&fixture), ==, "one||two\r|three|");

  /* Others who read there are not concerned. */
  g_assert_cmpint (fcntl (fixture.fds[0], F_GETFL) & O_NONBLOCK, ==, 0);

  /* The last line needs no end; after it nothing happens any more. */
  type (&fixture, "end");
  close (fixture.fds[1]);
  g_assert_cmpstr (settle (&fixture), ==, "one||two\r|three|end|");
  g_assert_false (g_main_context_pending (NULL));
  close (fixture.fds[0]);
}

/* Of a line without an end only its beginning is kept. */
static void
test_input_long_line (void)
{
  g_auto (Fixture) fixture = { 0 };
  g_autofree char *part = g_strnfill (1000, 'x');

  start_pipe (&fixture);
  for (guint i = 0; i < 1000; i++)
    {
      type (&fixture, part);
      settle (&fixture);
    }
  type (&fixture, "\nnext\n");
  g_assert_cmpstr (settle (&fixture), ==, "xxxxxxxxxx|next|");
  close (fixture.fds[0]);
  close (fixture.fds[1]);
}

static void
test_input_stop (void)
{
  g_auto (Fixture) fixture = { .stops = TRUE };

  start_pipe (&fixture);
  type (&fixture, "one\ntwo\n");
  g_assert_cmpstr (settle (&fixture), ==, "one|");
  type (&fixture, "three\n");
  g_assert_cmpstr (settle (&fixture), ==, "one|");
  hub_input_stop (fixture.input);
  close (fixture.fds[0]);
  close (fixture.fds[1]);
}

/* A line that takes its time holds up the next, and what is not read yet. */
static void
test_input_pause (void)
{
  g_auto (Fixture) fixture = { .pauses = TRUE };

  start_pipe (&fixture);
  type (&fixture, "one\ntwo\nthr");
  g_assert_cmpstr (settle (&fixture), ==, "one|");
  type (&fixture, "ee\nend");
  close (fixture.fds[1]);
  g_assert_cmpstr (settle (&fixture), ==, "one|");
  hub_input_resume (fixture.input);
  g_assert_cmpstr (fixture.read->str, ==, "one|two|");
  hub_input_resume (fixture.input);
  hub_input_resume (fixture.input);
  g_assert_cmpstr (settle (&fixture), ==, "one|two|three|");
  fixture.pauses = FALSE;
  hub_input_resume (fixture.input);
  g_assert_cmpstr (settle (&fixture), ==, "one|two|three|end|");
  hub_input_resume (fixture.input);
  g_assert_false (g_main_context_pending (NULL));
  close (fixture.fds[0]);
}

static void
test_input_pause_and_stop (void)
{
  g_auto (Fixture) fixture = { .pauses = TRUE };

  start_pipe (&fixture);
  type (&fixture, "one\ntwo\n");
  g_assert_cmpstr (settle (&fixture), ==, "one|");
  hub_input_stop (fixture.input);
  hub_input_resume (fixture.input);
  g_assert_cmpstr (settle (&fixture), ==, "one|");
  close (fixture.fds[0]);
  close (fixture.fds[1]);
}

/* Stopped at the end of what is read, where a line has no end. */
static void
test_input_stop_at_end (void)
{
  g_auto (Fixture) fixture = { .stops = TRUE };

  start_pipe (&fixture);
  type (&fixture, "one");
  close (fixture.fds[1]);
  g_assert_cmpstr (settle (&fixture), ==, "one|");
  g_assert_false (g_main_context_pending (NULL));
  close (fixture.fds[0]);
}

/* A file is read on from where it stands. */
static void
test_input_file (void)
{
  g_auto (Fixture) fixture = { 0 };
  g_autoptr (GError) error = NULL;
  g_autofree char *path = NULL;
  int fd = g_file_open_tmp (NULL, &path, &error);

  g_assert_no_error (error);
  g_assert_cmpint (write (fd, "skip\nlock\n", 10), ==, 10);
  g_assert_cmpint (lseek (fd, 5, SEEK_SET), ==, 5);
  start (&fixture, fd);
  g_assert_cmpstr (settle (&fixture), ==, "lock|");
  g_assert_false (g_main_context_pending (NULL));
  close (fd);
  g_unlink (path);
}

static void
test_input_socket (void)
{
  g_auto (Fixture) fixture = { 0 };

  g_assert_no_errno (socketpair (AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, fixture.fds));
  start (&fixture, fixture.fds[0]);
  g_assert_cmpstr (settle (&fixture), ==, "");
  type (&fixture, "who\n");
  g_assert_cmpstr (settle (&fixture), ==, "who|");
  close (fixture.fds[1]);
  g_assert_cmpstr (settle (&fixture), ==, "who|");
  close (fixture.fds[0]);
}

/* Nothing to read from: an empty file, or one opened for writing only. */
static void
test_input_nothing (gconstpointer data)
{
  g_auto (Fixture) fixture = { 0 };
  int fd = open ("/dev/null", GPOINTER_TO_INT (data) | O_CLOEXEC);

  g_assert_no_errno (fd);
  start (&fixture, fd);
  g_assert_cmpstr (settle (&fixture), ==, "");
  g_assert_false (g_main_context_pending (NULL));
  close (fd);
}

/* A terminal that this program was not started from is somebody else's. */
static void
test_input_foreign_terminal (void)
{
  g_auto (Fixture) fixture = { 0 };
  int controller = posix_openpt (O_RDWR | O_NOCTTY | O_CLOEXEC);
  char typed[16];
  int terminal;

  g_assert_no_errno (controller);
  g_assert_no_errno (grantpt (controller));
  g_assert_no_errno (unlockpt (controller));
  terminal = open (ptsname (controller), O_RDWR | O_NOCTTY | O_CLOEXEC);
  g_assert_no_errno (terminal);

  start (&fixture, terminal);
  g_assert_false (hub_input_is_terminal (fixture.input));
  g_assert_cmpint (write (controller, "lock\n", 5), ==, 5);
  g_assert_cmpstr (settle (&fixture), ==, "");
  g_assert_cmpint (read (terminal, typed, sizeof typed), ==, 5);
  close (terminal);
  close (controller);
}

/* Without a start nothing is read, nor kept alive. */
static void
test_input_unused (void)
{
  HubInput *input = hub_input_new (STDIN_FILENO, MAX_BYTES);

  hub_input_stop (input);
  g_assert_finalize_object (input);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/input/lines", test_input_lines);
  g_test_add_func ("/input/long-line", test_input_long_line);
  g_test_add_func ("/input/stop", test_input_stop);
  g_test_add_func ("/input/pause", test_input_pause);
  g_test_add_func ("/input/pause-and-stop", test_input_pause_and_stop);
  g_test_add_func ("/input/stop-at-end", test_input_stop_at_end);
  g_test_add_func ("/input/file", test_input_file);
  g_test_add_func ("/input/socket", test_input_socket);
  g_test_add_data_func ("/input/nothing/empty", GINT_TO_POINTER (O_RDONLY), test_input_nothing);
  g_test_add_data_func ("/input/nothing/write-only", GINT_TO_POINTER (O_WRONLY),
                        test_input_nothing);
  g_test_add_func ("/input/foreign-terminal", test_input_foreign_terminal);
  g_test_add_func ("/input/unused", test_input_unused);

  return g_test_run ();
}
