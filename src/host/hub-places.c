/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "hub-config.h"

#include "host/hub-places.h"

#include "host/hub-snapshot-private.h"
#include "server/hub-server.h"

#include <glib/gi18n-lib.h>

static gboolean
is_equal (gconstpointer a, gconstpointer b)
{
  return g_inet_address_equal (G_INET_ADDRESS (a), G_INET_ADDRESS (b));
}

GPtrArray *
hub_places_parse_addresses (const char *const *addresses, GError **error)
{
  g_autoptr (GPtrArray) parsed = NULL;

  if (addresses == NULL || addresses[0] == NULL)
    return NULL;

  parsed = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 0; addresses[i] != NULL; i++)
    {
      g_autoptr (GInetAddress) address = g_inet_address_new_from_string (addresses[i]);

      if (address == NULL)
        {
          g_set_error (error, HUB_SERVER_ERROR, HUB_SERVER_ERROR_ADDRESS,
                       /* Translators: %s is what was given for an address. */
                       _ ("“%s” is not a numeric address of this computer."), addresses[i]);
          return NULL;
        }
      if (!g_ptr_array_find_with_equal_func (parsed, address, is_equal, NULL))
        g_ptr_array_add (parsed, g_steal_pointer (&address));
    }

  return g_steal_pointer (&parsed);
}

/* Whether a socket on one of @listen_on serves @address: "any" does for its family. */
static gboolean
is_served (GInetAddress *address, GPtrArray *listen_on)
{
  for (guint i = 0; i < listen_on->len; i++)
    {
      GInetAddress *other = g_ptr_array_index (listen_on, i);

      if (g_inet_address_equal (address, other)
          || (g_inet_address_get_is_any (other)
              && g_inet_address_get_family (other) == g_inet_address_get_family (address)))
        return TRUE;
    }

  return FALSE;
}

static gboolean
is_among (GInetAddress *address, GPtrArray *shown)
{
  for (guint i = 0; i < shown->len; i++)
    if (g_inet_address_equal (address, hub_lan_address_get_address (g_ptr_array_index (shown, i))))
      return TRUE;

  return FALSE;
}

GPtrArray *
hub_places_choose (GPtrArray *lan, GPtrArray *listen_on)
{
  GPtrArray *shown;

  g_return_val_if_fail (lan != NULL, NULL);

  shown = g_ptr_array_new_with_free_func ((GDestroyNotify) hub_lan_address_unref);
  for (guint i = 0; i < lan->len; i++)
    {
      HubLanAddress *address = g_ptr_array_index (lan, i);

      if (listen_on == NULL || is_served (hub_lan_address_get_address (address), listen_on))
        g_ptr_array_add (shown, hub_lan_address_ref (address));
    }

  for (guint i = 0; listen_on != NULL && i < listen_on->len; i++)
    {
      GInetAddress *address = g_ptr_array_index (listen_on, i);
      guint bits = (guint) g_inet_address_get_native_size (address) * 8;

      if (!g_inet_address_get_is_any (address) && !is_among (address, shown))
        g_ptr_array_add (shown, hub_lan_address_new (address, bits, "", HUB_LINK_OTHER));
    }

  return shown;
}

static char *
dup_label (HubLanAddress *address)
{
  if (g_inet_address_get_is_loopback (hub_lan_address_get_address (address)))
    return g_strdup (_ ("This computer only"));
  if (hub_lan_address_get_interface (address)[0] == '\0')
    return g_inet_address_to_string (hub_lan_address_get_address (address));

  return hub_lan_address_dup_label (address);
}

static HubPlace *
make_place (HubLanAddress *address, guint16 port)
{
  GInetAddress *inet = hub_lan_address_get_address (address);
  gboolean is_v6 = g_inet_address_get_family (inet) == G_SOCKET_FAMILY_IPV6;
  g_autofree char *text = g_inet_address_to_string (inet);
  g_autofree char *url
      = g_strdup_printf (is_v6 ? "https://[%s]:%u/" : "https://%s:%u/", text, port);
  g_autofree char *label = dup_label (address);

  return hub_place_new (url, label, hub_lan_address_get_kind (address) == HUB_LINK_VPN);
}

GPtrArray *
hub_places_make (GPtrArray *shown, const char *label, guint16 port)
{
  GPtrArray *places;

  g_return_val_if_fail (shown != NULL, NULL);

  places = g_ptr_array_new_with_free_func ((GDestroyNotify) hub_place_free);
  for (guint i = 0; i < shown->len; i++)
    g_ptr_array_add (places, make_place (g_ptr_array_index (shown, i), port));

  if (label != NULL)
    {
      g_autofree char *url = g_strdup_printf ("https://%s.local:%u/", label, port);

      /* Translators: an address with this computer’s name; the others are called "Wi-Fi (wlp3s0)". */
      g_ptr_array_add (places, hub_place_new (url, C_ ("address", "Name"), FALSE));
    }

  return places;
}

gboolean
hub_places_equal (GPtrArray *places, GPtrArray *others)
{
  g_return_val_if_fail (places != NULL && others != NULL, FALSE);

  if (places->len != others->len)
    return FALSE;

  for (guint i = 0; i < places->len; i++)
    {
      const HubPlace *place = g_ptr_array_index (places, i);
      const HubPlace *other = g_ptr_array_index (others, i);

      if (!g_str_equal (place->url, other->url) || !g_str_equal (place->label, other->label))
        return FALSE;
    }

  return TRUE;
}

GPtrArray *
hub_places_copy (GPtrArray *places)
{
  GPtrArray *copy;

  g_return_val_if_fail (places != NULL, NULL);

  copy = g_ptr_array_new_full (places->len, (GDestroyNotify) hub_place_free);
  for (guint i = 0; i < places->len; i++)
    g_ptr_array_add (copy, hub_place_copy (g_ptr_array_index (places, i)));

  return copy;
}

char **
hub_places_dup_urls (GPtrArray *places)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  g_return_val_if_fail (places != NULL, NULL);

  for (guint i = 0; i < places->len; i++)
    g_strv_builder_add (builder, ((const HubPlace *) g_ptr_array_index (places, i))->url);

  return g_strv_builder_end (builder);
}
