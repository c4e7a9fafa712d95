/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/*
 * Which warning about a certificate a browser shows, by its User-Agent. A guess that only chooses
 * words: whatever it says, nothing else depends on it.
 */
typedef enum
{
  HUB_BROWSER_OTHER, /* unknown, or inside an app, where there may be no way on */
  HUB_BROWSER_CHROME,
  HUB_BROWSER_CHROME_PHONE, /* Samsung's and others made of it, too */
  HUB_BROWSER_EDGE,
  HUB_BROWSER_FIREFOX,
  HUB_BROWSER_SAFARI,
  HUB_BROWSER_SAFARI_PHONE,
  HUB_N_BROWSERS,
} HubBrowser;

/* @user_agent may be NULL. */
HubBrowser hub_browser_from_user_agent (const char *user_agent);

G_END_DECLS
