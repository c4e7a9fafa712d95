/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "hub-load-report.h"

G_BEGIN_DECLS

/* Plays one scenario with a new crowd and fills in the report. */
typedef void (*HubLoadScenarioFunc) (HubLoadCrowd *crowd,
                                     const HubLoadOptions *options,
                                     HubLoadReport *report);

/* hub-load-come.c: about coming, staying and leaving. */
void hub_load_come_join (HubLoadCrowd *crowd, const HubLoadOptions *options, HubLoadReport *report);
void
hub_load_come_reconnect (HubLoadCrowd *crowd, const HubLoadOptions *options, HubLoadReport *report);
void hub_load_come_idle (HubLoadCrowd *crowd, const HubLoadOptions *options, HubLoadReport *report);

/* hub-load-talk.c: about messages. */
void
hub_load_talk_paced (HubLoadCrowd *crowd, const HubLoadOptions *options, HubLoadReport *report);
void
hub_load_talk_saturated (HubLoadCrowd *crowd, const HubLoadOptions *options, HubLoadReport *report);

/* A few messages, to see that everybody is really in: they count among the lost ones only. */
void
hub_load_talk_check (HubLoadCrowd *crowd, const HubLoadOptions *options, HubLoadReport *report);

G_END_DECLS
