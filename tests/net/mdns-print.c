/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* What a test of the real Avahi looks through: mdns-print LABEL SERVICE PORT. Prints the label that
 * is established, "-" for none, at first and whenever it changes. Standard input: "addresses A..."
 * and "withdraw". Ends with standard input. */
#include "net/hub-mdns-name.h"

#include <gio/gunixinputstream.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

typedef struct
{
  GMainLoop *loop;
  GDataInputStream *input;
  HubMdnsName *name;
} Printer;

static void
print_label (HubMdnsName *name)
{
  const char *label = hub_mdns_name_get_label (name);

  printf ("%s\n", label != NULL ? label : "-");
  fflush (stdout);
}

static void
obey (HubMdnsName *name, const char *line)
{
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

static void
read_line_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Printer *printer = user_data;
  g_autofree char *line = g_data_input_stream_read_line_finish (printer->input, result, NULL, NULL);

  if (line == NULL)
    {
      g_main_loop_quit (printer->loop);
      return;
    }

  obey (printer->name, line);
  g_data_input_stream_read_line_async (printer->input, G_PRIORITY_DEFAULT, NULL, read_line_cb,
                                       printer);
}

int
main (int argc, char *argv[])
{
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  g_autoptr (GInputStream) stdin_stream = g_unix_input_stream_new (STDIN_FILENO, FALSE);
  g_autoptr (GDataInputStream) input = g_data_input_stream_new (stdin_stream);
  g_autoptr (HubMdnsName) name = NULL;
  Printer printer = { loop, input, NULL };

  if (argc != 4)
    return 2;

  name = hub_mdns_name_new (argv[1], argv[2], atoi (argv[3]));
  printer.name = name;
  g_signal_connect (name, "changed", G_CALLBACK (print_label), NULL);
  print_label (name);
  g_data_input_stream_read_line_async (input, G_PRIORITY_DEFAULT, NULL, read_line_cb, &printer);
  g_main_loop_run (loop);

  return 0;
}
