/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "app/hub-background.h"
#include "app/hub-preferences.h"
#include "app/hub-status.h"
#include "host/hub-host-fixture.h"

#include <adwaita.h>

G_BEGIN_DECLS

/* What widgets show: a real host that has not been started, and preferences that nobody keeps. */
typedef struct
{
  HubHostFixture host;
  HubPreferences *preferences;
  HubStatus *status;
} HubWidgetFixture;

void hub_widget_fixture_init (HubWidgetFixture *self);
void hub_widget_fixture_clear (HubWidgetFixture *self);

/* Starts the chat with the preferences, on loopback, and waits for it. */
void hub_widget_fixture_start (HubWidgetFixture *self);

/* The first widget of @type in @root, depth first. Returns: (transfer none) (nullable) */
GtkWidget *hub_widget_fixture_find (GtkWidget *root, GType type);

/* Of the rows in @root, the first that has this title. */
GtkWidget *hub_widget_fixture_find_row (GtkWidget *root, const char *title);

/* Runs the loop until nothing is left to do. */
void hub_widget_fixture_settle (void);

/* Destroys @window, which must then be gone. */
void hub_widget_fixture_destroy (GtkWidget *window);

G_END_DECLS
