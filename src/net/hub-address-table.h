/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/*
 * The one table of address ranges that are private to a network. It is what this installation's
 * CA is constrained to sign for (RFC 5280, 4.2.1.10), what its server certificate may name, and
 * which peers may connect without being on-link: an address that these disagreed on would either
 * be refused by every browser that trusts the CA or be shown without being served.
 */

/* Whether @address lies in the table. Compared in its own family: an IPv4-mapped IPv6 address is
 * not unwrapped here, since a certificate may not name one. */
gboolean hub_address_table_permits (GInetAddress *address);

/* The ranges in CIDR notation, NULL-terminated. */
const char *const *hub_address_table_get_ranges (void);

G_END_DECLS
