/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* What a test of the real Avahi looks through: mdns-print LABEL SERVICE PORT. Prints the label that
 * is established, "-" for none, at first and whenever it changes. Standard input: "addresses A..."
 * and "withdraw". Ends with standard input. */
#include "net/hub-mdns-name.h"
#include "support/hub-line-loop.h"

#include <stdio.h>
#include <stdlib.h>

static void
print_label (HubMdnsName *name)
{
  const char *label = hub_mdns_name_get_label (name);

  printf ("%s\n", label != NULL ? label : "-");
  fflush (stdout);
}

static void
obey (const char *line, gpointer user_data)
{
  HubMdnsName *name = user_data;
  g_auto (GStrv) words = g_strsplit (line, " ", -1);
  g_autoptr (GPtrArray) addresses = g_ptr_array_new_with_free_func (g_object_unref);

  if (g_strcmp0 (words[0], "withdraw") == 0)
    {
      hub_mdns_name_withdraw (name);
      return;
    }

  for (guint i = 1; words[0] != NULL && words[i] != NULL; i++)
    g_ptr_array_add (addresses, g_inet_address_new_from_string (words[i]));
  hub_mdns_name_set_addresses (name, addresses);
}

int
main (int argc, char *argv[])
{
  g_autoptr (HubMdnsName) name = NULL;

  if (argc != 4)
    return 2;

  name = hub_mdns_name_new (argv[1], argv[2], atoi (argv[3]));
  g_signal_connect (name, "changed", G_CALLBACK (print_label), NULL);
  print_label (name);
  hub_line_loop_run (obey, name);

  return 0;
}
