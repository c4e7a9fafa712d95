/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What Flatpak puts into each of its sandboxes (flatpak-metadata(5)). */
#define HUB_SANDBOX_INFO "/.flatpak-info"

/* Whether this program runs in a Flatpak, where portals stand for what it may not do itself. @info:
 * HUB_SANDBOX_INFO; tests have their own. */
gboolean hub_sandbox_is_inside (const char *info);

G_END_DECLS
