/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "server/hub-transport.h"

G_BEGIN_DECLS

/* HubFakeTransport: a transport that goes nowhere and keeps what it was sent. */
#define HUB_TYPE_FAKE_TRANSPORT (hub_fake_transport_get_type ())
G_DECLARE_FINAL_TYPE (HubFakeTransport, hub_fake_transport, HUB, FAKE_TRANSPORT, GObject)

HubFakeTransport *hub_fake_transport_new (HubFormat format);

/* What was sent since the last call, and by how many calls. Returns: (transfer full) */
char *hub_fake_transport_take (HubFakeTransport *self, guint *n_sends);

/* The same with every byte: a frame's header may hold NULs. */
GBytes *hub_fake_transport_take_bytes (HubFakeTransport *self);

/* The code it was closed with, 0: not; whether it was cut. */
guint hub_fake_transport_get_close_code (HubFakeTransport *self);
gboolean hub_fake_transport_is_cut (HubFakeTransport *self);

G_END_DECLS
