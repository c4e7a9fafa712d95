/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "server/hub-host-list.h"

#include <string.h>

struct _HubHostList
{
  guint16 port;
  GHashTable *hosts; /* a set of canonical hosts */
};

HubHostList *
hub_host_list_new (guint16 port)
{
  HubHostList *self = g_new0 (HubHostList, 1);

  self->port = port;
  self->hosts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  return self;
}

void
hub_host_list_free (HubHostList *self)
{
  g_return_if_fail (self != NULL);

  g_hash_table_unref (self->hosts);
  g_free (self);
}

void
hub_host_list_add (HubHostList *self, const char *host)
{
  g_auto (HubHostPort) authority = HUB_HOST_PORT_INIT;
  g_autofree char *bracketed = NULL;

  g_return_if_fail (self != NULL);
  g_return_if_fail (host != NULL);

  if (host[0] != '[' && strchr (host, ':') != NULL)
    host = bracketed = g_strdup_printf ("[%s]", host);
  if (hub_host_port_parse (host, &authority))
    g_hash_table_add (self->hosts, g_steal_pointer (&authority.host));
}

void
hub_host_list_add_url (HubHostList *self, const char *url)
{
  g_autoptr (GUri) uri = NULL;

  g_return_if_fail (self != NULL);
  g_return_if_fail (url != NULL);

  uri = g_uri_parse (url, G_URI_FLAGS_NONE, NULL);
  if (uri != NULL && g_uri_get_host (uri) != NULL)
    hub_host_list_add (self, g_uri_get_host (uri));
}

gboolean
hub_host_list_allows (HubHostList *self, const HubHostPort *authority, GInetAddress *local)
{
  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (authority != NULL && authority->host != NULL, FALSE);
  g_return_val_if_fail (G_IS_INET_ADDRESS (local), FALSE);

  if (authority->port != self->port)
    return FALSE;
  if (authority->address != NULL && g_inet_address_equal (authority->address, local))
    return TRUE;
  if (g_inet_address_get_is_loopback (local))
    {
      if (authority->address != NULL && g_inet_address_get_is_loopback (authority->address))
        return TRUE;
      if (strcmp (authority->host, "localhost") == 0)
        return TRUE;
    }

  return g_hash_table_contains (self->hosts, authority->host);
}
