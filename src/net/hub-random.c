/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "net/hub-random.h"

#include <gnutls/crypto.h>
#include <gnutls/gnutls.h>
#include <string.h>

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

char *
hub_random_dup_text (const char *alphabet, gsize length)
{
  g_autofree char *text = g_malloc0 (length + 1);
  gsize n_signs, bound;

  g_return_val_if_fail (alphabet != NULL, NULL);
  n_signs = strlen (alphabet);
  g_return_val_if_fail (n_signs >= 1 && n_signs <= 256, NULL);

  /* Bytes from the last whole multiple on would make the first signs likelier: thrown away. */
  bound = 256 - 256 % n_signs;
  for (gsize i = 0; i < length;)
    {
      guint8 byte;

      hub_random_fill (&byte, sizeof byte);
      if (byte < bound)
        text[i++] = alphabet[byte % n_signs];
    }

  return g_steal_pointer (&text);
}
