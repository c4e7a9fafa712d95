/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "host/hub-snapshot.h"

G_BEGIN_DECLS

/*
 * Telling places apart. @places: (element-type HubPlace): of a snapshot, best first. Computers with IPv6
 * have several addresses on one network, which are one place to people; two of one family are two.
 */

/* The label of @place, one of @places, with its address behind where another place has it, too:
 * "Wired (eth0) · 192.168.1.5". Returns: (transfer full) */
char *hub_place_dup_name (GPtrArray *places, const HubPlace *place);

/* All names, each once, in their order. Returns: (transfer full): NULL-terminated */
char **hub_place_dup_names (GPtrArray *places);

/* The place of this name; else another one of its network; else the best. Without any address there is
 * none: a computer's name alone leads nowhere. @name: (nullable). Returns: (nullable) */
const HubPlace *hub_place_find (GPtrArray *places, const char *name);

G_END_DECLS
