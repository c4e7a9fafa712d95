/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "server/hub-fanout.h"

#include "base/hub-limits.h"

#define NOT_WAITING G_MAXUINT

/* When a channel's flush is due, beside any time in microseconds. */
#define AT_ONCE 0
#define NEVER G_MAXINT64

/* One format's batch and members. */
typedef struct
{
  GByteArray *batch;
  GPtrArray *members;
  GPtrArray *waiting; /* those of the members that have private frames */
  gint64 due;         /* monotonic us: when what has gathered has to go */
} Channel;

/* A private frame, or the range of the batch before one (bytes NULL until the batch is done). */
typedef struct
{
  GBytes *frame;
  gsize offset;
  gsize length;
} Piece;

struct _HubMember
{
  HubTransport *transport;
  Channel *channel;
  guint index;         /* in the channel's members */
  guint waiting_index; /* in the channel's waiting, or NOT_WAITING */
  gsize position;      /* of the batch: what is before it, it has or must not have */
  GArray *pieces;      /* of Piece, in order, or NULL */
};

struct _HubFanout
{
  Channel channels[HUB_N_FORMATS];
  GArray *segments; /* scratch, of HubSegment */
  GSource *alarm;   /* wakes the loop for what may wait no longer */
};

static void
clear_piece (gpointer data)
{
  Piece *piece = data;

  g_clear_pointer (&piece->frame, g_bytes_unref);
}

/* Takes @array's element @index out in O(1); who moves into its place is told where he is. */
static void
remove_at (GPtrArray *array, guint index, gsize index_offset)
{
  g_ptr_array_remove_index_fast (array, index);
  if (index < array->len)
    G_STRUCT_MEMBER (guint, g_ptr_array_index (array, index), index_offset) = index;
}

static void
forget_pieces (HubMember *member)
{
  if (member->waiting_index == NOT_WAITING)
    return;

  g_clear_pointer (&member->pieces, g_array_unref);
  remove_at (member->channel->waiting, member->waiting_index,
             G_STRUCT_OFFSET (HubMember, waiting_index));
  member->waiting_index = NOT_WAITING;
}

static void
add_piece (HubMember *member, GBytes *frame, gsize offset, gsize length)
{
  Piece piece = { frame != NULL ? g_bytes_ref (frame) : NULL, offset, length };

  g_array_append_val (member->pieces, piece);
}

static void
add_segment (HubFanout *self, GBytes *bytes, gsize offset, gsize length)
{
  HubSegment segment = { bytes, offset, length };

  g_array_append_val (self->segments, segment);
}

/* Sends @member what is his, with @batch as the bytes of the turn, and puts him at their end. */
static void
send_to_member (HubFanout *self, HubMember *member, GBytes *batch, gsize end)
{
  g_array_set_size (self->segments, 0);
  for (guint i = 0; member->pieces != NULL && i < member->pieces->len; i++)
    {
      Piece *piece = &g_array_index (member->pieces, Piece, i);

      add_segment (self, piece->frame != NULL ? piece->frame : batch, piece->offset, piece->length);
    }
  if (end > member->position)
    add_segment (self, batch, member->position, end - member->position);
  member->position = end;

  if (self->segments->len > 0)
    hub_transport_send (member->transport, (HubSegment *) (gpointer) self->segments->data,
                        self->segments->len);
}

static void
flush_channel (HubFanout *self, Channel *channel)
{
  gsize end = channel->batch->len;
  GPtrArray *members = end > 0 ? channel->members : channel->waiting;
  g_autoptr (GBytes) batch = NULL;

  channel->due = NEVER;
  if (members->len == 0)
    {
      g_byte_array_set_size (channel->batch, 0);
      return;
    }

  batch = g_byte_array_free_to_bytes (channel->batch);
  channel->batch = g_byte_array_new ();
  for (guint i = 0; i < members->len; i++)
    {
      HubMember *member = g_ptr_array_index (members, i);

      send_to_member (self, member, batch, end);
      member->position = 0;
    }
  while (channel->waiting->len > 0)
    forget_pieces (g_ptr_array_index (channel->waiting, channel->waiting->len - 1));
}

/* The loop has turned, and at the end of the turn it is flushed. */
static gboolean
on_alarm (GSource *source, GSourceFunc callback, gpointer user_data)
{
  g_source_set_ready_time (source, -1);

  return G_SOURCE_CONTINUE;
}

static GSourceFuncs alarm_funcs = { .dispatch = on_alarm };

HubFanout *
hub_fanout_new (void)
{
  HubFanout *self = g_new0 (HubFanout, 1);

  for (guint i = 0; i < HUB_N_FORMATS; i++)
    {
      self->channels[i].batch = g_byte_array_new ();
      self->channels[i].members = g_ptr_array_new ();
      self->channels[i].waiting = g_ptr_array_new ();
      self->channels[i].due = NEVER;
    }
  self->segments = g_array_new (FALSE, FALSE, sizeof (HubSegment));
  self->alarm = g_source_new (&alarm_funcs, sizeof (GSource));
  g_source_set_static_name (self->alarm, "HubFanout");
  g_source_attach (self->alarm, g_main_context_get_thread_default ());

  return self;
}

