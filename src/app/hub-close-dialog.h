/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* What becomes of a chat whose window is closed, or that is stopped. */
typedef enum
{
  HUB_CLOSE_CANCEL,       /* nothing: the window stays */
  HUB_CLOSE_KEEP_RUNNING, /* the chat goes on without the window */
  HUB_CLOSE_END_CHAT,
} HubCloseChoice;

/* The window is closed and nothing would show that the chat goes on: Keep Running, End Chat, Cancel.
 * @n_people: in the room, none included. Esc and closing the dialog mean Cancel. */
void hub_close_dialog_ask_async (GtkWindow *parent,
                                 guint n_people,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data);

/* The chat is to end (stop, quit) while people are present: End Chat, Cancel. */
void hub_close_dialog_ask_end_async (GtkWindow *parent,
                                     guint n_people,
                                     GCancellable *cancellable,
                                     GAsyncReadyCallback callback,
                                     gpointer user_data);

/* Finishes either. Returns: HUB_CLOSE_CANCEL too where it was cancelled */
HubCloseChoice hub_close_dialog_ask_finish (GAsyncResult *result);

G_END_DECLS
