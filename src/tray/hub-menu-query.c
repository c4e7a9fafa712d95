/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "tray/hub-menu-query.h"

#include "base/hub-limits.h"

typedef GVariant *(*Answer) (HubMenuTree *tree,
                             guint revision,
                             GVariant *parameters,
                             GError **error);

static gboolean
is_wanted (GVariant *names, const char *name)
{
  GVariantIter iter;
  const char *wanted;

  if (g_variant_iter_init (&iter, names) == 0)
    return TRUE;

  while (g_variant_iter_next (&iter, "&s", &wanted))
    if (g_str_equal (wanted, name))
      return TRUE;

  return FALSE;
}

/* Returns: (transfer floating) */
static GVariant *
filter (GVariant *properties, GVariant *names)
{
  GVariantBuilder builder;
  GVariantIter iter;
  const char *name;
  GVariant *value;

  g_variant_builder_init (&builder, G_VARIANT_TYPE_VARDICT);
  g_variant_iter_init (&iter, properties);
  while (g_variant_iter_loop (&iter, "{&sv}", &name, &value))
    if (is_wanted (names, name))
      g_variant_builder_add (&builder, "{sv}", name, value);

  return g_variant_builder_end (&builder);
}

/* @depth: of the levels below; negative: all. Returns: (transfer floating) */
static GVariant *
lay_out (HubMenuItem *item, int depth, GVariant *names)
{
  GPtrArray *children = hub_menu_item_get_children (item);
  GVariantBuilder builder;

  g_variant_builder_init (&builder, G_VARIANT_TYPE ("av"));
  for (guint i = 0; i < children->len && depth != 0; i++)
    g_variant_builder_add (
        &builder, "v",
        lay_out (g_ptr_array_index (children, i), depth < 0 ? depth : depth - 1, names));

  return g_variant_new ("(i@a{sv}av)", hub_menu_item_get_id (item),
                        filter (hub_menu_item_get_properties (item), names), &builder);
}

HubMenuItem *
hub_menu_query_find (HubMenuTree *tree, int id, GError **error)
{
  HubMenuItem *item = hub_menu_tree_find (tree, id);

  if (item == NULL)
    g_set_error (error, G_DBUS_ERROR, G_DBUS_ERROR_INVALID_ARGS, "No menu item has the number %d",
                 id);

  return item;
}

gboolean
hub_menu_query_check_length (GVariant *list, GError **error)
{
  if (g_variant_n_children (list) <= HUB_TRAY_LIST_MAX)
    return TRUE;

  g_set_error (error, G_DBUS_ERROR, G_DBUS_ERROR_LIMITS_EXCEEDED, "More than %d at once",
               HUB_TRAY_LIST_MAX);

  return FALSE;
}

gboolean
hub_menu_query_check_known (guint n_asked, guint n_unknown, GError **error)
{
  if (n_asked == 0 || n_unknown < n_asked)
    return TRUE;

  g_set_error_literal (error, G_DBUS_ERROR, G_DBUS_ERROR_INVALID_ARGS, "No such menu items");

  return FALSE;
}

static GVariant *
get_layout (HubMenuTree *tree, guint revision, GVariant *parameters, GError **error)
{
  g_autoptr (GVariant) names = NULL;
  HubMenuItem *item;
  int id;
  int depth;

  g_variant_get (parameters, "(ii@as)", &id, &depth, &names);
  item = hub_menu_query_find (tree, id, error);
  if (item == NULL || !hub_menu_query_check_length (names, error))
    return NULL;

  return g_variant_new ("(u@(ia{sv}av))", revision, lay_out (item, depth, names));
}

