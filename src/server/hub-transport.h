/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "base/hub-allowance.h"
#include "net/hub-tls-stream.h"
#include "server/hub-format.h"

G_BEGIN_DECLS

/*
 * HubTransport: between a session and how its bytes travel. An implementation keeps itself alive
 * until its connection is over, and emits its signals from the loop, never from inside a call of
 * these functions: so whoever sends to many need not fear that one of them goes meanwhile.
 *
 * Signals:
 *   received (GBytes)  one whole message, text
 *   closed ()          emitted once, when the peer has closed or the connection is lost; never
 *                      after hub_transport_close()
 */
#define HUB_TYPE_TRANSPORT (hub_transport_get_type ())
G_DECLARE_INTERFACE (HubTransport, hub_transport, HUB, TRANSPORT, GObject)

struct _HubTransportInterface
{
  GTypeInterface parent_iface;

  HubFormat (*get_format) (HubTransport *self);
  HubAllowance *(*get_allowance) (HubTransport *self);
  void (*send) (HubTransport *self, const HubSegment *segments, guint n_segments);
  void (*close) (HubTransport *self, gushort code, guint linger);
  void (*cut) (HubTransport *self);
};

HubFormat hub_transport_get_format (HubTransport *self);

/* What its client may still send, new with the connection: for who knows better, and who counts what
 * the transport cannot. Above it the transport ends by itself. */
HubAllowance *hub_transport_get_allowance (HubTransport *self);

/* Sends what is framed for its format already, in order. Does nothing once it is closed. */
void hub_transport_send (HubTransport *self, const HubSegment *segments, guint n_segments);

/* Ends it politely: what was sent is flushed, then the close with @code (RFC 6455 section 7.4) as
 * far as there is such a thing, then up to @linger ms for the peer to go. */
void hub_transport_close (HubTransport *self, gushort code, guint linger);

/* Ends it now: the peer does not read. `closed` follows. */
void hub_transport_cut (HubTransport *self);

/* For implementations. */
void hub_transport_emit_received (HubTransport *self, GBytes *message);
void hub_transport_emit_closed (HubTransport *self);

/* How an implementation ends, all zero while it is open: the owner is told of an end that is not his
 * own, once, and from the loop. */
typedef struct
{
  GSource *farewell;  /* emits `closed` */
  gboolean is_closed; /* nothing is sent or received any more */
  gboolean is_told;   /* the owner knows, or will */
} HubTransportEnd;

/* @self, whose end this is, ended by itself. The loop holds it until the owner is told. */
void hub_transport_end_come (HubTransportEnd *end, HubTransport *self);

/* The owner ends it, and need not be told. Returns: whether it was open */
gboolean hub_transport_end_take (HubTransportEnd *end);

/* Nobody is to be told any more. */
void hub_transport_end_clear (HubTransportEnd *end);

G_END_DECLS
