/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "server/hub-browser.h"
#include "server/hub-host-port.h"

G_BEGIN_DECLS

/*
 * HubHelpPage: the page that shows what a browser's warning will look like and how to go on: what
 * ui/help has, put together once for each language and browser. Owned by HubHelpServer.
 */
typedef struct _HubHelpPage HubHelpPage;

HubHelpPage *hub_help_page_new (void);
void hub_help_page_free (HubHelpPage *self);

/* The page for @browser, in the first of @languages (an Accept-Language, may be NULL) that po/ has,
 * else in English; with one link, to https at @authority (of this server, checked).
 * Returns: (transfer full): HTML in UTF-8 */
GBytes *hub_help_page_make (HubHelpPage *self,
                            HubBrowser browser,
                            const char *languages,
                            const HubHostPort *authority);

/* The one address that is ever linked or redirected to. Returns: (transfer full) */
char *hub_help_page_make_url (const HubHostPort *authority);

/* The text of the pages' one style element. */
const char *hub_help_page_get_style (HubHelpPage *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HubHelpPage, hub_help_page_free)

G_END_DECLS
