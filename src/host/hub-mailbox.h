/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/*
 * HubMailbox: closures from any thread, run one after the other on one context, in the order in
 * which each thread posted them. The only crossing between the engine's thread and the program's.
 *
 * Without a lock: letters are pushed onto an atomic list that the reader takes as a whole.
 */
typedef struct _HubMailbox HubMailbox;

typedef void (*HubMailboxFunc) (gpointer data);

/* Letters are read on @context, with @priority. Returns: (transfer full) */
HubMailbox *hub_mailbox_new (GMainContext *context, int priority);
HubMailbox *hub_mailbox_ref (HubMailbox *self);
void hub_mailbox_unref (HubMailbox *self);

/* Has @func called with @data, then @destroy (may be NULL). From any thread. After
 * hub_mailbox_close() only @destroy is called, when the mailbox is gone. */
void
hub_mailbox_post (HubMailbox *self, HubMailboxFunc func, gpointer data, GDestroyNotify destroy);

/* Nothing is read any more. On the thread of its context, also from within a letter. */
void hub_mailbox_close (HubMailbox *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HubMailbox, hub_mailbox_unref)

G_END_DECLS
