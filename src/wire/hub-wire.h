/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "chat/hub-room.h"
#include "wire/hub-end.h"
#include "wire/hub-request.h"

G_BEGIN_DECLS

/*
 * The hubbub.v1 codec: one JSON object per text frame <-> chat types. Every validation of what a
 * peer sent happens here; what passes is safe to use. The contract is src/wire/README.md.
 */
#define HUB_WIRE_PROTOCOL "hubbub.v1"

/* Reads one frame. On FALSE @refusal says why (bad-object, name-bad, too-long), @request->type
 * what it was meant to be as far as that could be read, and @request->ref its ref or -1, so that
 * the answer can name what it refuses.
 * Returns: whether @request is complete */
gboolean
hub_wire_read_request (const char *data, gsize length, HubRequest *request, HubRefusal *refusal);

/* Reads the value of an Authorization header, "Bearer" (RFC 6750 section 2.1) with a token as the
 * contract spells it. @value may be NULL. */
gboolean hub_wire_read_bearer (const char *value, HubSecret *token);

/* ---- host -> client: each returns one JSON object, UTF-8, no newline (transfer full) ---- */

typedef struct
{
  HubEntry entry;
  const HubSecret *token;  /* the fresh one */
  const char *const *urls; /* NULL-terminated */
  gboolean is_locked;
  GPtrArray *guests;  /* element-type HubGuest; NULL: only the count is told */
  guint count;        /* guests present */
  guint message_rate; /* `limits`: 0 means none */
  gint64 now;         /* ms since the epoch */
} HubWelcome;

GBytes *hub_wire_welcome (HubRoom *room, const HubWelcome *welcome);

/* Lists of HubGuest, each may be NULL (not told); all NULL: only the count. */
typedef struct
{
  GPtrArray *joined;
  GPtrArray *left;
  GPtrArray *away;
  GPtrArray *back;
  guint count;
} HubPresenceChange;

GBytes *hub_wire_presence (const HubPresenceChange *change);
GBytes *hub_wire_said (HubMessage *message);
GBytes *hub_wire_accepted (gint64 ref, guint64 id);
/* @what: what is refused; @ref: its ref, or -1. */
GBytes *hub_wire_refused (HubRequestType what, gint64 ref, const HubRefusal *refusal);
GBytes *hub_wire_room (const char *name, gboolean is_locked, const char *const *urls);
GBytes *hub_wire_guests (GPtrArray *present, guint page);
GBytes *hub_wire_gap (guint64 missed);

GBytes *hub_wire_ended (HubEnd why);
GBytes *hub_wire_pong (void);

/* The body of GET /room. */
GBytes *hub_wire_room_info (const char *name, gboolean is_locked, gboolean has_code);

G_END_DECLS
