/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "hub-config.h"

#include "app/hub-people-view.h"

#include "app/hub-column.h"
#include "app/hub-person-row.h"

#include <adwaita.h>

/* How often "12 min" is looked at: a minute is told at most this much late, in seconds. */
#define TICK_S 15

struct _HubPeopleView
{
  GtkWidget parent_instance;

  /* Template */
  GtkWidget *scroller;
  AdwBin *top_bin;
  GtkWidget *title;
  GtkEditable *search;
  GtkWidget *waiting;
  GtkWidget *nobody_found;
  GtkListView *list;

  /* Owned */
  HubStatus *status;
  GtkStringFilter *filter;
  GHashTable *rows; /* HubPersonRow that show somebody now, borrowed from the list */
  guint tick_id;    /* while mapped */

  /* State */
  gboolean can_search;
  gboolean has_focus; /* a row, while rows change */
};

enum
{
  PROP_TOP = 1,
  PROP_CAN_SEARCH,
  N_PROPERTIES,
};

static GParamSpec *properties[N_PROPERTIES];

G_DEFINE_FINAL_TYPE (HubPeopleView, hub_people_view, GTK_TYPE_WIDGET)

static gint64
get_now (void)
{
  return g_get_real_time () / 1000;
}

static void
on_factory_setup (HubPeopleView *self, GtkListItem *list_item)
{
  gtk_list_item_set_activatable (list_item, FALSE);
  gtk_list_item_set_child (list_item, hub_person_row_new ());
}

static void
on_factory_bind (HubPeopleView *self, GtkListItem *list_item)
{
  HubPersonRow *row = HUB_PERSON_ROW (gtk_list_item_get_child (list_item));

  hub_person_row_set_item (row, gtk_list_item_get_item (list_item), get_now ());
  g_hash_table_add (self->rows, row);
}

static void
on_factory_unbind (HubPeopleView *self, GtkListItem *list_item)
{
  HubPersonRow *row = HUB_PERSON_ROW (gtk_list_item_get_child (list_item));

  hub_person_row_set_item (row, NULL, 0);
  g_hash_table_remove (self->rows, row);
}

static gboolean
on_tick (gpointer user_data)
{
  HubPeopleView *self = user_data;
  gint64 now = get_now ();
  GHashTableIter iter;
  gpointer row;

  g_hash_table_iter_init (&iter, self->rows);
  while (g_hash_table_iter_next (&iter, &row, NULL))
    hub_person_row_set_now (row, now);

  return G_SOURCE_CONTINUE;
}

static gboolean
is_searching (HubPeopleView *self)
{
  return *gtk_editable_get_text (self->search) != '\0';
}

/* Without an address there is nothing to come by, and while the room is locked nobody does. */
static gboolean
can_come (HubPeopleView *self)
{
  HubSnapshot *snapshot = hub_status_get_snapshot (self->status);

  return hub_status_get_place (self->status) != NULL && !hub_snapshot_is_locked (snapshot);
}

/* What is in place of rows where there are none. */
static void
show_placeholder (HubPeopleView *self)
{
  guint n_shown = g_list_model_get_n_items (G_LIST_MODEL (gtk_list_view_get_model (self->list)));
  guint n_people = g_list_model_get_n_items (hub_status_get_people (self->status));

  gtk_widget_set_visible (self->waiting, n_people == 0 && can_come (self));
  gtk_widget_set_visible (self->title, n_people > 0);
  gtk_widget_set_visible (self->nobody_found, n_people > 0 && n_shown == 0);
}

static void
on_people_items_changing (HubPeopleView *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;

  self->has_focus = focus != NULL && gtk_widget_is_ancestor (focus, GTK_WIDGET (self->list));
}

/* GTK passes the focus of a row to its neighbour, and with the last row to the window's first button. */
static void
keep_focus (HubPeopleView *self)
{
  if (!self->has_focus)
    return;

  self->has_focus = FALSE;
  if (g_list_model_get_n_items (hub_status_get_people (self->status)) == 0)
    gtk_widget_child_focus (GTK_WIDGET (self->top_bin), GTK_DIR_TAB_BACKWARD);
}

/* Where there was a search it stays, so that it can be cleared. */
static void
on_people_items_changed (HubPeopleView *self)
{
  guint n_people = g_list_model_get_n_items (hub_status_get_people (self->status));
  gboolean can_search = n_people >= HUB_PEOPLE_VIEW_SEARCH_FROM || is_searching (self);

  show_placeholder (self);
  keep_focus (self);
  if (can_search == self->can_search)
    return;

  self->can_search = can_search;
  gtk_widget_set_visible (GTK_WIDGET (self->search), can_search);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_CAN_SEARCH]);
}

static void
on_search_changed (HubPeopleView *self)
{
  gtk_string_filter_set_search (self->filter, gtk_editable_get_text (self->search));
  on_people_items_changed (self);
}

static void
on_search_stopped (HubPeopleView *self)
{
  gtk_editable_set_text (self->search, "");
}

static void
hub_people_view_map (GtkWidget *widget)
{
  HubPeopleView *self = HUB_PEOPLE_VIEW (widget);

  GTK_WIDGET_CLASS (hub_people_view_parent_class)->map (widget);

  on_tick (self);
  self->tick_id = g_timeout_add_seconds (TICK_S, on_tick, self);
}

