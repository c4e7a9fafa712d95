/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "net/hub-poller.h"

#include "base/hub-limits.h"

#include <errno.h>
#include <gio/gio.h>
#include <sys/epoll.h>
#include <unistd.h>

/* Events taken from the kernel in one turn; what is left over comes in the next. */
#define MAX_EVENTS 256

/* A registration's place. Free ones are chained by their next member. */
typedef struct
{
  guint32 generation;
  gboolean in_use;
  guint next_free;
  gsize waiting; /* bytes */
  HubPollerFunc func;
  gpointer user_data;
} HubPollerSlot;

#define NO_SLOT G_MAXUINT

typedef struct
{
  GSource source;
  HubPoller *poller; /* borrowed: the poller destroys its source before it goes */
  gpointer tag;
} HubPollerSource;

struct _HubPoller
{
  guint ref_count;
  int epoll_fd;
  GThread *thread;
  GSource *source; /* NULL once detached */

  GArray *slots; /* element-type HubPollerSlot */
  guint first_free;
  GArray *deferred; /* element-type HubPollerId, in the order in which they are due */
  GArray *again;    /* element-type HubPollerId: readable without an event */
  gsize waiting;    /* bytes, of all slots */

  HubPollerTurnFunc turn_func;
  gpointer turn_data;
  guint64 turn;
};

static HubPollerId
make_id (guint index, guint32 generation)
{
  return ((guint64) generation << 32) | index;
}

/* Calls the function behind @id unless its registration is gone. */
static void
call_slot (HubPoller *self, HubPollerId id, guint32 events)
{
  guint index = (guint) (id & G_MAXUINT32);
  HubPollerSlot slot;

  if (index >= self->slots->len)
    return;

  /* A copy: the function may add registrations, which moves the array. */
  slot = g_array_index (self->slots, HubPollerSlot, index);
  if (slot.in_use && slot.generation == (guint32) (id >> 32))
    slot.func (events, slot.user_data);
}

static gboolean
run_deferred (HubPoller *self)
{
  gint64 stop_at;
  guint due = self->deferred->len;
  guint done = 0;

  if (due == 0)
    return FALSE;

  /* What is deferred again meanwhile lands behind them and waits for the next turn. */
  stop_at = g_get_monotonic_time () + HUB_HANDSHAKE_TURN_US;
  while (done < due && self->source != NULL)
    {
      call_slot (self, g_array_index (self->deferred, HubPollerId, done), 0);
      done++;
      if (g_get_monotonic_time () >= stop_at)
        break;
    }

  if (done == self->deferred->len)
    g_array_set_size (self->deferred, 0);
  else
    g_array_remove_range (self->deferred, 0, done);

  return TRUE;
}

static HubPollerId
find_slowest (HubPoller *self)
{
  HubPollerId slowest = 0;
  gsize most = 0;

  for (guint i = 0; i < self->slots->len; i++)
    {
      HubPollerSlot *slot = &g_array_index (self->slots, HubPollerSlot, i);

      if (slot->waiting > most)
        {
          most = slot->waiting;
          slowest = make_id (i, slot->generation);
        }
    }

  return slowest;
}

static void
end_turn (HubPoller *self)
{
  if (self->turn_func != NULL)
    self->turn_func (self->turn_data);

  while (self->waiting > HUB_OUTBOX_TOTAL_BYTES && self->source != NULL)
    call_slot (self, find_slowest (self), HUB_POLLER_TOO_SLOW);
}

/*
 * The end of a turn. Deferred work may have let somebody say something, so its output is flushed
 * as well: nothing may be left waiting while the loop sleeps.
 */
static gboolean
hub_poller_source_prepare (GSource *source, int *timeout)
{
  g_autoptr (HubPoller) self = hub_poller_ref (((HubPollerSource *) source)->poller);

  self->turn++;
  end_turn (self);
  if (run_deferred (self))
    end_turn (self);

  *timeout = self->deferred->len > 0 || self->again->len > 0 ? 0 : -1;

  return FALSE;
}

