/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "server/hub-host-list.h"

#include <string.h>

#define LOCALHOST "localhost"
#define ANY_LABEL "*."

struct _HubHostList
{
  HubLan *lan; /* NULL: the loopback listener's */
  guint16 port;
  GHashTable *hosts; /* a set of canonical hosts, some after ANY_LABEL */
};

HubHostList *
hub_host_list_new (HubLan *lan, guint16 port)
{
  HubHostList *self;

  g_return_val_if_fail (HUB_IS_LAN (lan), NULL);

  self = hub_host_list_new_local (port);
  self->lan = g_object_ref (lan);

  return self;
}

HubHostList *
hub_host_list_new_local (guint16 port)
{
  HubHostList *self = g_rc_box_new0 (HubHostList);

  self->port = port;
  self->hosts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  return self;
}

HubHostList *
hub_host_list_ref (HubHostList *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return g_rc_box_acquire (self);
}

static void
clear (gpointer data)
{
  HubHostList *self = data;

  g_hash_table_unref (self->hosts);
  g_clear_object (&self->lan);
}

void
hub_host_list_unref (HubHostList *self)
{
  g_return_if_fail (self != NULL);

  g_rc_box_release_full (self, clear);
}

static void
add_wildcard (HubHostList *self, const char *host)
{
  g_auto (HubHostPort) authority = HUB_HOST_PORT_INIT;

  if (hub_host_port_parse (host + strlen (ANY_LABEL), &authority) && authority.address == NULL)
    g_hash_table_add (self->hosts, g_strconcat (ANY_LABEL, authority.host, NULL));
}

void
hub_host_list_add (HubHostList *self, const char *host)
{
  g_auto (HubHostPort) authority = HUB_HOST_PORT_INIT;
  g_autofree char *bracketed = NULL;

  g_return_if_fail (self != NULL);
  g_return_if_fail (host != NULL);
  g_return_if_fail (self->lan != NULL);

  if (g_str_has_prefix (host, ANY_LABEL))
    {
      add_wildcard (self, host);
      return;
    }

  if (host[0] != '[' && strchr (host, ':') != NULL)
    host = bracketed = g_strdup_printf ("[%s]", host);
  if (hub_host_port_parse (host, &authority) && strcmp (authority.host, LOCALHOST) != 0)
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

static gboolean
is_own_address (HubHostList *self, GInetAddress *address, GInetAddress *local)
{
  g_autoptr (GInetAddress) plain = hub_lan_address_unmap (address);

  if (g_inet_address_get_is_loopback (plain))
    return g_inet_address_get_is_loopback (local);

  return g_inet_address_equal (plain, local) || hub_lan_has_address (self->lan, plain);
}

static gboolean
is_local_name (const char *host)
{
  return strcmp (host, LOCALHOST) == 0 || strcmp (host, "127.0.0.1") == 0
         || strcmp (host, "::1") == 0;
}

static gboolean
has_name (HubHostList *self, const char *name)
{
  const char *parent = strchr (name, '.');
  g_autofree char *sibling = NULL;

  if (g_hash_table_contains (self->hosts, name))
    return TRUE;
  if (parent == NULL)
    return FALSE;

  sibling = g_strconcat ("*", parent, NULL);
  return g_hash_table_contains (self->hosts, sibling);
}

gboolean
hub_host_list_allows (HubHostList *self, const HubHostPort *authority, GInetAddress *local)
{
  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (authority != NULL && authority->host != NULL, FALSE);
  g_return_val_if_fail (G_IS_INET_ADDRESS (local), FALSE);

  if (authority->port != self->port)
    return FALSE;
  if (self->lan == NULL)
    return is_local_name (authority->host) && g_inet_address_get_is_loopback (local);
  if (strcmp (authority->host, LOCALHOST) == 0)
    return g_inet_address_get_is_loopback (local);
  if (authority->address != NULL && is_own_address (self, authority->address, local))
    return TRUE;

  return has_name (self, authority->host);
}
