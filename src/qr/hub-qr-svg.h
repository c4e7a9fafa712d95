/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "qr/hub-qr.h"

G_BEGIN_DECLS

/* @qr as an SVG document: black on white with its quiet zone, one unit a module. Nothing in it is
 * style or script, so that any Content-Security-Policy lets it be drawn.
 * Returns: (transfer full) */
char *hub_qr_svg_make (const HubQr *qr);

G_END_DECLS
