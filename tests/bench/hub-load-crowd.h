/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "hub-load-ledger.h"
#include "hub-load-options.h"

G_BEGIN_DECLS

/*
 * HubLoadCrowd: all guests and their connections, driven by one epoll set in one thread.
 *
 * With the plain contract a crowd has new names each time it joins, so that nobody is refused
 * because the server has not noticed yet that he left; with hubbub.v1 each guest takes his seat
 * again.
 */
typedef struct _HubLoadCrowd HubLoadCrowd;

typedef struct
{
  guint n_in;
  guint n_resumed;    /* TLS sessions, of those who are in */
  guint64 n_arrivals; /* plain: lines that one of this crowd joined, at all guests */
  guint n_failed;     /* connections that were over before their guest was in */
  guint n_cut;        /* connections that the server ended afterwards */
  guint64 n_refused;  /* refusals */
  const char *cipher; /* NULL: nobody was ever in */
} HubLoadCounts;

HubLoadCrowd *hub_load_crowd_new (const HubLoadOptions *options);
void hub_load_crowd_free (HubLoadCrowd *self);

/* Brings guests 0 to @n - 1 in, all at once; returns when everybody is in and has been told of
 * everybody who came after him, or when nothing happens any more.
 * @arrivals: (nullable): gets the time that each took */
void hub_load_crowd_join (HubLoadCrowd *self, guint n, HubLoadHistogram *arrivals);

/* Closes every connection, without a goodbye. */
void hub_load_crowd_leave (HubLoadCrowd *self);

/* With hubbub.v1: everybody says `bye`, so that the names are free for the next crowd. */
void hub_load_crowd_say_bye (HubLoadCrowd *self);

/* Messages are kept account of there from now on.
 * @ledger: (nullable) */
void hub_load_crowd_set_ledger (HubLoadCrowd *self, HubLoadLedger *ledger);

/* Guest @guest says something; needs a ledger. @since: when it was to be said (nanoseconds); what
 * is measured begins then. */
void hub_load_crowd_say (HubLoadCrowd *self, guint guest, gint64 since);

/* Serves the sockets once; waits for one until @deadline (nanoseconds). */
void hub_load_crowd_turn (HubLoadCrowd *self, gint64 deadline);

const HubLoadCounts *hub_load_crowd_get_counts (HubLoadCrowd *self);

/* Lines of the plain contract that are missing still: of each two guests, at least one is told
 * of the other, and everybody of himself. */
guint64 hub_load_crowd_get_n_missing_arrivals (HubLoadCrowd *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HubLoadCrowd, hub_load_crowd_free)

G_END_DECLS
