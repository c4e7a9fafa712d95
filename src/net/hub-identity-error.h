/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What can be wrong with the files of an identity; each message names the file and a way out. */
typedef enum
{
  HUB_IDENTITY_ERROR_FAILED,    /* the system said no: the message has errno's text */
  HUB_IDENTITY_ERROR_DIRECTORY, /* not this data directory: the message has no word on which else */
  HUB_IDENTITY_ERROR_UNREADABLE,
  HUB_IDENTITY_ERROR_PERMISSIONS, /* a key others may read, or not a regular file */
  HUB_IDENTITY_ERROR_CORRUPT,
  HUB_IDENTITY_ERROR_ENCRYPTED,
  HUB_IDENTITY_ERROR_MISMATCH, /* certificate and key, or certificate and CA, do not belong together */
  HUB_IDENTITY_ERROR_EXPIRED,
  HUB_IDENTITY_ERROR_MISSING, /* the CA's key, while its certificate is there */
} HubIdentityError;

#define HUB_IDENTITY_ERROR (hub_identity_error_quark ())
GQuark hub_identity_error_quark (void);

/* Sets HUB_IDENTITY_ERROR_FAILED with GnuTLS's text for @code. Returns: FALSE */
gboolean hub_identity_error_set_gnutls (GError **error, int code);

/* Appends @sentence, the way out, to the message of @error. */
void hub_identity_error_append (GError **error, const char *sentence);

G_END_DECLS
