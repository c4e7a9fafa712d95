/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "chat/hub-guest-private.h"
#include "chat/hub-room.h"

G_BEGIN_DECLS

#define HUB_SEAT_DIGEST_BYTES 32

/* SHA-256 of a HubSecret: secrets themselves are never kept. */
typedef struct
{
  guint8 bytes[HUB_SEAT_DIGEST_BYTES];
} HubSeatDigest;

void hub_seat_digest (const HubSecret *secret, HubSeatDigest *digest);

/* Where a seat is on its way out. */
typedef enum
{
  HUB_SEAT_CONNECTED,
  HUB_SEAT_SILENT, /* disconnected, nobody was told yet */
  HUB_SEAT_AWAY,   /* told as away */
  HUB_SEAT_LEFT,   /* told as left */
} HubSeatStage;
#define HUB_SEAT_N_STAGES 4

typedef struct _HubSeatShare HubSeatShare;

/*
 * HubSeat: a guest's right to come back: to be the same guest and to see what he missed. Owned by
 * HubSeatTable; a seat outlives its guest's presence.
 */
struct _HubSeat
{
  /* Owned */
  HubGuest *guest;
  GArray *refs; /* HubSeatRef, a ring once it is full; NULL before the first */

  /* What opens it: changed by the table only */
  HubSeatDigest token;
  HubSeatDigest previous; /* token it was resumed with, until confirmed */
  HubSeatDigest join;
  gboolean has_previous;
  gboolean has_join;

  /* Place in the table: changed by the table only */
  HubSeatStage stage;
  HubSeatShare *share; /* borrowed */
  GList stage_link;
  GList share_link;
  gint64 detached_at; /* monotonic ms, unless CONNECTED */

  /* State */
  guint64 first_id; /* newest message when it first joined: what came later it may see */
  gint64 last_ref;
  guint next_ref;
};

/* @join may be NULL. Returns: (transfer full) */
HubSeat *
hub_seat_new (HubGuest *guest, guint64 first_id, const HubSecret *token, const HubSecret *join);
void hub_seat_free (HubSeat *self);

/* Whether @ref was used before, said or refused: refs grow. */
gboolean hub_seat_is_ref_used (HubSeat *self, gint64 ref);

/* The message that was said with @ref, or 0 when it is not remembered. */
guint64 hub_seat_get_said (HubSeat *self, gint64 ref);

/* @ref is used up; @id: the message said with it, 0 when it was refused. The newest
 * HUB_SEAT_REFS said ones are remembered. */
void hub_seat_use_ref (HubSeat *self, gint64 ref, guint64 id);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HubSeat, hub_seat_free)

G_END_DECLS
