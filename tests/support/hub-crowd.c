/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "support/hub-crowd.h"

#include "support/hub-crowd-guest.h"

#include <poll.h>
#include <sys/socket.h>

#define DEADLINE_US (120 * G_USEC_PER_SEC)

/* Frozen connections kept; the host has long ended those before them. */
#define MAX_FROZEN 64

struct _HubCrowd
{
  guint n;
  HubCrowdGuest **guests;
  gboolean *asleep;
  GQueue frozen; /* HubCrowdSocket */
  gboolean is_returning;
  guint n_returned;
  guint64 newest; /* id */
};

HubCrowd *
hub_crowd_new_part (guint16 port, guint n_guests, guint first, guint n_authors)
{
  HubCrowd *self = g_new0 (HubCrowd, 1);

  self->n = n_guests;
  self->guests = g_new0 (HubCrowdGuest *, n_guests);
  self->asleep = g_new0 (gboolean, n_guests);
  g_queue_init (&self->frozen);
  for (guint i = 0; i < n_guests; i++)
    self->guests[i] = hub_crowd_guest_new (port, first + i, n_authors);
  return self;
}

HubCrowd *
hub_crowd_new (guint16 port, guint n_guests)
{
  return hub_crowd_new_part (port, n_guests, 0, n_guests);
}

void
hub_crowd_free (HubCrowd *self)
{
  for (guint i = 0; i < self->n; i++)
    hub_crowd_guest_free (self->guests[i]);
  g_queue_clear_full (&self->frozen, (GDestroyNotify) hub_crowd_socket_free);
  g_free (self->guests);
  g_free (self->asleep);
  g_free (self);
}

void
hub_crowd_set_returning (HubCrowd *self, gboolean is_returning)
{
  self->is_returning = is_returning;
}

static void
hub_crowd_serve_guest (HubCrowd *self, guint index)
{
  HubCrowdGuest *guest = self->guests[index];

  if (!hub_crowd_guest_serve (guest))
    {
      if (!self->is_returning)
        g_error ("the host closed the connection of guest %u", index);
      hub_crowd_socket_free (hub_crowd_guest_disconnect (guest));
      hub_crowd_guest_connect (guest, FALSE);
      self->n_returned++;
    }
  self->newest = MAX (self->newest, hub_crowd_guest_get_last_id (guest));
}

static void
hub_crowd_serve (HubCrowd *self, int timeout)
{
  g_autofree struct pollfd *fds = g_new0 (struct pollfd, self->n);

  for (guint i = 0; i < self->n; i++)
    {
      fds[i].fd = self->asleep[i] ? -1 : hub_crowd_guest_get_fd (self->guests[i]);
      fds[i].events = POLLIN;
    }
  /* Handshakes begin with our own flight, so everybody not yet in is served each time. */
  poll (fds, self->n, timeout);
  for (guint i = 0; i < self->n; i++)
    if (fds[i].fd >= 0 && (fds[i].revents != 0 || !hub_crowd_guest_is_in (self->guests[i])))
      hub_crowd_serve_guest (self, i);
}

typedef gboolean (*HubCrowdCondition) (HubCrowd *self);

static void
hub_crowd_serve_until (HubCrowd *self, HubCrowdCondition condition)
{
  gint64 deadline = g_get_monotonic_time () + DEADLINE_US;

  while (!condition (self))
    {
      hub_crowd_serve (self, 20);
      g_assert_cmpint (g_get_monotonic_time (), <, deadline);
    }
}

static gboolean
hub_crowd_is_joined (HubCrowd *self)
{
  for (guint i = 0; i < self->n; i++)
    if (hub_crowd_guest_is_connected (self->guests[i]) && !hub_crowd_guest_is_in (self->guests[i]))
      return FALSE;
  return TRUE;
}

static gboolean
hub_crowd_is_connected (HubCrowd *self)
{
  for (guint i = 0; i < self->n; i++)
    if (hub_crowd_guest_is_connected (self->guests[i])
        && !hub_crowd_guest_is_open (self->guests[i]))
      return FALSE;
  return TRUE;
}

