/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "server/hub-server.h"

G_DEFINE_QUARK (hub - server - error - quark, hub_server_error)
