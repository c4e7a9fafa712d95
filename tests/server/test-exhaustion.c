/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Out of descriptors: the server neither spins nor stops for good. In a process of its own, whose
 * limit can be lowered and whose time can be counted. */
#include "server/hub-test-peer.h"
#include "server/hub-test-server.h"

#include <errno.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <netinet/in.h>

#define SPARE 20  /* descriptors for connections */
#define CROWD 200 /* who all want one */
#define SETTLED_MS 500
#define WATCHED_MS 1500
#define MAX_CPU_MS 300 /* of WATCHED_MS; spinning takes all of it */

/* Another process's crowd: has descriptors of its own, wants to stay, and goes when it is told to.
 * Plain C, since it is forked. */
static _Noreturn void
run_crowd (guint16 port, int go)
{
  struct sockaddr_in address = { .sin_family = AF_INET, .sin_port = htons (port) };
  char byte;

  prctl (PR_SET_PDEATHSIG, SIGKILL);
  address.sin_addr.s_addr = htonl (INADDR_LOOPBACK);
  for (guint i = 0; i < CROWD; i++)
    {
      int fd = socket (AF_INET, SOCK_STREAM, 0);

      if (fd < 0 || connect (fd, (struct sockaddr *) &address, sizeof address) != 0)
        _exit (1);
    }
  /* The end of the pipe is the sign. */
  _exit (read (go, &byte, 1) == 0 ? 0 : 1);
}

static pid_t
start_crowd (guint16 port, int *go)
{
  int ends[2];
  pid_t pid;

  g_assert_cmpint (pipe (ends), ==, 0);
  pid = fork ();
  g_assert_cmpint (pid, >=, 0);
  if (pid == 0)
    {
      close (ends[1]);
      run_crowd (port, ends[0]);
    }
  close (ends[0]);
  *go = ends[1];

  return pid;
}

static gint64
get_cpu_ms (void)
{
  struct rusage usage;

  g_assert_cmpint (getrusage (RUSAGE_SELF, &usage), ==, 0);

  return (usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) * 1000
         + (usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) / 1000;
}

static void
on_timeout (gpointer user_data)
{
  g_main_loop_quit (user_data);
}

/* Sleeps as a server does. */
static void
run_loop (guint ms)
{
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);

  g_assert_cmpuint (g_timeout_add_once (ms, on_timeout, loop), >, 0);
  g_main_loop_run (loop);
}

static void
watch_a_crowd (HubTestServer *self)
{
  struct rlimit limit;
  struct rlimit few;
  HubServerFigures figures;
  gint64 cpu_ms;
  pid_t crowd;
  int status;
  int go;

  self->config.max_per_address = 0;
  self->config.max_attempts = 0;
  hub_test_server_start (self);
  g_assert_cmpint (getrlimit (RLIMIT_NOFILE, &limit), ==, 0);
  crowd = start_crowd (hub_server_get_port (self->server), &go);
  few = limit;
  few.rlim_cur = (rlim_t) go + 1 + SPARE;
  g_assert_cmpint (setrlimit (RLIMIT_NOFILE, &few), ==, 0);

  /* All there is place for come in, the others stay outside, and nobody runs in circles. */
  run_loop (SETTLED_MS);
  cpu_ms = get_cpu_ms ();
  run_loop (WATCHED_MS);
  cpu_ms = get_cpu_ms () - cpu_ms;
  hub_server_get_figures (self->server, &figures);
  g_assert_cmpuint (figures.connections, >=, SPARE);
  g_assert_cmpuint (figures.connections, <, 2 * SPARE);
  g_test_message ("%" G_GINT64_FORMAT " ms of %d", cpu_ms, WATCHED_MS);
  g_assert_cmpint (cpu_ms, <, MAX_CPU_MS);

  /* Some were turned away, and it goes on with those who are left. */
  close (go);
  g_assert_cmpint (waitpid (crowd, &status, 0), ==, crowd);
  g_assert_cmpint (status, ==, 0);
  g_assert_cmpint (setrlimit (RLIMIT_NOFILE, &limit), ==, 0);
  {
    g_autoptr (HubTestPeer) guest = hub_test_peer_new (hub_server_get_port (self->server));

    hub_test_peer_upgrade (guest, NULL);
    hub_test_peer_send_text (guest, "Ana");
    hub_test_peer_expect (guest, "* Ana joined");
  }
  hub_test_server_wait_connections (self, 0);
}

static void
test_descriptors (void)
{
  if (g_test_subprocess ())
    {
      HubTestServer self = { 0 };

      hub_test_server_set_up (&self, NULL);
      watch_a_crowd (&self);
      hub_test_server_tear_down (&self, NULL);
      return;
    }

  g_test_trap_subprocess (NULL, 0, G_TEST_SUBPROCESS_INHERIT_STDERR);
  g_test_trap_assert_passed ();
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/exhaustion/descriptors", test_descriptors);
  return g_test_run ();
}
