/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "net/hub-tls-layer.h"

#include <errno.h>
#include <string.h>
#include <sys/socket.h>

/* The alerts by which a client says that it does not trust the certificate: RFC 8446, 6.2. A phone
 * that stopped at the browser's warning sends one of them. */
static gboolean
is_about_certificate (gnutls_alert_description_t alert)
{
  static const gnutls_alert_description_t alerts[]
      = { GNUTLS_A_BAD_CERTIFICATE,     GNUTLS_A_UNSUPPORTED_CERTIFICATE,
          GNUTLS_A_CERTIFICATE_REVOKED, GNUTLS_A_CERTIFICATE_EXPIRED,
          GNUTLS_A_CERTIFICATE_UNKNOWN, GNUTLS_A_UNKNOWN_CA,
          GNUTLS_A_ACCESS_DENIED };

  for (guint i = 0; i < G_N_ELEMENTS (alerts); i++)
    if (alerts[i] == alert)
      return TRUE;

  return FALSE;
}

/*
 * Whether what GnuTLS could not decrypt says, without encryption, that the client does not trust the
 * certificate: in TLS 1.3 OpenSSL has no key of its own for the handshake yet when it says so.
 */
static gboolean
is_bare_refusal (HubTlsSession *self)
{
  static const guint8 start[] = { 21, 3, 3, 0, 2, GNUTLS_AL_FATAL };

  G_STATIC_ASSERT (sizeof start + 1 == HUB_TLS_ALERT_BYTES);

  return memcmp (self->latest, start, sizeof start) == 0
         && is_about_certificate (self->latest[sizeof start]);
}

/* What an error of GnuTLS's means. INTERRUPTED is the callers' own business. */
static HubTlsResult
judge (HubTlsSession *self, int code)
{
  switch (code)
    {
    case GNUTLS_E_AGAIN:
      return HUB_TLS_AGAIN;

    case GNUTLS_E_WARNING_ALERT_RECEIVED:
      return HUB_TLS_ONCE_MORE;

    case GNUTLS_E_PREMATURE_TERMINATION:
      return HUB_TLS_EOF;

    case GNUTLS_E_PULL_ERROR:
    case GNUTLS_E_PUSH_ERROR:
    case GNUTLS_E_SESSION_EOF:
      return hub_tls_session_fail (self, HUB_STREAM_END_RESET);

    case GNUTLS_E_FATAL_ALERT_RECEIVED:
      return hub_tls_session_fail (self, is_about_certificate (gnutls_alert_get (self->tls))
                                             ? HUB_STREAM_END_ALERT
                                             : HUB_STREAM_END_PROTOCOL);

    default:
      /* GNUTLS_E_REHANDSHAKE too: no browser renegotiates TLS 1.2, and it costs a signature. */
      return hub_tls_session_fail (self, HUB_STREAM_END_PROTOCOL);
    }
}

static HubTlsResult
gnutls_layer_shake (HubTlsSession *self)
{
  HubTlsResult result;
  int code;

  do
    code = gnutls_handshake (self->tls);
  while (code == GNUTLS_E_INTERRUPTED);

  if (code >= 0)
    return HUB_TLS_DONE;
  if (code == GNUTLS_E_AGAIN && !self->is_drained)
    return HUB_TLS_ONCE_MORE;

  result = judge (self, code);
  if (result == HUB_TLS_FAILED && is_bare_refusal (self))
    return hub_tls_session_fail (self, HUB_STREAM_END_ALERT);
  if (result == HUB_TLS_FAILED && self->failure == HUB_STREAM_END_PROTOCOL
      && code != GNUTLS_E_FATAL_ALERT_RECEIVED)
    gnutls_alert_send_appropriate (self->tls, code); /* so that the peer can say why */

  return result;
}

static HubTlsResult
gnutls_layer_send (HubTlsSession *self, const guint8 *data, gsize length, gsize *sent)
{
  ssize_t n;

  do
    n = gnutls_record_send (self->tls, data, length);
  while (n == GNUTLS_E_INTERRUPTED);

  if (n <= 0)
    return hub_tls_session_fail (self, HUB_STREAM_END_RESET);

  *sent = (gsize) n;

  return HUB_TLS_DONE;
}

static HubTlsResult
gnutls_layer_receive (HubTlsSession *self, void *buffer, gsize length, gsize *received)
{
  ssize_t n;

  do
    n = gnutls_record_recv (self->tls, buffer, length);
  while (n == GNUTLS_E_INTERRUPTED);

  if (n > 0)
    {
      *received = (gsize) n;
      return HUB_TLS_DONE;
    }
  if (n == 0 || n == GNUTLS_E_PREMATURE_TERMINATION)
    return HUB_TLS_EOF;
  if (n == GNUTLS_E_AGAIN && !self->is_drained)
    return HUB_TLS_ONCE_MORE;

  return judge (self, (int) n);
}

static gboolean
gnutls_layer_has_pending (HubTlsSession *self)
{
  return gnutls_record_check_pending (self->tls) > 0;
}

static HubTlsResult
gnutls_layer_say_bye (HubTlsSession *self)
{
  if (gnutls_bye (self->tls, GNUTLS_SHUT_WR) < 0)
    return hub_tls_session_fail (self, HUB_STREAM_END_RESET);

  return HUB_TLS_DONE;
}

const HubTlsLayer hub_tls_layer_gnutls = {
  gnutls_layer_shake,       gnutls_layer_send,    gnutls_layer_receive,
  gnutls_layer_has_pending, gnutls_layer_say_bye,
};

static HubTlsResult
plain_layer_shake (HubTlsSession *self)
{
  return HUB_TLS_DONE;
}

static HubTlsResult
plain_layer_send (HubTlsSession *self, const guint8 *data, gsize length, gsize *sent)
{
  const giovec_t vector = { (void *) data, length };
  ssize_t n = hub_tls_session_push (self, &vector, 1);

  if (n < 0)
    return hub_tls_session_fail (self, HUB_STREAM_END_RESET);

  *sent = (gsize) n;

  return HUB_TLS_DONE;
}

static HubTlsResult
plain_layer_receive (HubTlsSession *self, void *buffer, gsize length, gsize *received)
{
  ssize_t n;

  do
    n = hub_tls_session_pull (self, buffer, length);
  while (n < 0 && errno == EINTR);

  if (n > 0)
    {
      *received = (gsize) n;
      return HUB_TLS_DONE;
    }
  if (n == 0)
    return HUB_TLS_EOF;

  return self->is_drained ? HUB_TLS_AGAIN : hub_tls_session_fail (self, HUB_STREAM_END_RESET);
}

/* Nothing is taken from the socket before somebody wants it. */
static gboolean
plain_layer_has_pending (HubTlsSession *self)
{
  return FALSE;
}

/* The end of the stream, which follows, says it all. */
static HubTlsResult
plain_layer_say_bye (HubTlsSession *self)
{
  return HUB_TLS_DONE;
}

const HubTlsLayer hub_tls_layer_plain = {
  plain_layer_shake,       plain_layer_send,    plain_layer_receive,
  plain_layer_has_pending, plain_layer_say_bye,
};
