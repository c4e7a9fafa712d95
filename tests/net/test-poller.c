/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "net/hub-poller.h"

#include "base/hub-limits.h"

#include <gio/gio.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

typedef struct
{
  HubPoller *poller;
  int fds[2]; /* the first one is watched */
  HubPollerId id;
  guint32 events;
  guint calls;
  guint deferred;
  GString *trace;
} Watch;

static void
on_watch_events (guint32 events, gpointer user_data)
{
  Watch *watch = user_data;

  if (events == 0)
    {
      watch->deferred++;
      return;
    }
  watch->events |= events;
  watch->calls++;
}

static void
watch_init (Watch *watch, HubPoller *poller, HubPollerFunc func)
{
  g_autoptr (GError) error = NULL;

  *watch = (Watch){ .poller = poller };
  g_assert_no_errno (socketpair (AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK, 0, watch->fds));
  watch->id = hub_poller_add (poller, watch->fds[0], func, watch, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (watch->id, !=, 0);
}

static void
watch_clear (Watch *watch)
{
  if (watch->id != 0)
    hub_poller_remove (watch->poller, watch->id, watch->fds[0]);
  close (watch->fds[0]);
  close (watch->fds[1]);
}

static void
turn (void)
{
  g_main_context_iteration (NULL, FALSE);
}

static HubPoller *
new_poller (void)
{
  g_autoptr (GError) error = NULL;
  HubPoller *poller = hub_poller_new (&error);

  g_assert_no_error (error);

  return poller;
}

static void
test_edges (void)
{
  g_autoptr (HubPoller) poller = new_poller ();
  Watch watch;

  watch_init (&watch, poller, on_watch_events);
  turn ();
  g_assert_cmpuint (watch.events, ==, EPOLLOUT);

  g_assert_cmpint (write (watch.fds[1], "a", 1), ==, 1);
  turn ();
  g_assert_cmpuint (watch.calls, ==, 2);
  g_assert_cmpuint (watch.events & EPOLLIN, !=, 0);

  /* Edge triggered: what was told is not told again. */
  turn ();
  turn ();
  g_assert_cmpuint (watch.calls, ==, 2);

  shutdown (watch.fds[1], SHUT_WR);
  turn ();
  g_assert_cmpuint (watch.events & EPOLLRDHUP, !=, 0);

  watch_clear (&watch);
}

static Watch *victim;

static void
on_killer_events (guint32 events, gpointer user_data)
{
  Watch *self = user_data;

  self->calls++;
  if (victim != NULL && victim->id != 0)
    {
      /* The slot is given to somebody else at once, who must not get the other one's event. */
      hub_poller_remove (self->poller, victim->id, victim->fds[0]);
      victim->id = hub_poller_add (self->poller, victim->fds[1], on_watch_events, victim, NULL);
      victim->calls = 0;
      victim = NULL;
    }
}

/* An event for a descriptor that was removed in the same turn goes nowhere. */
static void
test_stale_event (void)
{
  g_autoptr (HubPoller) poller = new_poller ();
  Watch watches[2];
  HubPollerId old_id;

  for (guint i = 0; i < 2; i++)
    watch_init (&watches[i], poller, on_killer_events);
  turn ();

  /* Both become readable; whichever is called first takes the other one out. */
  for (guint i = 0; i < 2; i++)
    {
      watches[i].calls = 0;
      g_assert_cmpint (write (watches[i].fds[1], "a", 1), ==, 1);
    }
  victim = &watches[1];
  old_id = watches[1].id;
  turn ();
  g_assert_cmpuint (watches[0].calls, ==, 1);
  g_assert_cmpuint (watches[1].calls, ==, 0);
  g_assert_cmpuint (watches[1].id, !=, old_id);
  g_assert_cmpuint (watches[1].id & G_MAXUINT32, ==, old_id & G_MAXUINT32);

  hub_poller_remove (poller, watches[1].id, watches[1].fds[1]);
  watches[1].id = 0;
  watch_clear (&watches[0]);
  watch_clear (&watches[1]);
}

static void
on_turn (gpointer user_data)
{
  (*(guint *) user_data)++;
}

static void
test_turn_func (void)
{
  g_autoptr (HubPoller) poller = new_poller ();
  guint turns = 0;
  guint64 before;

  hub_poller_set_turn_func (poller, on_turn, &turns);
  before = hub_poller_get_turn (poller);
  turn ();
  turn ();
  g_assert_cmpuint (turns, ==, 2);
  g_assert_cmpuint (hub_poller_get_turn (poller), ==, before + 2);

  hub_poller_set_turn_func (poller, NULL, NULL);
  turn ();
  g_assert_cmpuint (turns, ==, 2);
}

static void
on_slow_events (guint32 events, gpointer user_data)
{
  Watch *self = user_data;
  gint64 busy_until = g_get_monotonic_time () + HUB_HANDSHAKE_TURN_US;

  if (events != 0)
    return;
  self->deferred++;
  while (g_get_monotonic_time () < busy_until)
    ;
}

/* Slow work is spread over turns, in the order in which it was booked, and none is lost. */
static void
test_defer (void)
{
  g_autoptr (HubPoller) poller = new_poller ();
  Watch watches[3];
  guint turns = 0;

  for (guint i = 0; i < 3; i++)
    watch_init (&watches[i], poller, on_slow_events);
  hub_poller_set_turn_func (poller, on_turn, &turns);
  for (guint i = 0; i < 3; i++)
    hub_poller_defer (poller, watches[i].id);
  g_assert_cmpuint (watches[0].deferred, ==, 0);

  /* Its output is flushed too. */
  turn ();
  g_assert_cmpuint (turns, ==, 2);
  for (guint i = 0; i < 3; i++)
    {
      g_assert_cmpuint (watches[i].deferred, ==, 1);
      for (guint j = i + 1; j < 3; j++)
        g_assert_cmpuint (watches[j].deferred, ==, 0);
      turn ();
    }
  for (guint i = 0; i < 3; i++)
    g_assert_cmpuint (watches[i].deferred, ==, 1);

  /* Work of a registration that is gone is forgotten. */
  hub_poller_defer (poller, watches[0].id);
  watch_clear (&watches[0]);
  turn ();
  g_assert_cmpuint (watches[0].deferred, ==, 1);

  watch_clear (&watches[1]);
  watch_clear (&watches[2]);
}

static void
on_detacher_events (guint32 events, gpointer user_data)
{
  Watch *self = user_data;

  self->calls++;
  hub_poller_detach (self->poller);
}

static void
test_detach (void)
{
  g_autoptr (HubPoller) poller = new_poller ();
  g_autoptr (GError) error = NULL;
  Watch watches[2];

  for (guint i = 0; i < 2; i++)
    watch_init (&watches[i], poller, on_detacher_events);
  turn ();
  turn ();
  g_assert_cmpuint (watches[0].calls + watches[1].calls, ==, 1);
  g_assert_cmpuint (hub_poller_add (poller, watches[0].fds[1], on_watch_events, NULL, &error), ==,
                    0);
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CLOSED);

  watch_clear (&watches[0]);
  watch_clear (&watches[1]);
}

