/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "qr/hub-qr.h"

#include <qrencode.h>

/* The bit of a module in libqrencode's matrix that says it is dark. */
#define MODULE_DARK 0x01

struct _HubQr
{
  QRcode *code;
};

HubQr *
hub_qr_new (const char *text)
{
  QRcode *code;
  HubQr *self;

  g_return_val_if_fail (text != NULL, NULL);

  /* 8-bit mode, case kept: paths of URLs have case. Version 0 means the smallest that fits. */
  code = QRcode_encodeString8bit (text, 0, QR_ECLEVEL_M);
  if (code == NULL)
    return NULL;

  self = g_new0 (HubQr, 1);
  self->code = code;

  return self;
}

void
hub_qr_free (HubQr *self)
{
  g_return_if_fail (self != NULL);

  QRcode_free (self->code);
  g_free (self);
}

guint
hub_qr_get_width (const HubQr *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return (guint) self->code->width;
}

gboolean
hub_qr_is_dark (const HubQr *self, guint x, guint y)
{
  guint width = hub_qr_get_width (self);

  g_return_val_if_fail (x < width && y < width, FALSE);

  return (self->code->data[y * width + x] & MODULE_DARK) != 0;
}
