/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "hub-config.h"

#include "app/hub-column.h"

struct _HubColumn
{
  GtkWidget parent_instance;

  /* Children */
  GtkWidget *head;
  GtkWidget *list;

  /* Owned */
  GtkAdjustment *hadjustment;
  GtkAdjustment *vadjustment;
  GtkAdjustment *list_adjustment;

  /* State */
  int head_height;        /* as last given to it */
  double value;           /* as last laid out */
  gboolean is_allocating; /* what the list's adjustment says meanwhile is read afterwards */
  GtkWidget *root;        /* borrowed while rooted: whose focus is followed */
};

enum
{
  PROP_HEAD = 1,
  PROP_LIST,
  N_PROPERTIES,
  PROP_HADJUSTMENT = N_PROPERTIES,
  PROP_VADJUSTMENT,
  PROP_HSCROLL_POLICY,
  PROP_VSCROLL_POLICY,
};

static GParamSpec *properties[N_PROPERTIES];

G_DEFINE_FINAL_TYPE_WITH_CODE (HubColumn,
                               hub_column,
                               GTK_TYPE_WIDGET,
                               G_IMPLEMENT_INTERFACE (GTK_TYPE_SCROLLABLE, NULL))

/* How far the list itself is scrolled while the column is scrolled to @value. */
static double
get_list_value (HubColumn *self, double value)
{
  return MAX (0, value - self->head_height);
}

static void
on_vadjustment_value_changed (HubColumn *self)
{
  if (!self->is_allocating)
    gtk_widget_queue_allocate (GTK_WIDGET (self));
}

/* The list scrolled by itself: to a row that got the focus, or because rows came or went above. */
static void
on_list_value_changed (HubColumn *self)
{
  double value;
  double moved;

  if (self->is_allocating || self->vadjustment == NULL)
    return;

  value = gtk_adjustment_get_value (self->vadjustment);
  moved = gtk_adjustment_get_value (self->list_adjustment) - get_list_value (self, value);
  gtk_adjustment_set_value (self->vadjustment, value + moved);
  gtk_widget_queue_allocate (GTK_WIDGET (self));
}

static void
set_adjustment (HubColumn *self, GtkAdjustment **adjustment, GtkAdjustment *given)
{
  g_autoptr (GtkAdjustment) new_adjustment
      = g_object_ref_sink (given != NULL ? given : gtk_adjustment_new (0, 0, 0, 0, 0, 0));

  if (*adjustment != NULL)
    g_signal_handlers_disconnect_by_data (*adjustment, self);
  g_set_object (adjustment, new_adjustment);

  if (adjustment == &self->vadjustment)
    g_signal_connect_object (new_adjustment, "value-changed",
                             G_CALLBACK (on_vadjustment_value_changed), self, G_CONNECT_SWAPPED);
  gtk_widget_queue_allocate (GTK_WIDGET (self));
}

static GtkSizeRequestMode
hub_column_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
hub_column_measure (GtkWidget *widget,
                    GtkOrientation orientation,
                    int for_size,
                    int *minimum,
                    int *natural,
                    int *minimum_baseline,
                    int *natural_baseline)
{
  HubColumn *self = HUB_COLUMN (widget);
  GtkWidget *children[] = { self->head, self->list };

  for (guint i = 0; i < G_N_ELEMENTS (children); i++)
    {
      int child_minimum = 0;
      int child_natural = 0;

      /* It scrolls: any height will do, and that of the list takes long to find out. */
      if (children[i] == NULL || !gtk_widget_should_layout (children[i])
          || (orientation == GTK_ORIENTATION_VERTICAL && children[i] == self->list))
        continue;

      gtk_widget_measure (children[i], orientation, for_size, &child_minimum, &child_natural, NULL,
                          NULL);
      if (orientation == GTK_ORIENTATION_HORIZONTAL)
        *minimum = MAX (*minimum, child_minimum);
      *natural = MAX (*natural, child_natural);
    }
}

static void
allocate_at (GtkWidget *child, int y, int width, int height)
{
  gtk_widget_size_allocate (child, &(GtkAllocation){ 0, y, width, height }, -1);
}

/* The list's rows together: its adjustment's upper end is at least the page. */
static double
get_list_height (HubColumn *self, int width)
{
  double upper = gtk_adjustment_get_upper (self->list_adjustment);
  int minimum;
  int natural;

  if (upper > gtk_adjustment_get_page_size (self->list_adjustment))
    return upper;

  gtk_widget_measure (self->list, GTK_ORIENTATION_VERTICAL, width, &minimum, &natural, NULL, NULL);

  return natural;
}

/* Gives the list what is left below the head in a column scrolled to @value. Returns: by how much the
 * list came out elsewhere, as it decides when it is allocated: to stay at rows that moved, to go to one
 * that got the focus, or to end where it has fewer rows by now. */
