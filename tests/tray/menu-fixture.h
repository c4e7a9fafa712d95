/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "support/hub-bus-caller.h"
#include "tray/hub-menu-exporter.h"

G_BEGIN_DECLS

#define MENU_FIXTURE_PATH "/Menu"
#define MENU_FIXTURE_INTERFACE "com.canonical.dbusmenu"

/* What menu_fixture_set_up() makes: Show and Lock (a check item); below them, in a section of its own,
 * Quit. There are actions "show", "lock", "quit", "number" (i), "size" (s, with a state). */
typedef struct
{
  GDBusConnection *bus;
  HubBusCaller *caller;
  GMenu *menu;
  GMenu *first; /* sections */
  GMenu *second;
  GSimpleActionGroup *actions;
  HubMenuExporter *exporter;
  GString *done; /* what was activated */
} MenuFixture;

/* The menu and the actions; not yet exported, so that a test may add to them. */
void menu_fixture_set_up (MenuFixture *fixture, gconstpointer address);
void menu_fixture_tear_down (MenuFixture *fixture, gconstpointer address);
void menu_fixture_start (MenuFixture *fixture);

GSimpleAction *
menu_fixture_add_action (MenuFixture *fixture, const char *name, const GVariantType *type);

/* What another program gets that calls @method; all in GVariant's text form. */
void menu_fixture_assert_answer (MenuFixture *fixture,
                                 const char *method,
                                 const char *parameters,
                                 const char *expected);

/* @name: of the error, without org.freedesktop.DBus.Error. */
void menu_fixture_assert_error (MenuFixture *fixture,
                                const char *method,
                                GVariant *parameters,
                                const char *name);

/* The signals since the last time. */
void menu_fixture_assert_signals (MenuFixture *fixture, const char *expected);

/* The whole menu, a row a line, after the revision. */
void menu_fixture_assert_layout (MenuFixture *fixture, const char *expected);

G_END_DECLS
