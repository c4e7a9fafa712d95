/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "net/hub-tls-stream.h"

G_BEGIN_DECLS

/*
 * HubTlsInput: the reading half of a HubTlsStream. Owned by it; whoever keeps it longer gets
 * G_IO_ERROR_CLOSED. Pollable, never blocks, and starts no worker thread.
 */
#define HUB_TYPE_TLS_INPUT (hub_tls_input_get_type ())
G_DECLARE_FINAL_TYPE (HubTlsInput, hub_tls_input, HUB, TLS_INPUT, GInputStream)

HubTlsInput *hub_tls_input_new (HubTlsStream *stream);

/* The stream is there no more. */
void hub_tls_input_detach (HubTlsInput *self);

/* Tells whoever waits for this half, if it is ready. */
void hub_tls_input_wake (HubTlsInput *self);

G_END_DECLS
