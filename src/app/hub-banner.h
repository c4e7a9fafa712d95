/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "app/hub-status.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/*
 * HubBanner: the one thing the host should know now, in a bar below the header, with what helps.
 * (AdwBanner came with a later libadwaita.) Owned by the window.
 */
#define HUB_TYPE_BANNER (hub_banner_get_type ())
G_DECLARE_FINAL_TYPE (HubBanner, hub_banner, HUB, BANNER, GtkWidget)

GtkWidget *hub_banner_new (void);

/* To be called once. */
void hub_banner_set_status (HubBanner *self, HubStatus *status);

G_END_DECLS
