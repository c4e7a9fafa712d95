/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "server/hub-hall.h"
#include "server/hub-timeout-queue.h"

G_BEGIN_DECLS

/*
 * HubSession: one client's conversation over one transport, from its first message to its end:
 *
 *   WAITING (nobody yet) -> JOINED (a guest in the room) -> OVER
 *
 * What its messages mean is up to the contract it speaks (hub-plain-talk.h, hub-json-talk.h).
 * Owned by HubHall; lives on the engine's thread.
 */
#define HUB_TYPE_SESSION (hub_session_get_type ())
G_DECLARE_FINAL_TYPE (HubSession, hub_session, HUB, SESSION, GObject)

/* @hall is borrowed: it outlives its sessions, and holds the only reference that lasts: those calls
 * that end a session free it unless the caller has another. */
HubSession *
hub_session_new (HubHall *hall, HubTransport *transport, const char *key, const char *device);

/* The host ends it: says why, then the close. The room is not told: it knows, or is over. */
void hub_session_end (HubSession *self, HubEnd why, guint linger);

/* It took too long to join. */
void hub_session_expire (HubSession *self);

/* Drops it and its connection without a word. */
void hub_session_cut (HubSession *self);

/* Returns: (transfer none) */
HubTransport *hub_session_get_transport (HubSession *self);

/* Its time to join; kept by the hall. */
HubTimeout *hub_session_get_deadline (HubSession *self);

/* ---- For the contract it speaks ---- */

HubHall *hub_session_get_hall (HubSession *self);

/* How what it is told travels. */
HubFormat hub_session_get_format (HubSession *self);

/* Who it is, or NULL while it waits. */
HubGuest *hub_session_get_guest (HubSession *self);

/* Fills in what the connection knows of who says hello. */
void hub_session_introduce (HubSession *self, HubHello *hello);

/* The code it showed, for a contract in which that comes before the name; NULL: none. */
void hub_session_set_code (HubSession *self, const char *code);
const char *hub_session_get_code (HubSession *self);

/* Counts that the client asks to be let in. Returns: 0, or the milliseconds until it may ask again:
 * nothing is to be done for it then */
guint hub_session_take_hello (HubSession *self);

/* The same for a page of the list of guests. */
guint hub_session_take_page (HubSession *self);

/* From now on it gets what everybody gets. */
void hub_session_attend (HubSession *self);

/* Undoes that: it was not let in. */
void hub_session_withdraw (HubSession *self);

/* It attends, and is @guest. @was_here: who had another session before. */
void hub_session_join (HubSession *self, HubGuest *guest, gboolean was_here);

/* The client's first object after it joined voids older tokens: TRUE once. */
gboolean hub_session_take_unconfirmed (HubSession *self);

/* Sends @payload (taken) to this client alone, in order with what everybody gets. */
void hub_session_tell (HubSession *self, GBytes *payload);

/* The same, for a frame that is encoded already. */
void hub_session_tell_frame (HubSession *self, GBytes *frame);

/* The client said good-bye. */
void hub_session_leave (HubSession *self);

G_END_DECLS
