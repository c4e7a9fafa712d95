/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "net/hub-tls-stream.h"

G_BEGIN_DECLS

/*
 * What a HubTlsStream shares with its two halves and its tests only.
 */

/* For the input half. Errors: WOULD_BLOCK, also when this turn's share is used up; CLOSED. */
gssize hub_tls_stream_read (HubTlsStream *self, void *buffer, gsize length, GError **error);
gboolean hub_tls_stream_is_readable (HubTlsStream *self);

/* For the output half. Errors: WOULD_BLOCK, before the upgrade only; CLOSED. */
gssize hub_tls_stream_write (HubTlsStream *self, const void *data, gsize length, GError **error);
gboolean hub_tls_stream_is_writable (HubTlsStream *self);

/* Milliseconds from now until a handshake that is not done is over. Starts with
 * HUB_HANDSHAKE_DEADLINE_MS. */
void hub_tls_stream_set_handshake_deadline (HubTlsStream *self, guint ms);

G_END_DECLS
