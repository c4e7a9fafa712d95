/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "chat/hub-room.h"
#include "server/hub-connection.h"

#include <libsoup/soup.h>

G_BEGIN_DECLS

/*
 * The two POSTs for browsers whose WebSocket does not work: a request that becomes a stream of lines,
 * and what the guest of such a stream says.
 */
typedef struct
{
  /* @connection is no longer HTTP's: its stage is HUB_STAGE_UPGRADED, and it is gone as soon as its
   * stream ends, which sending may find out. @head: to be sent before anything else. @hello: what was posted, of whatever content. */
  void (*streamed) (HubConnection *connection,
                    GBytes *head,
                    GBytes *hello,
                    const char *user_agent,
                    gpointer user_data);
  /* @object was said over @connection, of whatever content, by who has @token; NULL: that is none at
   * all. @wait: set to the milliseconds until the same makes sense again, where that is known.
   * Returns: the status that answers it: 202, 401 (there is no such stream) or 429 */
  guint (*said) (HubConnection *connection,
                 const HubSecret *token,
                 GBytes *object,
                 guint *wait,
                 gpointer user_data);
} HubPostFuncs;

/* Answers a POST that hub_http_check() let through, and whose body has come: to HUB_HTTP_STREAM_PATH
 * by @funcs with the connection, which libsoup is rid of afterwards; to HUB_HTTP_SAY_PATH with the
 * status alone. */
void hub_posts_answer (SoupServerMessage *message,
                       HubConnection *connection,
                       const HubPostFuncs *funcs,
                       gpointer user_data);

G_END_DECLS
