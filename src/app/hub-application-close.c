/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "app/hub-application-private.h"

#include "app/hub-close-dialog.h"
#include "app/hub-close-policy.h"

/* The window is closed: what becomes of the chat. */

static void
hide (HubApplication *self)
{
  gtk_widget_set_visible (GTK_WIDGET (self->window), FALSE);
  hub_application_update_background (self);
}

static void
ask_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  HubApplication *self = HUB_APPLICATION (user_data);

  self->is_closing = FALSE;
  switch (hub_close_dialog_ask_finish (result))
    {
    case HUB_CLOSE_KEEP_RUNNING:
      hide (self);
      /* Nothing else would show that the chat goes on, nor lead back to it. */
      hub_notifier_tell_keeps_running (self->notifier);
      break;
    case HUB_CLOSE_END_CHAT:
      hub_application_end (self);
      break;
    case HUB_CLOSE_CANCEL:
    default:
      break;
    }
}

static void
ask (HubApplication *self)
{
  hub_close_dialog_ask_async (self->window, hub_status_get_n_people (self->status),
                              self->cancellable, ask_cb, self);
}

static void
request_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  HubApplication *self = HUB_APPLICATION (user_data);
  g_autoptr (GError) error = NULL;
  gboolean is_granted = hub_background_request_finish (HUB_BACKGROUND (source), result, &error);

  if (error != NULL)
    g_debug ("Not in the background: %s", error->message);
  /* The program ended meanwhile. */
  if (g_cancellable_is_cancelled (self->cancellable) || self->window == NULL)
    return;

  if (!is_granted)
    {
      ask (self);
      return;
    }

  self->is_closing = FALSE;
  hide (self);
}

gboolean
hub_application_close (HubApplication *self)
{
  HubHostState state = hub_status_get_state (self->status);
  HubCloseFacts facts = {
    .is_open = state == HUB_HOST_STARTING || state == HUB_HOST_READY,
    .n_people = hub_status_get_n_people (self->status),
    .has_tray = self->tray_face != NULL && hub_tray_face_is_shown (self->tray_face),
    .is_sandboxed = self->is_sandboxed,
  };

  /* The answer to the last time is still to come. */
  if (self->is_closing)
    return TRUE;

  g_object_get (self->preferences, "keep-running", &facts.keep_running, NULL);
  switch (hub_close_policy_get_step (&facts))
    {
    case HUB_CLOSE_STEP_QUIT:
      hub_application_end (self);
      break;
    case HUB_CLOSE_STEP_HIDE:
      hide (self);
      break;
    case HUB_CLOSE_STEP_REQUEST:
      self->is_closing = TRUE;
      hub_background_request_async (self->background, self->cancellable, request_cb, self);
      break;
    case HUB_CLOSE_STEP_ASK:
    default:
      self->is_closing = TRUE;
      ask (self);
      break;
    }

  return TRUE;
}

void
hub_application_update_background (HubApplication *self)
{
  g_autofree char *title = NULL;

  if (self->window != NULL && gtk_widget_get_visible (GTK_WIDGET (self->window)))
    return;

  title = hub_status_dup_title (self->status);
  if (g_strcmp0 (title, self->background_status) == 0)
    return;

  hub_background_set_status (self->background, title);
  g_free (self->background_status);
  self->background_status = g_steal_pointer (&title);
}

void
hub_application_come_back (HubApplication *self)
{
  if (self->window == NULL || !gtk_widget_get_visible (GTK_WIDGET (self->window)))
    hub_application_show_window (self);
}
