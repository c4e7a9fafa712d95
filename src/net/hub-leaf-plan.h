/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "net/hub-certificate.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/*
 * HubLeafPlan: what the server certificate should name, given what it names now. Pure logic.
 *
 * Newest first: what is to be shown, then what the old certificate had, up to a bound, so that a
 * laptop that comes back to a network finds its address still covered. Never anything outside the
 * CA's constraints: one such name makes browsers that trust the CA reject the certificate.
 */
typedef struct
{
  GStrv names;          /* "<label>.local", newest first, then "localhost" */
  GPtrArray *addresses; /* GInetAddress, newest first */
  gboolean is_covered;  /* the old certificate names all that is to be shown */
} HubLeafPlan;

/* @old: the certificate so far. @addresses: to be shown, best first (element-type GInetAddress).
 * @label: of "<label>.local", NULL for none. */
HubLeafPlan *hub_leaf_plan_new (HubCertificate *old, GPtrArray *addresses, const char *label);
void hub_leaf_plan_free (HubLeafPlan *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (HubLeafPlan, hub_leaf_plan_free)

G_END_DECLS
