/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "hub-config.h"

#include "app/hub-tray-face.h"

#include "app/hub-tray-pixmaps.h"
#include "app/hub-unlock.h"
#include "tray/hub-tray.h"

#include <glib/gi18n-lib.h>
#include <gtk/gtk.h>

/* What the icon says. */
typedef enum
{
  LOOK_RUNNING,
  LOOK_STOPPED,
  LOOK_ATTENTION,
  N_LOOKS,
} Look;

static const char *const look_names[N_LOOKS] = { "running", "stopped", "attention" };

struct _HubTrayFace
{
  GObject parent_instance;

  /* Owned */
  HubStatus *status;
  HubTray *tray;
  GDBusConnection *connection;
  GCancellable *locked;       /* while the screen is, or may be */
  GVariant *pixmaps[N_LOOKS]; /* drawn when first shown */

  /* State */
  guint patience; /* how long the tray may be away */
  gboolean has_drawn[N_LOOKS];
};

G_DEFINE_FINAL_TYPE (HubTrayFace, hub_tray_face, G_TYPE_OBJECT)

enum
{
  PROP_IS_SHOWN = 1,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

enum
{
  LOST,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

/* ---- what is shown ---- */

static Look
choose_look (HubTrayFace *self)
{
  switch (hub_status_get_state (self->status))
    {
    case HUB_HOST_FAILED:
      return LOOK_ATTENTION;

    case HUB_HOST_STARTING:
    case HUB_HOST_READY:
      return hub_status_get_notice (self->status) == HUB_NOTICE_STUCK ? LOOK_ATTENTION
                                                                      : LOOK_RUNNING;

    case HUB_HOST_STOPPING:
    case HUB_HOST_STOPPED:
    default:
      return LOOK_STOPPED;
    }
}

static GVariant *
get_pixmaps (HubTrayFace *self, Look look)
{
  g_autofree char *path = NULL;

  if (!self->has_drawn[look])
    {
      path = g_strconcat ("/hubbub/desktop/tray/", look_names[look], ".svg", NULL);
      self->pixmaps[look] = hub_tray_pixmaps_new (path);
      self->has_drawn[look] = TRUE;
    }

  return self->pixmaps[look];
}

/* Returns: (transfer full): nothing that a guest has said or that leads to the chat: every program of
 * the session may read it */
static char *
dup_tooltip (HubTrayFace *self)
{
  guint n;

  switch (hub_status_get_state (self->status))
    {
    case HUB_HOST_STARTING:
      return g_strdup (_ ("Hubbub: starting…"));
    case HUB_HOST_STOPPING:
    case HUB_HOST_STOPPED:
      return g_strdup (_ ("Hubbub: no chat"));
    case HUB_HOST_FAILED:
      return g_strdup (_ ("Hubbub: couldn’t start the chat"));
    case HUB_HOST_READY:
    default:
      break;
    }

  n = hub_status_get_n_people (self->status);
  if (n == 0)
    return g_strdup (_ ("Hubbub: nobody here yet"));

  /* Translators: the tooltip of the icon in the desktop's tray. */
  return g_strdup_printf (ngettext ("Hubbub: %u person", "Hubbub: %u people", n), n);
}

static void
update (HubTrayFace *self)
{
  Look look = choose_look (self);
  g_autofree char *icon
      = g_strconcat (HUB_APPLICATION_ID "-tray-", look_names[look], "-symbolic", NULL);
  g_autofree char *tooltip = dup_tooltip (self);
  gboolean is_stuck = hub_status_get_notice (self->status) == HUB_NOTICE_STUCK;

  hub_tray_set_icon (self->tray, icon, get_pixmaps (self, look));
  hub_tray_set_urgent (self->tray, look == LOOK_ATTENTION);
  hub_tray_set_tooltip (self->tray, tooltip,
                        is_stuck ? _ ("A device stopped at its browser’s security page.") : "");
}

static void
append (GMenu *menu, const char *label, const char *action, gboolean is_hidden_when_disabled)
{
  g_autoptr (GMenuItem) item = g_menu_item_new (label, action);

  if (is_hidden_when_disabled)
    g_menu_item_set_attribute (item, "hidden-when", "s", "action-disabled");
  g_menu_append_item (menu, item);
}

static GMenuModel *
make_menu (void)
{
  GMenu *menu = g_menu_new ();
  g_autoptr (GMenu) window = g_menu_new ();
  g_autoptr (GMenu) chat = g_menu_new ();
  g_autoptr (GMenu) program = g_menu_new ();

  append (window, _ ("_Show Hubbub"), "app.show", FALSE);
  append (window, _ ("_Copy Address"), "app.copy", FALSE);
  append (chat, _ ("_Lock Room"), "app.lock", FALSE);
  append (chat, _ ("St_art Chat"), "app.start", TRUE);
  append (chat, _ ("S_top Chat"), "app.stop", TRUE);
  append (program, _ ("_Quit"), "app.quit", FALSE);
  g_menu_append_section (menu, NULL, G_MENU_MODEL (window));
  g_menu_append_section (menu, NULL, G_MENU_MODEL (chat));
  g_menu_append_section (menu, NULL, G_MENU_MODEL (program));

  return G_MENU_MODEL (menu);
}

/* ---- whether it is shown ---- */

static gboolean on_patience_over (gpointer user_data);

static void
be_patient (HubTrayFace *self)
{
  self->patience = g_timeout_add_seconds (HUB_TRAY_FACE_PATIENCE_S, on_patience_over, self);
}

static void
unlock_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (HubTrayFace) self = HUB_TRAY_FACE (user_data);
  gboolean was_locked;