/*
 * Events are given out here and not in dispatch: this source is the first in the walk, so that a
 * stream's source, woken by its ready time, is still found ready in this turn.
 */
static gboolean
hub_poller_source_check (GSource *source)
{
  HubPollerSource *poller_source = (HubPollerSource *) source;
  g_autoptr (HubPoller) self = hub_poller_ref (poller_source->poller);
  struct epoll_event events[MAX_EVENTS];
  int n_events = 0;
  guint due = self->again->len;

  if (g_source_query_unix_fd (source, poller_source->tag) != 0)
    n_events = epoll_wait (self->epoll_fd, events, MAX_EVENTS, 0);
  for (int i = 0; i < n_events && self->source != NULL; i++)
    call_slot (self, events[i].data.u64, events[i].events);

  /* Who says so again meanwhile waits for the next turn. */
  for (guint i = 0; i < due && self->source != NULL; i++)
    call_slot (self, g_array_index (self->again, HubPollerId, i), EPOLLIN);
  if (due > 0)
    g_array_remove_range (self->again, 0, due);

  return FALSE;
}

static gboolean
hub_poller_source_dispatch (GSource *source, GSourceFunc callback, gpointer user_data)
{
  return G_SOURCE_CONTINUE;
}

static GSourceFuncs hub_poller_source_funcs = {
  hub_poller_source_prepare, hub_poller_source_check, hub_poller_source_dispatch, NULL, NULL, NULL,
};

HubPoller *
hub_poller_new (GError **error)
{
  HubPoller *self;
  HubPollerSource *source;
  int epoll_fd;

  epoll_fd = epoll_create1 (EPOLL_CLOEXEC);
  if (epoll_fd < 0)
    {
      int saved = errno;
      g_set_error_literal (error, G_IO_ERROR, g_io_error_from_errno (saved), g_strerror (saved));
      return NULL;
    }

  self = g_new0 (HubPoller, 1);
  self->ref_count = 1;
  self->epoll_fd = epoll_fd;
  self->thread = g_thread_self ();
  self->slots = g_array_new (FALSE, FALSE, sizeof (HubPollerSlot));
  self->first_free = NO_SLOT;
  self->deferred = g_array_new (FALSE, FALSE, sizeof (HubPollerId));
  self->again = g_array_new (FALSE, FALSE, sizeof (HubPollerId));

  self->source = g_source_new (&hub_poller_source_funcs, sizeof (HubPollerSource));
  source = (HubPollerSource *) self->source;
  source->poller = self;
  source->tag = g_source_add_unix_fd (self->source, epoll_fd, G_IO_IN);
  g_source_set_static_name (self->source, "HubPoller");
  /* It is never ready itself, so it holds nobody up; but it must come first. */
  g_source_set_priority (self->source, G_PRIORITY_HIGH);
  g_source_attach (self->source, g_main_context_get_thread_default ());

  return self;
}

HubPoller *
hub_poller_ref (HubPoller *self)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (hub_poller_is_mine (self), NULL);

  self->ref_count++;

  return self;
}

void
hub_poller_unref (HubPoller *self)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (hub_poller_is_mine (self));

  if (--self->ref_count > 0)
    return;

  hub_poller_detach (self);
  g_array_unref (self->slots);
  g_array_unref (self->deferred);
  g_array_unref (self->again);
  g_free (self);
}

void
hub_poller_detach (HubPoller *self)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (hub_poller_is_mine (self));

  if (self->source == NULL)
    return;

  g_source_destroy (self->source);
  g_clear_pointer (&self->source, g_source_unref);
  close (self->epoll_fd);
  self->epoll_fd = -1;
  self->turn_func = NULL;
}

void
hub_poller_set_turn_func (HubPoller *self, HubPollerTurnFunc func, gpointer user_data)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (hub_poller_is_mine (self));

  self->turn_func = func;
  self->turn_data = user_data;
}

