/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "chat/hub-seat.h"

G_BEGIN_DECLS

/*
 * HubSeatTable: the held seats, found by token and by join, queued by how long they have been
 * away, and counted by the throttle key they were first taken from (coming back from elsewhere
 * does not lighten the share of the one who took it). Part of HubRoom, which tells guests and keeps
 * the rules; nothing in here costs more with more seats.
 */
typedef struct _HubSeatTable HubSeatTable;

/* @max_seats: at least 1; a quarter of them (HUB_SEATS_KEY_SHARE), but at least one, per key. */
HubSeatTable *hub_seat_table_new (guint max_seats);
void hub_seat_table_free (HubSeatTable *self);

guint hub_seat_table_get_size (HubSeatTable *self);
/* Throttle keys that hold a seat, or have a guest without one. */
guint hub_seat_table_get_n_keys (HubSeatTable *self);

/* The seat that this token, or the one it replaced and that is still good, opens. */
HubSeat *hub_seat_table_find_token (HubSeatTable *self, const HubSecret *token);
HubSeat *hub_seat_table_find_join (HubSeatTable *self, const HubSecret *join);

/* The guest with this @id among those who hold a seat. Looks through all of them.
 * Returns: (nullable) */
HubGuest *hub_seat_table_find_guest (HubSeatTable *self, guint64 id);

/* Whether one more seat of @key fits; @victim is the one to remove first, or NULL: the longest
 * away of the key where its share is used up, else of all. */
gboolean hub_seat_table_has_place (HubSeatTable *self, const char *key, HubSeat **victim);

/* The seat of @key that is away longest and not told as left, where so many of @key are present,
 * with a seat or without, that one more would be above @max; @max 0: never. Returns: (nullable) */
HubSeat *hub_seat_table_get_ghost (HubSeatTable *self, const char *key, guint max);

/* A guest of @key is present without a seat; it no longer is. */
void hub_seat_table_add_seatless (HubSeatTable *self, const char *key);
void hub_seat_table_remove_seatless (HubSeatTable *self, const char *key);

/* Takes @seat, whose secrets must be new. */
void hub_seat_table_add (HubSeatTable *self, HubSeat *seat, const char *key);

/* The throttle key that @seat counts for: of whoever first took it. */
const char *hub_seat_table_get_key (const HubSeat *seat);

/* Frees @seat: whatever opened it is void. */
void hub_seat_table_remove (HubSeatTable *self, HubSeat *seat);

/* @fresh opens @seat from now on, and until hub_seat_table_confirm() so does @presented (NULL: the
 * token that @fresh replaces); any other is void. */
void hub_seat_table_renew (HubSeatTable *self,
                           HubSeat *seat,
                           const HubSecret *presented,
                           const HubSecret *fresh);
void hub_seat_table_confirm (HubSeatTable *self, HubSeat *seat);

/* Puts @seat last in the queue of @stage. Seats become SILENT and AWAY in the order in which they
 * were detached, and so they become LEFT, but for those that gave way to others of their key. */
void hub_seat_table_move (HubSeatTable *self, HubSeat *seat, HubSeatStage stage);

/* The one that has been in @stage (not CONNECTED) longest. Returns: (nullable) */
HubSeat *hub_seat_table_peek (HubSeatTable *self, HubSeatStage stage);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HubSeatTable, hub_seat_table_free)

G_END_DECLS
