/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "tray/hub-menu-item.h"

#include <string.h>

struct _HubMenuItem
{
  /* Owned; of the model */
  HubMenuItemKind kind;
  char *label;
  char *action; /* its name in the group; NULL: none */
  GVariant *target;
  char *hidden_when;
  char *icon_name;
  GMenuModel *submenu;

  /* Owned; state */
  int id;
  GPtrArray *children;
  GVariant *properties;
};

/* How an action stands for a row. */
typedef struct
{
  gboolean is_known;
  gboolean is_usable; /* enabled, and takes the row's target */
  GVariant *state;    /* owned */
} Action;

static HubMenuItem *
make (HubMenuItemKind kind)
{
  HubMenuItem *self = g_new0 (HubMenuItem, 1);

  self->kind = kind;
  self->children = g_ptr_array_new_with_free_func ((GDestroyNotify) hub_menu_item_free);

  return self;
}

static char *
dup_string (GMenuModel *model, int index, const char *attribute)
{
  g_autoptr (GVariant) value
      = g_menu_model_get_item_attribute_value (model, index, attribute, G_VARIANT_TYPE_STRING);

  return value != NULL ? g_variant_dup_string (value, NULL) : NULL;
}

/* The group has no prefixes: "app.quit" is its "quit". */
static char *
dup_action (GMenuModel *model, int index)
{
  g_autofree char *name = dup_string (model, index, G_MENU_ATTRIBUTE_ACTION);
  const char *dot = name != NULL ? strchr (name, '.') : NULL;

  return dot != NULL ? g_strdup (dot + 1) : g_steal_pointer (&name);
}

static char *
dup_icon_name (GMenuModel *model, int index)
{
  g_autoptr (GVariant) value
      = g_menu_model_get_item_attribute_value (model, index, G_MENU_ATTRIBUTE_ICON, NULL);
  g_autoptr (GIcon) icon = value != NULL ? g_icon_deserialize (value) : NULL;

  if (!G_IS_THEMED_ICON (icon))
    return NULL;

  return g_strdup (g_themed_icon_get_names (G_THEMED_ICON (icon))[0]);
}

HubMenuItem *
hub_menu_item_new (GMenuModel *model, int index)
{
  HubMenuItem *self = make (HUB_MENU_ITEM_PLAIN);

  self->label = dup_string (model, index, G_MENU_ATTRIBUTE_LABEL);
  self->action = dup_action (model, index);
  self->target
      = g_menu_model_get_item_attribute_value (model, index, G_MENU_ATTRIBUTE_TARGET, NULL);
  self->hidden_when = dup_string (model, index, "hidden-when");
  self->icon_name = dup_icon_name (model, index);
  self->submenu = g_menu_model_get_item_link (model, index, G_MENU_LINK_SUBMENU);
  if (self->submenu != NULL)
    self->kind = HUB_MENU_ITEM_SUBMENU;

  return self;
}

HubMenuItem *
hub_menu_item_new_separator (void)
{
  return make (HUB_MENU_ITEM_SEPARATOR);
}

HubMenuItem *
hub_menu_item_new_root (GMenuModel *model)
{
  HubMenuItem *self = make (HUB_MENU_ITEM_SUBMENU);

  self->submenu = g_object_ref (model);

  return self;
}

void
hub_menu_item_free (HubMenuItem *self)
{
  g_free (self->label);
  g_free (self->action);
  g_clear_pointer (&self->target, g_variant_unref);
  g_free (self->hidden_when);
  g_free (self->icon_name);
  g_clear_object (&self->submenu);
  g_ptr_array_unref (self->children);
  g_clear_pointer (&self->properties, g_variant_unref);
  g_free (self);
}

HubMenuItemKind
hub_menu_item_get_kind (HubMenuItem *self)
{
  return self->kind;
}

GMenuModel *
hub_menu_item_get_submenu (HubMenuItem *self)
{
  return self->submenu;
}

GPtrArray *
hub_menu_item_get_children (HubMenuItem *self)
{
  return self->children;
}

int
hub_menu_item_get_id (HubMenuItem *self)
{
  return self->id;
}

void
hub_menu_item_set_id (HubMenuItem *self, int id)
{
  self->id = id;
}

static gboolean
is_same_variant (GVariant *one, GVariant *other)
{
  if (one == NULL || other == NULL)
    return one == other;

  return g_variant_equal (one, other);
}

