/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/*
 * HubHostProcess: a real `hubbub-server --json` as a child, on loopback, with a data directory of
 * its own. Killed and its directory removed when freed, unless the directory is shared.
 */
typedef struct _HubHostProcess HubHostProcess;

/* Starts the program of this build with "--port 0 --address 127.0.0.1" and @options
 * (NULL-terminated), and waits for its `ready` line. @directory: data directory to use, or NULL for
 * one of its own. Aborts the test when it does not come up. */
HubHostProcess *hub_host_process_new (const char *directory, const char *const *options);
void hub_host_process_free (HubHostProcess *self);

guint16 hub_host_process_get_port (HubHostProcess *self);
int hub_host_process_get_pid (HubHostProcess *self);
const char *hub_host_process_get_directory (HubHostProcess *self);

/* Sends a signal; for ending it waits for the exit. Returns: the exit status, or -1 by signal */
void hub_host_process_signal (HubHostProcess *self, int signal_number);
int hub_host_process_wait (HubHostProcess *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HubHostProcess, hub_host_process_free)

G_END_DECLS
