/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "hub-load-crowd.h"

#include "hub-load-link.h"
#include "hub-load-message.h"
#include "hub-load-usage.h"

#include <string.h>
#include <sys/epoll.h>
#include <unistd.h>

#define EVENTS_PER_TURN 512
#define NS_PER_S 1000000000

/* How long the host has to close the connections of those who said goodbye. */
#define BYE_NS (G_GINT64_CONSTANT (2) * NS_PER_S)

typedef struct
{
  HubLoadCrowd *crowd;
  guint index;
  HubLoadLink *link;   /* NULL: not connected */
  SSL_SESSION *ticket; /* of the last connection */
  char *name;
  char *join;  /* hubbub.v1's secret */
  char *token; /* of his seat; NULL: has none */
  guint64 last_seen;
  guint64 ref;
  gint64 began_at;
  guint32 events; /* that epoll looks for */
  gboolean has_greeted;
  gboolean is_in;
} Guest;

struct _HubLoadCrowd
{
  /* Owned */
  HubLoadTls *tls;
  int epoll;
  Guest *guests;
  char *prefix; /* "* " and what all names of this generation begin with */

  /* Borrowed */
  const HubLoadOptions *options;
  HubLoadLedger *ledger;
  HubLoadHistogram *arrivals;

  /* State */
  char mark[9];
  guint generation;
  guint n_joining;
  HubLoadCounts counts;
};

static char *
make_secret (void)
{
  return g_strdup_printf ("%08x%08x%08x%08x", g_random_int (), g_random_int (), g_random_int (),
                          g_random_int ());
}

HubLoadCrowd *
hub_load_crowd_new (const HubLoadOptions *options)
{
  HubLoadCrowd *self = g_new0 (HubLoadCrowd, 1);

  self->options = options;
  self->tls = hub_load_tls_new ();
  self->epoll = epoll_create1 (EPOLL_CLOEXEC);
  g_assert_cmpint (self->epoll, >=, 0);
  hub_load_message_make_mark (self->mark);
  self->guests = g_new0 (Guest, (gsize) options->n_guests);
  for (guint i = 0; i < (guint) options->n_guests; i++)
    {
      self->guests[i].crowd = self;
      self->guests[i].index = i;
      self->guests[i].join = make_secret ();
    }
  return self;
}

static void
guest_disconnect (Guest *guest)
{
  if (guest->link == NULL)
    return;
  if (guest->is_in && guest->crowd->options->resume)
    {
      g_clear_pointer (&guest->ticket, SSL_SESSION_free);
      guest->ticket = hub_load_link_take_ticket (guest->link);
    }
  g_clear_pointer (&guest->link, hub_load_link_free);
  if (guest->is_in)
    guest->crowd->counts.n_in--;
  else
    guest->crowd->n_joining--;
  guest->is_in = FALSE;
  guest->has_greeted = FALSE;
}

void
hub_load_crowd_free (HubLoadCrowd *self)
{
  for (guint i = 0; i < (guint) self->options->n_guests; i++)
    {
      Guest *guest = &self->guests[i];

      guest_disconnect (guest);
      g_clear_pointer (&guest->ticket, SSL_SESSION_free);
      g_free (guest->name);
      g_free (guest->join);
      g_free (guest->token);
    }
  g_free (self->guests);
  g_free (self->prefix);
  hub_load_tls_free (self->tls);
  close (self->epoll);
  g_free (self);
}

static void
guest_enter (Guest *guest, gint64 now)
{
  HubLoadCrowd *self = guest->crowd;

  guest->is_in = TRUE;
  self->n_joining--;
  self->counts.n_in++;
  self->counts.n_resumed += hub_load_link_is_resumed (guest->link);
  self->counts.cipher = hub_load_link_get_cipher (guest->link);
  if (self->arrivals != NULL)
    hub_load_histogram_add (self->arrivals, now - guest->began_at);
}

