/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "hub-config.h"

#include "app/hub-preferences-window.h"

#include "app/hub-cap-row.h"
#include "app/hub-groups.h"
#include "app/hub-network-group.h"
#include "app/hub-restart-row.h"
#include "base/hub-limits.h"

#include <glib/gi18n-lib.h>

/* Ports below are the system's: binding one takes a permission (CAP_NET_BIND_SERVICE). */
#define FIRST_FREE_PORT 1024

struct _HubPreferencesWindow
{
  AdwPreferencesWindow parent_instance;

  /* Template */
  GtkWidget *forgetful;
  HubRestartRow *chat_restart;
  HubRestartRow *network_restart;
  AdwPreferencesRow *room_name;
  HubCapRow *max_guests;
  HubCapRow *max_per_address;
  HubCapRow *message_rate;
  AdwPreferencesRow *port;
  HubNetworkGroup *networks;
  GtkSwitch *start_with_session;
  GtkSwitch *keep_running;
  GtkSwitch *notify_first_guest;
  GtkSwitch *notify_network;
  GtkSwitch *notify_stuck;

  /* Owned */
  HubPreferences *preferences;
};

G_DEFINE_FINAL_TYPE (HubPreferencesWindow, hub_preferences_window, ADW_TYPE_PREFERENCES_WINDOW)

/* What a row of text has to say about its text. */
typedef enum
{
  FINE,
  ODD,  /* kept, and something is said */
  WRONG /* not kept, and something is said */
} Verdict;

/* Says @words in place of @title, where the row's name is, so that they are read out with it. */
static void
say (AdwPreferencesRow *row, const char *title, const char *words, Verdict verdict)
{
  adw_preferences_row_set_title (row, verdict == FINE ? title : words);

  if (verdict == WRONG)
    gtk_widget_add_css_class (GTK_WIDGET (row), "error");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (row), "error");

  if (verdict == ODD)
    gtk_widget_add_css_class (GTK_WIDGET (row), "warning");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (row), "warning");

  gtk_accessible_update_state (
      GTK_ACCESSIBLE (gtk_editable_get_delegate (GTK_EDITABLE (row))), GTK_ACCESSIBLE_STATE_INVALID,
      verdict == WRONG ? GTK_ACCESSIBLE_INVALID_TRUE : GTK_ACCESSIBLE_INVALID_FALSE, -1);
}

/* Says what is wrong with the room's name. Returns: whether it may be kept */
static gboolean
judge_room_name (HubPreferencesWindow *self)
{
  glong length = g_utf8_strlen (gtk_editable_get_text (GTK_EDITABLE (self->room_name)), -1);
  g_autofree char *words = NULL;

  if (length <= HUB_ROOM_NAME_MAX_CHARS)
    {
      say (self->room_name, _ ("Room Name"), NULL, FINE);
      return TRUE;
    }

  words = g_strdup_printf (
      /* Translators: takes the place of “Room Name”; the first number is the limit, 64. */
      _ ("Room Name: at most %d characters, not %ld"), HUB_ROOM_NAME_MAX_CHARS, length);
  say (self->room_name, NULL, words, WRONG);

  return FALSE;
}

/* Returns: the port that was typed, 0 where it is none */
static guint
read_port (HubPreferencesWindow *self)
{
  g_autofree char *text = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->port))));
  guint64 port = 0;

  g_ascii_string_to_unsigned (text, 10, 1, G_MAXUINT16, &port, NULL);

  return (guint) port;
}

/* Says what is wrong with the port. Returns: it, or 0 where it may not be kept */
static guint
judge_port (HubPreferencesWindow *self)
{
  guint port = read_port (self);

  if (port == 0)
    {
      /* Translators: takes the place of “Port”. */
      say (self->port, NULL, _ ("Port: a number from 1024 to 65535"), WRONG);
      return 0;
    }

  if (port < FIRST_FREE_PORT)
    /* Translators: takes the place of “Port”. */
    say (self->port, NULL, _ ("Port: below 1024 the system must permit it"), ODD);
  else
    say (self->port, _ ("Port"), NULL, FINE);

  return port;
}

/* Texts are kept when they are complete: each of 8, 84, 844 and 8443 is a port. */
static void
keep_texts (HubPreferencesWindow *self)
{
  guint port = judge_port (self);

  if (judge_room_name (self))
    g_object_set (self->preferences, "room-name",
                  gtk_editable_get_text (GTK_EDITABLE (self->room_name)), NULL);
  if (port != 0)
    g_object_set (self->preferences, "port", port, NULL);
}

static gboolean
hub_preferences_window_close_request (GtkWindow *window)
{
  keep_texts (HUB_PREFERENCES_WINDOW (window));

  return GTK_WINDOW_CLASS (hub_preferences_window_parent_class)->close_request (window);
}

/* What is typed now is not replaced by what it means: "08443" stays as it is. */
static void
on_preferences_port (HubPreferencesWindow *self)
{
  g_autofree char *text = NULL;
  guint port;

  g_object_get (self->preferences, "port", &port, NULL);
  if (read_port (self) == port)
    return;

  text = g_strdup_printf ("%u", port);
  gtk_editable_set_text (GTK_EDITABLE (self->port), text);
}

static void
on_preferences_room_name (HubPreferencesWindow *self)
{
  g_autofree char *name = NULL;

  g_object_get (self->preferences, "room-name", &name, NULL);
  if (g_strcmp0 (name, gtk_editable_get_text (GTK_EDITABLE (self->room_name))) != 0)
    gtk_editable_set_text (GTK_EDITABLE (self->room_name), name != NULL ? name : "");
}