void
hub_fanout_free (HubFanout *self)
{
  g_return_if_fail (self != NULL);

  for (guint i = 0; i < HUB_N_FORMATS; i++)
    {
      g_warn_if_fail (self->channels[i].members->len == 0);
      g_byte_array_unref (self->channels[i].batch);
      g_ptr_array_unref (self->channels[i].members);
      g_ptr_array_unref (self->channels[i].waiting);
    }
  g_array_unref (self->segments);
  g_source_destroy (self->alarm);
  g_source_unref (self->alarm);
  g_free (self);
}

HubMember *
hub_fanout_add (HubFanout *self, HubTransport *transport)
{
  HubMember *member;
  Channel *channel;

  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (HUB_IS_TRANSPORT (transport), NULL);

  channel = &self->channels[hub_transport_get_format (transport)];
  member = g_new0 (HubMember, 1);
  member->transport = g_object_ref (transport);
  member->channel = channel;
  member->index = channel->members->len;
  member->waiting_index = NOT_WAITING;
  member->position = channel->batch->len;
  g_ptr_array_add (channel->members, member);

  return member;
}

void
hub_fanout_remove (HubFanout *self, HubMember *member)
{
  Channel *channel;
  g_autoptr (GBytes) batch = NULL;

  g_return_if_fail (self != NULL);
  g_return_if_fail (member != NULL);

  channel = member->channel;
  /* The batch goes on growing for the others, so that this one gets a copy of it. */
  if (member->pieces != NULL || member->position < channel->batch->len)
    {
      batch = g_bytes_new (channel->batch->data, channel->batch->len);
      send_to_member (self, member, batch, channel->batch->len);
    }

  forget_pieces (member);
  remove_at (channel->members, member->index, G_STRUCT_OFFSET (HubMember, index));
  g_object_unref (member->transport);
  g_free (member);
}

gboolean
hub_fanout_has_members (HubFanout *self, HubFormat format)
{
  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (format < HUB_N_FORMATS, FALSE);

  return self->channels[format].members->len > 0;
}

static void
gather (HubFanout *self, HubFormat format, GBytes *frame, gint64 due)
{
  Channel *channel = &self->channels[format];

  if (channel->members->len == 0)
    return;

  g_byte_array_append (channel->batch, g_bytes_get_data (frame, NULL),
                       (guint) g_bytes_get_size (frame));
  channel->due = MIN (channel->due, due);
  if (channel->batch->len >= HUB_BATCH_BYTES)
    hub_fanout_flush (self);
}

void
hub_fanout_publish (HubFanout *self, HubFormat format, GBytes *frame)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (format < HUB_N_FORMATS);
  g_return_if_fail (frame != NULL);

  gather (self, format, frame, AT_ONCE);
}

void
hub_fanout_publish_soon (HubFanout *self, HubFormat format, GBytes *frame)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (format < HUB_N_FORMATS);
  g_return_if_fail (frame != NULL);

  gather (self, format, frame, g_get_monotonic_time () + HUB_SOON_MS * 1000);
}

void
hub_fanout_tell (HubFanout *self, HubMember *member, GBytes *frame)
{
  Channel *channel;

  g_return_if_fail (self != NULL);
  g_return_if_fail (member != NULL);
  g_return_if_fail (frame != NULL);

  channel = member->channel;
  if (member->pieces == NULL)
    {
      member->pieces = g_array_new (FALSE, FALSE, sizeof (Piece));
      g_array_set_clear_func (member->pieces, clear_piece);
      member->waiting_index = channel->waiting->len;
      g_ptr_array_add (channel->waiting, member);
    }

  if (channel->batch->len > member->position)
    add_piece (member, NULL, member->position, channel->batch->len - member->position);
  member->position = channel->batch->len;
  add_piece (member, frame, 0, g_bytes_get_size (frame));
  channel->due = AT_ONCE;
}

void
hub_fanout_flush (HubFanout *self)
{
  g_return_if_fail (self != NULL);

  for (guint i = 0; i < HUB_N_FORMATS; i++)
    flush_channel (self, &self->channels[i]);
}

void
hub_fanout_end_turn (HubFanout *self)
{
  gint64 next = NEVER;

  g_return_if_fail (self != NULL);

  for (guint i = 0; i < HUB_N_FORMATS; i++)
    {
      Channel *channel = &self->channels[i];

      if (channel->due == AT_ONCE
          || (channel->due != NEVER && channel->due <= g_get_monotonic_time ()))
        flush_channel (self, channel);
      next = MIN (next, channel->due);
    }

  g_source_set_ready_time (self->alarm, next != NEVER ? next : -1);
}
