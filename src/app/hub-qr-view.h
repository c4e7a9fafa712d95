/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/*
 * HubQrView: a QR code for cameras: a white square with black modules, in every theme and text
 * direction, each module the same number of whole device pixels, with the quiet zone around it.
 * Owned by the widget that shows it.
 *
 * Properties: text (string): what the code says; NULL or "": nothing but the white square.
 */
#define HUB_TYPE_QR_VIEW (hub_qr_view_get_type ())
G_DECLARE_FINAL_TYPE (HubQrView, hub_qr_view, HUB, QR_VIEW, GtkWidget)

GtkWidget *hub_qr_view_new (void);

/* @text: UTF-8, or NULL. */
void hub_qr_view_set_text (HubQrView *self, const char *text);
const char *hub_qr_view_get_text (HubQrView *self);

G_END_DECLS
