/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "server/hub-help-page.h"

#include <string.h>

/* What each browser's own warning says: src/wire/README.md and the host's briefing use the same
 * words. */
static const char *const words[HUB_N_BROWSERS][3] = {
  [HUB_BROWSER_OTHER] = { "<b>Advanced</b>", "<b>Proceed</b>", "https://attic.local:8443/</b>" },
  [HUB_BROWSER_CHROME] = { "Your connection is not private", "<b>Advanced</b>",
                           "<b>Proceed to attic.local (unsafe)</b>" },
  [HUB_BROWSER_CHROME_PHONE] = { "Your connection is not private", "<b>Advanced</b>",
                                 "<b>Proceed to attic.local (unsafe)</b>" },
  [HUB_BROWSER_EDGE] = { "Your connection isn\342\200\231t private", "<b>Advanced</b>",
                         "<b>Continue to attic.local (unsafe)</b>" },
  [HUB_BROWSER_FIREFOX] = { "Warning: Potential Security Risk Ahead", "<b>Advanced\342\200\246</b>",
                            "<b>Accept the Risk and Continue</b>" },
  [HUB_BROWSER_SAFARI]
  = { "This Connection Is Not Private", "<b>Show Details</b>", "<b>visit this website</b>" },
  [HUB_BROWSER_SAFARI_PHONE]
  = { "This Connection Is Not Private", "<b>Show Details</b>", "<b>visit this website</b>" },
};

static char *
make_in (HubBrowser browser, const char *languages, const char *host)
{
  g_autoptr (HubHelpPage) page = hub_help_page_new ();
  g_auto (HubHostPort) authority = HUB_HOST_PORT_INIT;
  g_autoptr (GBytes) html = NULL;

  g_assert_true (hub_host_port_parse (host, &authority));
  html = hub_help_page_make (page, browser, languages, &authority);

  return g_strndup (g_bytes_get_data (html, NULL), g_bytes_get_size (html));
}

static char *
make (HubBrowser browser, const char *host)
{
  return make_in (browser, NULL, host);
}

static guint
count (const char *html, const char *part)
{
  guint n = 0;

  for (const char *at = strstr (html, part); at != NULL; at = strstr (at + 1, part))
    n++;

  return n;
}

static void
test_browsers (void)
{
  for (guint i = 0; i < HUB_N_BROWSERS; i++)
    {
      g_autofree char *html = make (i, "attic.local:8443");

      g_test_message ("%u", i);
      for (guint j = 0; j < G_N_ELEMENTS (words[i]); j++)
        g_assert_cmpuint (count (html, words[i][j]), ==, 1);
      g_assert_true (g_utf8_validate (html, -1, NULL));
      g_assert_cmpuint (count (html, "<html lang=\"en\" dir=\"ltr\">"), ==, 1);
    }
}

static const struct
{
  const char *asked;
  const char *element;
  const char *go;
} languages[] = {
  { NULL, "<html lang=\"en\" dir=\"ltr\">", ">Continue to the chat</a>" },
  { "fr,en-GB;q=0.7,de;q=0.3", "<html lang=\"en\" dir=\"ltr\">", ">Continue to the chat</a>" },
  { "de-AT,de;q=0.9,en;q=0.8", "<html lang=\"de\" dir=\"ltr\">", ">Weiter zum Chat</a>" },
  { "ar-EG", "<html lang=\"ar\" dir=\"rtl\">", ">المتابعة إلى المحادثة</a>" },
};

/* What the reader asked for first; an address in a sentence from right to left stays one. */
static void
test_languages (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (languages); i++)
    for (guint j = 0; j < HUB_N_BROWSERS; j++)
      {
        g_autofree char *html = make_in (j, languages[i].asked, "attic.local:8443");

        g_test_message ("%s, %u", languages[i].asked != NULL ? languages[i].asked : "nothing", j);
        g_assert_true (g_utf8_validate (html, -1, NULL));
        g_assert_cmpuint (count (html, languages[i].element), ==, 1);
        g_assert_cmpuint (count (html, languages[i].go), ==, 1);
        g_assert_cmpuint (count (html, "lang=\""), ==, 1);
      }
}

