/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Two hundred guests against the real program: everything said reaches everybody exactly once, in
 * order, also those who lost their connection in between. */

#include "support/hub-crowd.h"
#include "support/hub-host-process.h"

#include <signal.h>

#define GUESTS 200
#define PER_SECOND 100
#define LOST 20

static const char *const options[] = { "--max-per-address=0", NULL };

static guint
seconds (void)
{
  return g_test_slow () ? 30 : 10;
}

static void
test_crowd_steady (void)
{
  g_autoptr (HubHostProcess) host = hub_host_process_new (NULL, options);
  g_autoptr (HubCrowd) crowd = hub_crowd_new (hub_host_process_get_port (host), GUESTS);
  guint n = seconds () * PER_SECOND;

  hub_crowd_join (crowd);
  for (guint i = 0; i < n; i++)
    {
      hub_crowd_say (crowd, i % GUESTS);
      hub_crowd_run (crowd, 1000 / PER_SECOND);
    }
  hub_crowd_settle (crowd);

  g_assert_cmpuint (hub_crowd_get_n_said (crowd), ==, n);
  g_assert_cmpuint (hub_crowd_get_n_delivered (crowd), ==, (guint64) n * GUESTS);
  g_test_message ("%u said, %" G_GUINT64_FORMAT " delivered", n, hub_crowd_get_n_delivered (crowd));
}

/* Everything the host is to find in one turn is written while it stands still. */
static void
resume_within_one_turn (HubHostProcess *host, HubCrowd *crowd, guint index)
{
  hub_crowd_resume (crowd, index, FALSE);
  hub_crowd_wait_connected (crowd);
  hub_host_process_signal (host, SIGSTOP);
  for (guint i = 0; i < 10; i++)
    hub_crowd_say (crowd, LOST + i);
  hub_crowd_send_hellos (crowd);
  for (guint i = 0; i < 10; i++)
    hub_crowd_say (crowd, LOST + 10 + i);
  hub_host_process_signal (host, SIGCONT);
}

static void
test_crowd_losses (void)
{
  g_autoptr (HubHostProcess) host = hub_host_process_new (NULL, options);
  g_autoptr (HubCrowd) crowd = hub_crowd_new (hub_host_process_get_port (host), GUESTS);
  guint n = seconds () * PER_SECOND;

  hub_crowd_join (crowd);
  for (guint i = 0; i < n; i++)
    {
      hub_crowd_say (crowd, i % GUESTS);
      hub_crowd_run (crowd, 1000 / PER_SECOND);
      if (i == n / 3)
        for (guint lost = 0; lost < LOST; lost++)
          hub_crowd_lose (crowd, lost, lost % 3);
      if (i == n / 2)
        {
          resume_within_one_turn (host, crowd, 0);
          for (guint lost = 1; lost < LOST; lost++)
            hub_crowd_resume (crowd, lost, TRUE);
        }
    }
  hub_crowd_settle (crowd);

  /* n, and the 20 that were said within the one turn. */
  g_assert_cmpuint (hub_crowd_get_n_said (crowd), ==, n + 20);
  g_assert_cmpuint (hub_crowd_get_n_delivered (crowd), ==, (guint64) (n + 20) * GUESTS);
  g_test_message ("%u said, %" G_GUINT64_FORMAT " delivered with %d guests lost and back", n + 20,
                  hub_crowd_get_n_delivered (crowd), LOST);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/terminal/crowd/steady", test_crowd_steady);
  g_test_add_func ("/terminal/crowd/losses", test_crowd_losses);
  return g_test_run ();
}
