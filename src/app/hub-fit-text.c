/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "hub-config.h"

#include "app/hub-fit-text.h"

/* Letters smaller than this are not read, in pixels: then the text is cut in any case. */
#define MIN_SIZE 8

struct _HubFitText
{
  GtkWidget parent_instance;

  /* Owned */
  char *text;
  PangoLayout *layout; /* NULL: to be made anew */

  /* State */
  HubFit fit;
  int size; /* of the layout's font, in pixels */
};

enum
{
  PROP_TEXT = 1,
  PROP_FIT,
  N_PROPERTIES,
};

static GParamSpec *properties[N_PROPERTIES];

G_DEFINE_ENUM_TYPE (HubFit,
                    hub_fit,
                    G_DEFINE_ENUM_VALUE (HUB_FIT_SHRINK, "shrink"),
                    G_DEFINE_ENUM_VALUE (HUB_FIT_ELLIPSIZE, "ellipsize"),
                    G_DEFINE_ENUM_VALUE (HUB_FIT_WRAP, "wrap"))

G_DEFINE_FINAL_TYPE (HubFitText, hub_fit_text, GTK_TYPE_WIDGET)

static void
set_size (HubFitText *self, PangoLayout *layout, int size)
{
  PangoContext *context = gtk_widget_get_pango_context (GTK_WIDGET (self));
  g_autoptr (PangoFontDescription) font
      = pango_font_description_copy (pango_context_get_font_description (context));

  pango_font_description_set_absolute_size (font, (double) size * PANGO_SCALE);
  pango_layout_set_font_description (layout, font);
}

static gboolean
fits (HubFitText *self, PangoLayout *layout, int size, int width, int height)
{
  int text_width;
  int text_height;

  set_size (self, layout, size);
  pango_layout_get_pixel_size (layout, &text_width, &text_height);

  return text_height <= height && (self->fit == HUB_FIT_ELLIPSIZE || text_width <= width);
}

/* The largest size that fits, by halving: a text's width is not quite linear in its size. */
static int
find_size (HubFitText *self, PangoLayout *layout, int width, int height)
{
  int low = MIN_SIZE;
  int high = MAX (height, MIN_SIZE);

  while (low < high)
    {
      int middle = (low + high + 1) / 2;

      if (fits (self, layout, middle, width, height))
        low = middle;
      else
        high = middle - 1;
    }

  return low;
}

/* All text starts where lines of this interface do: Pango itself swaps left and right for text of the
 * other direction than the interface's. */
static void
align (PangoLayout *layout)
{
  if (pango_layout_get_direction (layout, 0) == PANGO_DIRECTION_RTL)
    pango_layout_set_alignment (layout, PANGO_ALIGN_RIGHT);
}

static void
ensure_layout (HubFitText *self)
{
  int width = gtk_widget_get_width (GTK_WIDGET (self));
  int height = gtk_widget_get_height (GTK_WIDGET (self));

  if (self->layout != NULL)
    return;

  self->layout = gtk_widget_create_pango_layout (GTK_WIDGET (self), self->text);
  if (self->fit == HUB_FIT_ELLIPSIZE)
    pango_layout_set_ellipsize (self->layout, PANGO_ELLIPSIZE_END);
  if (self->fit == HUB_FIT_WRAP)
    pango_layout_set_wrap (self->layout, PANGO_WRAP_WORD_CHAR);
  else
    pango_layout_set_single_paragraph_mode (self->layout, TRUE);
  if (self->fit != HUB_FIT_SHRINK)
    pango_layout_set_width (self->layout, width * PANGO_SCALE);
  align (self->layout);

  self->size = find_size (self, self->layout, width, height);
  set_size (self, self->layout, self->size);
}

static void
hub_fit_text_measure (GtkWidget *widget,
                      GtkOrientation orientation,
                      int for_size,
                      int *minimum,
                      int *natural,
                      int *minimum_baseline,
                      int *natural_baseline)
{
  *minimum = *natural = 0;
}

