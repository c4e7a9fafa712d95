/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "server/hub-host-port.h"

#include <libsoup/soup.h>

G_BEGIN_DECLS

/*
 * What every response says to protect the page: the one place for it. The reasons are in
 * README.md, "Checks".
 */

/* Sets all of them. @policy: the Content-Security-Policy, made by one of the following. */
void hub_headers_protect (SoupMessageHeaders *headers, const char *policy);

/* For the client. @authority: the checked `Host` of the request, or NULL while it is not known
 * (then the page may connect to its own origin by the modern rule only). @scheme: of its
 * WebSocket, "wss" or "ws". Returns: (transfer full) */
char *hub_headers_make_client_policy (const HubHostPort *authority, const char *scheme);

/* For a page that only says something, and whose one style element is @style: it may load, run,
 * send and embed nothing. Returns: (transfer full) */
char *hub_headers_make_words_policy (const char *style);

/* Whether If-None-Match (RFC 9110 section 13.1.2) names @etag, which is a strong one with its
 * quotes. @value may be NULL. */
gboolean hub_headers_etag_matches (const char *value, const char *etag);

/* Whether Accept-Encoding (RFC 9110 section 12.5.3) lets the body be gzip. @value may be NULL. */
gboolean hub_headers_accepts_gzip (const char *value);

G_END_DECLS
