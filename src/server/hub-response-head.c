/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "server/hub-response-head.h"

static void
append_header (const char *name, const char *value, gpointer user_data)
{
  g_string_append_printf (user_data, "%s: %s\r\n", name, value);
}

GBytes *
hub_response_head_new (SoupServerMessage *message, gssize length)
{
  GString *head;

  g_return_val_if_fail (SOUP_IS_SERVER_MESSAGE (message), NULL);

  head = g_string_new (NULL);
  g_string_printf (head, "HTTP/1.1 %u %s\r\n", soup_server_message_get_status (message),
                   soup_server_message_get_reason_phrase (message));
  soup_message_headers_foreach (soup_server_message_get_response_headers (message), append_header,
                                head);
  if (length >= 0)
    g_string_append_printf (head, "Content-Length: %" G_GSSIZE_FORMAT "\r\n", length);
  g_string_append (head, "\r\n");

  return g_string_free_to_bytes (head);
}
