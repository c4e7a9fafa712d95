/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "hub-fake-service.h"

G_BEGIN_DECLS

/* HubFakePortal: as much of org.freedesktop.portal.Desktop as Hubbub uses. */
typedef enum
{
  HUB_FAKE_PORTAL_GRANTS,    /* what was asked for */
  HUB_FAKE_PORTAL_DENIES,    /* answers, granting nothing */
  HUB_FAKE_PORTAL_DISMISSES, /* the person closed the question */
  HUB_FAKE_PORTAL_IS_SILENT,
  HUB_FAKE_PORTAL_FAILS, /* a D-Bus error */
} HubFakePortalMood;

typedef struct
{
  HubFakePortalMood mood; /* set between calls */
} HubFakePortal;

/* On the bus at @address, NULL: the session's. @self outlives it. */
HubFakeService *hub_fake_portal_new (HubFakePortal *self, const char *address);

G_END_DECLS
