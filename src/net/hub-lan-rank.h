/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "net/hub-lan-address.h"
#include "net/hub-lan-facts.h"

G_BEGIN_DECLS

/* Which addresses to show to people, best first. A pure function of @facts.
 *
 * Interfaces: the one with the default route first (lowest metric), then other real networks (Wi-Fi
 * before cable: phones are there), then IPv4 link-local, VPNs, and the ends of container networks.
 * Bridges count by what they join: one without a device and without the default route is only for
 * virtual machines and is left out, as are mobile modems. On each interface IPv4 before IPv6,
 * private before public. Left out: loopback, fe80::/10 (a URL cannot carry its zone), addresses
 * that are tentative, deprecated or temporary (RFC 8981: they will change).
 * Returns: (transfer full) (element-type HubLanAddress) */
GPtrArray *hub_lan_rank (const HubLanFacts *facts);

G_END_DECLS
