/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/*
 * HubTlsSource: the GSource by which somebody waits for one half of a HubTlsStream.
 *
 * It polls nothing: the stream wakes it through its ready time, so that the main loop has one
 * descriptor to poll for all guests. Each half keeps a list of those that wait for it.
 */

/* Whether @half, a GPollableInputStream or GPollableOutputStream, is ready. */
typedef gboolean (*HubTlsSourceReadyFunc) (GObject *half);

/* A source for a GPollableSourceFunc. It enters *@waiting, a list inside @half, until it is
 * finalized. Returns: (transfer full) */
GSource *hub_tls_source_new (GObject *half,
                             GSList **waiting,
                             HubTlsSourceReadyFunc is_ready,
                             GCancellable *cancellable);

/* Makes the sources of @waiting ready whose half is. */
void hub_tls_source_wake (GSList *waiting);

G_END_DECLS
