/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "net/hub-tls-session.h"

G_BEGIN_DECLS

/*
 * HubTlsLayer: what lies between a session's socket and its data: TLS, or nothing. All else of a
 * session, and of the stream around it, is the same for both.
 *
 * Each function reads and writes the socket by hub_tls_session_pull() and hub_tls_session_push().
 */
struct _HubTlsLayer
{
  /* See the functions of these names in hub-tls-session.h. */
  HubTlsResult (*shake) (HubTlsSession *session);
  HubTlsResult (*send) (HubTlsSession *session, const guint8 *data, gsize length, gsize *sent);
  HubTlsResult (*receive) (HubTlsSession *session, void *buffer, gsize length, gsize *received);

  /* Whether there is data that was taken from the socket already. */
  gboolean (*has_pending) (HubTlsSession *session);

  /* Says that nothing more will be sent. DONE or FAILED. */
  HubTlsResult (*say_bye) (HubTlsSession *session);
};

extern const HubTlsLayer hub_tls_layer_gnutls; /* for a session with a GnuTLS session */
extern const HubTlsLayer hub_tls_layer_plain;  /* for one without */

G_END_DECLS
