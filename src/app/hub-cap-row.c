/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "hub-config.h"

#include "app/hub-cap-row.h"

#include <glib/gi18n-lib.h>

struct _HubCapRow
{
  AdwActionRow parent_instance;

  /* Template */
  GtkSpinButton *spin;
};

G_DEFINE_FINAL_TYPE (HubCapRow, hub_cap_row, ADW_TYPE_ACTION_ROW)

enum
{
  PROP_VALUE = 1,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

static const char *
get_no_limit (void)
{
  /* Translators: shown in place of the number 0 where a number limits something. */
  return _ ("No limit");
}

static gboolean
on_spin_output (GtkSpinButton *spin, HubCapRow *self)
{
  if (gtk_spin_button_get_value_as_int (spin) != 0)
    return FALSE; /* the number */

  if (!g_str_equal (gtk_editable_get_text (GTK_EDITABLE (spin)), get_no_limit ()))
    gtk_editable_set_text (GTK_EDITABLE (spin), get_no_limit ());

  return TRUE;
}

/* The words are a number, too. What is neither leaves the value as it is: by itself the spin button would
 * take it for 0, which lifts the limit. */
static int
on_spin_input (GtkSpinButton *spin, double *value, HubCapRow *self)
{
  g_autofree char *text = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (spin))));
  guint64 number = 0;

  if (g_utf8_collate (text, get_no_limit ()) != 0
      && !g_ascii_string_to_unsigned (text, 10, 0, G_MAXINT, &number, NULL))
    return GTK_INPUT_ERROR;

  *value = (double) number;

  return TRUE;
}

static void
on_spin_value_changed (GtkSpinButton *spin, HubCapRow *self)
{
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_VALUE]);
}

static void
hub_cap_row_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  switch (id)
    {
    case PROP_VALUE:
      g_value_set_uint (value, hub_cap_row_get_value (HUB_CAP_ROW (object)));
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
hub_cap_row_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  switch (id)
    {
    case PROP_VALUE:
      hub_cap_row_set_value (HUB_CAP_ROW (object), g_value_get_uint (value));
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
hub_cap_row_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), HUB_TYPE_CAP_ROW);

  G_OBJECT_CLASS (hub_cap_row_parent_class)->dispose (object);
}

static void
hub_cap_row_class_init (HubCapRowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = hub_cap_row_get_property;
  object_class->set_property = hub_cap_row_set_property;
  object_class->dispose = hub_cap_row_dispose;

  properties[PROP_VALUE]
      = g_param_spec_uint ("value", NULL, NULL, 0, G_MAXINT, 0,
                           G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  gtk_widget_class_set_template_from_resource (widget_class, "/hubbub/desktop/hub-cap-row.ui");
  gtk_widget_class_bind_template_child (widget_class, HubCapRow, spin);
  gtk_widget_class_bind_template_callback (widget_class, on_spin_output);
  gtk_widget_class_bind_template_callback (widget_class, on_spin_input);
  gtk_widget_class_bind_template_callback (widget_class, on_spin_value_changed);
}

static void
hub_cap_row_init (HubCapRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

guint
hub_cap_row_get_value (HubCapRow *self)
{
  g_return_val_if_fail (HUB_IS_CAP_ROW (self), 0);

  return (guint) gtk_spin_button_get_value_as_int (self->spin);
}

void
hub_cap_row_set_value (HubCapRow *self, guint value)
{
  g_return_if_fail (HUB_IS_CAP_ROW (self));

  gtk_spin_button_set_value (self->spin, value);
}
