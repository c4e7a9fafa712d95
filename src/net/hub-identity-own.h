/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "net/hub-certificate.h"
#include "net/hub-identity-store.h"
#include "net/hub-leaf-plan.h"

G_BEGIN_DECLS

/*
 * What HubIdentity does with the files of its store: find them in order, each wrong one an error
 * of its own, and make those that are missing where nothing is lost by it. The store's lock is
 * held around all of these. Times are milliseconds since the epoch.
 */

/* The CA; made where there is none. A key without its certificate is what a crash leaves: the
 * certificate is made again. A certificate without its key is MISSING. */
HubCertificate *
hub_identity_own_load_authority (HubIdentityStore *store, gint64 now, GError **error);

/* @leaf: (out) (transfer full) (nullable): the server certificate; NULL where there is none, which
 * is no error. MISMATCH when @authority did not sign it. */
gboolean hub_identity_own_load_leaf (HubIdentityStore *store,
                                     HubCertificate *authority,
                                     HubCertificate **leaf,
                                     GError **error);

/* Issues the server certificate that @plan wants, with the key there is, and writes it. EXPIRED
 * when @authority has ended. */
HubCertificate *hub_identity_own_issue_leaf (HubIdentityStore *store,
                                             HubCertificate *authority,
                                             HubLeafPlan *plan,
                                             gint64 now,
                                             GError **error);

G_END_DECLS