static GVariant *
get_group_properties (HubMenuTree *tree, guint revision, GVariant *parameters, GError **error)
{
  g_autoptr (GVariant) ids = g_variant_get_child_value (parameters, 0);
  g_autoptr (GVariant) names = g_variant_get_child_value (parameters, 1);
  g_autoptr (GHashTable) wanted = g_hash_table_new (NULL, NULL);
  GPtrArray *items = hub_menu_tree_get_items (tree);
  GVariantBuilder builder;
  GVariantIter iter;
  int id;

  if (!hub_menu_query_check_length (ids, error) || !hub_menu_query_check_length (names, error))
    return NULL;

  g_variant_iter_init (&iter, ids);
  while (g_variant_iter_next (&iter, "i", &id))
    g_hash_table_add (wanted, GINT_TO_POINTER (id));

  g_variant_builder_init (&builder, G_VARIANT_TYPE ("a(ia{sv})"));
  for (guint i = 0; i < items->len; i++)
    {
      HubMenuItem *item = g_ptr_array_index (items, i);

      id = hub_menu_item_get_id (item);
      if (g_hash_table_size (wanted) == 0 || g_hash_table_contains (wanted, GINT_TO_POINTER (id)))
        g_variant_builder_add (&builder, "(i@a{sv})", id,
                               filter (hub_menu_item_get_properties (item), names));
    }

  return g_variant_new ("(a(ia{sv}))", &builder);
}

static GVariant *
get_property (HubMenuTree *tree, guint revision, GVariant *parameters, GError **error)
{
  g_autoptr (GVariant) value = NULL;
  HubMenuItem *item;
  const char *name;
  int id;

  g_variant_get (parameters, "(i&s)", &id, &name);
  item = hub_menu_query_find (tree, id, error);
  if (item == NULL)
    return NULL;

  value = g_variant_lookup_value (hub_menu_item_get_properties (item), name, NULL);
  if (value != NULL)
    return g_variant_new ("(v)", value);

  g_set_error_literal (error, G_DBUS_ERROR, G_DBUS_ERROR_INVALID_ARGS,
                       "The menu item has no such property");

  return NULL;
}

/* The menu is always as it would be shown. */
static GVariant *
about_to_show (HubMenuTree *tree, guint revision, GVariant *parameters, GError **error)
{
  int id;

  g_variant_get (parameters, "(i)", &id);

  return hub_menu_query_find (tree, id, error) != NULL ? g_variant_new ("(b)", FALSE) : NULL;
}

static GVariant *
about_to_show_group (HubMenuTree *tree, guint revision, GVariant *parameters, GError **error)
{
  g_autoptr (GVariant) ids = g_variant_get_child_value (parameters, 0);
  g_auto (GVariantBuilder) unknown = G_VARIANT_BUILDER_INIT (G_VARIANT_TYPE ("ai"));
  guint n_unknown = 0;
  GVariantIter iter;
  int id;

  if (!hub_menu_query_check_length (ids, error))
    return NULL;

  g_variant_iter_init (&iter, ids);
  while (g_variant_iter_next (&iter, "i", &id))
    if (hub_menu_tree_find (tree, id) == NULL)
      {
        g_variant_builder_add (&unknown, "i", id);
        n_unknown++;
      }

  if (!hub_menu_query_check_known (g_variant_n_children (ids), n_unknown, error))
    return NULL;

  return g_variant_new ("(aiai)", NULL, &unknown);
}

static const struct
{
  const char *method;
  Answer answer;
} answers[] = {
  { "GetLayout", get_layout },
  { "GetGroupProperties", get_group_properties },
  { "GetProperty", get_property },
  { "AboutToShow", about_to_show },
  { "AboutToShowGroup", about_to_show_group },
};

GVariant *
hub_menu_query_answer (HubMenuTree *tree,
                       guint revision,
                       const char *method,
                       GVariant *parameters,
                       GError **error)
{
  for (guint i = 0; i < G_N_ELEMENTS (answers); i++)
    if (g_str_equal (answers[i].method, method))
      return answers[i].answer (tree, revision, parameters, error);

  g_return_val_if_reached (NULL);
}
