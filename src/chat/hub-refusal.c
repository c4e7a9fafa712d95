/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "chat/hub-refusal.h"

/* Indexed by HubRefusalCode: the contract's word, and a sentence for plain clients. */
static const struct
{
  const char *word;
  const char *reason;
} refusals[] = {
  [HUB_REFUSAL_NONE] = { "none", "Nothing was refused." },
  [HUB_REFUSAL_NAME_BAD] = { "name-bad", "That name cannot be used. Send another one." },
  [HUB_REFUSAL_NAME_RESERVED] = { "name-reserved", "That name is reserved. Send another one." },
  [HUB_REFUSAL_NAME_TAKEN] = { "name-taken", "Somebody here has that name. Send another one." },
  [HUB_REFUSAL_LOCKED] = { "locked", "The room is locked. Ask the host to let you in." },
  [HUB_REFUSAL_FULL] = { "full", "The room is full. Try again later." },
  [HUB_REFUSAL_CODE] = { "code", "That is not the code. Ask the host for it." },
  [HUB_REFUSAL_REMOVED] = { "removed", "The host has removed you from this chat." },
  [HUB_REFUSAL_TOO_FAST] = { "too-fast", "Too fast: that did not count. Wait a moment." },
  [HUB_REFUSAL_TOO_LONG] = { "too-long", "Too long: that was not said." },
  [HUB_REFUSAL_REF_EXPIRED] = { "ref-expired", "That was sent before, too long ago to tell." },
  [HUB_REFUSAL_BAD_OBJECT] = { "bad-object", "That was not understood." },
};

void
hub_refusal_clear (HubRefusal *self)
{
  g_return_if_fail (self != NULL);

  self->code = HUB_REFUSAL_NONE;
  g_clear_pointer (&self->suggestion, g_free);
  self->retry_after = 0;
}

const char *
hub_refusal_code_to_string (HubRefusalCode code)
{
  g_return_val_if_fail ((guint) code < G_N_ELEMENTS (refusals), NULL);

  return refusals[code].word;
}

const char *
hub_refusal_code_to_reason (HubRefusalCode code)
{
  g_return_val_if_fail ((guint) code < G_N_ELEMENTS (refusals), NULL);

  return refusals[code].reason;
}