static void
on_background_refused (HubBackground *background, const GError *error, HubPreferencesWindow *self)
{
  g_autofree char *title = g_markup_escape_text (error->message, -1); /* toasts parse markup */

  adw_preferences_window_add_toast (ADW_PREFERENCES_WINDOW (self), adw_toast_new (title));
}

static void
hub_preferences_window_dispose (GObject *object)
{
  HubPreferencesWindow *self = HUB_PREFERENCES_WINDOW (object);

  g_clear_object (&self->preferences);
  hub_groups_empty (GTK_WIDGET (self));
  gtk_widget_dispose_template (GTK_WIDGET (self), HUB_TYPE_PREFERENCES_WINDOW);

  G_OBJECT_CLASS (hub_preferences_window_parent_class)->dispose (object);
}

static void
hub_preferences_window_class_init (HubPreferencesWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = hub_preferences_window_dispose;
  GTK_WINDOW_CLASS (klass)->close_request = hub_preferences_window_close_request;

  g_type_ensure (HUB_TYPE_CAP_ROW);
  g_type_ensure (HUB_TYPE_NETWORK_GROUP);
  g_type_ensure (HUB_TYPE_RESTART_ROW);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/hubbub/desktop/hub-preferences-window.ui");
  gtk_widget_class_bind_template_child (widget_class, HubPreferencesWindow, forgetful);
  gtk_widget_class_bind_template_child (widget_class, HubPreferencesWindow, chat_restart);
  gtk_widget_class_bind_template_child (widget_class, HubPreferencesWindow, network_restart);
  gtk_widget_class_bind_template_child (widget_class, HubPreferencesWindow, room_name);
  gtk_widget_class_bind_template_child (widget_class, HubPreferencesWindow, max_guests);
  gtk_widget_class_bind_template_child (widget_class, HubPreferencesWindow, max_per_address);
  gtk_widget_class_bind_template_child (widget_class, HubPreferencesWindow, message_rate);
  gtk_widget_class_bind_template_child (widget_class, HubPreferencesWindow, port);
  gtk_widget_class_bind_template_child (widget_class, HubPreferencesWindow, networks);
  gtk_widget_class_bind_template_child (widget_class, HubPreferencesWindow, start_with_session);
  gtk_widget_class_bind_template_child (widget_class, HubPreferencesWindow, keep_running);
  gtk_widget_class_bind_template_child (widget_class, HubPreferencesWindow, notify_first_guest);
  gtk_widget_class_bind_template_child (widget_class, HubPreferencesWindow, notify_network);
  gtk_widget_class_bind_template_child (widget_class, HubPreferencesWindow, notify_stuck);
}

static void
hub_preferences_window_init (HubPreferencesWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

static void
bind (HubPreferencesWindow *self, const char *key, gpointer widget, const char *property)
{
  g_object_bind_property (self->preferences, key, widget, property,
                          G_BINDING_SYNC_CREATE | G_BINDING_BIDIRECTIONAL);
}

/* A text is complete when the person says so (Enter) or goes on to something else. */
static void
keep_when_complete (HubPreferencesWindow *self, AdwPreferencesRow *row)
{
  GtkEventController *focus = gtk_event_controller_focus_new ();

  g_signal_connect_object (row, "entry-activated", G_CALLBACK (keep_texts), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (focus, "leave", G_CALLBACK (keep_texts), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (row), focus);
}

static void
follow_texts (HubPreferencesWindow *self)
{
  g_signal_connect_object (self->preferences, "notify::room-name",
                           G_CALLBACK (on_preferences_room_name), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->preferences, "notify::port", G_CALLBACK (on_preferences_port),
                           self, G_CONNECT_SWAPPED);
  on_preferences_room_name (self);
  on_preferences_port (self);
  g_signal_connect_object (self->room_name, "changed", G_CALLBACK (judge_room_name), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->port, "changed", G_CALLBACK (judge_port), self, G_CONNECT_SWAPPED);
  keep_when_complete (self, self->room_name);
  keep_when_complete (self, self->port);
  judge_port (self);
}

HubPreferencesWindow *
hub_preferences_window_new (HubPreferences *preferences,
                            HubStatus *status,
                            HubBackground *background)
{
  HubPreferencesWindow *self;

  g_return_val_if_fail (HUB_IS_PREFERENCES (preferences), NULL);
  g_return_val_if_fail (HUB_IS_STATUS (status), NULL);
  g_return_val_if_fail (HUB_IS_BACKGROUND (background), NULL);

  self = g_object_new (HUB_TYPE_PREFERENCES_WINDOW, NULL);
  self->preferences = g_object_ref (preferences);
  gtk_widget_set_visible (self->forgetful, !hub_preferences_is_kept (preferences));
  hub_restart_row_follow (self->chat_restart, preferences, status);
  hub_restart_row_follow (self->network_restart, preferences, status);
  hub_network_group_follow (self->networks, preferences);
  follow_texts (self);
  bind (self, "max-guests", self->max_guests, "value");
  bind (self, "max-per-address", self->max_per_address, "value");
  bind (self, "message-rate", self->message_rate, "value");
  bind (self, "start-with-session", self->start_with_session, "active");
  bind (self, "keep-running", self->keep_running, "active");
  bind (self, "notify-first-guest", self->notify_first_guest, "active");
  bind (self, "notify-network", self->notify_network, "active");
  bind (self, "notify-stuck", self->notify_stuck, "active");
  g_signal_connect_object (background, "refused", G_CALLBACK (on_background_refused), self, 0);

  return self;
}
