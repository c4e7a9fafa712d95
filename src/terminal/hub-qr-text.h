/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "qr/hub-qr.h"

G_BEGIN_DECLS

typedef enum
{
  HUB_QR_TEXT_PLAIN,   /* blocks are light: as it should look on a dark background */
  HUB_QR_TEXT_COLOURS, /* black on white whatever the terminal's colours are */
} HubQrTextStyle;

/* Draws @qr with its quiet zone in half blocks, two modules a character, so that a module is about
 * square: hub_qr_text_get_columns() by half as many lines, no line break at the end.
 * Returns: (transfer full) */
char *hub_qr_text_render (const HubQr *qr, HubQrTextStyle style);

/* Characters in a line of it. */
guint hub_qr_text_get_columns (const HubQr *qr);

G_END_DECLS
