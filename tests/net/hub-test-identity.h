/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "net/hub-identity.h"
#include "support/hub-fake-clock.h"

#include <gnutls/x509.h>

G_BEGIN_DECLS

/* A private directory, a clock that is moved by hand, and what tests of identities do with them. */
typedef struct
{
  char *directory; /* removed with all that is in it */
  char *data;      /* "data" in it; not made */
  HubFakeClock *fake_clock;
  HubClock *clock; /* the same, borrowed */
} HubTestIdentity;

void hub_test_identity_set_up (HubTestIdentity *self, gconstpointer user_data);
void hub_test_identity_tear_down (HubTestIdentity *self, gconstpointer user_data);

/* g_test_add() with this fixture. */
#define hub_test_identity_add(path, func)                                                          \
  g_test_add (path, HubTestIdentity, NULL, hub_test_identity_set_up, func,                         \
              hub_test_identity_tear_down)

/* Opens the identity in self->data; no error is expected. */
HubIdentity *hub_test_identity_open (HubTestIdentity *self);

/* hub_identity_ensure() for @addresses, separated by spaces. Returns: whether it was changed */
gboolean hub_test_identity_ensure (HubIdentity *identity,
                                   const char *addresses,
                                   const char *label,
                                   gboolean is_quiet);

/* A whole identity in self->data; and the fingerprint of its certificate. */
void hub_test_identity_make (HubTestIdentity *self);
char *hub_test_identity_dup_fingerprint (HubTestIdentity *self);

/* Opening fails with @code, names @name and the way out, and leaves everything as it was. */
void
hub_test_identity_assert_refused (HubTestIdentity *self, const char *name, HubIdentityError code);

/* A file of self->data; and its contents. Returns: (transfer full) */
char *hub_test_identity_dup_path (HubTestIdentity *self, const char *name);
char *hub_test_identity_dup_file (HubTestIdentity *self, const char *name);
void hub_test_identity_put_file (HubTestIdentity *self,
                                 const char *name,
                                 const char *contents,
                                 int mode);
void hub_test_identity_remove_file (HubTestIdentity *self, const char *name);

/* Name, mode and content of all in self->data, to be compared. Returns: (transfer full) */
char *hub_test_identity_dup_listing (HubTestIdentity *self);

/* The names in the certificate: "pi.local localhost 192.168.0.1". Returns: (transfer full) */
char *hub_test_identity_dup_names (HubTestIdentity *self);

/* PEM pairs as an owner brings them. @names: NULL-terminated. Times in seconds from the clock's
 * start. Returns: (transfer full) in the out parameters */
void hub_test_identity_make_pair (gnutls_pk_algorithm_t algorithm,
                                  const char *const *names,
                                  gint64 start,
                                  gint64 end,
                                  char **certificate,
                                  char **key);

G_END_DECLS
