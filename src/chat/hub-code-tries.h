/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/*
 * HubCodeTries: the wrong codes of the last minute (HUB_CODE_TRIES_MS), and who tried them: so many
 * per throttle key, and so many in all, so that neither one machine nor a thousand find the code
 * out. It holds those alone, so nobody makes it grow. Part of HubRoom.
 *
 * Right codes are not counted: a class behind one address may all come in at once.
 */
typedef struct _HubCodeTries HubCodeTries;

HubCodeTries *hub_code_tries_new (void);
void hub_code_tries_free (HubCodeTries *self);

/* Milliseconds until a code of @key may be looked at, 0: now. @now: monotonic ms. */
guint hub_code_tries_get_wait (HubCodeTries *self, const char *key, gint64 now);

/* @key tried a wrong one, when it had not to wait. */
void hub_code_tries_add (HubCodeTries *self, const char *key, gint64 now);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HubCodeTries, hub_code_tries_free)

G_END_DECLS
