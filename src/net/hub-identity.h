/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "base/hub-clock.h"
#include "net/hub-credentials.h"
#include "net/hub-identity-error.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/*
 * HubIdentity: this installation's CA and its server certificate, kept in the data directory; or
 * an owner's PEM pair. Rules: src/net/README.md, "Certificates". File work and key generation
 * block: hub_identity_open() is called before the chat starts (5-9 ms for both keys). Lives on one
 * thread at a time; the credentials may be used on any.
 */
#define HUB_TYPE_IDENTITY (hub_identity_get_type ())
G_DECLARE_FINAL_TYPE (HubIdentity, hub_identity, HUB, IDENTITY, GObject)

/* Opens, or makes, the identity in @directory (made 0700 where missing). Nothing that exists is
 * ever replaced on failure: each bad file is its own error with a way out in its message. */
HubIdentity *hub_identity_open (HubClock *clock, const char *directory, GError **error);

/* An owner's own pair of PEM files. */
HubIdentity *hub_identity_open_pair (HubClock *clock,
                                     const char *certificate_file,
                                     const char *key_file,
                                     GError **error);

/* Sees to a server certificate that covers @addresses (element-type GInetAddress; those outside
 * the CA's constraints are left out) and @label.local (NULL: none; one that is no host name is left
 * out). Re-issues when one of them is not covered, or, with @is_quiet (start, or nobody present), when a
 * third of its life or less is left; the newest 16 addresses stay in it; the key stays the same.
 * An owner's pair is never re-issued.
 * Returns: FALSE on error (the old credentials stay); @changed tells whether they are new. */
gboolean hub_identity_ensure (HubIdentity *self,
                              GPtrArray *addresses,
                              const char *label,
                              gboolean is_quiet,
                              gboolean *changed,
                              GError **error);

/* An owner's pair: reads both files again; on error the old credentials stay. */
gboolean hub_identity_reload (HubIdentity *self, gboolean *changed, GError **error);

/* After the first hub_identity_ensure() (own CA; before that, those of the last run or NULL) or at
 * once (pair). Returns: (transfer none) (nullable) */
HubCredentials *hub_identity_get_credentials (HubIdentity *self);

/* The CA certificate in PEM; NULL with an owner's pair. Returns: (transfer full) (nullable) */
char *hub_identity_dup_ca_pem (HubIdentity *self);

/* When the certificate ends, in milliseconds since the epoch; 0 before there is one. */
gint64 hub_identity_get_expiry (HubIdentity *self);

G_END_DECLS
