/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "tray/hub-menu-tree.h"

struct _HubMenuTree
{
  /* Owned */
  HubMenuItem *root;
  GPtrArray *items;  /* HubMenuItem, borrowed from their parents */
  GHashTable *by_id; /* number -> HubMenuItem, borrowed */
  GPtrArray *groups; /* GSignalGroup, one a model */

  /* State */
  int next_id;
};

/* What is needed while a tree is made. */
typedef struct
{
  HubMenuTree *tree;
  GCallback changed;
  gpointer user_data;
} Build;

static void add_rows (Build *build, GMenuModel *model, GPtrArray *rows);

static void
watch (Build *build, GMenuModel *model)
{
  GSignalGroup *group = g_signal_group_new (G_TYPE_MENU_MODEL);

  g_signal_group_connect_swapped (group, "items-changed", build->changed, build->user_data);
  g_signal_group_set_target (group, model);
  g_ptr_array_add (build->tree->groups, group);
}

/* A separator where one group of rows ends and another begins. */
static void
separate (GPtrArray *rows)
{
  if (rows->len == 0)
    return;

  if (hub_menu_item_get_kind (g_ptr_array_index (rows, rows->len - 1)) != HUB_MENU_ITEM_SEPARATOR)
    g_ptr_array_add (rows, hub_menu_item_new_separator ());
}

static void
add_row (Build *build, GMenuModel *model, int index, GPtrArray *rows)
{
  HubMenuItem *item = hub_menu_item_new (model, index);
  GMenuModel *submenu = hub_menu_item_get_submenu (item);

  g_ptr_array_add (rows, item);
  if (submenu != NULL)
    add_rows (build, submenu, hub_menu_item_get_children (item));
}

static void
add_rows (Build *build, GMenuModel *model, GPtrArray *rows)
{
  gboolean is_after_section = FALSE;

  watch (build, model);

  for (int i = 0; i < g_menu_model_get_n_items (model); i++)
    {
      g_autoptr (GMenuModel) section = g_menu_model_get_item_link (model, i, G_MENU_LINK_SECTION);

      if (section != NULL || is_after_section)
        separate (rows);

      if (section != NULL)
        add_rows (build, section, rows);
      else
        add_row (build, model, i, rows);
      is_after_section = section != NULL;
    }
}

/* An empty section at the end leaves a separator behind. */
static void
trim (GPtrArray *rows)
{
  while (rows->len > 0
         && hub_menu_item_get_kind (g_ptr_array_index (rows, rows->len - 1))
                == HUB_MENU_ITEM_SEPARATOR)
    g_ptr_array_remove_index (rows, rows->len - 1);
}

/* Takes out of @candidates the first row that is the same as @item. */
static HubMenuItem *
claim (HubMenuItem *item, GPtrArray *candidates)
{
  for (guint i = 0; i < candidates->len; i++)
    {
      HubMenuItem *candidate = g_ptr_array_index (candidates, i);

      if (hub_menu_item_is_same (item, candidate))
        {
          g_ptr_array_remove_index (candidates, i);
          return candidate;
        }
    }

  return NULL;
}

/* Gives numbers to what is below @item; @older: (nullable): the same row of the tree before. */
static void
number (HubMenuTree *self, HubMenuItem *item, HubMenuItem *older)
{
  GPtrArray *children = hub_menu_item_get_children (item);
  g_autoptr (GPtrArray) candidates = g_ptr_array_new ();

  if (older != NULL)
    g_ptr_array_extend (candidates, hub_menu_item_get_children (older), NULL, NULL);

  g_ptr_array_add (self->items, item);
  g_hash_table_insert (self->by_id, GINT_TO_POINTER (hub_menu_item_get_id (item)), item);
  trim (children);

  for (guint i = 0; i < children->len; i++)
    {
      HubMenuItem *child = g_ptr_array_index (children, i);
      HubMenuItem *older_child = claim (child, candidates);

      if (older_child != NULL)
        hub_menu_item_inherit (child, older_child);
      else
        hub_menu_item_set_id (child, self->next_id++);
      number (self, child, older_child);
    }
}

