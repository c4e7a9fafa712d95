/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "support/hub-crowd-socket.h"

G_BEGIN_DECLS

/* A guest of hubbub.v1 in the test's own thread, which waits without running any loop: the host's
 * engine has a thread of its own. */

/* Serves @socket once something has come, or a moment later. */
void hub_host_guest_pump (HubCrowdSocket *socket);

/* The next object. Returns: (transfer full) (nullable): NULL where the connection ended */
char *hub_host_guest_take (HubCrowdSocket *socket);

/* Skips up to the object of this type. Returns: (transfer full) */
char *hub_host_guest_wait_for (HubCrowdSocket *socket, const char *type);

/* Reads until the connection ends. */
void hub_host_guest_wait_for_end (HubCrowdSocket *socket);

/* Connects and says hello; @more: further members, with their comma. */
HubCrowdSocket *hub_host_guest_hello (guint16 port, const char *name, const char *more);

/* The same, and is let in. */
HubCrowdSocket *hub_host_guest_join (guint16 port, const char *name);

G_END_DECLS