static void
test_isolated (void)
{
  g_autofree char *html = make_in (HUB_BROWSER_CHROME, "ar", "attic.local:8443");

  g_assert_cmpuint (count (html, "\342\201\250attic.local\342\201\251"), >=, 2);
  g_assert_cmpuint (count (html, "<span class=\"address\" dir=\"ltr\">attic.local</span>"), ==, 1);
}

/* One link, and nothing that runs, asks, loads or sends. */
static void
test_only_words (void)
{
  static const char *const forbidden[]
      = { "<script", "<form", "<input",  "<button", "<iframe", "<img",
          "<link",   "url(",  "@import", "style=",  "http://", "http-equiv" };

  for (guint i = 0; i < HUB_N_BROWSERS * G_N_ELEMENTS (languages); i++)
    {
      g_autofree char *html
          = make_in (i % HUB_N_BROWSERS, languages[i / HUB_N_BROWSERS].asked, "attic.local:8443");
      char *style = strstr (html, "<style>");
      char *style_end = strstr (html, "</style>");

      g_assert_cmpuint (count (html, "href="), ==, 1);
      g_assert_cmpuint (count (html, "href=\"https://attic.local:8443/\""), ==, 1);
      g_assert_cmpuint (count (html, "<style"), ==, 1);
      for (guint j = 0; j < G_N_ELEMENTS (forbidden); j++)
        g_assert_cmpuint (count (html, forbidden[j]), ==, 0);
      /* Handlers of events; "on" is a word elsewhere. */
      g_assert_false (g_regex_match_simple ("\\son[a-z]+=", html, 0, 0));
      /* Nothing was left to fill in, but in the style sheet braces are its own. */
      memset (style, ' ', (gsize) (style_end - style));
      g_assert_cmpuint (count (html, "{"), ==, 0);
    }
}

/* The one style element is what the digest of the policy was made of. */
static void
test_style (void)
{
  g_autoptr (HubHelpPage) page = hub_help_page_new ();
  g_autofree char *html = make (HUB_BROWSER_OTHER, "attic.local:8443");
  g_autofree char *element
      = g_strconcat ("<style>", hub_help_page_get_style (page), "</style>", NULL);

  g_assert_cmpuint (count (html, element), ==, 1);
}

static const struct
{
  const char *host;
  const char *url;
} urls[] = {
  { "192.168.1.5:8443", "https://192.168.1.5:8443/" },
  { "Attic.LOCAL.:8443", "https://attic.local:8443/" },
  { "[fd00:0::1]:8443", "https://[fd00::1]:8443/" },
  { "attic.local", "https://attic.local:443/" },
};

static void
test_url (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (urls); i++)
    {
      g_auto (HubHostPort) authority = HUB_HOST_PORT_INIT;
      g_autofree char *url = NULL;

      g_assert_true (hub_host_port_parse (urls[i].host, &authority));
      url = hub_help_page_make_url (&authority);
      g_assert_cmpstr (url, ==, urls[i].url);
    }
}

/* Whatever the check of Host may let through one day. */
static void
test_escaped (void)
{
  g_autoptr (HubHelpPage) page = hub_help_page_new ();
  HubHostPort authority = { (char *) "<b>&\"", NULL, 1, TRUE };
  g_autoptr (GBytes) bytes = hub_help_page_make (page, HUB_BROWSER_CHROME, NULL, &authority);
  g_autofree char *html = g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));

  g_assert_null (strstr (html, "<b>&"));
  g_assert_nonnull (strstr (html, "href=\"https://&lt;b&gt;&amp;&quot;:1/\""));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/help-page/browsers", test_browsers);
  g_test_add_func ("/help-page/languages", test_languages);
  g_test_add_func ("/help-page/isolated", test_isolated);
  g_test_add_func ("/help-page/only-words", test_only_words);
  g_test_add_func ("/help-page/style", test_style);
  g_test_add_func ("/help-page/url", test_url);
  g_test_add_func ("/help-page/escaped", test_escaped);
  return g_test_run ();
}
