/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "net/hub-netlink-reader.h"

#include <string.h>

gboolean
hub_netlink_reader_take (HubNetlinkReader *self, void *into, gsize length)
{
  gsize padded = NLMSG_ALIGN (length);

  if (self->length < length)
    return FALSE;

  memcpy (into, self->data, length);
  padded = MIN (padded, self->length);
  self->data += padded;
  self->length -= padded;

  return TRUE;
}

gboolean
hub_netlink_reader_next_message (HubNetlinkReader *self,
                                 struct nlmsghdr *header,
                                 HubNetlinkReader *body)
{
  gsize padded;

  if (self->length < sizeof *header)
    return FALSE;

  memcpy (header, self->data, sizeof *header);
  if (header->nlmsg_len < sizeof *header || header->nlmsg_len > self->length)
    return FALSE;

  body->data = self->data + sizeof *header;
  body->length = header->nlmsg_len - sizeof *header;
  padded = MIN (NLMSG_ALIGN ((gsize) header->nlmsg_len), self->length);
  self->data += padded;
  self->length -= padded;

  return TRUE;
}

gboolean
hub_netlink_reader_next_attribute (HubNetlinkReader *self, guint16 *type, HubNetlinkReader *value)
{
  struct nlattr header;
  gsize padded;

  if (self->length < sizeof header)
    return FALSE;

  memcpy (&header, self->data, sizeof header);
  if (header.nla_len < sizeof header || header.nla_len > self->length)
    return FALSE;

  *type = header.nla_type & NLA_TYPE_MASK;
  value->data = self->data + sizeof header;
  value->length = header.nla_len - sizeof header;
  padded = MIN (NLA_ALIGN ((gsize) header.nla_len), self->length);
  self->data += padded;
  self->length -= padded;

  return TRUE;
}

guint32
hub_netlink_reader_get_u32 (const HubNetlinkReader *value)
{
  guint32 number = 0;

  if (value->length == sizeof number)
    memcpy (&number, value->data, sizeof number);

  return number;
}

void
hub_netlink_reader_get_string (const HubNetlinkReader *value, char *into, gsize size)
{
  gsize length = MIN (value->length, size - 1);

  memcpy (into, value->data, length);
  into[length] = '\0';
}
