/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "hub-host-guest.h"

#include <string.h>

#define PATIENCE_US (30 * G_TIME_SPAN_SECOND)

void
hub_host_guest_pump (HubCrowdSocket *socket)
{
  GPollFD fd = { .fd = hub_crowd_socket_get_fd (socket), .events = G_IO_IN };

  g_poll (&fd, 1, 20);
  hub_crowd_socket_pump (socket);
}

char *
hub_host_guest_take (HubCrowdSocket *socket)
{
  gint64 deadline = g_get_monotonic_time () + PATIENCE_US;
  char *text;

  while ((text = hub_crowd_socket_take (socket)) == NULL && !hub_crowd_socket_is_closed (socket))
    {
      g_assert_cmpint (g_get_monotonic_time (), <, deadline);
      hub_host_guest_pump (socket);
    }

  return text;
}

char *
hub_host_guest_wait_for (HubCrowdSocket *socket, const char *type)
{
  g_autofree char *wanted = g_strdup_printf ("\"type\":\"%s\"", type);

  for (;;)
    {
      g_autofree char *text = hub_host_guest_take (socket);

      g_assert_nonnull (text);
      if (strstr (text, wanted) != NULL)
        return g_steal_pointer (&text);
    }
}

void
hub_host_guest_wait_for_end (HubCrowdSocket *socket)
{
  char *text;

  while ((text = hub_host_guest_take (socket)) != NULL)
    g_free (text);
}

HubCrowdSocket *
hub_host_guest_hello (guint16 port, const char *name, const char *more)
{
  HubCrowdSocket *socket = hub_crowd_socket_new (port, "hubbub.v1");
  g_autofree char *hello = g_strdup_printf (
      "{\"type\":\"hello\",\"name\":\"%s\",\"join\":\"%032x\"%s}", name, g_str_hash (name), more);
  gint64 deadline = g_get_monotonic_time () + PATIENCE_US;

  while (!hub_crowd_socket_is_open (socket))
    {
      g_assert_cmpint (g_get_monotonic_time (), <, deadline);
      g_assert_false (hub_crowd_socket_is_closed (socket));
      hub_host_guest_pump (socket);
    }
  hub_crowd_socket_send (socket, hello);

  return socket;
}

HubCrowdSocket *
hub_host_guest_join (guint16 port, const char *name)
{
  HubCrowdSocket *socket = hub_host_guest_hello (port, name, "");

  g_free (hub_host_guest_wait_for (socket, "welcome"));

  return socket;
}
