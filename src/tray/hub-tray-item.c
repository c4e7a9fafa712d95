/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "tray/hub-tray-item.h"

#include "base/hub-limits.h"
#include "tray/hub-tray-interface.h"

#include <string.h>

#define PIXMAPS_TYPE G_VARIANT_TYPE ("a(iiay)")

/* What trays have to be told of. */
typedef enum
{
  NEW_TITLE = 1 << 0,
  NEW_ICON = 1 << 1,
  NEW_STATUS = 1 << 2,
  NEW_TOOLTIP = 1 << 3,
} News;

struct _HubTrayItem
{
  GObject parent_instance;

  /* Owned */
  GDBusConnection *connection;
  char *path;
  char *id;
  char *menu_path;
  char *title;
  char *icon_name;
  GVariant *pixmaps; /* a(iiay) */
  char *tooltip_title;
  char *tooltip_text; /* escaped */
  GSource *teller;    /* NULL when everything was told a while ago */

  /* State */
  guint object_id;
  News news; /* not told yet */
  gboolean is_urgent;
};

G_DEFINE_FINAL_TYPE (HubTrayItem, hub_tray_item, G_TYPE_OBJECT)

enum
{
  ACTIVATED,
  TOKEN_GIVEN,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static const char *
get_status (HubTrayItem *self)
{
  return self->is_urgent ? "NeedsAttention" : "Active";
}

static void
emit (HubTrayItem *self, const char *name, GVariant *parameters)
{
  g_dbus_connection_emit_signal (self->connection, NULL, self->path, HUB_TRAY_INTERFACE_ITEM, name,
                                 parameters, NULL);
}

/* The icon after the status: Xfce looks at the status only when it is told of an icon. */
static gboolean
tell_cb (gpointer user_data)
{
  HubTrayItem *self = user_data;
  News news = self->news;

  self->news = 0;
  if (news & NEW_TITLE)
    emit (self, "NewTitle", NULL);
  if (news & NEW_STATUS)
    emit (self, "NewStatus", g_variant_new ("(s)", get_status (self)));
  if (news & (NEW_STATUS | NEW_ICON))
    {
      emit (self, "NewIcon", NULL);
      emit (self, "NewAttentionIcon", NULL);
    }
  if (news & NEW_TOOLTIP)
    emit (self, "NewToolTip", NULL);

  if (news != 0)
    return G_SOURCE_CONTINUE;

  g_clear_pointer (&self->teller, g_source_unref);

  return G_SOURCE_REMOVE;
}

/* At the end of this turn of the loop, but not sooner than HUB_TRAY_INTERVAL_MS after the last time:
 * trays fetch everything again, pictures included, whenever they are told of something. */
static void
tell_soon (HubTrayItem *self, News news)
{
  if (self->object_id == 0)
    return;

  self->news |= news;
  if (self->teller != NULL)
    return;

  self->teller = g_timeout_source_new (HUB_TRAY_INTERVAL_MS);
  g_source_set_ready_time (self->teller, 0);
  g_source_set_callback (self->teller, tell_cb, self, NULL);
  g_source_set_static_name (self->teller, "hub-tray-item");
  g_source_attach (self->teller, g_main_context_get_thread_default ());
}

/* It is opaque to us, but goes from any program on the bus to the window system. */
static gboolean
take_token (HubTrayItem *self, const char *token)
{
  if (strlen (token) > HUB_TRAY_TOKEN_MAX_BYTES)
    return FALSE;

  g_signal_emit (self, signals[TOKEN_GIVEN], 0, token);

  return TRUE;
}

static void
on_method_call (GDBusConnection *connection,
                const char *sender,
                const char *path,
                const char *interface,
                const char *method,
                GVariant *parameters,
                GDBusMethodInvocation *invocation,
                gpointer user_data)
{
  g_autoptr (HubTrayItem) self = g_object_ref (user_data);
  const char *token;

  if (g_str_equal (method, "ProvideXdgActivationToken"))
    {
      g_variant_get (parameters, "(&s)", &token);
      if (!take_token (self, token))
        {
          g_dbus_method_invocation_return_error (
              invocation, G_DBUS_ERROR, G_DBUS_ERROR_LIMITS_EXCEEDED,
              "A token has %d bytes at most", HUB_TRAY_TOKEN_MAX_BYTES);
          return;
        }
    }
  else if (g_str_equal (method, "Activate") || g_str_equal (method, "SecondaryActivate"))
    g_signal_emit (self, signals[ACTIVATED], 0);

  /* ContextMenu: trays draw our menu themselves. Scroll: there is nothing to scroll. */
  g_dbus_method_invocation_return_value (invocation, NULL);
}

static GVariant *
make_no_pixmaps (void)
{
  return g_variant_new_array (G_VARIANT_TYPE ("(iiay)"), NULL, 0);
}

static GVariant *
make_tooltip (HubTrayItem *self)
{
  return g_variant_new ("(s@a(iiay)ss)", self->icon_name, self->pixmaps, self->tooltip_title,
                        self->tooltip_text);
}

static const char *
get_text (HubTrayItem *self, const char *name)
{
  if (g_str_equal (name, "Category"))
    return "Communications";
  if (g_str_equal (name, "Id"))
    return self->id;
  if (g_str_equal (name, "Title"))
    return self->title;
  if (g_str_equal (name, "Status"))
    return get_status (self);
  if (g_str_equal (name, "IconName"))
    return self->icon_name;
  if (g_str_equal (name, "AttentionIconName") && self->is_urgent)
    return self->icon_name;
  if (g_str_equal (name, "IconAccessibleDesc"))
    return self->tooltip_title;

  /* IconThemePath: a path would tell whose computer this is; overlay, movie: there is none. */
  return "";
}

static GVariant *
on_get_property (GDBusConnection *connection,
                 const char *sender,
                 const char *path,
                 const char *interface,
                 const char *name,
                 GError **error,
                 gpointer user_data)
{
  HubTrayItem *self = user_data;

  if (g_str_equal (name, "WindowId"))
    return g_variant_new_int32 (0);
  if (g_str_equal (name, "Menu"))
    return g_variant_new_object_path (self->menu_path);
  if (g_str_equal (name, "ItemIsMenu")) /* a click shows the window, where the tray lets it */
    return g_variant_new_boolean (FALSE);
  if (g_str_equal (name, "ToolTip"))
    return make_tooltip (self);
  if (g_str_equal (name, "IconPixmap"))
    return g_variant_ref (self->pixmaps);
  if (g_str_equal (name, "AttentionIconPixmap") && self->is_urgent)
    return g_variant_ref (self->pixmaps);
  if (g_str_has_suffix (name, "Pixmap"))
    return make_no_pixmaps ();

  return g_variant_new_string (get_text (self, name));
}

static void
hub_tray_item_dispose (GObject *object)
{
  HubTrayItem *self = HUB_TRAY_ITEM (object);

  hub_tray_item_withdraw (self);
  g_clear_object (&self->connection);

  G_OBJECT_CLASS (hub_tray_item_parent_class)->dispose (object);
}

static void
hub_tray_item_finalize (GObject *object)
{
  HubTrayItem *self = HUB_TRAY_ITEM (object);

  g_free (self->path);
  g_free (self->id);
  g_free (self->menu_path);
  g_free (self->title);
  g_free (self->icon_name);
  g_variant_unref (self->pixmaps);
  g_free (self->tooltip_title);
  g_free (self->tooltip_text);

  G_OBJECT_CLASS (hub_tray_item_parent_class)->finalize (object);
}

static void
hub_tray_item_class_init (HubTrayItemClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = hub_tray_item_dispose;
  object_class->finalize = hub_tray_item_finalize;

  signals[ACTIVATED] = g_signal_new ("activated", HUB_TYPE_TRAY_ITEM, G_SIGNAL_RUN_LAST, 0, NULL,
                                     NULL, NULL, G_TYPE_NONE, 0);
  signals[TOKEN_GIVEN] = g_signal_new ("token-given", HUB_TYPE_TRAY_ITEM, G_SIGNAL_RUN_LAST, 0,
                                       NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
hub_tray_item_init (HubTrayItem *self)
{
  self->title = g_strdup ("");
  self->icon_name = g_strdup ("");
  self->pixmaps = g_variant_ref_sink (make_no_pixmaps ());
  self->tooltip_title = g_strdup ("");
  self->tooltip_text = g_strdup ("");
}

HubTrayItem *
hub_tray_item_new (GDBusConnection *connection,
                   const char *path,
                   const char *id,
                   const char *menu_path,
                   GError **error)
{
  static const GDBusInterfaceVTable vtable
      = { .method_call = on_method_call, .get_property = on_get_property };
  g_autoptr (HubTrayItem) self = NULL;

  g_return_val_if_fail (G_IS_DBUS_CONNECTION (connection), NULL);
  g_return_val_if_fail (id != NULL, NULL);

  self = g_object_new (HUB_TYPE_TRAY_ITEM, NULL);
  self->connection = g_object_ref (connection);
  self->path = g_strdup (path);
  self->id = g_strdup (id);
  self->menu_path = g_strdup (menu_path);
  self->object_id = hub_tray_interface_register (connection, path, HUB_TRAY_INTERFACE_ITEM, &vtable,
                                                 self, error);

  return self->object_id != 0 ? g_steal_pointer (&self) : NULL;
}

/* Returns: whether it is another one */
static gboolean
set_string (char **string, const char *value)
{
  if (g_str_equal (*string, value))
    return FALSE;

  g_free (*string);
  *string = g_strdup (value);

  return TRUE;
}

void
hub_tray_item_set_title (HubTrayItem *self, const char *title)
{
  g_return_if_fail (HUB_IS_TRAY_ITEM (self));
  g_return_if_fail (title != NULL);

  if (set_string (&self->title, title))
    tell_soon (self, NEW_TITLE);
}

void
hub_tray_item_set_icon (HubTrayItem *self, const char *icon_name, GVariant *pixmaps)
{
  g_autoptr (GVariant) given = NULL;

  g_return_if_fail (HUB_IS_TRAY_ITEM (self));
  g_return_if_fail (icon_name != NULL);
  g_return_if_fail (pixmaps == NULL || g_variant_is_of_type (pixmaps, PIXMAPS_TYPE));

  given = g_variant_ref_sink (pixmaps != NULL ? pixmaps : make_no_pixmaps ());
  if (!set_string (&self->icon_name, icon_name)
      && (self->pixmaps == given || g_variant_equal (self->pixmaps, given)))
    return;

  g_variant_unref (self->pixmaps);
  self->pixmaps = g_steal_pointer (&given);
  tell_soon (self, NEW_ICON);
}

void
hub_tray_item_set_urgent (HubTrayItem *self, gboolean is_urgent)
{
  g_return_if_fail (HUB_IS_TRAY_ITEM (self));

  if (self->is_urgent == !!is_urgent)
    return;

  self->is_urgent = !!is_urgent;
  tell_soon (self, NEW_STATUS);
}

/* The text may have markup, says the interface, the title not. What speaks for the icon is another
 * word for its title. */
void
hub_tray_item_set_tooltip (HubTrayItem *self, const char *title, const char *text)
{
  g_autofree char *escaped = NULL;

  g_return_if_fail (HUB_IS_TRAY_ITEM (self));
  g_return_if_fail (title != NULL);
  g_return_if_fail (text != NULL);

  escaped = g_markup_escape_text (text, -1);
  if (set_string (&self->tooltip_title, title))
    tell_soon (self, NEW_TOOLTIP | NEW_ICON);
  if (set_string (&self->tooltip_text, escaped))
    tell_soon (self, NEW_TOOLTIP);
}

void
hub_tray_item_withdraw (HubTrayItem *self)
{
  g_return_if_fail (HUB_IS_TRAY_ITEM (self));

  if (self->teller != NULL)
    g_source_destroy (self->teller);
  g_clear_pointer (&self->teller, g_source_unref);

  if (self->object_id == 0)
    return;

  /* Trays wait for the owner of the name to leave the bus, which need not happen now. */
  emit (self, "NewStatus", g_variant_new ("(s)", "Passive"));
  g_dbus_connection_unregister_object (self->connection, self->object_id);
  self->object_id = 0;
}