static gboolean
hub_crowd_is_settled (HubCrowd *self)
{
  guint64 n_said = hub_crowd_get_n_said (self);

  for (guint i = 0; i < self->n; i++)
    {
      HubCrowdGuest *guest = self->guests[i];

      if (!hub_crowd_guest_is_in (guest) || !hub_crowd_guest_is_quiet (guest)
          || hub_crowd_guest_get_last_id (guest) < MAX (self->newest, n_said))
        return FALSE;
    }
  return TRUE;
}

void
hub_crowd_join (HubCrowd *self)
{
  /* One after the other, so that everybody has heard everything from the first message on. */
  for (guint i = 0; i < self->n; i++)
    {
      hub_crowd_guest_connect (self->guests[i], FALSE);
      if (i % 16 == 15)
        hub_crowd_serve_until (self, hub_crowd_is_joined);
    }
  hub_crowd_serve_until (self, hub_crowd_is_joined);
}

void
hub_crowd_say (HubCrowd *self, guint index)
{
  hub_crowd_guest_say (self->guests[index]);
}

void
hub_crowd_lose (HubCrowd *self, guint index, HubLoss loss)
{
  HubCrowdSocket *socket = hub_crowd_guest_disconnect (self->guests[index]);

  if (loss == HUB_LOSS_FROZEN)
    {
      g_queue_push_tail (&self->frozen, socket);
      if (self->frozen.length > MAX_FROZEN)
        hub_crowd_socket_free (g_queue_pop_head (&self->frozen));
      return;
    }
  if (loss == HUB_LOSS_RST)
    hub_crowd_socket_reset (socket);
  else
    shutdown (hub_crowd_socket_get_fd (socket), SHUT_WR);
  hub_crowd_socket_free (socket);
}

void
hub_crowd_resume (HubCrowd *self, guint index, gboolean at_once)
{
  hub_crowd_guest_connect (self->guests[index], !at_once);
}

void
hub_crowd_wait_connected (HubCrowd *self)
{
  hub_crowd_serve_until (self, hub_crowd_is_connected);
}

void
hub_crowd_send_hellos (HubCrowd *self)
{
  for (guint i = 0; i < self->n; i++)
    hub_crowd_guest_release (self->guests[i]);
}

void
hub_crowd_leave (HubCrowd *self, guint index)
{
  hub_crowd_guest_leave (self->guests[index]);
}

void
hub_crowd_set_asleep (HubCrowd *self, guint index, gboolean is_asleep)
{
  self->asleep[index] = is_asleep;
}

gboolean
hub_crowd_is_in (HubCrowd *self, guint index)
{
  return hub_crowd_guest_is_in (self->guests[index]);
}

gboolean
hub_crowd_is_offline (HubCrowd *self, guint index)
{
  return !hub_crowd_guest_is_connected (self->guests[index]);
}

gboolean
hub_crowd_is_quiet (HubCrowd *self, guint index)
{
  return hub_crowd_guest_is_quiet (self->guests[index]);
}

void
hub_crowd_run (HubCrowd *self, guint ms)
{
  gint64 end = g_get_monotonic_time () + (gint64) ms * 1000;
  gint64 now = 0;

  while ((now = g_get_monotonic_time ()) < end)
    hub_crowd_serve (self, (int) MIN ((end - now) / 1000 + 1, 20));
}

void
hub_crowd_settle_at (HubCrowd *self, guint64 newest)
{
  self->newest = MAX (self->newest, newest);
  hub_crowd_serve_until (self, hub_crowd_is_settled);
}

void
hub_crowd_settle (HubCrowd *self)
{
  hub_crowd_settle_at (self, 0);
}

guint64
hub_crowd_get_n_said (HubCrowd *self)
{
  guint64 n = 0;

  for (guint i = 0; i < self->n; i++)
    n += hub_crowd_guest_get_n_said (self->guests[i]);
  return n;
}

guint64
hub_crowd_get_n_delivered (HubCrowd *self)
{
  guint64 n = 0;

  for (guint i = 0; i < self->n; i++)
    n += hub_crowd_guest_get_n_heard (self->guests[i]);
  return n;
}

guint64
hub_crowd_get_newest (HubCrowd *self)
{
  return self->newest;
}

guint
hub_crowd_get_n_returned (HubCrowd *self)
{
  return self->n_returned;
}