  /* The tray is back, or nobody wants it any more. */
  if (!hub_unlock_wait_finish (result, &was_locked, NULL))
    return;

  g_clear_object (&self->locked);
  if (was_locked)
    be_patient (self);
  else
    g_signal_emit (self, signals[LOST], 0);
}

/* While the screen is locked GNOME has no tray; a window would come up behind the lock. */
static gboolean
on_patience_over (gpointer user_data)
{
  HubTrayFace *self = user_data;

  self->patience = 0;
  self->locked = g_cancellable_new ();
  hub_unlock_wait_async (self->connection, self->locked, unlock_cb, g_object_ref (self));

  return G_SOURCE_REMOVE;
}

static void
stop_waiting (HubTrayFace *self)
{
  g_clear_handle_id (&self->patience, g_source_remove);
  g_cancellable_cancel (self->locked);
  g_clear_object (&self->locked);
}

static void
on_tray_is_shown (HubTrayFace *self)
{
  stop_waiting (self);
  if (!hub_tray_is_shown (self->tray))
    be_patient (self);

  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_IS_SHOWN]);
}

/* ---- life ---- */

static void
hub_tray_face_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  switch (id)
    {
    case PROP_IS_SHOWN:
      g_value_set_boolean (value, hub_tray_face_is_shown (HUB_TRAY_FACE (object)));
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
hub_tray_face_dispose (GObject *object)
{
  HubTrayFace *self = HUB_TRAY_FACE (object);

  /* The tray goes first: that it does is not for anybody to act upon. */
  if (self->tray != NULL)
    g_signal_handlers_disconnect_by_data (self->tray, self);
  g_clear_object (&self->tray);
  stop_waiting (self);
  g_clear_object (&self->connection);
  g_clear_object (&self->status);
  for (guint i = 0; i < N_LOOKS; i++)
    g_clear_pointer (&self->pixmaps[i], g_variant_unref);

  G_OBJECT_CLASS (hub_tray_face_parent_class)->dispose (object);
}

static void
hub_tray_face_class_init (HubTrayFaceClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = hub_tray_face_get_property;
  object_class->dispose = hub_tray_face_dispose;

  properties[PROP_IS_SHOWN]
      = g_param_spec_boolean ("is-shown", NULL, NULL, FALSE,
                              G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  signals[LOST] = g_signal_new ("lost", HUB_TYPE_TRAY_FACE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                G_TYPE_NONE, 0);
}

static void
hub_tray_face_init (HubTrayFace *self)
{
}

HubTrayFace *
hub_tray_face_new (HubStatus *status, GDBusConnection *connection, GActionGroup *actions)
{
  g_autoptr (GMenuModel) menu = make_menu ();
  HubTrayFace *self;

  g_return_val_if_fail (HUB_IS_STATUS (status), NULL);

  self = g_object_new (HUB_TYPE_TRAY_FACE, NULL);
  self->status = g_object_ref (status);
  self->connection = g_object_ref (connection);
  self->tray = hub_tray_new (connection, HUB_APPLICATION_ID, menu, actions, "show");
  hub_tray_set_title (self->tray, "Hubbub");
  hub_tray_set_rtl (self->tray, gtk_widget_get_default_direction () == GTK_TEXT_DIR_RTL);
  g_signal_connect_swapped (self->tray, "notify::is-shown", G_CALLBACK (on_tray_is_shown), self);
  g_signal_connect_object (status, "changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  update (self);

  return self;
}

gboolean
hub_tray_face_is_shown (HubTrayFace *self)
{
  g_return_val_if_fail (HUB_IS_TRAY_FACE (self), FALSE);

  return hub_tray_is_shown (self->tray);
}

char *
hub_tray_face_take_activation_token (HubTrayFace *self)
{
  g_return_val_if_fail (HUB_IS_TRAY_FACE (self), NULL);

  return hub_tray_take_activation_token (self->tray);
}
