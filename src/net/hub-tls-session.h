/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "net/hub-tls-stream.h"

G_BEGIN_DECLS

/*
 * HubTlsSession: a GnuTLS session on a non-blocking socket, with GnuTLS's return codes boiled down
 * to what its stream has to decide; or, without credentials, the bare socket behind the same
 * functions. The mechanism; HubTlsStream has the rules.
 *
 * A plain value, embedded in its stream. Owns the socket.
 */
typedef enum
{
  HUB_TLS_DONE,
  HUB_TLS_AGAIN,     /* the socket has to become ready first */
  HUB_TLS_ONCE_MORE, /* something was done, but not what was asked: call again when convenient */
  HUB_TLS_EOF,       /* the peer sends no more */
  HUB_TLS_FAILED,    /* over; failure says why */
} HubTlsResult;

typedef struct _HubTlsLayer HubTlsLayer;

/* A record with an alert that is not encrypted: RFC 8446, 5.1 and 6. */
#define HUB_TLS_ALERT_BYTES 7

typedef struct
{
  const HubTlsLayer *layer;
  HubCredentials *credentials; /* owned: GnuTLS borrows what is in them; NULL: plain */
  gnutls_session_t tls;        /* NULL: plain */
  int fd;                      /* -1 once closed */
  gboolean is_drained;         /* the socket had nothing more at the latest read */
  gboolean is_gathering;       /* what is pushed is kept for a flush */
  GByteArray *spill;           /* encrypted bytes the socket did not take; NULL: none */
  gboolean is_eof;             /* the peer sends no more data */
  gboolean has_said_bye;       /* close_notify is on its way */
  gboolean is_finished;        /* and nothing comes after it */
  gboolean is_heard;           /* something came since its owner looked */
  guint64 acknowledged;        /* bytes, when its owner asked */
  HubStreamEnd failure;
  guint8 latest[HUB_TLS_ALERT_BYTES]; /* the latest bytes that came from the socket */
} HubTlsSession;

/* Takes @fd, on error too. @credentials: NULL for no TLS. @self must not move afterwards. */
gboolean
hub_tls_session_open (HubTlsSession *self, HubCredentials *credentials, int fd, GError **error);

/* Closes the socket and frees the session; idempotent. */
void hub_tls_session_close (HubTlsSession *self);

/* Goes on with the handshake. A fatal alert is sent where one is due. */
HubTlsResult hub_tls_session_shake (HubTlsSession *self);

/* Whether any of these epoll @events is what the handshake waits for. */
gboolean hub_tls_session_is_awaited (HubTlsSession *self, guint32 events);

/* Sends up to one record; *@sent is how many bytes of @data it held. Only while nothing is spilled:
 * afterwards hub_tls_session_get_spilled() tells whether the socket is full. DONE or FAILED. */
HubTlsResult
hub_tls_session_send (HubTlsSession *self, const guint8 *data, gsize length, gsize *sent);

/* Sends what was spilled. */
HubTlsResult hub_tls_session_flush (HubTlsSession *self);

/* Encrypted bytes that wait for the socket. */
gsize hub_tls_session_get_spilled (const HubTlsSession *self);

/* Bytes the socket took that the peer's system has not acknowledged. */
gsize hub_tls_session_get_unacknowledged (const HubTlsSession *self);

/* Whether that system acknowledged any since this was asked before; TRUE where that is not known. */
gboolean hub_tls_session_take_acknowledged (HubTlsSession *self);

/* Receives up to @length decrypted bytes. */
HubTlsResult
hub_tls_session_receive (HubTlsSession *self, void *buffer, gsize length, gsize *received);

/* Whether a receive may bring something without the socket becoming readable first. */
gboolean hub_tls_session_is_readable (HubTlsSession *self);

/* Says close_notify and sends no more, then throws away what the peer still sends, undecrypted,
 * taking it off *@budget. EOF when the peer is done too, AGAIN when the socket has to
 * become ready; FAILED with HUB_STREAM_END_INPUT when the budget is used up. */
HubTlsResult hub_tls_session_linger (HubTlsSession *self, gsize *budget);

/* Notes @why. Returns: HUB_TLS_FAILED */
HubTlsResult hub_tls_session_fail (HubTlsSession *self, HubStreamEnd why);

/* For layers, in the shape that GnuTLS wants: receives from the socket of @session as recv(2) does;
 * and sends to it, with what it does not take kept for a flush. Returns: bytes; -1 with errno */
ssize_t hub_tls_session_pull (gnutls_transport_ptr_t session, void *buffer, size_t length);
ssize_t
hub_tls_session_push (gnutls_transport_ptr_t session, const giovec_t *vectors, int n_vectors);

G_END_DECLS
