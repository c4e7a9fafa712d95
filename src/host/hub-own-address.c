/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "hub-config.h"

#include "host/hub-own-address.h"

#include "net/hub-lan.h"

void
hub_own_address_free (HubOwnAddress *self)
{
  g_return_if_fail (self != NULL);

  g_free (self->address);
  g_free (self->label);
  g_free (self);
}

GPtrArray *
hub_own_address_list (void)
{
  GPtrArray *list = g_ptr_array_new_with_free_func ((GDestroyNotify) hub_own_address_free);
  g_autoptr (GError) error = NULL;
  g_autoptr (HubLan) lan = hub_lan_new (&error);
  GPtrArray *addresses;

  if (lan == NULL)
    {
      g_debug ("No addresses: %s", error->message);
      return list;
    }

  addresses = hub_lan_get_addresses (lan);
  for (guint i = 0; i < addresses->len; i++)
    {
      HubLanAddress *address = g_ptr_array_index (addresses, i);
      HubOwnAddress *own = g_new0 (HubOwnAddress, 1);

      own->address = g_inet_address_to_string (hub_lan_address_get_address (address));
      own->label = hub_lan_address_dup_label (address);
      g_ptr_array_add (list, own);
    }

  return list;
}