static void
hub_people_view_unmap (GtkWidget *widget)
{
  g_clear_handle_id (&HUB_PEOPLE_VIEW (widget)->tick_id, g_source_remove);

  GTK_WIDGET_CLASS (hub_people_view_parent_class)->unmap (widget);
}

static void
hub_people_view_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  HubPeopleView *self = HUB_PEOPLE_VIEW (object);

  switch (id)
    {
    case PROP_TOP:
      g_value_set_object (value, adw_bin_get_child (self->top_bin));
      break;

    case PROP_CAN_SEARCH:
      g_value_set_boolean (value, self->can_search);
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
hub_people_view_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  HubPeopleView *self = HUB_PEOPLE_VIEW (object);

  switch (id)
    {
    case PROP_TOP:
      adw_bin_set_child (self->top_bin, g_value_get_object (value));
      break;

    case PROP_CAN_SEARCH:
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
hub_people_view_dispose (GObject *object)
{
  HubPeopleView *self = HUB_PEOPLE_VIEW (object);

  g_clear_pointer (&self->scroller, gtk_widget_unparent); /* unbinds the rows */
  g_clear_object (&self->filter);
  g_clear_object (&self->status);

  G_OBJECT_CLASS (hub_people_view_parent_class)->dispose (object);
}

static void
hub_people_view_finalize (GObject *object)
{
  g_clear_pointer (&HUB_PEOPLE_VIEW (object)->rows, g_hash_table_unref);

  G_OBJECT_CLASS (hub_people_view_parent_class)->finalize (object);
}

static void
hub_people_view_class_init (HubPeopleViewClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = hub_people_view_get_property;
  object_class->set_property = hub_people_view_set_property;
  object_class->dispose = hub_people_view_dispose;
  object_class->finalize = hub_people_view_finalize;
  widget_class->map = hub_people_view_map;
  widget_class->unmap = hub_people_view_unmap;

  properties[PROP_TOP] = g_param_spec_object ("top", NULL, NULL, GTK_TYPE_WIDGET,
                                              G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  properties[PROP_CAN_SEARCH] = g_param_spec_boolean ("can-search", NULL, NULL, FALSE,
                                                      G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPERTIES, properties);

  g_type_ensure (HUB_TYPE_COLUMN);
  gtk_widget_class_set_template_from_resource (widget_class, "/hubbub/desktop/hub-people-view.ui");
  gtk_widget_class_bind_template_child (widget_class, HubPeopleView, scroller);
  gtk_widget_class_bind_template_child (widget_class, HubPeopleView, top_bin);
  gtk_widget_class_bind_template_child (widget_class, HubPeopleView, title);
  gtk_widget_class_bind_template_child (widget_class, HubPeopleView, search);
  gtk_widget_class_bind_template_child (widget_class, HubPeopleView, waiting);
  gtk_widget_class_bind_template_child (widget_class, HubPeopleView, nobody_found);
  gtk_widget_class_bind_template_child (widget_class, HubPeopleView, list);
  gtk_widget_class_bind_template_callback (widget_class, on_factory_setup);
  gtk_widget_class_bind_template_callback (widget_class, on_factory_bind);
  gtk_widget_class_bind_template_callback (widget_class, on_factory_unbind);
  gtk_widget_class_bind_template_callback (widget_class, on_search_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_search_stopped);

  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "peopleview");
}

static void
hub_people_view_init (HubPeopleView *self)
{
  self->rows = g_hash_table_new (NULL, NULL);
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
hub_people_view_new (void)
{
  return g_object_new (HUB_TYPE_PEOPLE_VIEW, NULL);
}

void
hub_people_view_set_status (HubPeopleView *self, HubStatus *status)
{
  GListModel *people;
  g_autoptr (GtkFilterListModel) found = NULL;
  g_autoptr (GtkNoSelection) selection = NULL;

  g_return_if_fail (HUB_IS_PEOPLE_VIEW (self));
  g_return_if_fail (HUB_IS_STATUS (status));
  g_return_if_fail (self->status == NULL);

  self->status = g_object_ref (status);
  people = hub_status_get_people (status);
  /* Before the list, which takes its rows away. */
  g_signal_connect_object (people, "items-changed", G_CALLBACK (on_people_items_changing), self,
                           G_CONNECT_SWAPPED);

  self->filter
      = gtk_string_filter_new (gtk_property_expression_new (HUB_TYPE_PERSON_ITEM, NULL, "name"));
  found
      = gtk_filter_list_model_new (g_object_ref (people), GTK_FILTER (g_object_ref (self->filter)));
  selection = gtk_no_selection_new (g_object_ref (G_LIST_MODEL (found)));
  gtk_list_view_set_model (self->list, GTK_SELECTION_MODEL (selection));

  g_signal_connect_object (people, "items-changed", G_CALLBACK (on_people_items_changed), self,
                           G_CONNECT_SWAPPED | G_CONNECT_AFTER);
  g_signal_connect_object (status, "changed", G_CALLBACK (show_placeholder), self,
                           G_CONNECT_SWAPPED);
  on_people_items_changed (self);
}

void
hub_people_view_search (HubPeopleView *self)
{
  g_return_if_fail (HUB_IS_PEOPLE_VIEW (self));

  if (self->can_search)
    gtk_widget_grab_focus (GTK_WIDGET (self->search));
}
