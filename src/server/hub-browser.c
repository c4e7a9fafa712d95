/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "server/hub-browser.h"

#include <string.h>

/* The first row of which all words are there. They copy one another's names, so the order is from
 * the one that says more to the one that says less. */
static const struct
{
  const char *words[2];
  HubBrowser browser;
} rules[] = {
  { { "iPhone", "CriOS/" }, HUB_BROWSER_CHROME_PHONE },
  { { "iPad", "CriOS/" }, HUB_BROWSER_CHROME_PHONE },
  { { "iPhone", "FxiOS/" }, HUB_BROWSER_OTHER },
  { { "iPhone", "EdgiOS/" }, HUB_BROWSER_OTHER },
  { { "iPhone", "Safari/" }, HUB_BROWSER_SAFARI_PHONE },
  { { "iPad", "FxiOS/" }, HUB_BROWSER_OTHER },
  { { "iPad", "EdgiOS/" }, HUB_BROWSER_OTHER },
  { { "iPad", "Safari/" }, HUB_BROWSER_SAFARI_PHONE },
  { { "Seamonkey/" }, HUB_BROWSER_OTHER },
  { { "Firefox/" }, HUB_BROWSER_FIREFOX },
  { { "Android", "; wv)" }, HUB_BROWSER_OTHER },
  { { "Edg" }, HUB_BROWSER_EDGE },
  { { "Android", "Chrome/" }, HUB_BROWSER_CHROME_PHONE },
  { { "Chrome/" }, HUB_BROWSER_CHROME },
  { { "Chromium/" }, HUB_BROWSER_CHROME },
  { { "Macintosh", "Safari/" }, HUB_BROWSER_SAFARI },
};

HubBrowser
hub_browser_from_user_agent (const char *user_agent)
{
  if (user_agent == NULL)
    return HUB_BROWSER_OTHER;

  for (gsize i = 0; i < G_N_ELEMENTS (rules); i++)
    {
      const char *const *words = rules[i].words;

      if (strstr (user_agent, words[0]) != NULL
          && (words[1] == NULL || strstr (user_agent, words[1]) != NULL))
        return rules[i].browser;
    }

  return HUB_BROWSER_OTHER;
}
