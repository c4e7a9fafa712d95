/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "chat/hub-room.h"
#include "host/hub-news.h"

G_BEGIN_DECLS

/*
 * HubCaretaker: keeps a room's time (calls hub_room_expire() when it is due) and passes on what
 * happens in it as news. Owned by HubEngine; lives on the engine's thread.
 */
typedef struct _HubCaretaker HubCaretaker;

/* On the thread-default context. @news outlives this. */
HubCaretaker *hub_caretaker_new (HubRoom *room, HubNews *news);
void hub_caretaker_free (HubCaretaker *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HubCaretaker, hub_caretaker_free)

G_END_DECLS
