/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "server/hub-session.h"

G_BEGIN_DECLS

/* One message of a client that speaks the plain contract, whole and valid UTF-8: does what it asks and
 * answers. The rules are those of src/wire/README.md. */
void hub_plain_talk_receive (HubSession *session, GBytes *message);

G_END_DECLS
