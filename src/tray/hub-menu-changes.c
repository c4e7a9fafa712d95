/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "tray/hub-menu-changes.h"

/* Adds to @updated and @removed what is different in the row @id. */
static void
compare_properties (int id,
                    GVariant *before,
                    GVariant *after,
                    GVariantBuilder *updated,
                    GVariantBuilder *removed)
{
  g_auto (GVariantDict) old_values = G_VARIANT_DICT_INIT (before);
  g_auto (GVariantBuilder) values = G_VARIANT_BUILDER_INIT (G_VARIANT_TYPE_VARDICT);
  g_auto (GVariantBuilder) names = G_VARIANT_BUILDER_INIT (G_VARIANT_TYPE_STRING_ARRAY);
  gboolean is_updated = FALSE;
  gboolean is_removed = FALSE;
  GVariantIter iter;
  const char *name;
  GVariant *value;

  g_variant_iter_init (&iter, after);
  while (g_variant_iter_loop (&iter, "{&sv}", &name, &value))
    {
      g_autoptr (GVariant) old_value = g_variant_dict_lookup_value (&old_values, name, NULL);

      g_variant_dict_remove (&old_values, name);
      if (old_value != NULL && g_variant_equal (old_value, value))
        continue;
      g_variant_builder_add (&values, "{sv}", name, value);
      is_updated = TRUE;
    }

  g_variant_iter_init (&iter, before);
  while (g_variant_iter_next (&iter, "{&sv}", &name, NULL))
    if (g_variant_dict_contains (&old_values, name))
      {
        g_variant_builder_add (&names, "s", name);
        is_removed = TRUE;
      }

  if (is_updated)
    g_variant_builder_add (updated, "(ia{sv})", id, &values);
  if (is_removed)
    g_variant_builder_add (removed, "(ias)", id, &names);
}

GVariant *
hub_menu_changes_collect (HubMenuTree *tree, GActionGroup *actions)
{
  GPtrArray *items = hub_menu_tree_get_items (tree);
  g_autoptr (GPtrArray) described = hub_menu_tree_describe (tree, actions);
  g_auto (GVariantBuilder) updated = G_VARIANT_BUILDER_INIT (G_VARIANT_TYPE ("a(ia{sv})"));
  g_auto (GVariantBuilder) removed = G_VARIANT_BUILDER_INIT (G_VARIANT_TYPE ("a(ias)"));
  gboolean is_changed = FALSE;

  for (guint i = 0; i < items->len; i++)
    {
      HubMenuItem *item = g_ptr_array_index (items, i);
      GVariant *before = hub_menu_item_get_properties (item);
      GVariant *after = g_ptr_array_index (described, i);

      if (before != NULL && !g_variant_equal (before, after))
        {
          compare_properties (hub_menu_item_get_id (item), before, after, &updated, &removed);
          is_changed = TRUE;
        }
      hub_menu_item_set_properties (item, after);
    }

  return is_changed ? g_variant_new ("(a(ia{sv})a(ias))", &updated, &removed) : NULL;
}