static double
allocate_list (HubColumn *self, double value, int width, int height)
{
  double list_value = get_list_value (self, value);
  int y = self->head_height - MIN (value, self->head_height);

  gtk_adjustment_set_value (self->list_adjustment, list_value);
  gtk_widget_measure (self->list, GTK_ORIENTATION_HORIZONTAL, -1, NULL, NULL, NULL, NULL);
  allocate_at (self->list, y, width, MAX (height - y, 1));

  return gtk_adjustment_get_value (self->list_adjustment) - list_value;
}

/* The same, against the list's own wish: that is about the page it had, so that it takes a second time
 * where that changes. */
static void
force_list (HubColumn *self, double value, int width, int height)
{
  if (allocate_list (self, value, width, height) != 0)
    allocate_list (self, value, width, height);
}

/* Returns: @value, as it came out */
static double
lay_out (HubColumn *self, double value, gboolean is_scrolled, int width, int height)
{
  gboolean has_list = self->list != NULL && gtk_widget_should_layout (self->list);
  double total = self->head_height;
  double moved = 0;
  double settled = value;

  if (has_list)
    {
      moved = allocate_list (self, value, width, height);
      total += get_list_height (self, width);
    }

  /* Who scrolls decides. */
  if (!is_scrolled)
    settled += moved;
  settled = CLAMP (settled, 0, MAX (0, total - height));
  if (has_list && (moved != 0 || settled != value))
    force_list (self, settled, width, height);
  if (self->head != NULL && gtk_widget_should_layout (self->head))
    allocate_at (self->head, -MIN (settled, self->head_height), width, self->head_height);

  gtk_adjustment_configure (self->vadjustment, settled, 0, MAX (total, height), height * 0.1,
                            height * 0.9, height);

  return settled;
}

/* Changes spaces within, never the width itself, so that it settles. */
static void
set_wide (HubColumn *self, gboolean is_wide)
{
  if (is_wide)
    gtk_widget_add_css_class (GTK_WIDGET (self), "wide");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self), "wide");
}

static void
hub_column_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  HubColumn *self = HUB_COLUMN (widget);
  double value = gtk_adjustment_get_value (self->vadjustment);
  gboolean is_scrolled = value != self->value;
  int head_height = 0;

  set_wide (self, width >= HUB_COLUMN_WIDE);
  if (self->head != NULL && gtk_widget_should_layout (self->head))
    gtk_widget_measure (self->head, GTK_ORIENTATION_VERTICAL, width, NULL, &head_height, NULL,
                        NULL);

  /* Rows that are being read stay where they are when what is above them grows. */
  if (value > self->head_height)
    value += head_height - self->head_height;
  self->head_height = head_height;

  self->is_allocating = TRUE;
  gtk_adjustment_configure (self->hadjustment, 0, 0, width, width * 0.1, width * 0.9, width);
  self->value = lay_out (self, value, is_scrolled, width, height);
  self->is_allocating = FALSE;
}

/* What gets the focus within the head is scrolled to; the list does so for its rows. */
static void
on_root_focus_changed (HubColumn *self)
{
  GtkWidget *focus = gtk_root_get_focus (GTK_ROOT (self->root));
  graphene_rect_t bounds;
  double value;
  double page;

  if (focus == NULL || self->head == NULL || !gtk_widget_is_ancestor (focus, self->head)
      || !gtk_widget_compute_bounds (focus, self->head, &bounds))
    return;

  value = gtk_adjustment_get_value (self->vadjustment);
  page = gtk_adjustment_get_page_size (self->vadjustment);
  if (bounds.origin.y < value)
    gtk_adjustment_set_value (self->vadjustment, bounds.origin.y);
  else if (bounds.origin.y + bounds.size.height > value + page)
    gtk_adjustment_set_value (self->vadjustment, bounds.origin.y + bounds.size.height - page);
}

static void
hub_column_root (GtkWidget *widget)
{
  HubColumn *self = HUB_COLUMN (widget);

  GTK_WIDGET_CLASS (hub_column_parent_class)->root (widget);

  self->root = GTK_WIDGET (gtk_widget_get_root (widget));
  g_signal_connect_object (self->root, "notify::focus-widget", G_CALLBACK (on_root_focus_changed),
                           self, G_CONNECT_SWAPPED);
}

static void
hub_column_unroot (GtkWidget *widget)
{
  HubColumn *self = HUB_COLUMN (widget);

  g_signal_handlers_disconnect_by_func (self->root, on_root_focus_changed, self);
  self->root = NULL;

  GTK_WIDGET_CLASS (hub_column_parent_class)->unroot (widget);
}