/* "* NAME joined": of a guest of ours, perhaps of the one who is told. */
static void
guest_take_arrival (Guest *guest, const char *text, gsize length, gint64 now)
{
  HubLoadCrowd *self = guest->crowd;
  gsize name_length = strlen (guest->name), prefix_length = strlen (self->prefix);

  if (length < prefix_length || memcmp (text, self->prefix, prefix_length) != 0)
    return;
  self->counts.n_arrivals++;
  if (!guest->is_in && length == 2 + name_length + strlen (" joined")
      && memcmp (text + 2, guest->name, name_length) == 0)
    guest_enter (guest, now);
}

static void
on_link_received (gpointer data, const char *text, gsize length, gint64 now)
{
  Guest *guest = data;
  HubLoadCrowd *self = guest->crowd;
  HubLoadNews news = hub_load_message_read (text, length, self->mark, self->options->is_json);

  switch (news.kind)
    {
    case HUB_LOAD_SAID:
      guest->last_seen = MAX (guest->last_seen, news.id);
      if (self->ledger != NULL)
        hub_load_ledger_receive (self->ledger, guest->index, news.number, now);
      break;
    case HUB_LOAD_ARRIVED:
      guest_take_arrival (guest, text, length, now);
      break;
    case HUB_LOAD_WELCOME:
      if (guest->token == NULL)
        guest->last_seen = news.id;
      g_free (guest->token);
      guest->token = hub_load_message_read_token (text, length);
      if (!guest->is_in)
        guest_enter (guest, now);
      break;
    case HUB_LOAD_REFUSED:
      self->counts.n_refused++;
      break;
    case HUB_LOAD_OTHER:
      break;
    }
}

static void
guest_greet (Guest *guest)
{
  g_autofree char *hello = NULL;

  if (!guest->crowd->options->is_json)
    hello = g_strdup (guest->name);
  else if (guest->token == NULL)
    hello = g_strdup_printf ("{\"type\":\"hello\",\"name\":\"%s\",\"join\":\"%s\"}", guest->name,
                             guest->join);
  else
    hello = g_strdup_printf ("{\"type\":\"hello\",\"name\":\"%s\",\"join\":\"%s\","
                             "\"token\":\"%s\",\"last_seen\":%" G_GUINT64_FORMAT "}",
                             guest->name, guest->join, guest->token, guest->last_seen);
  hub_load_link_send (guest->link, hello, strlen (hello));
  guest->has_greeted = TRUE;
}

static void
guest_watch (Guest *guest)
{
  guint32 events = EPOLLIN | (hub_load_link_wants_write (guest->link) ? EPOLLOUT : 0);
  struct epoll_event event = { .events = events, .data.ptr = guest };

  if (events == guest->events)
    return;
  epoll_ctl (guest->crowd->epoll, guest->events == 0 ? EPOLL_CTL_ADD : EPOLL_CTL_MOD,
             hub_load_link_get_fd (guest->link), &event);
  guest->events = events;
}

static void
guest_connect (Guest *guest)
{
  HubLoadCrowd *self = guest->crowd;
  const HubLoadOptions *options = self->options;

  guest->began_at = hub_load_now ();
  guest->link = hub_load_link_new (self->tls, options->address, (guint16) options->port,
                                   options->is_json ? "hubbub.v1" : NULL,
                                   options->resume ? guest->ticket : NULL, on_link_received, guest);
  if (guest->link == NULL)
    {
      self->counts.n_failed++;
      return;
    }
  self->n_joining++;
  guest->events = 0;
  guest_watch (guest);
}

static void
guest_pump (Guest *guest)
{
  if (guest->link == NULL) /* gone since this turn's events were gathered */
    return;
  hub_load_link_pump (guest->link);
  if (hub_load_link_get_state (guest->link) == HUB_LOAD_LINK_OPEN && !guest->has_greeted)
    guest_greet (guest);
  if (hub_load_link_get_state (guest->link) == HUB_LOAD_LINK_CLOSED)
    {
      if (guest->is_in)
        guest->crowd->counts.n_cut++;
      else
        guest->crowd->counts.n_failed++;
      guest_disconnect (guest);
      return;
    }
  guest_watch (guest);
}