static void
test_add_bad (void)
{
  g_autoptr (HubPoller) poller = new_poller ();
  g_autoptr (GError) error = NULL;
  int fds[2];

  /* A descriptor that epoll does not know how to watch: a closed one. */
  g_assert_no_errno (pipe (fds));
  close (fds[0]);
  close (fds[1]);
  g_assert_cmpuint (hub_poller_add (poller, fds[0], on_watch_events, NULL, &error), ==, 0);
  g_assert_nonnull (error);
}

static void
on_again (guint32 events, gpointer user_data)
{
  Watch *watch = user_data;

  if (events != EPOLLIN)
    return;

  watch->calls++;
  if (watch->calls < 3)
    hub_poller_again (watch->poller, watch->id);
}

/* Once a turn, without an event, and not after it was removed. */
static void
test_again (void)
{
  g_autoptr (HubPoller) poller = new_poller ();
  Watch watches[2];

  for (guint i = 0; i < 2; i++)
    watch_init (&watches[i], poller, on_again);
  turn ();
  hub_poller_again (poller, watches[0].id);
  hub_poller_again (poller, watches[1].id);
  hub_poller_remove (poller, watches[1].id, watches[1].fds[0]);
  watches[1].id = 0;
  for (guint i = 1; i <= 5; i++)
    {
      turn ();
      g_assert_cmpuint (watches[0].calls, ==, MIN (i, 3));
    }
  g_assert_cmpuint (watches[1].calls, ==, 0);

  for (guint i = 0; i < 2; i++)
    watch_clear (&watches[i]);
}

