/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "hub-config.h"

#include "app/hub-copy-row.h"

#include <glib/gi18n-lib.h>

struct _HubCopyRow
{
  AdwActionRow parent_instance;

  /* Template */
  GtkWidget *copy;

  /* Owned */
  char *text;
};

G_DEFINE_FINAL_TYPE (HubCopyRow, hub_copy_row, ADW_TYPE_ACTION_ROW)

enum
{
  COPIED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void
on_copy_clicked (HubCopyRow *self)
{
  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (self)), self->text);
  g_signal_emit (self, signals[COPIED], 0);
}

static void
hub_copy_row_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), HUB_TYPE_COPY_ROW);

  G_OBJECT_CLASS (hub_copy_row_parent_class)->dispose (object);
}

static void
hub_copy_row_finalize (GObject *object)
{
  g_free (HUB_COPY_ROW (object)->text);

  G_OBJECT_CLASS (hub_copy_row_parent_class)->finalize (object);
}

static void
hub_copy_row_class_init (HubCopyRowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = hub_copy_row_dispose;
  object_class->finalize = hub_copy_row_finalize;

  signals[COPIED] = g_signal_new ("copied", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                  NULL, NULL, G_TYPE_NONE, 0);

  gtk_widget_class_set_template_from_resource (widget_class, "/hubbub/desktop/hub-copy-row.ui");
  gtk_widget_class_bind_template_child (widget_class, HubCopyRow, copy);
  gtk_widget_class_bind_template_callback (widget_class, on_copy_clicked);
}

static void
hub_copy_row_init (HubCopyRow *self)
{
  self->text = g_strdup ("");
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
hub_copy_row_new (void)
{
  return g_object_new (HUB_TYPE_COPY_ROW, NULL);
}

void
hub_copy_row_set_text (HubCopyRow *self, const char *text, const char *about)
{
  g_autofree char *spoken = NULL;

  g_return_if_fail (HUB_IS_COPY_ROW (self));
  g_return_if_fail (text != NULL);
  g_return_if_fail (about != NULL);

  g_free (self->text);
  self->text = g_strdup (text);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self), text);

  /* Translators: what a button does, for screen readers; %s is what the row shows, “Command for ufw”. */
  spoken = g_strdup_printf (_ ("Copy: %s"), about);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->copy), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  spoken, -1);
}