static guint
take_slot (HubPoller *self)
{
  guint index = self->first_free;

  if (index == NO_SLOT)
    {
      HubPollerSlot fresh = { .generation = 1 };

      index = self->slots->len;
      g_array_append_val (self->slots, fresh);
    }
  else
    {
      self->first_free = g_array_index (self->slots, HubPollerSlot, index).next_free;
    }

  return index;
}

static void
release_slot (HubPoller *self, guint index)
{
  HubPollerSlot *slot = &g_array_index (self->slots, HubPollerSlot, index);

  self->waiting -= slot->waiting;
  slot->waiting = 0;
  slot->in_use = FALSE;
  slot->func = NULL;
  slot->user_data = NULL;
  /* Never 0, so that no id is ever 0. */
  slot->generation = slot->generation == G_MAXUINT32 ? 1 : slot->generation + 1;
  slot->next_free = self->first_free;
  self->first_free = index;
}

HubPollerId
hub_poller_add (HubPoller *self, int fd, HubPollerFunc func, gpointer user_data, GError **error)
{
  struct epoll_event event;
  HubPollerSlot *slot;
  guint index;

  g_return_val_if_fail (self != NULL, 0);
  g_return_val_if_fail (hub_poller_is_mine (self), 0);
  g_return_val_if_fail (fd >= 0, 0);
  g_return_val_if_fail (func != NULL, 0);

  if (self->source == NULL)
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_CLOSED, "The poller is detached");
      return 0;
    }

  index = take_slot (self);
  slot = &g_array_index (self->slots, HubPollerSlot, index);
  slot->in_use = TRUE;
  slot->func = func;
  slot->user_data = user_data;

  event.events = EPOLLIN | EPOLLOUT | EPOLLRDHUP | EPOLLET;
  event.data.u64 = make_id (index, slot->generation);
  if (epoll_ctl (self->epoll_fd, EPOLL_CTL_ADD, fd, &event) < 0)
    {
      int saved = errno;
      g_set_error_literal (error, G_IO_ERROR, g_io_error_from_errno (saved), g_strerror (saved));
      release_slot (self, index);
      return 0;
    }

  return event.data.u64;
}

void
hub_poller_remove (HubPoller *self, HubPollerId id, int fd)
{
  guint index = (guint) (id & G_MAXUINT32);

  g_return_if_fail (self != NULL);
  g_return_if_fail (hub_poller_is_mine (self));
  g_return_if_fail (id != 0 && index < self->slots->len);
  g_return_if_fail (g_array_index (self->slots, HubPollerSlot, index).generation == id >> 32);

  /* Closing alone is not enough: a child process may hold the same file open. */
  if (self->source != NULL)
    epoll_ctl (self->epoll_fd, EPOLL_CTL_DEL, fd, NULL);
  release_slot (self, index);
}

void
hub_poller_defer (HubPoller *self, HubPollerId id)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (hub_poller_is_mine (self));
  g_return_if_fail (id != 0);

  g_array_append_val (self->deferred, id);
}

void
hub_poller_again (HubPoller *self, HubPollerId id)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (hub_poller_is_mine (self));
  g_return_if_fail (id != 0);

  g_array_append_val (self->again, id);
}

void
hub_poller_set_waiting (HubPoller *self, HubPollerId id, gsize bytes)
{
  guint index = (guint) (id & G_MAXUINT32);
  HubPollerSlot *slot;

  g_return_if_fail (self != NULL);
  g_return_if_fail (hub_poller_is_mine (self));
  g_return_if_fail (id != 0 && index < self->slots->len);

  slot = &g_array_index (self->slots, HubPollerSlot, index);
  g_return_if_fail (slot->generation == id >> 32);

  self->waiting += bytes - slot->waiting;
  slot->waiting = bytes;
}

gsize
hub_poller_get_waiting (HubPoller *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->waiting;
}

guint64
hub_poller_get_turn (HubPoller *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->turn;
}

gboolean
hub_poller_is_mine (HubPoller *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return self->thread == g_thread_self ();
}
