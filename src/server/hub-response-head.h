/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <libsoup/soup.h>

G_BEGIN_DECLS

/* The status line and headers of the response that @message has got, for who sends it past libsoup.
 * @length: of the body; -1: that ends with the connection. Returns: (transfer full) */
GBytes *hub_response_head_new (SoupServerMessage *message, gssize length);

G_END_DECLS