HubMenuTree *
hub_menu_tree_new (GMenuModel *model, HubMenuTree *previous, GCallback changed, gpointer user_data)
{
  HubMenuTree *self = g_new0 (HubMenuTree, 1);
  Build build = { self, changed, user_data };

  self->items = g_ptr_array_new ();
  self->by_id = g_hash_table_new (NULL, NULL);
  self->groups = g_ptr_array_new_with_free_func (g_object_unref);
  self->next_id = previous != NULL ? previous->next_id : 1;

  self->root = hub_menu_item_new_root (model);
  if (previous != NULL)
    hub_menu_item_inherit (self->root, previous->root);
  add_rows (&build, model, hub_menu_item_get_children (self->root));
  number (self, self->root, previous != NULL ? previous->root : NULL);

  return self;
}

void
hub_menu_tree_free (HubMenuTree *self)
{
  g_ptr_array_unref (self->groups);
  g_hash_table_unref (self->by_id);
  g_ptr_array_unref (self->items);
  hub_menu_item_free (self->root);
  g_free (self);
}

GPtrArray *
hub_menu_tree_get_items (HubMenuTree *self)
{
  return self->items;
}

HubMenuItem *
hub_menu_tree_find (HubMenuTree *self, int id)
{
  return g_hash_table_lookup (self->by_id, GINT_TO_POINTER (id));
}

static gboolean
has_same_children (HubMenuItem *item, HubMenuItem *older)
{
  GPtrArray *children = hub_menu_item_get_children (item);
  GPtrArray *older_children = hub_menu_item_get_children (older);

  if (children->len != older_children->len)
    return FALSE;

  for (guint i = 0; i < children->len; i++)
    if (hub_menu_item_get_id (g_ptr_array_index (children, i))
        != hub_menu_item_get_id (g_ptr_array_index (older_children, i)))
      return FALSE;

  return TRUE;
}

static int
compare (HubMenuItem *item, HubMenuItem *older)
{
  GPtrArray *children = hub_menu_item_get_children (item);
  int found = -1;

  if (!has_same_children (item, older))
    return hub_menu_item_get_id (item);

  for (guint i = 0; i < children->len; i++)
    {
      int below = compare (g_ptr_array_index (children, i),
                           g_ptr_array_index (hub_menu_item_get_children (older), i));

      if (below >= 0 && found >= 0)
        return hub_menu_item_get_id (item);
      found = MAX (found, below);
    }

  return found;
}

int
hub_menu_tree_compare (HubMenuTree *self, HubMenuTree *previous)
{
  return compare (self->root, previous->root);
}

/* Puts into @visible those rows below @item that are to be seen. */
static void
find_visible (HubMenuItem *item, GActionGroup *actions, GHashTable *visible)
{
  GPtrArray *children = hub_menu_item_get_children (item);
  HubMenuItem *separator = NULL;
  gboolean is_first = TRUE;

  for (guint i = 0; i < children->len; i++)
    {
      HubMenuItem *child = g_ptr_array_index (children, i);

      find_visible (child, actions, visible);

      if (hub_menu_item_get_kind (child) == HUB_MENU_ITEM_SEPARATOR)
        {
          if (separator == NULL && !is_first)
            separator = child;
        }
      else if (hub_menu_item_is_visible (child, actions))
        {
          g_hash_table_add (visible, child);
          if (separator != NULL)
            g_hash_table_add (visible, separator);
          separator = NULL;
          is_first = FALSE;
        }
    }
}

GPtrArray *
hub_menu_tree_describe (HubMenuTree *self, GActionGroup *actions)
{
  GPtrArray *described = g_ptr_array_new_with_free_func ((GDestroyNotify) g_variant_unref);
  g_autoptr (GHashTable) visible = g_hash_table_new (NULL, NULL);

  g_hash_table_add (visible, self->root);
  find_visible (self->root, actions, visible);

  for (guint i = 0; i < self->items->len; i++)
    {
      HubMenuItem *item = g_ptr_array_index (self->items, i);

      g_ptr_array_add (
          described, hub_menu_item_describe (item, actions, g_hash_table_contains (visible, item)));
    }

  return described;
}
