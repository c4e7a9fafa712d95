/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/*
 * Sockets with hardly any room, for programs linked with test_tight_dep: it puts functions of its
 * own in the place of send(2) and sendmsg(2). Each write takes three bytes at most, every fifth
 * none (EAGAIN), and the socket becomes writable again at once, of which epoll tells.
 *
 * For the sockets whose own port it is, hence not for their peers. On the thread of the test.
 */

#define HUB_TIGHT_BYTES 3

void hub_tight_sockets_begin (guint16 port);

/* Returns: how many writes were tried since */
guint hub_tight_sockets_end (void);

/* The port that @fd itself is at: IPv4. */
guint16 hub_tight_socket_get_port (int fd);

G_END_DECLS
