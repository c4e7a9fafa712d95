/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* What a namespace test looks through: prints HubLan's list as one line, and again whenever it
 * changes; answers "key ADDRESS", "admits ADDRESS" and "own ADDRESS" read from standard input.
 * Ends with standard input. */
#include "net/hub-lan.h"
#include "support/hub-line-loop.h"

#include <stdio.h>

static void
print_list (HubLan *lan)
{
  GPtrArray *addresses = hub_lan_get_addresses (lan);

  printf ("list");
  for (guint i = 0; i < addresses->len; i++)
    {
      HubLanAddress *shown = g_ptr_array_index (addresses, i);
      g_autofree char *address = g_inet_address_to_string (hub_lan_address_get_address (shown));
      g_autofree char *label = hub_lan_address_dup_label (shown);

      printf ("\t%s/%u %s", address, hub_lan_address_get_prefix (shown), label);
    }
  printf ("\n");
  fflush (stdout);
}

static void
answer (const char *line, gpointer user_data)
{
  HubLan *lan = user_data;
  g_auto (GStrv) words = g_strsplit (line, " ", 2);
  g_autoptr (GInetAddress) address
      = g_inet_address_new_from_string (words[0] != NULL && words[1] != NULL ? words[1] : "");
  g_autofree char *key = address != NULL ? hub_lan_dup_throttle_key (lan, address) : NULL;

  if (address == NULL)
    printf ("error\t%s\n", line);
  else if (g_str_equal (words[0], "key"))
    printf ("key\t%s\n", key);
  else if (g_str_equal (words[0], "admits"))
    printf ("admits\t%s\n", hub_lan_admits (lan, address) ? "yes" : "no");
  else
    printf ("own\t%s\n", hub_lan_has_address (lan, address) ? "yes" : "no");
  fflush (stdout);
}

int
main (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (HubLan) lan = hub_lan_new (&error);

  if (lan == NULL)
    {
      fprintf (stderr, "lan-print: %s\n", error->message);
      return 1;
    }

  g_signal_connect (lan, "changed", G_CALLBACK (print_list), NULL);
  print_list (lan);
  hub_line_loop_run (answer, lan);

  return 0;
}
