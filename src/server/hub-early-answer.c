/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "server/hub-early-answer.h"

#include "base/hub-limits.h"
#include "server/hub-response-head.h"

void
hub_early_answer_send (SoupServerMessage *message, HubTlsStream *stream)
{
  g_autoptr (GBytes) body = NULL;
  g_autoptr (GBytes) head = NULL;
  HubSegment segments[2];
  gsize length;

  g_return_if_fail (SOUP_IS_SERVER_MESSAGE (message));
  g_return_if_fail (HUB_IS_TLS_STREAM (stream));

  body = soup_message_body_flatten (soup_server_message_get_response_body (message));
  length = g_bytes_get_size (body);
  head = hub_response_head_new (message, (gssize) length);
  if (soup_server_message_get_method (message) == SOUP_METHOD_HEAD)
    length = 0;

  segments[0] = (HubSegment){ head, 0, g_bytes_get_size (head) };
  segments[1] = (HubSegment){ body, 0, length };
  hub_tls_stream_send (stream, segments, 2, HUB_RESPONSE_QUEUE_BYTES);
  hub_tls_stream_shut (stream, HUB_LINGER_MS);
}
