/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "net/hub-lan-address.h"

G_BEGIN_DECLS

/*
 * Where guests find the chat: from this computer's addresses and what the host chose of them to
 * the URLs that are shown. Pure functions.
 */

/* Numeric addresses as the host wrote them -> GInetAddress, each once; NULL or nothing in it: every address.
 * Returns: (transfer full) (nullable) (element-type GInetAddress): NULL too with @error,
 *   HUB_SERVER_ERROR_ADDRESS */
GPtrArray *hub_places_parse_addresses (const char *const *addresses, GError **error);

/* What to show of @lan (element-type HubLanAddress, best first) when listening on @listen_on only
 * (element-type GInetAddress, or NULL): the ones in it, then those that only the host knows
 * (loopback, say). Returns: (transfer full) (element-type HubLanAddress) */
GPtrArray *hub_places_choose (GPtrArray *lan, GPtrArray *listen_on);

/* The URLs of @shown (element-type HubLanAddress), in that order, and last the one with @label
 * (of "label.local", or NULL). @port is always part of them.
 * Returns: (transfer full) (element-type HubPlace) */
GPtrArray *hub_places_make (GPtrArray *shown, const char *label, guint16 port);

/* Whether both are the same URLs with the same labels, in the same order. */
gboolean hub_places_equal (GPtrArray *places, GPtrArray *others);

/* Returns: (transfer full) (element-type HubPlace) */
GPtrArray *hub_places_copy (GPtrArray *places);

/* Returns: (transfer full): the URLs, NULL-terminated */
char **hub_places_dup_urls (GPtrArray *places);

G_END_DECLS
