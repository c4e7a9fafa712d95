/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* HubEvent: one thing that happened, for whoever shows it. */
typedef enum
{
  HUB_EVENT_JOINED,
  HUB_EVENT_LEFT,
  HUB_EVENT_AWAY,
  HUB_EVENT_BACK,
  HUB_EVENT_SAID,
  HUB_EVENT_PLACES,      /* the addresses changed */
  HUB_EVENT_CERTIFICATE, /* a new server certificate is in use */
  HUB_EVENT_WARNING,     /* something the host should know; `text` says it, translated */
  HUB_EVENT_PORT_IN_USE, /* starting takes a while, as it is tried again; `text` says it, translated */
  HUB_EVENT_REMOVED,     /* by the host; instead of LEFT */
  HUB_EVENT_LOCKED,
  HUB_EVENT_UNLOCKED,
  HUB_EVENT_CODE, /* the code that is asked for, `text`; NULL: none. Not told of the one at the start */
  HUB_EVENT_STUCK, /* a device stopped at its browser's security page */
} HubEventType;

typedef struct
{
  HubEventType type;
  gint64 at;        /* ms since the epoch */
  guint64 guest_id; /* 0 where it is about nobody */
  guint n_present;  /* JOINED, LEFT, REMOVED: guests in the room since */
  char *name;
  char *text; /* SAID: what; WARNING, PORT_IN_USE: the sentence; CODE: the code */
} HubEvent;

/* @name and @text may be NULL. Returns: (transfer full) */
HubEvent *
hub_event_new (HubEventType type, gint64 at, guint64 guest_id, const char *name, const char *text);
void hub_event_free (HubEvent *self);

/* Bytes it holds. */
gsize hub_event_get_size (const HubEvent *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HubEvent, hub_event_free)

G_END_DECLS
