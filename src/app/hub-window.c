/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "hub-config.h"

#include "app/hub-window.h"

#include "app/hub-address-card.h"
#include "app/hub-banner.h"
#include "app/hub-join-card.h"
#include "app/hub-people-view.h"
#include "app/hub-welcome-note.h"

#include <glib/gi18n-lib.h>

#ifdef GDK_WINDOWING_WAYLAND
#include <gdk/wayland/gdkwayland.h>
#endif

/* How long a window that was asked to come to the front may take, in milliseconds: then the address is
 * shown to be copied by hand, as only a window with the focus may set the clipboard. */
#define FOCUS_PATIENCE_MS 2000

/* A line of a toast in the narrowest window, with a button beside it. */
#define TOAST_CHARS 24

/* How long one with a button stays, which has to be read, thought about and reached, in seconds. */
#define TOAST_ACTION_S 15

struct _HubWindow
{
  AdwApplicationWindow parent_instance;

  /* Template */
  AdwToastOverlay *toasts;
  AdwWindowTitle *title;
  HubBanner *banner;
  GtkStack *pages;
  AdwStatusPage *failed;
  HubPeopleView *people;
  HubWelcomeNote *note;
  HubAddressCard *card;
  GtkWidget *footer;

  /* Owned */
  HubStatus *status;
  HubPreferences *preferences;
  guint copy_id; /* while the address waits for the focus to be copied */

  /* Weak */
  GtkWindow *join_card;

  /* State */
  gboolean is_active_stale; /* hidden since GTK said that it is active */
};

G_DEFINE_FINAL_TYPE (HubWindow, hub_window, ADW_TYPE_APPLICATION_WINDOW)

static const char *
get_page (HubHostState state)
{
  switch (state)
    {
    case HUB_HOST_READY:
      return "chat";

    case HUB_HOST_FAILED:
      return "failed";

    case HUB_HOST_STOPPED:
    case HUB_HOST_STOPPING:
      return "stopped";

    case HUB_HOST_STARTING:
    default:
      return "starting";
    }
}

static void
update_actions (HubWindow *self)
{
  HubSnapshot *snapshot = hub_status_get_snapshot (self->status);
  gboolean has_place = snapshot != NULL && hub_status_get_place (self->status) != NULL;
  gboolean can_search = FALSE;

  g_object_get (self->people, "can-search", &can_search, NULL);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "win.copy", has_place);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "win.enlarge", has_place);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "win.search", snapshot != NULL && can_search);
}

/* GTK 4.8 lets a screen reader read all pages. */
static void
show_page (HubWindow *self, const char *name)
{
  GtkWidget *shown;

  gtk_stack_set_visible_child_name (self->pages, name);
  shown = gtk_stack_get_visible_child (self->pages);
  for (GtkWidget *page = gtk_widget_get_first_child (GTK_WIDGET (self->pages)); page != NULL;
       page = gtk_widget_get_next_sibling (page))
    gtk_accessible_update_state (GTK_ACCESSIBLE (page), GTK_ACCESSIBLE_STATE_HIDDEN, page != shown,
                                 -1);
}

static void
on_status_changed (HubWindow *self)
{
  HubHostState state = hub_status_get_state (self->status);
  HubSnapshot *snapshot = hub_status_get_snapshot (self->status);
  g_autofree char *title = hub_status_dup_title (self->status);
  g_autofree char *reason = hub_status_dup_reason (self->status);
  g_autofree char *description = NULL;

  if (snapshot != NULL)
    adw_window_title_set_title (self->title, hub_snapshot_get_room_name (snapshot));
  adw_window_title_set_subtitle (self->title, title);

  /* A status page's description is markup, and the reason may name a file. */
  description = reason != NULL ? g_markup_escape_text (reason, -1) : NULL;
  adw_status_page_set_description (self->failed, description);
  show_page (self, get_page (state));
  gtk_widget_set_visible (self->footer, state == HUB_HOST_READY);
  update_actions (self);
}

static void
copy_address_now (HubWindow *self)
{
  const HubPlace *place = hub_status_get_place (self->status);

  if (place == NULL)
    return;

  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (self)), place->url);
  hub_window_toast (self, _ ("Address copied"));
}

static void
on_is_active_changed (HubWindow *self)
{
  self->is_active_stale = FALSE;
  if (self->copy_id == 0 || !gtk_window_is_active (GTK_WINDOW (self)))
    return;

  g_clear_handle_id (&self->copy_id, g_source_remove);
  copy_address_now (self);
}

