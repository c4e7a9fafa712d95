/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "chat/hub-message.h"

G_BEGIN_DECLS

/*
 * HubFormat: the wire formats: what is said, and how it is framed for the way it travels. Whatever
 * goes to several guests is encoded once per format.
 */
typedef enum
{
  HUB_FORMAT_PLAIN, /* the plain contract in WebSocket frames */
  HUB_FORMAT_JSON,  /* hubbub.v1 in WebSocket frames */
  HUB_FORMAT_LINES, /* hubbub.v1, one object a line: application/x-ndjson */
} HubFormat;

#define HUB_N_FORMATS 3
G_STATIC_ASSERT (HUB_N_FORMATS <= HUB_MESSAGE_ENCODINGS);

/* @payload as it travels in @format; takes @payload. Returns: (transfer full) */
GBytes *hub_format_frame (HubFormat format, GBytes *payload);

/* @message, encoded and framed; made once and kept with it. Returns: (transfer none) */
GBytes *hub_format_said (HubFormat format, HubMessage *message);

G_END_DECLS
