/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/*
 * HubRefusal: why the room or the codec says no to a guest. Not a GError: it is an answer that
 * goes to the guest, with what he can do about it.
 */
typedef enum
{
  HUB_REFUSAL_NONE,
  HUB_REFUSAL_NAME_BAD,
  HUB_REFUSAL_NAME_RESERVED,
  HUB_REFUSAL_NAME_TAKEN,
  HUB_REFUSAL_LOCKED,
  HUB_REFUSAL_FULL,
  HUB_REFUSAL_CODE,
  HUB_REFUSAL_REMOVED,
  HUB_REFUSAL_TOO_FAST,
  HUB_REFUSAL_TOO_LONG,
  HUB_REFUSAL_REF_EXPIRED,
  HUB_REFUSAL_BAD_OBJECT,
} HubRefusalCode;

typedef struct
{
  HubRefusalCode code;
  char *suggestion;  /* a free name that would do, or NULL */
  guint retry_after; /* milliseconds, or 0 */
} HubRefusal;

#define HUB_REFUSAL_INIT                                                                           \
  {                                                                                                \
    HUB_REFUSAL_NONE, NULL, 0                                                                      \
  }

/* Frees what it holds and makes it HUB_REFUSAL_NONE. */
void hub_refusal_clear (HubRefusal *self);

/* The code as the contract spells it ("name-taken"). */
const char *hub_refusal_code_to_string (HubRefusalCode code);

/* One English sentence for people who use a plain client; pages have their own words. */
const char *hub_refusal_code_to_reason (HubRefusalCode code);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (HubRefusal, hub_refusal_clear)

G_END_DECLS
