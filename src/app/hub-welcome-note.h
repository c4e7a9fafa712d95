/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "app/hub-preferences.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/*
 * HubWelcomeNote: what a host should know before the first chat, until it is dismissed. Owned by the
 * window.
 */
#define HUB_TYPE_WELCOME_NOTE (hub_welcome_note_get_type ())
G_DECLARE_FINAL_TYPE (HubWelcomeNote, hub_welcome_note, HUB, WELCOME_NOTE, GtkWidget)

GtkWidget *hub_welcome_note_new (void);

/* Shown as long as `first-run` is TRUE, which dismissing it ends. To be called once. */
void hub_welcome_note_set_preferences (HubWelcomeNote *self, HubPreferences *preferences);

G_END_DECLS
