/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/*
 * HubBarList: what the host's removing shut out until the chat ends: throttle keys and digests of
 * secrets, as bytes. The newest of them are kept (the caller says how many). Part of HubRoom.
 */
typedef struct _HubBarList HubBarList;

/* @max_bars: at least 1. */
HubBarList *hub_bar_list_new (guint max_bars);
void hub_bar_list_free (HubBarList *self);

/* Does nothing where it is barred already. @length: at least 1 */
void hub_bar_list_add (HubBarList *self, gconstpointer data, gsize length);

gboolean hub_bar_list_has (HubBarList *self, gconstpointer data, gsize length);

guint hub_bar_list_get_length (HubBarList *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HubBarList, hub_bar_list_free)

G_END_DECLS
