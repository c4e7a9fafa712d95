/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "chat/hub-message.h"

G_BEGIN_DECLS

/*
 * HubBacklog: the newest messages, as many as fit into a number of messages and of bytes,
 * whichever is reached first. A ring in memory, never on disk. Part of HubRoom.
 *
 * Ids are consecutive, so a message is found by its id at once.
 */
typedef struct _HubBacklog HubBacklog;

/* @max_messages: at least 1. @max_bytes: of hub_message_get_size(). */
HubBacklog *hub_backlog_new (guint max_messages, gsize max_bytes);
void hub_backlog_free (HubBacklog *self);

/* Keeps @message, whose id follows the newest one's, and drops the oldest as needed: @message too
 * if it is larger than the backlog. */
void hub_backlog_push (HubBacklog *self, HubMessage *message);

/* The message with this @id if it is still kept. Returns: (transfer none) (nullable) */
HubMessage *hub_backlog_get (HubBacklog *self, guint64 id);

/* The oldest id kept; the next one to come when nothing is kept. */
guint64 hub_backlog_get_first_id (HubBacklog *self);

guint hub_backlog_get_length (HubBacklog *self);
gsize hub_backlog_get_bytes (HubBacklog *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HubBacklog, hub_backlog_free)

G_END_DECLS
