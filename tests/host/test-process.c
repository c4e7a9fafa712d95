/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "hub-config.h"

#include "host/hub-process.h"

#include <fcntl.h>
#include <signal.h>
#include <sys/resource.h>
#include <unistd.h>

/* In a process of its own, as it changes what the whole process has. */
static void
test_prepare_child (void)
{
  int fd;

  close (STDIN_FILENO);
  hub_process_prepare ();
  fd = open ("/dev/null", O_RDONLY | O_CLOEXEC);
  g_assert_cmpint (fd, >, STDERR_FILENO);
  g_assert_cmpint (read (STDIN_FILENO, &(char){ 0 }, 1), ==, -1);
  close (fd);
}

static void
test_prepare (void)
{
  g_test_trap_subprocess ("/process/prepare/subprocess/child", 0, G_TEST_SUBPROCESS_DEFAULT);
  g_test_trap_assert_passed ();
}

static void
test_protect_child (void)
{
  struct sigaction action;
  struct rlimit limit;
  int ends[2];

  hub_process_protect ();
  g_assert_cmpint (sigaction (SIGPIPE, NULL, &action), ==, 0);
  g_assert_true (action.sa_handler == SIG_IGN);
  g_assert_cmpint (pipe (ends), ==, 0);
  close (ends[0]);
  g_assert_cmpint (write (ends[1], "x", 1), ==, -1);
  close (ends[1]);

  g_assert_cmpint (getrlimit (RLIMIT_CORE, &limit), ==, 0);
#if HUB_RELEASE
  g_assert_cmpuint (limit.rlim_cur, ==, 0);
  g_assert_cmpuint (limit.rlim_max, ==, 0);
#endif
}

static void
test_protect (void)
{
  g_test_trap_subprocess ("/process/protect/subprocess/child", 0, G_TEST_SUBPROCESS_DEFAULT);
  g_test_trap_assert_passed ();
}

static void
test_quiet_child (void)
{
  g_log_set_always_fatal (G_LOG_FATAL_MASK);
  hub_process_protect ();
  g_log ("libsoup", G_LOG_LEVEL_WARNING, "sent by a peer");
  g_log ("libsoup", G_LOG_LEVEL_CRITICAL, "a mistake of ours");
}

/* No peer makes the program print; what is wrong with the program itself is seen. */
static void
test_quiet (void)
{
  g_test_trap_subprocess ("/process/quiet/subprocess/child", 0, G_TEST_SUBPROCESS_DEFAULT);
  g_test_trap_assert_passed ();
  g_test_trap_assert_stderr_unmatched ("*sent by a peer*");
  g_test_trap_assert_stderr ("*a mistake of ours*");
}

static void
test_warning (void)
{
  g_assert_cmpint (hub_process_get_warning () != NULL, ==, geteuid () == 0);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/process/prepare", test_prepare);
  g_test_add_func ("/process/prepare/subprocess/child", test_prepare_child);
  g_test_add_func ("/process/protect", test_protect);
  g_test_add_func ("/process/protect/subprocess/child", test_protect_child);
  g_test_add_func ("/process/quiet", test_quiet);
  g_test_add_func ("/process/quiet/subprocess/child", test_quiet_child);
  g_test_add_func ("/process/warning", test_warning);

  return g_test_run ();
}
