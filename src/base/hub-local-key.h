/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

/* The throttle key of all connections by this computer to itself: those of the host's own browser,
 * too, so that it counts like others but is never barred. */
#define HUB_LOCAL_KEY "loopback"
