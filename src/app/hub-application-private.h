/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "app/hub-application.h"

#include "app/hub-background.h"
#include "app/hub-inhibitor.h"
#include "app/hub-life-cycle.h"
#include "app/hub-notifier.h"
#include "app/hub-tray-face.h"
#include "app/hub-window.h"

G_BEGIN_DECLS

typedef void (*HubApplicationFunc) (HubApplication *self);

/* What the application's files share. */
struct _HubApplication
{
  AdwApplication parent_instance;

  /* Owned; NULL before `startup` and after `shutdown` */
  HubPreferences *preferences;
  HubHost *host;
  HubStatus *status;
  HubLifeCycle *life_cycle;
  HubBackground *background;
  HubNotifier *notifier;
  HubInhibitor *inhibitor;
  HubTrayFace *tray_face; /* NULL too without a session bus */
  GSimpleActionGroup *guest_actions;
  GCancellable *cancellable; /* of questions that are open */
  char *background_status;   /* told last */

  /* Weak */
  GtkWindow *window; /* the HubWindow */
  GtkWindow *preferences_window;
  GtkWindow *help_window;
  GtkWindow *shortcuts_window;

  /* State */
  gboolean is_sandboxed;
  gboolean is_closing;       /* the window, which a question is open about */
  gboolean is_open;          /* the chat has been started once: from then on the program stays */
  gboolean starts_hidden;    /* --background: the first activation shows no window */
  gboolean copies_when_open; /* Copy Address came before there was one */
  HubApplicationFunc end_when_sure; /* what the question that is open is about, or NULL */
};

/* The chat starts when the program starts, once; who stopped it starts it again. */
void hub_application_open_chat (HubApplication *self);

/* The window, made where there is none; shown with show_window(). Returns: (transfer none) */
HubWindow *hub_application_get_window (HubApplication *self);
HubWindow *hub_application_show_window (HubApplication *self);

/* Ends the chat and the program; no window is seen any more. */
void hub_application_end (HubApplication *self);

/* hub-application-actions.c */
void hub_application_add_actions (HubApplication *self);

/* Enables what is possible now, and says how it is. */
void hub_application_update_actions (HubApplication *self);

/* hub-application-close.c */

/* What closing the window does. Returns: TRUE, for its signal */
gboolean hub_application_close (HubApplication *self);

/* Tells the desktop how the chat stands while no window does. */
void hub_application_update_background (HubApplication *self);

/* Nothing leads back to a hidden window any more. */
void hub_application_come_back (HubApplication *self);

/* hub-application-windows.c: the windows beside the main one, one of each. */
void hub_application_show_preferences (HubApplication *self);
void hub_application_show_help (HubApplication *self);
void hub_application_show_shortcuts (HubApplication *self);
void hub_application_show_about (HubApplication *self);

G_END_DECLS
