/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "chat/hub-guest.h"
#include "chat/hub-message.h"
#include "chat/hub-refusal.h"
#include "wire/hub-end.h"

G_BEGIN_DECLS

/*
 * The plain contract: lines of text that any WebSocket tool can speak. In a message each line
 * break is sent as LF TAB and nothing else begins a line with TAB, so no guest can forge a line.
 */

/* Payloads of one text frame (transfer full): "* Ana joined", "* Ana left", "Ana: hello",
 * "! reason". */
GBytes *hub_plain_joined (HubGuest *guest);
GBytes *hub_plain_left (HubGuest *guest);
GBytes *hub_plain_said (HubMessage *message);
GBytes *hub_plain_refused (const HubRefusal *refusal);
/* "! " and why the chat is over for this guest, before the close. */
GBytes *hub_plain_ended (HubEnd why);

/* First frame of a plain client where a code is asked for. Returns: (transfer full) (nullable): the
 * normalized code, or NULL: it cannot be one. */
char *hub_plain_read_code (const char *data, gsize length);

/* First frame, or the one after the code. Returns: (transfer full) (nullable): the normalized name, or NULL
 * with @refusal set. */
char *hub_plain_read_name (const char *data, gsize length, HubRefusal *refusal);

/* Any later frame. Returns: (transfer full) (nullable): the normalized text, or NULL with @refusal
 * set. */
char *hub_plain_read_text (const char *data, gsize length, HubRefusal *refusal);

G_END_DECLS
