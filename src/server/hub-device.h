/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What kind of device a browser says it runs on, for the host's display: "iPhone", "iPad",
 * "Android", "Windows", "Mac", "Linux", "ChromeOS", or "" where it does not say. @user_agent is
 * the header of that name, or NULL. A hint, never a fact: the guest writes it. */
const char *hub_device_from_user_agent (const char *user_agent);

G_END_DECLS
