/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "chat/hub-room.h"
#include "host/hub-code-request.h"
#include "host/hub-news.h"

G_BEGIN_DECLS

/*
 * HubModerator: does what the host decides about a room, and says as news how it is then, also where
 * that was so before: whoever asked is answered. The only one who locks a room and sets its code.
 * Owned by HubEngine; lives on the engine's thread.
 */
typedef struct _HubModerator HubModerator;

/* @ask_code: from the start; that code is no news. @news outlives this. */
HubModerator *hub_moderator_new (HubRoom *room, HubNews *news, gboolean ask_code);
void hub_moderator_free (HubModerator *self);

/* Nothing happens where there is no such guest (any more). HubCaretaker tells of it. */
void hub_moderator_remove (HubModerator *self, guint64 guest_id);

void hub_moderator_set_locked (HubModerator *self, gboolean is_locked);
void hub_moderator_ask_code (HubModerator *self, HubCodeRequest request);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HubModerator, hub_moderator_free)

G_END_DECLS
