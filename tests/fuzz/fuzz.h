/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

/* What each fuzzer defines: runs the code under test on @size bytes of @data and aborts
 * (g_assert_*) where a property does not hold. Keeps no state from one call to the next.
 * Returns: 0 */
int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);
