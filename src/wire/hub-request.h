/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "chat/hub-room.h"

G_BEGIN_DECLS

typedef enum
{
  HUB_REQUEST_UNKNOWN, /* a type of a later version: ignored */
  HUB_REQUEST_HELLO,
  HUB_REQUEST_SAY,
  HUB_REQUEST_WHO,
  HUB_REQUEST_PING,
  HUB_REQUEST_BYE,
} HubRequestType;

/* HubRequest: what a client sent, validated. A plain value on the stack of whoever reads a frame;
 * it borrows from itself, so it is never copied. Cleared with hub_request_clear(). */
typedef struct
{
  HubRequestType type;

  /* HELLO: ready for hub_room_enter() but for `key` and `device`, which the session sets. Its
   * pointers borrow from the fields below. */
  HubHello hello;
  char *name;
  char *code;
  char *room_id;
  HubSecret join;
  HubSecret token;

  /* SAY */
  gint64 ref;
  char *text;

  /* WHO: from 0 */
  guint page;
} HubRequest;

#define HUB_REQUEST_INIT                                                                           \
  {                                                                                                \
    0                                                                                              \
  }

/* Frees what it holds and makes it HUB_REQUEST_INIT. */
void hub_request_clear (HubRequest *self);

/* The type as the contract spells it ("say"); "object" for HUB_REQUEST_UNKNOWN. */
const char *hub_request_type_to_string (HubRequestType type);

/* HUB_REQUEST_UNKNOWN for any word that is not a type of this version ("object" is none). */
HubRequestType hub_request_type_from_string (const char *name);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (HubRequest, hub_request_clear)

G_END_DECLS