void
hub_load_crowd_turn (HubLoadCrowd *self, gint64 deadline)
{
  struct epoll_event events[EVENTS_PER_TURN];
  gint64 wait = MAX (deadline - hub_load_now (), 0);
  struct timespec timeout = { .tv_sec = wait / NS_PER_S, .tv_nsec = wait % NS_PER_S };
  int n = epoll_pwait2 (self->epoll, events, EVENTS_PER_TURN, &timeout, NULL);

  for (int i = 0; i < n; i++)
    guest_pump (events[i].data.ptr);
}

/* New names for all, but for those who come back to their seats. */
static void
crowd_name (HubLoadCrowd *self)
{
  if (self->prefix != NULL && self->options->is_json)
    return;
  self->generation++;
  g_free (self->prefix);
  self->prefix = g_strdup_printf ("* %s %u ", self->options->name, self->generation);
  for (guint i = 0; i < (guint) self->options->n_guests; i++)
    {
      g_free (self->guests[i].name);
      self->guests[i].name = g_strdup_printf ("%s%05u", self->prefix + 2, i);
    }
}

guint64
hub_load_crowd_get_n_missing_arrivals (HubLoadCrowd *self)
{
  guint64 n = self->counts.n_in, expected = n * (n + 1) / 2;

  if (self->options->is_json || self->counts.n_arrivals >= expected)
    return 0;
  return expected - self->counts.n_arrivals;
}

void
hub_load_crowd_join (HubLoadCrowd *self, guint n, HubLoadHistogram *arrivals)
{
  gint64 patience = (gint64) (self->options->patience * NS_PER_S);
  gint64 progress_at = hub_load_now ();
  guint64 progress = 0;
  guint next = 0;

  crowd_name (self);
  self->arrivals = arrivals;
  self->counts.n_arrivals = 0;
  self->counts.n_resumed = 0;
  while (next < n || self->n_joining > 0 || hub_load_crowd_get_n_missing_arrivals (self) > 0)
    {
      guint64 done;

      while (next < n && self->n_joining < (guint) self->options->concurrency)
        guest_connect (&self->guests[next++]);
      hub_load_crowd_turn (self, progress_at + patience);
      done = self->counts.n_in + self->counts.n_failed + self->counts.n_arrivals;
      if (done != progress)
        progress_at = hub_load_now ();
      else if (hub_load_now () > progress_at + patience)
        break;
      progress = done;
    }
  self->arrivals = NULL;
}

void
hub_load_crowd_leave (HubLoadCrowd *self)
{
  for (guint i = 0; i < (guint) self->options->n_guests; i++)
    guest_disconnect (&self->guests[i]);
}

void
hub_load_crowd_say_bye (HubLoadCrowd *self)
{
  static const char bye[] = "{\"type\":\"bye\"}";
  gint64 deadline = hub_load_now () + BYE_NS;

  if (!self->options->is_json)
    return;
  for (guint i = 0; i < (guint) self->options->n_guests; i++)
    if (self->guests[i].is_in)
      hub_load_link_send (self->guests[i].link, bye, strlen (bye));
  while (self->counts.n_in > 0 && hub_load_now () < deadline)
    hub_load_crowd_turn (self, deadline);
}

void
hub_load_crowd_set_ledger (HubLoadCrowd *self, HubLoadLedger *ledger)
{
  self->ledger = ledger;
}

void
hub_load_crowd_say (HubLoadCrowd *self, guint index, gint64 since)
{
  Guest *guest = &self->guests[index];
  char frame[HUB_LOAD_MAX_FRAME];
  guint32 number = hub_load_ledger_say (self->ledger, index, since);
  gsize length = hub_load_message_write (frame, self->mark, number, self->options->size,
                                         self->options->is_json ? ++guest->ref : 0);

  if (guest->link == NULL)
    return; /* then nobody gets it, and the ledger tells */
  hub_load_link_send (guest->link, frame, length);
  guest_watch (guest);
}

const HubLoadCounts *
hub_load_crowd_get_counts (HubLoadCrowd *self)
{
  return &self->counts;
}
