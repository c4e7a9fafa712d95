/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A QR code's modules. TRUE is dark. */
typedef struct _HubQr HubQr;

/* Encodes @text (UTF-8, error correction level M, smallest version that fits).
 * Returns: (transfer full) (nullable): NULL when @text is empty or too long for any version */
HubQr *hub_qr_new (const char *text);
void hub_qr_free (HubQr *self);

/* Modules in a row, without the quiet zone. */
guint hub_qr_get_width (const HubQr *self);
gboolean hub_qr_is_dark (const HubQr *self, guint x, guint y);

/* Quiet zone around the code that scanners need, in modules (ISO/IEC 18004, 6.3.8). */
#define HUB_QR_QUIET_ZONE 4

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HubQr, hub_qr_free)

G_END_DECLS
