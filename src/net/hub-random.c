/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "net/hub-random.h"

#include <gnutls/crypto.h>
#include <gnutls/gnutls.h>

void
hub_random_fill (void *buffer, gsize length)
{
  int code;

  g_return_if_fail (buffer != NULL || length == 0);

  /* There is nothing sensible to do without randomness: a token that can be guessed is worse than
   * no program. */
  code = gnutls_rnd (GNUTLS_RND_KEY, buffer, length);
  if (code < 0)
    g_error ("No random bytes: %s", gnutls_strerror (code));
}

char *
hub_random_dup_hex (gsize n_bytes)
{
  g_autofree guint8 *bytes = g_malloc (n_bytes);
  g_autoptr (GString) hex = g_string_sized_new (2 * n_bytes);

  hub_random_fill (bytes, n_bytes);
  for (gsize i = 0; i < n_bytes; i++)
    g_string_append_printf (hex, "%02x", bytes[i]);

  return g_string_free (g_steal_pointer (&hex), FALSE);
}
