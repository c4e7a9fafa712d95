/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "net/hub-lan-address.h"

#include "hub-config.h"
#include "net/hub-address-table.h"

#include <glib/gi18n-lib.h>
#include <string.h>

struct _HubLanAddress
{
  gatomicrefcount references;
  GInetAddress *address;
  guint prefix;
  char *interface;
  HubLinkKind kind;
};

G_DEFINE_BOXED_TYPE (HubLanAddress, hub_lan_address, hub_lan_address_ref, hub_lan_address_unref)

HubLanAddress *
hub_lan_address_new (GInetAddress *address, guint prefix, const char *interface, HubLinkKind kind)
{
  HubLanAddress *self;

  g_return_val_if_fail (G_IS_INET_ADDRESS (address), NULL);
  g_return_val_if_fail (interface != NULL, NULL);

  self = g_new0 (HubLanAddress, 1);
  g_atomic_ref_count_init (&self->references);
  self->address = g_object_ref (address);
  self->prefix = prefix;
  self->interface = g_utf8_make_valid (interface, -1);
  self->kind = kind;

  return self;
}

HubLanAddress *
hub_lan_address_ref (HubLanAddress *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_atomic_ref_count_inc (&self->references);

  return self;
}

void
hub_lan_address_unref (HubLanAddress *self)
{
  g_return_if_fail (self != NULL);

  if (!g_atomic_ref_count_dec (&self->references))
    return;

  g_object_unref (self->address);
  g_free (self->interface);
  g_free (self);
}

GInetAddress *
hub_lan_address_get_address (HubLanAddress *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->address;
}

guint
hub_lan_address_get_prefix (HubLanAddress *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->prefix;
}

const char *
hub_lan_address_get_interface (HubLanAddress *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->interface;
}

HubLinkKind
hub_lan_address_get_kind (HubLanAddress *self)
{
  g_return_val_if_fail (self != NULL, HUB_LINK_OTHER);

  return self->kind;
}

char *
hub_lan_address_dup_label (HubLanAddress *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  switch (self->kind)
    {
    case HUB_LINK_WIRED:
      /* Translators: a network by cable; %s is the interface, "enp3s0". */
      return g_strdup_printf (_ ("Wired (%s)"), self->interface);
    case HUB_LINK_WIFI:
      /* Translators: %s is the interface, "wlp3s0". */
      return g_strdup_printf (_ ("Wi-Fi (%s)"), self->interface);
    case HUB_LINK_VPN:
      /* Translators: %s is the interface, "wg0". */
      return g_strdup_printf (_ ("VPN (%s)"), self->interface);
    case HUB_LINK_VIRTUAL:
      /* Translators: a network among containers or virtual machines; %s is the interface. */
      return g_strdup_printf (_ ("Virtual (%s)"), self->interface);
    case HUB_LINK_OTHER:
    default:
      /* Translators: a network of an unusual kind; %s is the interface, "ib0". */
      return g_strdup_printf (_ ("Network (%s)"), self->interface);
    }
}

gboolean
hub_lan_address_equal (HubLanAddress *self, HubLanAddress *other)
{
  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (other != NULL, FALSE);

  return g_inet_address_equal (self->address, other->address) && self->prefix == other->prefix
         && g_str_equal (self->interface, other->interface) && self->kind == other->kind;
}

gboolean
hub_lan_address_is_private (GInetAddress *address)
{
  g_autoptr (GInetAddress) plain = NULL;

  g_return_val_if_fail (G_IS_INET_ADDRESS (address), FALSE);

  plain = hub_lan_address_unmap (address);

  return hub_address_table_permits (plain);
}

GInetAddress *
hub_lan_address_unmap (GInetAddress *address)
{
  static const guint8 mapped[12] = { 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff };
  const guint8 *bytes;

  g_return_val_if_fail (G_IS_INET_ADDRESS (address), NULL);

  bytes = g_inet_address_to_bytes (address);
  if (g_inet_address_get_family (address) == G_SOCKET_FAMILY_IPV6
      && memcmp (bytes, mapped, sizeof mapped) == 0)
    return g_inet_address_new_from_bytes (bytes + sizeof mapped, G_SOCKET_FAMILY_IPV4);

  return g_object_ref (address);
}
