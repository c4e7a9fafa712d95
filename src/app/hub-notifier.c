/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "hub-config.h"

#include "app/hub-notifier.h"

#include <glib/gi18n-lib.h>

typedef enum
{
  FIRST_GUEST,
  NETWORK,
  STUCK,
  KEEPS_RUNNING,
  N_NOTIFICATIONS
} Notification;

/* Under these the desktop knows them: one takes the place of its elder. */
static const char *const ids[N_NOTIFICATIONS] = {
  [FIRST_GUEST] = "first-guest",
  [NETWORK] = "network",
  [STUCK] = "stuck",
  [KEEPS_RUNNING] = "keeps-running",
};

/* What switches them off; the last one answers something the host did. */
static const char *const preferences_of[N_NOTIFICATIONS] = {
  [FIRST_GUEST] = "notify-first-guest",
  [NETWORK] = "notify-network",
  [STUCK] = "notify-stuck",
};

struct _HubNotifier
{
  GObject parent_instance;

  /* Borrowed */
  GtkApplication *application;

  /* Owned */
  HubStatus *status;
  HubPreferences *preferences;
  GSignalGroup *window_signals; /* of the window that was active last */

  /* State */
  gboolean is_out[N_NOTIFICATIONS];
};

G_DEFINE_FINAL_TYPE (HubNotifier, hub_notifier, G_TYPE_OBJECT)

/* Whether the host sees for himself. */
static gboolean
is_attended (HubNotifier *self)
{
  GtkWindow *window = gtk_application_get_active_window (self->application);

  return window != NULL && gtk_window_is_active (window);
}

static gboolean
is_wanted (HubNotifier *self, Notification which)
{
  gboolean is_on = TRUE;

  if (preferences_of[which] != NULL)
    g_object_get (self->preferences, preferences_of[which], &is_on, NULL);

  return is_on;
}

static void
withdraw (HubNotifier *self, Notification which)
{
  if (!self->is_out[which])
    return;

  self->is_out[which] = FALSE;
  g_application_withdraw_notification (G_APPLICATION (self->application), ids[which]);
}

static void
send (HubNotifier *self, Notification which, GNotification *notification)
{
  g_notification_set_default_action (notification, "app.show");
  self->is_out[which] = TRUE;
  g_application_send_notification (G_APPLICATION (self->application), ids[which], notification);
}

static void
on_status_first_guest (HubStatus *status, HubNotifier *self)
{
  g_autoptr (GNotification) notification = NULL;

  if (is_attended (self) || !is_wanted (self, FIRST_GUEST))
    return;

  notification = g_notification_new (_ ("Somebody Joined the Chat"));
  g_notification_set_body (notification, _ ("The first guest is here."));
  send (self, FIRST_GUEST, notification);
}

static void
on_status_network_changed (HubStatus *status, HubNotifier *self)
{
  g_autoptr (GNotification) notification = NULL;

  if (is_attended (self) || !is_wanted (self, NETWORK))
    return;

  notification = g_notification_new (_ ("Your Network Changed"));
  g_notification_set_body (notification, _ ("Everyone needs to scan the QR code again."));
  /* Translators: a button of a notification: the address of the chat, into the clipboard. */
  g_notification_add_button (notification, _ ("Copy Address"), "app.copy-address");
  g_notification_set_priority (notification, G_NOTIFICATION_PRIORITY_HIGH);
  send (self, NETWORK, notification);
}

static void
on_status_stuck (HubStatus *status, HubNotifier *self)
{
  g_autoptr (GNotification) notification = NULL;

  if (is_attended (self) || !is_wanted (self, STUCK))
    return;

  notification = g_notification_new (_ ("Somebody Cannot Get In"));
  g_notification_set_body (notification, _ ("A device stopped at its browser’s security page."));
  /* Translators: a button of a notification: opens the help about browsers' warnings. */
  g_notification_add_button (notification, _ ("How to Continue"), "app.help");
  send (self, STUCK, notification);
}

static void
on_status_person_joined (HubStatus *status, HubEvent *event, HubNotifier *self)
{
  withdraw (self, NETWORK);
  withdraw (self, STUCK);
}

static void
on_status_changed (HubStatus *status, HubNotifier *self)
{
  if (hub_status_get_state (status) == HUB_HOST_READY)
    {
      if (hub_status_get_n_people (status) == 0)
        withdraw (self, FIRST_GUEST);
      return;
    }

  for (Notification which = 0; which < N_NOTIFICATIONS; which++)
    withdraw (self, which);
}

static void
on_windows_changed (HubNotifier *self)
{
  if (!is_attended (self))
    return;

  for (Notification which = 0; which < N_NOTIFICATIONS; which++)
    withdraw (self, which);
}

static void
on_application_active_window (GtkApplication *application, GParamSpec *pspec, HubNotifier *self)
{
  g_signal_group_set_target (self->window_signals, gtk_application_get_active_window (application));
  on_windows_changed (self);
}

static void
hub_notifier_dispose (GObject *object)
{
  HubNotifier *self = HUB_NOTIFIER (object);

  for (Notification which = 0; which < N_NOTIFICATIONS; which++)
    withdraw (self, which);
  g_clear_object (&self->window_signals);
  g_clear_object (&self->status);
  g_clear_object (&self->preferences);

  G_OBJECT_CLASS (hub_notifier_parent_class)->dispose (object);
}

static void
hub_notifier_class_init (HubNotifierClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = hub_notifier_dispose;
}

static void
hub_notifier_init (HubNotifier *self)
{
  self->window_signals = g_signal_group_new (GTK_TYPE_WINDOW);
  g_signal_group_connect_object (self->window_signals, "notify::is-active",
                                 G_CALLBACK (on_windows_changed), self, G_CONNECT_SWAPPED);
}

HubNotifier *
hub_notifier_new (GtkApplication *application, HubStatus *status, HubPreferences *preferences)
{
  HubNotifier *self;

  g_return_val_if_fail (GTK_IS_APPLICATION (application), NULL);
  g_return_val_if_fail (HUB_IS_STATUS (status), NULL);
  g_return_val_if_fail (HUB_IS_PREFERENCES (preferences), NULL);

  self = g_object_new (HUB_TYPE_NOTIFIER, NULL);
  self->application = application;
  self->status = g_object_ref (status);
  self->preferences = g_object_ref (preferences);
  g_signal_connect_object (application, "notify::active-window",
                           G_CALLBACK (on_application_active_window), self, 0);
  g_signal_connect_object (status, "first-guest", G_CALLBACK (on_status_first_guest), self, 0);
  g_signal_connect_object (status, "network-changed", G_CALLBACK (on_status_network_changed), self,
                           0);
  g_signal_connect_object (status, "stuck", G_CALLBACK (on_status_stuck), self, 0);
  g_signal_connect_object (status, "person-joined", G_CALLBACK (on_status_person_joined), self, 0);
  g_signal_connect_object (status, "changed", G_CALLBACK (on_status_changed), self, 0);
  on_application_active_window (application, NULL, self);

  return self;
}

void
hub_notifier_tell_keeps_running (HubNotifier *self)
{
  g_autoptr (GNotification) notification = NULL;

  g_return_if_fail (HUB_IS_NOTIFIER (self));

  notification = g_notification_new (_ ("The Chat Keeps Running"));
  g_notification_set_body (notification, _ ("Hubbub goes on without its window."));
  /* Translators: a button of a notification: opens the window again. */
  g_notification_add_button (notification, _ ("Show Window"), "app.show");
  send (self, KEEPS_RUNNING, notification);
}
