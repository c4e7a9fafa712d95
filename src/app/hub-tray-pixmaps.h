/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/*
 * Pictures for trays that do not find an icon by its name: because the program runs from where it was
 * built, or in a sandbox.
 */

/* @resource_path: of a picture that can be drawn in any size. Returns: (transfer full) (nullable):
 * a(iiay) as hub_tray_set_icon() takes it; NULL where this computer cannot draw it */
GVariant *hub_tray_pixmaps_new (const char *resource_path);

G_END_DECLS
