/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/*
 * HubMessage: one thing that was said. Immutable but for its encodings; reference counted (not
 * atomically: it lives on the engine's thread).
 */
typedef struct _HubMessage HubMessage;

#define HUB_TYPE_MESSAGE (hub_message_get_type ())
GType hub_message_get_type (void);

/* How many wire formats may keep an encoding of a message with it. */
#define HUB_MESSAGE_ENCODINGS 3

HubMessage *
hub_message_new (guint64 id, guint64 from_id, const char *from_name, const char *text, gint64 at);
HubMessage *hub_message_ref (HubMessage *self);
void hub_message_unref (HubMessage *self);

/* Grows by one per room, from 1. */
guint64 hub_message_get_id (const HubMessage *self);
guint64 hub_message_get_from_id (const HubMessage *self);
const char *hub_message_get_from_name (const HubMessage *self);
const char *hub_message_get_text (const HubMessage *self);
/* Milliseconds since the epoch. */
gint64 hub_message_get_at (const HubMessage *self);

/* Bytes it holds, encodings included: what counts against HUB_BACKLOG_BYTES. Encodings set later
 * are not known to a backlog, so this is an upper bound from the start: the text, the name and
 * what each format adds at most. */
gsize hub_message_get_size (const HubMessage *self);

/* The encoding kept for wire format @index (< HUB_MESSAGE_ENCODINGS), so that a message is encoded
 * once and a replay costs nothing. Opaque to this room. Returns: (transfer none) (nullable) */
GBytes *hub_message_get_encoding (HubMessage *self, guint index);
void hub_message_set_encoding (HubMessage *self, guint index, GBytes *encoding);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HubMessage, hub_message_unref)

G_END_DECLS