/* GTK takes no notice of the focus that a window of Wayland loses as it is hidden. */
static gboolean
keeps_active (HubWindow *self)
{
#ifdef GDK_WINDOWING_WAYLAND
  return GDK_IS_WAYLAND_DISPLAY (gtk_widget_get_display (GTK_WIDGET (self)));
#else
  return FALSE;
#endif
}

/* Nor, then, does it say when the focus comes back; but who gets it on Wayland is told what the
 * clipboard has. */
static void
on_clipboard_changed (HubWindow *self)
{
  if (gtk_widget_get_mapped (GTK_WIDGET (self)))
    on_is_active_changed (self);
}

static gboolean
on_copy_timeout (gpointer user_data)
{
  HubWindow *self = user_data;

  self->copy_id = 0;
  hub_address_card_select_address (self->card);

  return G_SOURCE_REMOVE;
}

static void
activate_copy (GtkWidget *widget, const char *action, GVariant *parameter)
{
  copy_address_now (HUB_WINDOW (widget));
}

static void
activate_enlarge (GtkWidget *widget, const char *action, GVariant *parameter)
{
  HubWindow *self = HUB_WINDOW (widget);

  if (self->join_card == NULL)
    g_set_weak_pointer (&self->join_card, GTK_WINDOW (hub_join_card_new (
                                              GTK_WINDOW (self), self->status, self->preferences)));
  gtk_window_present (self->join_card);
}

static void
activate_search (GtkWidget *widget, const char *action, GVariant *parameter)
{
  hub_people_view_search (HUB_WINDOW (widget)->people);
}

static void
activate_copy_details (GtkWidget *widget, const char *action, GVariant *parameter)
{
  HubWindow *self = HUB_WINDOW (widget);
  const GError *error = hub_status_get_error (self->status);
  g_autofree char *details = NULL;

  if (error == NULL)
    return;

  /* Not translated: for whoever is asked for help. */
  details = g_strdup_printf ("Hubbub %s, GTK %u.%u.%u, libadwaita %u.%u.%u\n%s %d: %s", HUB_VERSION,
                             gtk_get_major_version (), gtk_get_minor_version (),
                             gtk_get_micro_version (), adw_get_major_version (),
                             adw_get_minor_version (), adw_get_micro_version (),
                             g_quark_to_string (error->domain), error->code, error->message);
  gdk_clipboard_set_text (gtk_widget_get_clipboard (widget), details);
  hub_window_toast (self, _ ("Details copied"));
}

/* The size is kept, but not that of a window that fills the screen. */
static void
hub_window_unmap (GtkWidget *widget)
{
  HubWindow *self = HUB_WINDOW (widget);
  int width;
  int height;

  gtk_window_get_default_size (GTK_WINDOW (self), &width, &height);
  if (self->preferences != NULL && width > 0 && height > 0)
    g_object_set (self->preferences, "window-width", width, "window-height", height, NULL);

  self->is_active_stale = keeps_active (self);
  GTK_WIDGET_CLASS (hub_window_parent_class)->unmap (widget);
}

static void
hub_window_dispose (GObject *object)
{
  HubWindow *self = HUB_WINDOW (object);

  g_clear_handle_id (&self->copy_id, g_source_remove);
  g_clear_weak_pointer (&self->join_card);
  g_clear_object (&self->status);
  g_clear_object (&self->preferences);

  G_OBJECT_CLASS (hub_window_parent_class)->dispose (object);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  g_type_ensure (HUB_TYPE_ADDRESS_CARD);
  g_type_ensure (HUB_TYPE_BANNER);
  g_type_ensure (HUB_TYPE_PEOPLE_VIEW);
  g_type_ensure (HUB_TYPE_WELCOME_NOTE);

  gtk_widget_class_set_template_from_resource (widget_class, "/hubbub/desktop/hub-window.ui");
  gtk_widget_class_bind_template_child (widget_class, HubWindow, toasts);
  gtk_widget_class_bind_template_child (widget_class, HubWindow, title);
  gtk_widget_class_bind_template_child (widget_class, HubWindow, banner);
  gtk_widget_class_bind_template_child (widget_class, HubWindow, pages);
  gtk_widget_class_bind_template_child (widget_class, HubWindow, failed);
  gtk_widget_class_bind_template_child (widget_class, HubWindow, people);
  gtk_widget_class_bind_template_child (widget_class, HubWindow, note);
  gtk_widget_class_bind_template_child (widget_class, HubWindow, card);
  gtk_widget_class_bind_template_child (widget_class, HubWindow, footer);
}