static void
on_too_slow (guint32 events, gpointer user_data)
{
  Watch *watch = user_data;

  if (events & HUB_POLLER_TOO_SLOW)
    {
      watch->calls++;
      hub_poller_remove (watch->poller, watch->id, watch->fds[0]);
      watch->id = 0;
    }
}

/* Where too much waits, who is slowest goes, and only as many as have to. */
static void
test_waiting (void)
{
  static const gsize half = HUB_OUTBOX_TOTAL_BYTES / 2;
  g_autoptr (HubPoller) poller = new_poller ();
  Watch watches[4];

  for (guint i = 0; i < 4; i++)
    watch_init (&watches[i], poller, on_too_slow);
  hub_poller_set_waiting (poller, watches[0].id, half - 2);
  hub_poller_set_waiting (poller, watches[1].id, half);
  hub_poller_set_waiting (poller, watches[2].id, 2);
  g_assert_cmpuint (hub_poller_get_waiting (poller), ==, HUB_OUTBOX_TOTAL_BYTES);
  turn ();
  g_assert_cmpuint (hub_poller_get_waiting (poller), ==, HUB_OUTBOX_TOTAL_BYTES);

  hub_poller_set_waiting (poller, watches[2].id, 3);
  turn ();
  g_assert_cmpuint (watches[1].calls, ==, 1);
  g_assert_cmpuint (watches[0].calls + watches[2].calls + watches[3].calls, ==, 0);
  g_assert_cmpuint (hub_poller_get_waiting (poller), ==, half + 1);

  hub_poller_set_waiting (poller, watches[3].id, HUB_OUTBOX_TOTAL_BYTES * 3);
  hub_poller_set_waiting (poller, watches[2].id, HUB_OUTBOX_TOTAL_BYTES * 2);
  turn ();
  g_assert_cmpuint (watches[0].calls, ==, 0);
  g_assert_cmpuint (watches[2].calls, ==, 1);
  g_assert_cmpuint (watches[3].calls, ==, 1);
  g_assert_cmpuint (hub_poller_get_waiting (poller), ==, half - 2);

  for (guint i = 0; i < 4; i++)
    watch_clear (&watches[i]);
  g_assert_cmpuint (hub_poller_get_waiting (poller), ==, 0);
}

static gpointer
is_mine (gpointer poller)
{
  return GINT_TO_POINTER (hub_poller_is_mine (poller));
}

static void
test_thread (void)
{
  g_autoptr (HubPoller) poller = new_poller ();

  g_assert_true (hub_poller_is_mine (poller));
  g_assert_false (GPOINTER_TO_INT (g_thread_join (g_thread_new ("other", is_mine, poller))));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/poller/edges", test_edges);
  g_test_add_func ("/poller/stale-event", test_stale_event);
  g_test_add_func ("/poller/turn-func", test_turn_func);
  g_test_add_func ("/poller/defer", test_defer);
  g_test_add_func ("/poller/detach", test_detach);
  g_test_add_func ("/poller/add-bad", test_add_bad);
  g_test_add_func ("/poller/again", test_again);
  g_test_add_func ("/poller/waiting", test_waiting);
  g_test_add_func ("/poller/thread", test_thread);

  return g_test_run ();
}
