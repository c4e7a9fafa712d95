/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "server/hub-host-port.h"

#include "net/hub-lan-address.h"

#include <string.h>

#define HOST_NAME_MAX_BYTES 253
#define HTTPS_PORT 443

static gboolean
parse_port (const char *text, guint16 *port)
{
  guint value = 0;

  if (*text == '\0' || strlen (text) > 5)
    return FALSE;
  for (; *text != '\0'; text++)
    {
      if (!g_ascii_isdigit (*text))
        return FALSE;
      value = value * 10 + (guint) (*text - '0');
    }
  if (value == 0 || value > G_MAXUINT16)
    return FALSE;

  *port = (guint16) value;
  return TRUE;
}

static gboolean
is_name (const char *host)
{
  gsize length = strlen (host);

  if (length == 0 || length > HOST_NAME_MAX_BYTES || host[0] == '.' || strstr (host, "..") != NULL)
    return FALSE;
  for (; *host != '\0'; host++)
    {
      if (!g_ascii_isalnum (*host) && *host != '-' && *host != '_' && *host != '.')
        return FALSE;
    }

  return TRUE;
}

/* Browsers read "0x7f.1" or "127.1" as an address; inet_pton does not, and such a name is nobody's
 * here, so that it is refused by the list. */
static gboolean
take_host (const char *text, gsize length, HubHostPort *authority)
{
  g_autofree char *host = g_strndup (text, length);
  g_autoptr (GInetAddress) address = NULL;

  if (host[0] == '[')
    {
      if (length < 3 || host[length - 1] != ']' || strchr (host, '%') != NULL)
        return FALSE;
      host[length - 1] = '\0';
      address = g_inet_address_new_from_string (host + 1);
      if (address == NULL || g_inet_address_get_family (address) != G_SOCKET_FAMILY_IPV6)
        return FALSE;
    }
  else
    {
      if (length > 1 && host[length - 1] == '.')
        host[length - 1] = '\0';
      if (!is_name (host))
        return FALSE;
      address = g_inet_address_new_from_string (host);
    }

  authority->host
      = address != NULL ? g_inet_address_to_string (address) : g_ascii_strdown (host, -1);
  authority->address = g_steal_pointer (&address);

  return TRUE;
}

gboolean
hub_host_port_parse (const char *text, HubHostPort *authority)
{
  const char *port;
  guint16 number = HTTPS_PORT;
  gsize length;

  g_return_val_if_fail (text != NULL, FALSE);
  g_return_val_if_fail (authority != NULL, FALSE);

  *authority = (HubHostPort) HUB_HOST_PORT_INIT;

  length = text[0] == '[' ? strcspn (text, "]") + 1 : strcspn (text, ":");
  if (length > strlen (text))
    return FALSE;
  port = text + length;
  if (*port != '\0' && (*port != ':' || !parse_port (port + 1, &number)))
    return FALSE;
  if (!take_host (text, length, authority))
    return FALSE;

  authority->port = number;
  authority->has_port = *port != '\0';
  return TRUE;
}

gboolean
hub_host_port_is_loopback (const HubHostPort *self)
{
  g_autoptr (GInetAddress) plain = NULL;

  g_return_val_if_fail (self != NULL && self->host != NULL, FALSE);

  if (self->address == NULL)
    return strcmp (self->host, "localhost") == 0;

  plain = hub_lan_address_unmap (self->address);
  return g_inet_address_get_is_loopback (plain);
}

void
hub_host_port_clear (HubHostPort *self)
{
  g_clear_pointer (&self->host, g_free);
  g_clear_object (&self->address);
  self->port = 0;
  self->has_port = FALSE;
}
