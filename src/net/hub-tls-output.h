/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "net/hub-tls-stream.h"

G_BEGIN_DECLS

/*
 * HubTlsOutput: the writing half of a HubTlsStream. Owned by it; whoever keeps it longer gets
 * G_IO_ERROR_CLOSED. Pollable, never blocks, and starts no worker thread.
 */
#define HUB_TYPE_TLS_OUTPUT (hub_tls_output_get_type ())
G_DECLARE_FINAL_TYPE (HubTlsOutput, hub_tls_output, HUB, TLS_OUTPUT, GOutputStream)

HubTlsOutput *hub_tls_output_new (HubTlsStream *stream);

/* The stream is there no more. */
void hub_tls_output_detach (HubTlsOutput *self);

/* Tells whoever waits for this half, if it is ready. */
void hub_tls_output_wake (HubTlsOutput *self);

G_END_DECLS
