/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "server/hub-browser.h"

#define WEBKIT "AppleWebKit/537.36 (KHTML, like Gecko) "
#define IPHONE "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 "
#define MAC "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) "
#define WINDOWS "Mozilla/5.0 (Windows NT 10.0; Win64; x64) "
#define ANDROID "Mozilla/5.0 (Linux; Android 10; K) "

static const struct
{
  const char *user_agent;
  HubBrowser browser;
} cases[] = {
  { NULL, HUB_BROWSER_OTHER },
  { "", HUB_BROWSER_OTHER },
  { "Mozilla/5.0", HUB_BROWSER_OTHER },
  { "Lynx/2.9.0dev.12 libwww-FM/2.14", HUB_BROWSER_OTHER },
  { WINDOWS WEBKIT "Chrome/126.0.0.0 Safari/537.36", HUB_BROWSER_CHROME },
  { MAC WEBKIT "Chrome/126.0.0.0 Safari/537.36", HUB_BROWSER_CHROME },
  { "Mozilla/5.0 (X11; Linux x86_64) " WEBKIT "HeadlessChrome/126.0.0.0 Safari/537.36",
    HUB_BROWSER_CHROME },
  { "Mozilla/5.0 (X11; CrOS x86_64 14541.0.0) " WEBKIT "Chrome/126.0.0.0 Safari/537.36",
    HUB_BROWSER_CHROME },
  { WINDOWS WEBKIT "Chrome/126.0.0.0 Safari/537.36 OPR/111.0.0.0", HUB_BROWSER_CHROME },
  { ANDROID WEBKIT "Chrome/126.0.0.0 Mobile Safari/537.36", HUB_BROWSER_CHROME_PHONE },
  { ANDROID WEBKIT "SamsungBrowser/25.0 Chrome/121.0.0.0 Mobile Safari/537.36",
    HUB_BROWSER_CHROME_PHONE },
  { IPHONE "(KHTML, like Gecko) CriOS/126.0.6478.35 Mobile/15E148 Safari/604.1",
    HUB_BROWSER_CHROME_PHONE },
  { "Mozilla/5.0 (Linux; Android 14; Pixel 8 Build/AP1A; wv) " WEBKIT
    "Version/4.0 Chrome/126.0.0.0 Mobile Safari/537.36",
    HUB_BROWSER_OTHER },
  { WINDOWS WEBKIT "Chrome/126.0.0.0 Safari/537.36 Edg/126.0.0.0", HUB_BROWSER_EDGE },
  { ANDROID WEBKIT "Chrome/126.0.0.0 Mobile Safari/537.36 EdgA/126.0.0.0", HUB_BROWSER_EDGE },
  { "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0", HUB_BROWSER_FIREFOX },
  { "Mozilla/5.0 (Android 14; Mobile; rv:128.0) Gecko/128.0 Firefox/128.0", HUB_BROWSER_FIREFOX },
  { "Mozilla/5.0 (X11; Linux x86_64; rv:60.0) Gecko/20100101 Firefox/60.0 Seamonkey/2.53",
    HUB_BROWSER_OTHER },
  { IPHONE "(KHTML, like Gecko) FxiOS/127.0 Mobile/15E148 Safari/605.1.15", HUB_BROWSER_OTHER },
  { IPHONE "(KHTML, like Gecko) EdgiOS/125.0 Version/17.0 Mobile/15E148 Safari/604.1",
    HUB_BROWSER_OTHER },
  { IPHONE "(KHTML, like Gecko) Version/17.5 Mobile/15E148 Safari/604.1",
    HUB_BROWSER_SAFARI_PHONE },
  { "Mozilla/5.0 (iPad; CPU OS 12_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) "
    "Version/12.1.2 Mobile/15E148 Safari/604.1",
    HUB_BROWSER_SAFARI_PHONE },
  /* Inside an app. */
  { IPHONE "(KHTML, like Gecko) Mobile/15E148 Instagram 334.0", HUB_BROWSER_OTHER },
  { MAC "AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.5 Safari/605.1.15",
    HUB_BROWSER_SAFARI },
  { "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.0 "
    "Safari/605.1.15",
    HUB_BROWSER_OTHER },
};

static void
test_cases (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_test_message ("%s", cases[i].user_agent);
      g_assert_cmpint (hub_browser_from_user_agent (cases[i].user_agent), ==, cases[i].browser);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/browser/cases", test_cases);
  return g_test_run ();
}
