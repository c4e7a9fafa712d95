/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "hub-config.h"

#include "host/hub-process.h"
#include "terminal/hub-command.h"
#include "terminal/hub-complaint.h"
#include "terminal/hub-console.h"
#include "terminal/hub-json-lines.h"
#include "terminal/hub-options.h"
#include "terminal/hub-terminal.h"

#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* The composition root of hubbub-server: what is made, in which order, and how it ends. */

#define EXIT_USAGE 2

/* What the reader of the output has left to take the last lines, in milliseconds. */
#define LAST_LINES_MS 200

static void
prepare_process (void)
{
  const char *warning = hub_process_get_warning ();
  const struct sigaction ignore = { .sa_handler = SIG_IGN };

  hub_process_protect ();
  /* A shell that takes its terminal back is no reason to stop either: see HubInput. */
  sigaction (SIGTTIN, &ignore, NULL);

  if (warning != NULL)
    hub_complaint_print (warning);
}

static gboolean
write_all (int fd, const char *text, GError **error)
{
  gsize left = strlen (text);

  while (left > 0)
    {
      ssize_t written = write (fd, text, left);

      if (written < 0 && errno != EINTR)
        {
          g_set_error_literal (error, G_FILE_ERROR, (gint) g_file_error_from_errno (errno),
                               g_strerror (errno));
          return FALSE;
        }
      if (written > 0)
        {
          text += written;
          left -= (gsize) written;
        }
    }

  return TRUE;
}

static int
print_and_exit (const char *text)
{
  g_autoptr (GError) error = NULL;

  if (!write_all (STDOUT_FILENO, text, &error))
    {
      hub_complaint_print (error->message);
      return EXIT_FAILURE;
    }

  return EXIT_SUCCESS;
}

static int
export_ca (const HubOptions *options)
{
  g_autofree char *data_dir = hub_settings_dup_data_dir (options->settings);
  g_autoptr (GError) error = NULL;
  g_autofree char *pem = hub_host_dup_ca_pem (data_dir, &error);

  if (pem != NULL && g_str_equal (options->export_ca, "-"))
    return print_and_exit (pem);

  if (pem == NULL
      || !g_file_set_contents_full (options->export_ca, pem, -1, G_FILE_SET_CONTENTS_NONE, 0644,
                                    &error))
    {
      hub_complaint_print_error (error);
      return EXIT_FAILURE;
    }

  return EXIT_SUCCESS;
}

static int
hold_chat (const HubOptions *options)
{
  g_autoptr (HubOutput) output = hub_output_new (STDOUT_FILENO);
  g_autoptr (HubInput) input = hub_input_new (STDIN_FILENO, HUB_COMMAND_MAX_BYTES + 1);
  g_autoptr (HubReporter) reporter
      = options->json ? hub_json_lines_new (output)
                      : hub_console_new (output, options->log_names, hub_input_is_terminal (input));
  g_autoptr (HubHost) host = hub_host_new ();
  g_autoptr (HubTerminal) terminal = hub_terminal_new (host, reporter, input);
  int status = hub_terminal_run (terminal, options->settings);

  hub_output_flush (output, LAST_LINES_MS);
  hub_host_shutdown (host);

  return status;
}

int
main (int argc, char *argv[])
{
  g_autoptr (GError) error = NULL;
  g_autoptr (HubOptions) options = NULL;

  hub_process_prepare ();
  g_set_prgname ("hubbub-server");

  options = hub_options_new ((const char *const *) argv, &error);
  if (options == NULL)
    {
      hub_complaint_print (error->message);
      hub_complaint_print_hint ();
      return EXIT_USAGE;
    }

  if (options->show_help)
    {
      g_autofree char *help = hub_options_dup_help ();

      return print_and_exit (help);
    }
  if (options->show_version)
    return print_and_exit ("hubbub-server " HUB_VERSION "\n");

  prepare_process ();
  if (options->export_ca != NULL)
    return export_ca (options);

  return hold_chat (options);
}
