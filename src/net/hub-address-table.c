/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "net/hub-address-table.h"

static const char *const ranges[] = {
  "10.0.0.0/8",     /* RFC 1918 */
  "172.16.0.0/12",  /* RFC 1918 */
  "192.168.0.0/16", /* RFC 1918 */
  "169.254.0.0/16", /* link-local, RFC 3927 */
  "100.64.0.0/10",  /* shared: behind a provider's NAT, and overlay networks, RFC 6598 */
  "127.0.0.0/8",    /* loopback */
  "fc00::/7",       /* unique local, RFC 4193 */
  "fe80::/10",      /* link-local, RFC 4291 */
  "::1/128",        /* loopback */
  NULL,
};

gboolean
hub_address_table_permits (GInetAddress *address)
{
  g_return_val_if_fail (G_IS_INET_ADDRESS (address), FALSE);

  for (guint i = 0; ranges[i] != NULL; i++)
    {
      g_autoptr (GInetAddressMask) mask = g_inet_address_mask_new_from_string (ranges[i], NULL);

      if (g_inet_address_mask_matches (mask, address))
        return TRUE;
    }

  return FALSE;
}

const char *const *
hub_address_table_get_ranges (void)
{
  return ranges;
}
