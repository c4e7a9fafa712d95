/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* What the openssl test looks through: sees to the identity in a folder, and prints the fingerprint
 * of its certificate. Usage: identity-print FOLDER LABEL [ADDRESS...] */
#include "net/hub-identity.h"

#include <stdio.h>

int
main (int argc, char *argv[])
{
  g_autoptr (HubClock) clock = hub_clock_new ();
  g_autoptr (GPtrArray) addresses = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (HubIdentity) identity = NULL;
  g_autoptr (GError) error = NULL;

  if (argc < 3)
    return 2;

  for (int i = 3; i < argc; i++)
    g_ptr_array_add (addresses, g_inet_address_new_from_string (argv[i]));

  identity = hub_identity_open (clock, argv[1], &error);
  if (identity == NULL || !hub_identity_ensure (identity, addresses, argv[2], TRUE, NULL, &error))
    {
      fprintf (stderr, "%s\n", error->message);
      return 1;
    }

  printf ("%s\n", hub_credentials_get_fingerprint (hub_identity_get_credentials (identity)));

  return 0;
}
