/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "base/hub-clock.h"
#include "host/hub-snapshot.h"

G_BEGIN_DECLS

/* The one thing a banner says, the most urgent first. */
typedef enum
{
  HUB_NOTICE_NONE,
  HUB_NOTICE_NO_NETWORK,
  HUB_NOTICE_NETWORK_CHANGED, /* while guests were present; until dismissed or somebody joined since */
  HUB_NOTICE_VPN_ONLY,
  HUB_NOTICE_PORT_BUSY,
  HUB_NOTICE_STUCK,  /* until dismissed or somebody joined since */
  HUB_NOTICE_NOBODY, /* nobody has joined for HUB_STATUS_NOBODY_S since the chat started */
} HubNotice;

#define HUB_STATUS_NOBODY_S 60

/*
 * HubNotices: what there is to say about an open chat, and which of it comes first. Knows what has been
 * read already. Owned by HubStatus; plain data, no I/O and no timers.
 */
typedef struct _HubNotices HubNotices;

/* For one chat, from when it opened. */
HubNotices *hub_notices_new (HubClock *clock);
void hub_notices_free (HubNotices *self);

/* How the chat is now. @shown: the place whose address is shown, or NULL; @n_people: guests in the room.
 * Returns: whether guests who are present have just lost the address they came by for another one */
gboolean
hub_notices_follow (HubNotices *self, HubSnapshot *snapshot, const HubPlace *shown, guint n_people);

/* The host chose what is shown: that is no change of the network. */
void hub_notices_forget_address (HubNotices *self);

void hub_notices_add_joined (HubNotices *self);
void hub_notices_add_stuck (HubNotices *self);

HubNotice hub_notices_get (HubNotices *self);

/* The host has read what hub_notices_get() says: not again until it has been over in between. */
void hub_notices_dismiss (HubNotices *self);

/* Milliseconds until time alone may change what hub_notices_get() says; 0: never. */
guint hub_notices_get_patience (HubNotices *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HubNotices, hub_notices_free)

G_END_DECLS
