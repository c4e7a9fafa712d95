/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>
#include <linux/netlink.h>

G_BEGIN_DECLS

/* Bytes still to be read. Nothing that is read from it goes beyond them. */
typedef struct
{
  const guint8 *data;
  gsize length;
} HubNetlinkReader;

/* Takes the next message; its body goes to @body. Returns: FALSE at the end, or where the rest is
 * not a message. */
gboolean hub_netlink_reader_next_message (HubNetlinkReader *self,
                                          struct nlmsghdr *header,
                                          HubNetlinkReader *body);

/* Takes the next attribute, its type without the flags of netlink(7). */
gboolean
hub_netlink_reader_next_attribute (HubNetlinkReader *self, guint16 *type, HubNetlinkReader *value);

/* Takes @length bytes and the padding behind them into @into. */
gboolean hub_netlink_reader_take (HubNetlinkReader *self, void *into, gsize length);

/* The number that an attribute holds; 0 when it does not hold one. */
guint32 hub_netlink_reader_get_u32 (const HubNetlinkReader *value);

/* The text that an attribute holds, cut to fit into @into (@size bytes). */
void hub_netlink_reader_get_string (const HubNetlinkReader *value, char *into, gsize size);

G_END_DECLS
