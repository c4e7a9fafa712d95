/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* How many guests this process has file descriptors for. */

/* Raises the soft limit of descriptors to the hard one, as far as the system lets us; programs that are
 * started from here get the one we got. Returns: the limit that holds now */
guint64 hub_descriptors_raise (void);

/* The connections that @limit descriptors allow, one each, beside HUB_RESERVED_DESCRIPTORS for
 * everything else; at least 1. */
guint hub_descriptors_get_connections (guint64 limit);

/* The guests that are allowed when @wanted are (0: as many as can be): never more than
 * @connections. */
guint hub_descriptors_get_guests (guint wanted, guint connections);

G_END_DECLS