gboolean
hub_menu_item_is_same (HubMenuItem *self, HubMenuItem *other)
{
  if (self->kind != other->kind || self->submenu != other->submenu)
    return FALSE;

  if (g_strcmp0 (self->action, other->action) != 0
      || !is_same_variant (self->target, other->target))
    return FALSE;

  /* Rows that do nothing have nothing but their words to be known by. */
  return self->action != NULL || self->submenu != NULL
         || g_strcmp0 (self->label, other->label) == 0;
}

void
hub_menu_item_inherit (HubMenuItem *self, HubMenuItem *other)
{
  self->id = other->id;
  g_clear_pointer (&self->properties, g_variant_unref);
  self->properties = g_steal_pointer (&other->properties);
}

static void
clear_action (Action *action)
{
  g_clear_pointer (&action->state, g_variant_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Action, clear_action)

static void
query_action (HubMenuItem *self, GActionGroup *actions, Action *action)
{
  const GVariantType *type = NULL;
  gboolean is_enabled = FALSE;

  *action = (Action){ 0 };
  if (self->action == NULL
      || !g_action_group_query_action (actions, self->action, &is_enabled, &type, NULL, NULL,
                                       &action->state))
    return;

  action->is_known = TRUE;
  if (type == NULL)
    action->is_usable = is_enabled && self->target == NULL;
  else
    action->is_usable
        = is_enabled && self->target != NULL && g_variant_is_of_type (self->target, type);
}

gboolean
hub_menu_item_is_visible (HubMenuItem *self, GActionGroup *actions)
{
  g_auto (Action) action = { 0 };

  if (self->kind == HUB_MENU_ITEM_SEPARATOR)
    return FALSE;

  query_action (self, actions, &action);
  if (g_strcmp0 (self->hidden_when, "action-missing") == 0)
    return action.is_known;
  if (g_strcmp0 (self->hidden_when, "action-disabled") == 0)
    return action.is_usable;

  return TRUE;
}

static void
describe_toggle (HubMenuItem *self, const Action *action, GVariantBuilder *properties)
{
  gboolean is_on;

  if (action->state == NULL)
    return;

  if (self->target != NULL)
    is_on = g_variant_equal (action->state, self->target);
  else if (g_variant_is_of_type (action->state, G_VARIANT_TYPE_BOOLEAN))
    is_on = g_variant_get_boolean (action->state);
  else
    return;

  g_variant_builder_add (properties, "{sv}", "toggle-type",
                         g_variant_new_string (self->target != NULL ? "radio" : "checkmark"));
  g_variant_builder_add (properties, "{sv}", "toggle-state", g_variant_new_int32 (is_on ? 1 : 0));
}

GVariant *
hub_menu_item_describe (HubMenuItem *self, GActionGroup *actions, gboolean is_visible)
{
  GVariantBuilder properties;
  g_auto (Action) action = { 0 };

  query_action (self, actions, &action);
  g_variant_builder_init (&properties, G_VARIANT_TYPE_VARDICT);

  if (self->kind == HUB_MENU_ITEM_SEPARATOR)
    g_variant_builder_add (&properties, "{sv}", "type", g_variant_new_string ("separator"));
  if (self->kind == HUB_MENU_ITEM_SUBMENU)
    g_variant_builder_add (&properties, "{sv}", "children-display",
                           g_variant_new_string ("submenu"));
  if (self->label != NULL)
    g_variant_builder_add (&properties, "{sv}", "label", g_variant_new_string (self->label));
  if (self->icon_name != NULL)
    g_variant_builder_add (&properties, "{sv}", "icon-name",
                           g_variant_new_string (self->icon_name));
  if (self->kind == HUB_MENU_ITEM_PLAIN && !action.is_usable)
    g_variant_builder_add (&properties, "{sv}", "enabled", g_variant_new_boolean (FALSE));
  if (!is_visible)
    g_variant_builder_add (&properties, "{sv}", "visible", g_variant_new_boolean (FALSE));
  describe_toggle (self, &action, &properties);

  return g_variant_ref_sink (g_variant_builder_end (&properties));
}

GVariant *
hub_menu_item_get_properties (HubMenuItem *self)
{
  return self->properties;
}

void
hub_menu_item_set_properties (HubMenuItem *self, GVariant *properties)
{
  g_variant_ref (properties);
  g_clear_pointer (&self->properties, g_variant_unref);
  self->properties = properties;
}

void
hub_menu_item_activate (HubMenuItem *self, GActionGroup *actions)
{
  g_auto (Action) action = { 0 };

  query_action (self, actions, &action);
  if (self->kind == HUB_MENU_ITEM_PLAIN && action.is_usable
      && hub_menu_item_is_visible (self, actions))
    g_action_group_activate_action (actions, self->action, self->target);
}
