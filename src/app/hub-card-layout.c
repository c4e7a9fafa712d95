/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "hub-config.h"

#include "app/hub-card-layout.h"

#define SPACING 12
#define SPACING_ADDRESS 6 /* of the address: to the code above, and to the controls */

struct _HubCardLayout
{
  GtkLayoutManager parent_instance;

  /* Borrowed */
  GtkWidget *code;
  GtkWidget *address;
  GtkWidget *controls;

  /* State */
  gboolean is_compact;
};

G_DEFINE_FINAL_TYPE (HubCardLayout, hub_card_layout, GTK_TYPE_LAYOUT_MANAGER)

/* Where the three parts go in a card of a certain width. */
typedef struct
{
  int code_size;
  int beside_width;   /* 0: nothing is beside the code */
  int address_height; /* 0: the address is not beside the code */
  int controls_height;
} Beside;

static int
get_width (GtkWidget *child, gboolean is_natural)
{
  int minimum;
  int natural;

  gtk_widget_measure (child, GTK_ORIENTATION_HORIZONTAL, -1, &minimum, &natural, NULL, NULL);

  return is_natural ? natural : minimum;
}

static int
get_height (GtkWidget *child, int width)
{
  int natural;

  gtk_widget_measure (child, GTK_ORIENTATION_VERTICAL, width, NULL, &natural, NULL, NULL);

  return natural;
}

static Beside
plan_beside (HubCardLayout *self, int width)
{
  Beside beside = { .code_size = get_width (self->code, TRUE) };
  int left = width - beside.code_size - SPACING;

  if (!self->is_compact || !gtk_widget_should_layout (self->controls)
      || get_width (self->controls, FALSE) > left)
    return beside;

  beside.beside_width = left;
  beside.controls_height = get_height (self->controls, left);
  if (gtk_widget_should_layout (self->address) && get_width (self->address, TRUE) <= left)
    beside.address_height = get_height (self->address, left);

  return beside;
}

static void
allocate (GtkWidget *child, int x, int y, int width, int height)
{
  gtk_widget_size_allocate (child, &(GtkAllocation){ x, y, width, height }, -1);
}

/* Allocates what is beside the code, both centred on it. Returns: the height of that row */
static int
lay_out_beside (HubCardLayout *self, const Beside *beside, gboolean is_rtl, gboolean is_real)
{
  int address_height = beside->address_height;
  int inner = address_height + (address_height > 0 ? SPACING_ADDRESS : 0) + beside->controls_height;
  int height = MAX (beside->code_size, inner);
  int x = is_rtl ? 0 : beside->code_size + SPACING;
  int y = (height - inner) / 2;

  if (!is_real)
    return height;

  allocate (self->code, is_rtl ? beside->beside_width + SPACING : 0,
            (height - beside->code_size) / 2, beside->code_size, beside->code_size);
  if (address_height > 0)
    allocate (self->address, x, y, beside->beside_width, address_height);
  allocate (self->controls, x, y + inner - beside->controls_height, beside->beside_width,
            beside->controls_height);

  return height;
}

/* Measures, and with @is_real allocates. Returns: the height in all */
static int
lay_out (HubCardLayout *self, GtkWidget *widget, int width, gboolean is_real)
{
  gboolean is_rtl = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;
  Beside beside = plan_beside (self, width);
  int y = 0;

  if (beside.beside_width > 0)
    y = lay_out_beside (self, &beside, is_rtl, is_real);

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      int child_width = child == self->code ? beside.code_size : width;
      int height;

      if (!gtk_widget_should_layout (child)
          || (beside.beside_width > 0 && (child == self->code || child == self->controls))
          || (beside.address_height > 0 && child == self->address))
        continue;

      if (y > 0)
        y += child == self->address ? SPACING_ADDRESS : SPACING;
      height = child == self->code ? beside.code_size : get_height (child, width);
      if (is_real)
        allocate (child, (width - child_width) / 2, y, child_width, height);
      y += height;
    }

  return y;
}

static GtkSizeRequestMode
hub_card_layout_get_request_mode (GtkLayoutManager *manager, GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
measure_width (GtkWidget *widget, int *minimum, int *natural)
{
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      if (!gtk_widget_should_layout (child))
        continue;

      *minimum = MAX (*minimum, get_width (child, FALSE));
      *natural = MAX (*natural, get_width (child, TRUE));
    }
}

static void
hub_card_layout_measure (GtkLayoutManager *manager,
                         GtkWidget *widget,
                         GtkOrientation orientation,
                         int for_size,
                         int *minimum,
                         int *natural,
                         int *minimum_baseline,
                         int *natural_baseline)
{
  HubCardLayout *self = HUB_CARD_LAYOUT (manager);

  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    {
      measure_width (widget, minimum, natural);
      if (self->is_compact)
        *natural = MAX (*natural,
                        get_width (self->code, TRUE) + SPACING + get_width (self->controls, TRUE));
      return;
    }

  /* The least height of all, so that of a good width: GTK 4.18 warns of who then asks for less. */
  if (for_size < 0)
    gtk_widget_measure (widget, GTK_ORIENTATION_HORIZONTAL, -1, NULL, &for_size, NULL, NULL);
  *minimum = *natural = lay_out (self, widget, for_size, FALSE);
}

static void
hub_card_layout_allocate (GtkLayoutManager *manager,
                          GtkWidget *widget,
                          int width,
                          int height,
                          int baseline)
{
  lay_out (HUB_CARD_LAYOUT (manager), widget, width, TRUE);
}

static void
hub_card_layout_class_init (HubCardLayoutClass *klass)
{
  GtkLayoutManagerClass *manager_class = GTK_LAYOUT_MANAGER_CLASS (klass);

  manager_class->get_request_mode = hub_card_layout_get_request_mode;
  manager_class->measure = hub_card_layout_measure;
  manager_class->allocate = hub_card_layout_allocate;
}

static void
hub_card_layout_init (HubCardLayout *self)
{
}

void
hub_card_layout_set_parts (HubCardLayout *self,
                           GtkWidget *code,
                           GtkWidget *address,
                           GtkWidget *controls)
{
  g_return_if_fail (HUB_IS_CARD_LAYOUT (self));

  self->code = code;
  self->address = address;
  self->controls = controls;
  gtk_layout_manager_layout_changed (GTK_LAYOUT_MANAGER (self));
}

void
hub_card_layout_set_compact (HubCardLayout *self, gboolean is_compact)
{
  g_return_if_fail (HUB_IS_CARD_LAYOUT (self));

  self->is_compact = is_compact;
  gtk_layout_manager_layout_changed (GTK_LAYOUT_MANAGER (self));
}