static void
hub_window_class_init (HubWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = hub_window_dispose;
  widget_class->unmap = hub_window_unmap;

  bind_template (widget_class);

  gtk_widget_class_install_action (widget_class, "win.copy", NULL, activate_copy);
  gtk_widget_class_install_action (widget_class, "win.copy-details", NULL, activate_copy_details);
  gtk_widget_class_install_action (widget_class, "win.enlarge", NULL, activate_enlarge);
  gtk_widget_class_install_action (widget_class, "win.search", NULL, activate_search);
}

static void
hub_window_init (HubWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  g_signal_connect (self, "notify::is-active", G_CALLBACK (on_is_active_changed), NULL);
  g_signal_connect_object (gtk_widget_get_clipboard (GTK_WIDGET (self)), "changed",
                           G_CALLBACK (on_clipboard_changed), self, G_CONNECT_SWAPPED);
}

HubWindow *
hub_window_new (HubApplication *application)
{
  HubWindow *self = g_object_new (HUB_TYPE_WINDOW, "application", application, NULL);
  int width = 0;
  int height = 0;

  self->status = g_object_ref (hub_application_get_status (application));
  self->preferences = g_object_ref (hub_application_get_preferences (application));

  g_object_get (self->preferences, "window-width", &width, "window-height", &height, NULL);
  if (width > 0 && height > 0)
    gtk_window_set_default_size (GTK_WINDOW (self), width, height);

  hub_banner_set_status (self->banner, self->status);
  hub_address_card_set_status (self->card, self->status);
  hub_people_view_set_status (self->people, self->status);
  hub_welcome_note_set_preferences (self->note, self->preferences);
  g_signal_connect_object (self->people, "notify::can-search", G_CALLBACK (update_actions), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->status, "changed", G_CALLBACK (on_status_changed), self,
                           G_CONNECT_SWAPPED);
  on_status_changed (self);

  return self;
}

void
hub_window_copy_address (HubWindow *self)
{
  g_return_if_fail (HUB_IS_WINDOW (self));

  gtk_window_present (GTK_WINDOW (self));
  g_clear_handle_id (&self->copy_id, g_source_remove);
  /* Wayland takes nothing for the clipboard from who has no focus, and does not say so. */
  if (gtk_window_is_active (GTK_WINDOW (self)) && !self->is_active_stale)
    copy_address_now (self);
  else
    self->copy_id = g_timeout_add (FOCUS_PATIENCE_MS, on_copy_timeout, self);
}

/* A toast's own title is markup, and cut where the line ends. Returns: (transfer full) */
static AdwToast *
make_toast (const char *text)
{
  AdwToast *toast = adw_toast_new ("");
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_max_width_chars (GTK_LABEL (label), TOAST_CHARS);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_add_css_class (label, "heading");
  adw_toast_set_custom_title (toast, label);

  return toast;
}

void
hub_window_toast (HubWindow *self, const char *text)
{
  AdwToast *toast;

  g_return_if_fail (HUB_IS_WINDOW (self));
  g_return_if_fail (text != NULL);

  toast = make_toast (text);
  /* It answers what was just done: others wait. */
  adw_toast_set_priority (toast, ADW_TOAST_PRIORITY_HIGH);
  adw_toast_overlay_add_toast (self->toasts, toast);
}

void
hub_window_toast_action (HubWindow *self, const char *text, const char *button, const char *action)
{
  AdwToast *toast;

  g_return_if_fail (HUB_IS_WINDOW (self));
  g_return_if_fail (text != NULL && button != NULL && action != NULL);

  toast = make_toast (text);
  adw_toast_set_button_label (toast, button);
  adw_toast_set_action_name (toast, action);
  adw_toast_set_timeout (toast, TOAST_ACTION_S);
  adw_toast_set_priority (toast, ADW_TOAST_PRIORITY_HIGH);
  adw_toast_overlay_add_toast (self->toasts, toast);
}

void
hub_window_mention (HubWindow *self, const char *text)
{
  g_return_if_fail (HUB_IS_WINDOW (self));
  g_return_if_fail (text != NULL);

  adw_toast_overlay_add_toast (self->toasts, make_toast (text));
}