static void
hub_column_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  HubColumn *self = HUB_COLUMN (object);

  switch (id)
    {
    case PROP_HADJUSTMENT:
      g_value_set_object (value, self->hadjustment);
      break;

    case PROP_VADJUSTMENT:
      g_value_set_object (value, self->vadjustment);
      break;

    case PROP_HSCROLL_POLICY:
    case PROP_VSCROLL_POLICY:
      g_value_set_enum (value, GTK_SCROLL_MINIMUM);
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
hub_column_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  HubColumn *self = HUB_COLUMN (object);

  switch (id)
    {
    case PROP_HEAD:
      hub_column_set_head (self, g_value_get_object (value));
      break;

    case PROP_LIST:
      hub_column_set_list (self, g_value_get_object (value));
      break;

    case PROP_HADJUSTMENT:
      set_adjustment (self, &self->hadjustment, g_value_get_object (value));
      break;

    case PROP_VADJUSTMENT:
      set_adjustment (self, &self->vadjustment, g_value_get_object (value));
      break;

    case PROP_HSCROLL_POLICY:
    case PROP_VSCROLL_POLICY:
      break; /* the width is the page's, and the height does not ask */

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
hub_column_dispose (GObject *object)
{
  HubColumn *self = HUB_COLUMN (object);

  g_clear_pointer (&self->head, gtk_widget_unparent);
  g_clear_pointer (&self->list, gtk_widget_unparent);

  G_OBJECT_CLASS (hub_column_parent_class)->dispose (object);
}

static void
hub_column_finalize (GObject *object)
{
  HubColumn *self = HUB_COLUMN (object);

  g_clear_object (&self->hadjustment);
  g_clear_object (&self->vadjustment);
  g_clear_object (&self->list_adjustment);

  G_OBJECT_CLASS (hub_column_parent_class)->finalize (object);
}

static void
hub_column_class_init (HubColumnClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = hub_column_get_property;
  object_class->set_property = hub_column_set_property;
  object_class->dispose = hub_column_dispose;
  object_class->finalize = hub_column_finalize;
  widget_class->get_request_mode = hub_column_get_request_mode;
  widget_class->measure = hub_column_measure;
  widget_class->size_allocate = hub_column_size_allocate;
  widget_class->root = hub_column_root;
  widget_class->unroot = hub_column_unroot;

  properties[PROP_HEAD] = g_param_spec_object ("head", NULL, NULL, GTK_TYPE_WIDGET,
                                               G_PARAM_WRITABLE | G_PARAM_STATIC_STRINGS);
  properties[PROP_LIST] = g_param_spec_object ("list", NULL, NULL, GTK_TYPE_WIDGET,
                                               G_PARAM_WRITABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPERTIES, properties);
  g_object_class_override_property (object_class, PROP_HADJUSTMENT, "hadjustment");
  g_object_class_override_property (object_class, PROP_VADJUSTMENT, "vadjustment");
  g_object_class_override_property (object_class, PROP_HSCROLL_POLICY, "hscroll-policy");
  g_object_class_override_property (object_class, PROP_VSCROLL_POLICY, "vscroll-policy");

  gtk_widget_class_set_css_name (widget_class, "column");
}

static void
hub_column_init (HubColumn *self)
{
  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);

  set_adjustment (self, &self->hadjustment, NULL);
  set_adjustment (self, &self->vadjustment, NULL);
  self->list_adjustment = g_object_ref_sink (gtk_adjustment_new (0, 0, 0, 0, 0, 0));
  g_signal_connect_object (self->list_adjustment, "value-changed",
                           G_CALLBACK (on_list_value_changed), self, G_CONNECT_SWAPPED);
}

GtkWidget *
hub_column_new (void)
{
  return g_object_new (HUB_TYPE_COLUMN, NULL);
}

void
hub_column_set_head (HubColumn *self, GtkWidget *head)
{
  g_return_if_fail (HUB_IS_COLUMN (self));
  g_return_if_fail (head == NULL || GTK_IS_WIDGET (head));

  g_clear_pointer (&self->head, gtk_widget_unparent);
  self->head = head;
  if (head != NULL)
    gtk_widget_insert_after (head, GTK_WIDGET (self), NULL);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_HEAD]);
}

void
hub_column_set_list (HubColumn *self, GtkWidget *list)
{
  g_return_if_fail (HUB_IS_COLUMN (self));
  g_return_if_fail (list == NULL || GTK_IS_SCROLLABLE (list));

  g_clear_pointer (&self->list, gtk_widget_unparent);
  self->list = list;
  if (list != NULL)
    {
      gtk_widget_insert_after (list, GTK_WIDGET (self), self->head);
      gtk_scrollable_set_vadjustment (GTK_SCROLLABLE (list), self->list_adjustment);
    }
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_LIST]);
}
