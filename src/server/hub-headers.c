/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "server/hub-headers.h"

#include <string.h>

/* Nothing inline, nothing from elsewhere, nobody may frame the page. */
#define CLIENT_POLICY                                                                              \
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; "     \
  "manifest-src 'self'; worker-src 'self'; base-uri 'none'; form-action 'none'; "                  \
  "frame-ancestors 'none'; connect-src 'self'"

/* Not even what it says itself, but for one style sheet of a known digest. */
#define WORDS_POLICY                                                                               \
  "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; "              \
  "style-src 'sha256-%s'"

static const struct
{
  const char *name;
  const char *value;
} protections[] = {
  { "X-Content-Type-Options", "nosniff" },
  { "Referrer-Policy", "no-referrer" },
  { "Cross-Origin-Opener-Policy", "same-origin" },
  { "Cross-Origin-Resource-Policy", "same-origin" },
  { "Permissions-Policy",
    "accelerometer=(), bluetooth=(), camera=(), display-capture=(), geolocation=(), gyroscope=(), "
    "hid=(), idle-detection=(), local-fonts=(), magnetometer=(), microphone=(), midi=(), "
    "payment=(), publickey-credentials-get=(), serial=(), usb=(), xr-spatial-tracking=(), "
    "screen-wake-lock=(self), web-share=(self), clipboard-write=(self)" },
  { "Accept-Ranges", "none" },
};

void
hub_headers_protect (SoupMessageHeaders *headers, const char *policy)
{
  g_return_if_fail (headers != NULL);
  g_return_if_fail (policy != NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (protections); i++)
    soup_message_headers_replace (headers, protections[i].name, protections[i].value);
  soup_message_headers_replace (headers, "Content-Security-Policy", policy);
}

char *
hub_headers_make_client_policy (const HubHostPort *authority, const char *scheme)
{
  g_return_val_if_fail (authority == NULL || scheme != NULL, NULL);

  /* Safari before 15.4 does not count wss: as 'self'. An IPv6 literal is no valid source. */
  if (authority == NULL || strchr (authority->host, ':') != NULL)
    return g_strdup (CLIENT_POLICY);

  return g_strdup_printf (CLIENT_POLICY " %s://%s:%u", scheme, authority->host, authority->port);
}

char *
hub_headers_make_words_policy (const char *style)
{
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);
  g_autofree char *encoded = NULL;
  guint8 digest[32];
  gsize length = sizeof digest;

  g_return_val_if_fail (style != NULL, NULL);

  g_checksum_update (checksum, (const guchar *) style, -1);
  g_checksum_get_digest (checksum, digest, &length);
  encoded = g_base64_encode (digest, length);

  return g_strdup_printf (WORDS_POLICY, encoded);
}

gboolean
hub_headers_etag_matches (const char *value, const char *etag)
{
  g_auto (GStrv) tags = NULL;

  g_return_val_if_fail (etag != NULL, FALSE);

  if (value == NULL)
    return FALSE;

  /* Our tags hold no comma, so a quoted comma of somebody else's cannot make one of ours. */
  tags = g_strsplit (value, ",", -1);
  for (char **at = tags; *at != NULL; at++)
    {
      const char *tag = g_strstrip (*at);

      if (g_str_has_prefix (tag, "W/"))
        tag += 2;
      if (strcmp (tag, "*") == 0 || strcmp (tag, etag) == 0)
        return TRUE;
    }

  return FALSE;
}

/* The weight of one entry: "gzip;q=0.5". */
static double
get_quality (const char *parameters)
{
  const char *q = parameters != NULL ? strchr (parameters, 'q') : NULL;

  if (q == NULL)
    return 1.0;
  for (q++; *q == ' ' || *q == '='; q++)
    ;
  return g_ascii_strtod (q, NULL);
}

gboolean
hub_headers_accepts_gzip (const char *value)
{
  g_auto (GStrv) entries = NULL;
  gboolean accepted = FALSE;

  if (value == NULL)
    return FALSE;

  entries = g_strsplit (value, ",", -1);
  for (char **at = entries; *at != NULL; at++)
    {
      char *parameters = strchr (*at, ';');
      const char *coding;

      if (parameters != NULL)
        *parameters++ = '\0';
      coding = g_strstrip (*at);
      if (g_ascii_strcasecmp (coding, "gzip") == 0)
        return get_quality (parameters) > 0.0;
      if (strcmp (coding, "*") == 0)
        accepted = get_quality (parameters) > 0.0;
    }

  return accepted;
}
