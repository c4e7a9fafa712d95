/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "hub-config.h"

#include "app/hub-inhibitor.h"

#include <gio/gunixfdlist.h>
#include <glib/gi18n-lib.h>
#include <unistd.h>

struct _HubInhibitor
{
  GObject parent_instance;

  /* Borrowed */
  GtkApplication *application;

  /* Owned */
  GCancellable *asking; /* of logind, while it has not answered */

  /* State */
  gboolean is_sandboxed;
  gboolean is_active;
  gboolean may_sleep;
  guint cookie; /* of GTK; 0: none */
  int lock;     /* of logind, which lets go when it is closed; -1: none */
};

G_DEFINE_FINAL_TYPE (HubInhibitor, hub_inhibitor, G_TYPE_OBJECT)

/* What logind is asked. */
typedef struct
{
  HubInhibitor *inhibitor; /* gone or no longer interested once @asking is cancelled */
  GCancellable *asking;
} Question;

enum
{
  PROP_MAY_SLEEP = 1,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

static void
set_may_sleep (HubInhibitor *self, gboolean may_sleep)
{
  if (self->may_sleep == may_sleep)
    return;

  self->may_sleep = may_sleep;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_MAY_SLEEP]);
}

static const char *
get_reason (void)
{
  /* Translators: why the computer does not go to sleep; system programs list it beside "Hubbub". */
  return _ ("People are in the chat");
}

static void
question_free (Question *question)
{
  g_object_unref (question->asking);
  g_free (question);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Question, question_free)

static void
inhibit_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Question) question = data;
  HubInhibitor *self = question->inhibitor;
  g_autoptr (GUnixFDList) fds = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) reply = g_dbus_connection_call_with_unix_fd_list_finish (
      G_DBUS_CONNECTION (source), &fds, result, &error);

  if (g_cancellable_is_cancelled (question->asking))
    return; /* and what was given goes with @fds */

  g_clear_object (&self->asking);
  if (reply != NULL && fds != NULL)
    {
      int handle;

      g_variant_get (reply, "(h)", &handle);
      self->lock = g_unix_fd_list_get (fds, handle, &error);
    }
  if (self->lock < 0)
    g_debug ("logind keeps nobody awake: %s", error != NULL ? error->message : "no descriptor");
  set_may_sleep (self, self->lock < 0);
}

static void
bus_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Question) question = data;
  GCancellable *asking = question->asking;
  g_autoptr (GError) error = NULL;
  g_autoptr (GDBusConnection) bus = g_bus_get_finish (result, &error);

  if (bus != NULL)
    g_dbus_connection_set_exit_on_close (bus, FALSE); /* the chat outlives it */
  if (g_cancellable_is_cancelled (asking))
    return;

  if (bus == NULL)
    {
      g_debug ("No system bus: %s", error->message);
      g_clear_object (&question->inhibitor->asking);
      set_may_sleep (question->inhibitor, TRUE);
      return;
    }

  /* https://www.freedesktop.org/software/systemd/man/org.freedesktop.login1.html */
  g_dbus_connection_call_with_unix_fd_list (
      bus, "org.freedesktop.login1", "/org/freedesktop/login1", "org.freedesktop.login1.Manager",
      "Inhibit", g_variant_new ("(ssss)", "sleep", "Hubbub", get_reason (), "block"),
      G_VARIANT_TYPE ("(h)"), G_DBUS_CALL_FLAGS_NONE, -1, NULL, asking, inhibit_cb,
      g_steal_pointer (&question));
}

static void
let_go (HubInhibitor *self)
{
  g_cancellable_cancel (self->asking);
  g_clear_object (&self->asking);

  if (self->cookie != 0)
    gtk_application_uninhibit (self->application, self->cookie);
  self->cookie = 0;

  if (self->lock >= 0)
    close (self->lock);
  self->lock = -1;

  set_may_sleep (self, FALSE);
}

static void
hold (HubInhibitor *self)
{
  Question *question;

  self->cookie = gtk_application_inhibit (self->application, NULL, GTK_APPLICATION_INHIBIT_SUSPEND,
                                          get_reason ());
  if (self->cookie != 0)
    return;

  if (self->is_sandboxed)
    {
      set_may_sleep (self, TRUE);
      return;
    }

  self->asking = g_cancellable_new ();
  question = g_new0 (Question, 1);
  question->inhibitor = self;
  question->asking = g_object_ref (self->asking);
  /* Never cancelled: everybody who asks for this connection would get the error. */
  g_bus_get (G_BUS_TYPE_SYSTEM, NULL, bus_cb, question);
}

static void
hub_inhibitor_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  switch (id)
    {
    case PROP_MAY_SLEEP:
      g_value_set_boolean (value, HUB_INHIBITOR (object)->may_sleep);
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
hub_inhibitor_dispose (GObject *object)
{
  let_go (HUB_INHIBITOR (object));

  G_OBJECT_CLASS (hub_inhibitor_parent_class)->dispose (object);
}

static void
hub_inhibitor_class_init (HubInhibitorClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = hub_inhibitor_get_property;
  object_class->dispose = hub_inhibitor_dispose;

  properties[PROP_MAY_SLEEP]
      = g_param_spec_boolean ("may-sleep", NULL, NULL, FALSE,
                              G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
hub_inhibitor_init (HubInhibitor *self)
{
  self->lock = -1;
}

HubInhibitor *
hub_inhibitor_new (GtkApplication *application, gboolean is_sandboxed)
{
  HubInhibitor *self;

  g_return_val_if_fail (GTK_IS_APPLICATION (application), NULL);

  self = g_object_new (HUB_TYPE_INHIBITOR, NULL);
  self->application = application;
  self->is_sandboxed = is_sandboxed;

  return self;
}

void
hub_inhibitor_set_active (HubInhibitor *self, gboolean is_active)
{
  g_return_if_fail (HUB_IS_INHIBITOR (self));

  if (self->is_active == !!is_active)
    return;

  self->is_active = !!is_active;
  if (self->is_active)
    hold (self);
  else
    let_go (self);
}

gboolean
hub_inhibitor_is_holding (HubInhibitor *self)
{
  g_return_val_if_fail (HUB_IS_INHIBITOR (self), FALSE);

  return self->cookie != 0 || self->lock >= 0;
}

gboolean
hub_inhibitor_may_sleep (HubInhibitor *self)
{
  g_return_val_if_fail (HUB_IS_INHIBITOR (self), FALSE);

  return self->may_sleep;
}
