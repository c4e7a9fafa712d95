/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "hub-config.h"

#include "net/hub-identity-error.h"

#include <glib/gi18n-lib.h>
#include <gnutls/gnutls.h>

G_DEFINE_QUARK (hub - identity - error - quark, hub_identity_error)

gboolean
hub_identity_error_set_gnutls (GError **error, int code)
{
  g_set_error (error, HUB_IDENTITY_ERROR, HUB_IDENTITY_ERROR_FAILED,
               /* Translators: %s is what went wrong, in that library's words. */
               _ ("The security library failed: %s."), gnutls_strerror (code));

  return FALSE;
}

void
hub_identity_error_append (GError **error, const char *sentence)
{
  g_autofree char *message = NULL;

  if (error == NULL || *error == NULL)
    return;

  message = (*error)->message;
  (*error)->message = g_strconcat (message, " ", sentence, NULL);
}
