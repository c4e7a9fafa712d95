/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "server/hub-headers.h"

#include <string.h>

static const struct
{
  const char *value;
  gboolean accepts;
} codings[] = {
  { NULL, FALSE },
  { "", FALSE },
  { "gzip", TRUE },
  { "br, GZIP", TRUE },
  { "deflate, br", FALSE },
  { "gzip;q=0", FALSE },
  { "gzip; q=0.0", FALSE },
  { "gzip ; q = 0.5", TRUE },
  { "*", TRUE },
  { "*;q=0", FALSE },
  { "gzip;q=0, *", FALSE },
  { "*;q=0, gzip", TRUE },
  { "x-gzip2", FALSE },
  { "identity", FALSE },
  { ",,gzip,,", TRUE },
};

static const struct
{
  const char *value;
  gboolean matches;
} tags[] = {
  { NULL, FALSE },
  { "", FALSE },
  { "\"a\"", TRUE },
  { "W/\"a\"", TRUE },
  { "\"b\", \"a\"", TRUE },
  { "\"b\",W/\"a\" ", TRUE },
  { "*", TRUE },
  { "a", FALSE },
  { "\"A\"", FALSE },
  { "\"ab\"", FALSE },
  { "\"b\"", FALSE },
};

static void
test_gzip (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (codings); i++)
    {
      g_test_message ("%s", codings[i].value);
      g_assert_cmpint (hub_headers_accepts_gzip (codings[i].value), ==, codings[i].accepts);
    }
}

static void
test_etag (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (tags); i++)
    {
      g_test_message ("%s", tags[i].value);
      g_assert_cmpint (hub_headers_etag_matches (tags[i].value, "\"a\""), ==, tags[i].matches);
    }
}

static void
check_source (const char *host, const char *scheme, const char *suffix)
{
  g_autoptr (SoupMessageHeaders) headers = soup_message_headers_new (SOUP_MESSAGE_HEADERS_RESPONSE);
  g_auto (HubHostPort) authority = HUB_HOST_PORT_INIT;
  g_autofree char *policy = NULL;

  g_assert_true (hub_host_port_parse (host, &authority));
  policy = hub_headers_make_client_policy (&authority, scheme);
  /* Twice: the second time replaces the first. */
  hub_headers_protect (headers, "default-src 'none'");
  hub_headers_protect (headers, policy);
  g_assert_true (g_str_has_suffix (
      soup_message_headers_get_list (headers, "Content-Security-Policy"), suffix));
}

static void
test_connect_source (void)
{
  check_source ("192.168.1.5:8443", "wss", "; connect-src 'self' wss://192.168.1.5:8443");
  check_source ("127.0.0.1:41234", "ws", "; connect-src 'self' ws://127.0.0.1:41234");
  check_source ("attic.local", "wss", "; connect-src 'self' wss://attic.local:443");
  check_source ("[fd00::1]:8443", "wss", "; connect-src 'self'");
}

/* The digest is that of `printf '%s' 'a{b:c}' | openssl dgst -sha256 -binary | base64`. */
static void
test_words_policy (void)
{
  g_autofree char *policy = hub_headers_make_words_policy ("a{b:c}");

  g_assert_true (g_str_has_prefix (policy, "default-src 'none'; "));
  g_assert_nonnull (
      strstr (policy, "style-src 'sha256-0cRUVYRKwNwnl1hkfkPGjkht16b039TjFdJzmXfFK2o='"));
  g_assert_null (strstr (policy, "script"));
  g_assert_null (strstr (policy, "self"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/headers/gzip", test_gzip);
  g_test_add_func ("/headers/etag", test_etag);
  g_test_add_func ("/headers/connect-source", test_connect_source);
  g_test_add_func ("/headers/words-policy", test_words_policy);
  return g_test_run ();
}
