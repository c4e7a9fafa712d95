/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "hub-config.h"

#include "host/hub-process.h"

#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <locale.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <unistd.h>

/* Descriptors that the caller has closed would be given to whatever is opened next, which the
 * output then goes to: a connection, say. These fail instead, as closed ones do. */
static void
occupy_standard_descriptors (void)
{
  for (int fd = STDIN_FILENO; fd <= STDERR_FILENO; fd++)
    if (fcntl (fd, F_GETFD) < 0)
      open ("/dev/null", fd == STDIN_FILENO ? O_WRONLY : O_RDONLY);
}

void
hub_process_prepare (void)
{
  const char *locale_dir = secure_getenv ("HUBBUB_LOCALE_DIR");

  occupy_standard_descriptors ();

  setlocale (LC_ALL, "");
  bindtextdomain (GETTEXT_PACKAGE, locale_dir != NULL ? locale_dir : HUB_LOCALE_DIR);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);
}

/* Some of what libsoup warns of is what a peer sent: newer ones, of a second Host. */
static void
on_libsoup_warning (const char *domain,
                    GLogLevelFlags level,
                    const char *message,
                    gpointer user_data)
{
  /* Not g_log(): that from inside a handler ends the program. */
  g_log_default_handler (domain, G_LOG_LEVEL_DEBUG, message, NULL);
}

void
hub_process_protect (void)
{
  const struct sigaction ignore = { .sa_handler = SIG_IGN };

  sigaction (SIGPIPE, &ignore, NULL);
  g_log_set_handler ("libsoup", G_LOG_LEVEL_WARNING, on_libsoup_warning, NULL);

#if HUB_RELEASE
  /* What is said lives in memory; a core dump would keep it. */
  setrlimit (RLIMIT_CORE, &(struct rlimit){ 0, 0 });
#endif
}

const char *
hub_process_get_warning (void)
{
  if (geteuid () != 0)
    return NULL;

  return _ ("warning: running as root, which nothing here needs. Use another account.");
}
