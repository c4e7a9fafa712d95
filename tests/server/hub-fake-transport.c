/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "server/hub-fake-transport.h"

struct _HubFakeTransport
{
  GObject parent_instance;

  HubFormat format;
  HubAllowance allowance;
  GString *sent;
  guint n_sends;
  guint close_code;
  gboolean is_cut;
};

static void hub_fake_transport_transport_init (HubTransportInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (HubFakeTransport,
                               hub_fake_transport,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (HUB_TYPE_TRANSPORT,
                                                      hub_fake_transport_transport_init))

static HubFormat
hub_fake_transport_get_format (HubTransport *transport)
{
  return HUB_FAKE_TRANSPORT (transport)->format;
}

static HubAllowance *
hub_fake_transport_get_allowance (HubTransport *transport)
{
  return &HUB_FAKE_TRANSPORT (transport)->allowance;
}

static void
hub_fake_transport_send (HubTransport *transport, const HubSegment *segments, guint n_segments)
{
  HubFakeTransport *self = HUB_FAKE_TRANSPORT (transport);

  self->n_sends++;
  for (guint i = 0; i < n_segments; i++)
    {
      gsize size;
      const char *data = g_bytes_get_data (segments[i].bytes, &size);

      g_assert_cmpuint (segments[i].length, >, 0);
      g_assert_cmpuint (segments[i].offset + segments[i].length, <=, size);
      g_string_append_len (self->sent, data + segments[i].offset, (gssize) segments[i].length);
    }
}

static void
hub_fake_transport_close (HubTransport *transport, gushort code, guint linger)
{
  HUB_FAKE_TRANSPORT (transport)->close_code = code;
}

static void
hub_fake_transport_cut (HubTransport *transport)
{
  HUB_FAKE_TRANSPORT (transport)->is_cut = TRUE;
}

static void
hub_fake_transport_transport_init (HubTransportInterface *iface)
{
  iface->get_format = hub_fake_transport_get_format;
  iface->get_allowance = hub_fake_transport_get_allowance;
  iface->send = hub_fake_transport_send;
  iface->close = hub_fake_transport_close;
  iface->cut = hub_fake_transport_cut;
}

static void
hub_fake_transport_finalize (GObject *object)
{
  g_string_free (HUB_FAKE_TRANSPORT (object)->sent, TRUE);

  G_OBJECT_CLASS (hub_fake_transport_parent_class)->finalize (object);
}

static void
hub_fake_transport_class_init (HubFakeTransportClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = hub_fake_transport_finalize;
}

static void
hub_fake_transport_init (HubFakeTransport *self)
{
  self->sent = g_string_new (NULL);
  hub_allowance_init (&self->allowance, 0);
}

HubFakeTransport *
hub_fake_transport_new (HubFormat format)
{
  HubFakeTransport *self = g_object_new (HUB_TYPE_FAKE_TRANSPORT, NULL);

  self->format = format;
  return self;
}

GBytes *
hub_fake_transport_take_bytes (HubFakeTransport *self)
{
  GBytes *sent = g_string_free_to_bytes (self->sent);

  self->sent = g_string_new (NULL);
  self->n_sends = 0;
  return sent;
}

char *
hub_fake_transport_take (HubFakeTransport *self, guint *n_sends)
{
  char *sent = g_string_free (self->sent, FALSE);

  self->sent = g_string_new (NULL);
  if (n_sends != NULL)
    *n_sends = self->n_sends;
  self->n_sends = 0;
  return sent;
}

guint
hub_fake_transport_get_close_code (HubFakeTransport *self)
{
  return self->close_code;
}

gboolean
hub_fake_transport_is_cut (HubFakeTransport *self)
{
  return self->is_cut;
}
