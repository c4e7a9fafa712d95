/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "server/hub-connection.h"
#include "server/hub-host-list.h"

#include <libsoup/soup.h>

G_BEGIN_DECLS

/*
 * What every request must be before any route sees it: src/wire/README.md, "HTTP".
 */
#define HUB_HTTP_CHAT_PATH "/chat"
#define HUB_HTTP_STREAM_PATH "/stream"
#define HUB_HTTP_SAY_PATH "/say"

/* Looks at the headers of @message, which came by a connection of @kind at our address @local, and
 * makes it safe for what follows: no body is kept but that of a POST that may go on, which is at most
 * HUB_REQUEST_BODY_MAX_BYTES; Range is gone. What is asked for, and by what page, is not looked at on
 * HUB_CONNECTION_PLAIN, where nobody gets what he asks for.
 * @authority: set to the checked `Host` as soon as that is known.
 * Returns: 0 where the request may go on, else the status that refuses it: 400, 403, 405, 411, 413,
 * 415, 417 or 421 */
guint hub_http_check (SoupServerMessage *message,
                      HubConnectionKind kind,
                      HubHostList *hosts,
                      GInetAddress *local,
                      HubHostPort *authority);

/* The methods that @path takes, as the Allow header has them (RFC 9110 section 10.2.1). */
const char *hub_http_get_allowed (const char *path);

/* Whether the text of an Origin header (RFC 6454 section 7) is @authority, by the scheme that
 * connections of @kind speak. */
gboolean
hub_http_is_own_origin (const char *origin, HubConnectionKind kind, const HubHostPort *authority);

G_END_DECLS
