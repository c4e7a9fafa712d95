/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "app/hub-application.h"
#include "app/hub-status.h"

#include <adwaita.h>

G_BEGIN_DECLS

/* The real application, in a session of the test's own. */
typedef struct
{
  HubApplication *application;
  HubStatus *status;
  guint16 port;
} HubApplicationFixture;

/* For the macro below: nothing came of @data. */
gboolean hub_application_fixture_fail (gpointer data);

/* Runs the loop until @condition. */
#define HUB_APPLICATION_WAIT_FOR(condition)                                                        \
  G_STMT_START                                                                                     \
  {                                                                                                \
    guint deadline                                                                                 \
        = g_timeout_add_seconds (30, hub_application_fixture_fail, (gpointer) #condition);         \
                                                                                                   \
    while (!(condition))                                                                           \
      g_main_context_iteration (NULL, TRUE);                                                       \
    g_source_remove (deadline);                                                                    \
  }                                                                                                \
  G_STMT_END

/* Schema and data home of the test's own; before g_test_init(). */
void hub_application_fixture_prepare (void);

/* The chat "Lab" is open on loopback, its window shown. */
void hub_application_fixture_init (HubApplicationFixture *f, gboolean ask_code);

/* As the session does it, which does not ask. */
void hub_application_fixture_clear (HubApplicationFixture *f);

GActionGroup *hub_application_fixture_get_actions (HubApplicationFixture *f);
void hub_application_fixture_activate (HubApplicationFixture *f, const char *action);

/* The HubWindow. Returns: (nullable) */
GtkWindow *hub_application_fixture_get_window (HubApplicationFixture *f);

/* Whether a label with this @part is seen in @widget. */
gboolean hub_application_fixture_shows (GtkWidget *widget, const char *part);

G_END_DECLS
