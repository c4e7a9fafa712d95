/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "base/hub-clock.h"
#include "host/hub-event.h"

G_BEGIN_DECLS

/*
 * HubNews: gathers what happens in the engine into batches, at most one a frame, and never more
 * than one on its way: a program that is slow to take them gets fewer and larger ones, up to
 * HUB_NEWS_MAX_BYTES of events, from where on the oldest are dropped (snapshots are always whole).
 * Owned by the engine's thread's half of the host; lives on that thread.
 */
typedef struct _HubNews HubNews;

/* A batch is due. @events: (transfer full) (element-type HubEvent). @is_stale: what a snapshot shows
 * has changed since the last batch. The next comes after hub_news_acknowledge(). */
typedef void (*HubNewsFunc) (GPtrArray *events, gboolean is_stale, gpointer user_data);

/* On the thread-default context. */
HubNews *hub_news_new (HubClock *clock, HubNewsFunc deliver, gpointer user_data);
void hub_news_free (HubNews *self);

/* Adds an event that happens now; @name and @text may be NULL. */
void hub_news_add (HubNews *self,
                   HubEventType type,
                   guint64 guest_id,
                   const char *name,
                   const char *text);

/* The same for a guest who came or left; @n_present are in the room since. */
void hub_news_add_presence (HubNews *self,
                            HubEventType type,
                            guint64 guest_id,
                            const char *name,
                            guint n_present);

/* Milliseconds between batches from now on. */
void hub_news_set_interval (HubNews *self, guint interval);

/* Delivers now what waits, even where a batch is on its way: before news of another kind, which must
 * not come first. */
void hub_news_flush (HubNews *self);

/* The batch delivered was taken. */
void hub_news_acknowledge (HubNews *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HubNews, hub_news_free)

G_END_DECLS
