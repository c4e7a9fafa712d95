/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Rows touched in one frame at most: what a list view lays out within a frame with room to spare. */
#define HUB_PEOPLE_ROWS_PER_FRAME 50

/* Milliseconds of a frame. */
#define HUB_PEOPLE_FRAME_MS 16

/*
 * HubPeopleModel: who is here, as a GListModel of HubPersonItem that follows the snapshots in steps:
 * one splice a frame, of HUB_PEOPLE_ROWS_PER_FRAME rows at most, so that a crowd that comes at once
 * never stops the window. Items of guests who stay keep their identity. Owned by HubStatus; main thread.
 *
 * Steps are timed by the default context, HUB_PEOPLE_FRAME_MS apart at least and before what is drawn
 * next: no window is needed, and none that is hidden (and draws no frames) lags behind.
 */
#define HUB_TYPE_PEOPLE_MODEL (hub_people_model_get_type ())
G_DECLARE_FINAL_TYPE (HubPeopleModel, hub_people_model, HUB, PEOPLE_MODEL, GObject)

HubPeopleModel *hub_people_model_new (void);

/* @people (element-type HubPerson), each once, are here now; the rows follow, the first step within the
 * call unless the last one was less than a frame ago. Keeps a reference; must not be changed. */
void hub_people_model_follow (HubPeopleModel *self, GPtrArray *people);

/* Whether all rows are as the last snapshot said. */
gboolean hub_people_model_is_settled (HubPeopleModel *self);

G_END_DECLS
