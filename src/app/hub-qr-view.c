/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "hub-config.h"

#include "app/hub-qr-view.h"

#include "qr/hub-qr.h"

#include <glib/gi18n-lib.h>

struct _HubQrView
{
  GtkWidget parent_instance;

  char *text;
  HubQr *qr; /* NULL: nothing to show */
};

enum
{
  PROP_TEXT = 1,
  N_PROPERTIES,
};

static GParamSpec *properties[N_PROPERTIES];

G_DEFINE_FINAL_TYPE (HubQrView, hub_qr_view, GTK_TYPE_WIDGET)

/* Not from the theme: scanners need dark on light (ISO/IEC 18004, 6.2), and high contrast. */
static const GdkRGBA white = { 1, 1, 1, 1 };
static const GdkRGBA black = { 0, 0, 0, 1 };

/* Modules in a row, with the quiet zone. */
static guint
get_modules (HubQrView *self)
{
  return self->qr != NULL ? hub_qr_get_width (self->qr) + 2 * HUB_QR_QUIET_ZONE : 0;
}

static GtkSizeRequestMode
hub_qr_view_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_CONSTANT_SIZE;
}

static void
hub_qr_view_measure (GtkWidget *widget,
                     GtkOrientation orientation,
                     int for_size,
                     int *minimum,
                     int *natural,
                     int *minimum_baseline,
                     int *natural_baseline)
{
  /* A pixel a module is the least that can be painted. */
  *minimum = get_modules (HUB_QR_VIEW (widget));
  *natural = *minimum;
}

/* Dark modules that follow each other become one rectangle: no seams, and fewer nodes. */
static void
append_modules (GtkSnapshot *snapshot, const HubQr *qr, float origin_x, float origin_y, float size)
{
  guint width = hub_qr_get_width (qr);

  for (guint y = 0; y < width; y++)
    {
      for (guint x = 0; x < width;)
        {
          guint end = x;

          while (end < width && hub_qr_is_dark (qr, end, y))
            end++;
          if (end > x)
            gtk_snapshot_append_color (snapshot, &black,
                                       &GRAPHENE_RECT_INIT (origin_x + x * size,
                                                            origin_y + y * size, (end - x) * size,
                                                            size));
          x = MAX (end, x + 1);
        }
    }
}

static void
hub_qr_view_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  HubQrView *self = HUB_QR_VIEW (widget);
  int width = gtk_widget_get_width (widget);
  int height = gtk_widget_get_height (widget);
  int scale = gtk_widget_get_scale_factor (widget);
  int side = MIN (width, height) * scale; /* this, and what follows, in device pixels */
  int modules = get_modules (self);
  int module;
  int rest_x;
  int rest_y;

  gtk_snapshot_append_color (snapshot, &white, &GRAPHENE_RECT_INIT (0, 0, width, height));

  if (self->qr == NULL)
    return;

  module = side / modules;
  if (module == 0)
    return;

  rest_x = (width * scale - modules * module) / 2 + HUB_QR_QUIET_ZONE * module;
  rest_y = (height * scale - modules * module) / 2 + HUB_QR_QUIET_ZONE * module;
  append_modules (snapshot, self->qr, (float) rest_x / scale, (float) rest_y / scale,
                  (float) module / scale);
}

static void
hub_qr_view_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  HubQrView *self = HUB_QR_VIEW (object);

  switch (id)
    {
    case PROP_TEXT:
      g_value_set_string (value, self->text);
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
hub_qr_view_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  HubQrView *self = HUB_QR_VIEW (object);

  switch (id)
    {
    case PROP_TEXT:
      hub_qr_view_set_text (self, g_value_get_string (value));
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
hub_qr_view_finalize (GObject *object)
{
  HubQrView *self = HUB_QR_VIEW (object);

  g_clear_pointer (&self->qr, hub_qr_free);
  g_clear_pointer (&self->text, g_free);

  G_OBJECT_CLASS (hub_qr_view_parent_class)->finalize (object);
}

static void
hub_qr_view_class_init (HubQrViewClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = hub_qr_view_get_property;
  object_class->set_property = hub_qr_view_set_property;
  object_class->finalize = hub_qr_view_finalize;
  widget_class->get_request_mode = hub_qr_view_get_request_mode;
  widget_class->measure = hub_qr_view_measure;
  widget_class->snapshot = hub_qr_view_snapshot;

  properties[PROP_TEXT]
      = g_param_spec_string ("text", NULL, NULL, NULL,
                             G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, N_PROPERTIES, properties);

  gtk_widget_class_set_css_name (widget_class, "qrview");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
}

static void
hub_qr_view_init (HubQrView *self)
{
  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("QR code"), -1);
}

GtkWidget *
hub_qr_view_new (void)
{
  return g_object_new (HUB_TYPE_QR_VIEW, NULL);
}

void
hub_qr_view_set_text (HubQrView *self, const char *text)
{
  g_return_if_fail (HUB_IS_QR_VIEW (self));

  if (g_strcmp0 (self->text, text) == 0)
    return;

  g_free (self->text);
  self->text = g_strdup (text);
  g_clear_pointer (&self->qr, hub_qr_free);
  if (text != NULL)
    self->qr = hub_qr_new (text);

  gtk_widget_queue_resize (GTK_WIDGET (self));
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_TEXT]);
}

const char *
hub_qr_view_get_text (HubQrView *self)
{
  g_return_val_if_fail (HUB_IS_QR_VIEW (self), NULL);

  return self->text;
}
