/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "server/hub-door-private.h"

/* Nothing reaches a connection whose address this computer gave up, but it may come back soon (a
 * cable, a Wi-Fi that hesitates): a while later the guest's place is worth more than the hope. */
void
hub_door_on_lan_changed (HubLan *lan, HubDoor *self)
{
  for (GList *link = self->connections.head; link != NULL; link = link->next)
    {
      HubConnection *connection = link->data;

      if (hub_lan_has_address (lan, hub_connection_get_local (connection)))
        hub_timeout_queue_stop (self->stranded, &connection->stranded);
      else if (connection->stranded.link.data == NULL)
        hub_timeout_queue_start (self->stranded, &connection->stranded, connection);
    }
}

void
hub_door_on_stranded (gpointer owner, gpointer user_data)
{
  HubConnection *connection = owner;

  g_debug ("A connection's own address has been gone for a while");
  if (connection->stream != NULL)
    hub_tls_stream_cut (connection->stream, HUB_STREAM_END_DEADLINE);
  else
    hub_door_drop (user_data, connection);
}
