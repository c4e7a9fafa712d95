/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* What gives way where the text is too long for the room there is. */
typedef enum
{
  HUB_FIT_SHRINK,    /* one line, of smaller letters */
  HUB_FIT_ELLIPSIZE, /* one line, cut */
  HUB_FIT_WRAP,      /* as many lines as it takes, of letters that let them fit */
} HubFit;

/*
 * HubFitText: plain text as large as the room it is given lets it be, to be read from far away. Asks
 * for no room by itself. Owned by the widget that shows it.
 *
 * Properties: text (string) · fit (HubFit)
 */
#define HUB_TYPE_FIT (hub_fit_get_type ())
GType hub_fit_get_type (void);

#define HUB_TYPE_FIT_TEXT (hub_fit_text_get_type ())
G_DECLARE_FINAL_TYPE (HubFitText, hub_fit_text, HUB, FIT_TEXT, GtkWidget)

GtkWidget *hub_fit_text_new (HubFit fit);

/* @text: no markup; NULL as "". */
void hub_fit_text_set_text (HubFitText *self, const char *text);
const char *hub_fit_text_get_text (HubFitText *self);

/* Pixels that a letter's em takes as it is laid out now. */
int hub_fit_text_get_size (HubFitText *self);

G_END_DECLS