static void
hub_fit_text_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  g_clear_object (&HUB_FIT_TEXT (widget)->layout);
}

static void
hub_fit_text_css_changed (GtkWidget *widget, GtkCssStyleChange *change)
{
  GTK_WIDGET_CLASS (hub_fit_text_parent_class)->css_changed (widget, change);

  g_clear_object (&HUB_FIT_TEXT (widget)->layout);
}

/* One line is centred; several are read from where lines start. */
static void
hub_fit_text_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  HubFitText *self = HUB_FIT_TEXT (widget);
  int width = gtk_widget_get_width (widget);
  int height = gtk_widget_get_height (widget);
  GdkRGBA colour;
  int text_width, text_height;
  int x, y;

  ensure_layout (self);
  pango_layout_get_pixel_size (self->layout, &text_width, &text_height);
  x = self->fit == HUB_FIT_SHRINK ? (width - text_width) / 2 : 0;
  y = (height - text_height) / 2;
  gtk_style_context_get_color (gtk_widget_get_style_context (widget), &colour);

  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT (x, y));
  gtk_snapshot_append_layout (snapshot, self->layout, &colour);
  gtk_snapshot_restore (snapshot);
}

static void
hub_fit_text_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  HubFitText *self = HUB_FIT_TEXT (object);

  switch (id)
    {
    case PROP_TEXT:
      g_value_set_string (value, self->text);
      break;

    case PROP_FIT:
      g_value_set_enum (value, self->fit);
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
hub_fit_text_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  HubFitText *self = HUB_FIT_TEXT (object);

  switch (id)
    {
    case PROP_TEXT:
      hub_fit_text_set_text (self, g_value_get_string (value));
      break;

    case PROP_FIT:
      self->fit = g_value_get_enum (value);
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
hub_fit_text_finalize (GObject *object)
{
  HubFitText *self = HUB_FIT_TEXT (object);

  g_clear_object (&self->layout);
  g_clear_pointer (&self->text, g_free);

  G_OBJECT_CLASS (hub_fit_text_parent_class)->finalize (object);
}

static void
hub_fit_text_class_init (HubFitTextClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = hub_fit_text_get_property;
  object_class->set_property = hub_fit_text_set_property;
  object_class->finalize = hub_fit_text_finalize;
  widget_class->measure = hub_fit_text_measure;
  widget_class->size_allocate = hub_fit_text_size_allocate;
  widget_class->css_changed = hub_fit_text_css_changed;
  widget_class->snapshot = hub_fit_text_snapshot;

  properties[PROP_TEXT] = g_param_spec_string (
      "text", NULL, NULL, "", G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  properties[PROP_FIT]
      = g_param_spec_enum ("fit", NULL, NULL, HUB_TYPE_FIT, HUB_FIT_SHRINK,
                           G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPERTIES, properties);

  gtk_widget_class_set_css_name (widget_class, "fittext");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_LABEL);
}

static void
hub_fit_text_init (HubFitText *self)
{
  self->text = g_strdup ("");
  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);
}

GtkWidget *
hub_fit_text_new (HubFit fit)
{
  return g_object_new (HUB_TYPE_FIT_TEXT, "fit", fit, NULL);
}

void
hub_fit_text_set_text (HubFitText *self, const char *text)
{
  g_return_if_fail (HUB_IS_FIT_TEXT (self));

  if (text == NULL)
    text = "";
  if (g_str_equal (text, self->text))
    return;

  g_free (self->text);
  self->text = g_strdup (text);
  g_clear_object (&self->layout);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, text, -1);
  gtk_widget_queue_draw (GTK_WIDGET (self));
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_TEXT]);
}

const char *
hub_fit_text_get_text (HubFitText *self)
{
  g_return_val_if_fail (HUB_IS_FIT_TEXT (self), NULL);

  return self->text;
}

int
hub_fit_text_get_size (HubFitText *self)
{
  g_return_val_if_fail (HUB_IS_FIT_TEXT (self), 0);

  ensure_layout (self);

  return self->size;
}
