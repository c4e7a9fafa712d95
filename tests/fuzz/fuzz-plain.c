/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "fuzz.h"

#include "chat/hub-code.h"
#include "chat/hub-room.h"
#include "support/hub-fake-clock.h"
#include "wire/hub-plain.h"

#include <string.h>

/*
 * Parsing the plain output of any history yields exactly the events that were sent: nobody can
 * forge a line, whatever name and text they take.
 *
 * The input is a history: a byte says what happens and to whom, another how many of the bytes that
 * follow are the name or the text.
 */
#define MAX_GUESTS 4
#define MAX_EVENTS 200

/* One event, spelled without ambiguity: its kind, a NUL, the name, a NUL, the text. */
typedef struct
{
  GPtrArray *sent;     /* of GBytes */
  GString *transcript; /* the frames, one after the other, as a tool prints them */
  GPtrArray *guests;   /* of borrowed HubGuest */
} History;

static GBytes *
build_event (char kind, const char *name, const char *text)
{
  g_autoptr (GString) event = g_string_new (NULL);

  g_string_append_c (event, kind);
  g_string_append_c (event, '\0');
  g_string_append_len (event, name, (gssize) strlen (name) + 1);
  g_string_append (event, text);

  return g_string_free_to_bytes (g_steal_pointer (&event));
}

/* Takes @frame. */
static void
record (History *self, char kind, const char *name, const char *text, GBytes *frame)
{
  g_ptr_array_add (self->sent, build_event (kind, name, text));
  g_string_append_len (self->transcript, g_bytes_get_data (frame, NULL),
                       (gssize) g_bytes_get_size (frame));
  g_string_append_c (self->transcript, '\n');
  g_bytes_unref (frame);
}

static void
on_room_guest_joined (HubRoom *room, HubGuest *guest, History *self)
{
  record (self, '+', hub_guest_get_name (guest), "", hub_plain_joined (guest));
}

static void
on_room_guest_left (HubRoom *room, HubGuest *guest, History *self)
{
  record (self, '-', hub_guest_get_name (guest), "", hub_plain_left (guest));
}

static void
on_room_message_said (HubRoom *room, HubMessage *message, History *self)
{
  record (self, ':', hub_message_get_from_name (message), hub_message_get_text (message),
          hub_plain_said (message));
}

/* What the contract tells a client to do with a frame. Returns: (transfer full) */
static GBytes *
parse_frame (const char *frame)
{
  g_autofree char *name = NULL;
  const char *colon;

  if (g_str_has_prefix (frame, "* "))
    {
      gboolean is_join = g_str_has_suffix (frame, " joined");

      g_assert_true (is_join || g_str_has_suffix (frame, " left"));
      name = g_strndup (frame + 2, strlen (frame) - 2 - strlen (is_join ? " joined" : " left"));
      return build_event (is_join ? '+' : '-', name, "");
    }

  colon = strstr (frame, ": ");
  g_assert_nonnull (colon);
  name = g_strndup (frame, (gsize) (colon - frame));
  return build_event (':', name, colon + 2);
}

/* Lines that begin with TAB go on with the one before. Returns: (element-type utf8) */
static GPtrArray *
split_transcript (const char *transcript)
{
  g_auto (GStrv) lines = g_strsplit (transcript, "\n", -1);
  g_autoptr (GPtrArray) frames = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; lines[i] != NULL && lines[i + 1] != NULL; i++)
    {
      if (lines[i][0] == '\t')
        {
          char **last;

          g_assert_cmpuint (frames->len, >, 0);
          last = (char **) &g_ptr_array_index (frames, frames->len - 1);
          g_autofree char *begun = *last;
          *last = g_strconcat (begun, "\n", lines[i] + 1, NULL);
        }
      else
        {
          g_ptr_array_add (frames, g_strdup (lines[i]));
        }
    }

  return g_steal_pointer (&frames);
}

static void
enter (History *self, HubRoom *room, const char *data, gsize size)
{
  g_auto (HubRefusal) refusal = HUB_REFUSAL_INIT;
  g_autofree char *name = hub_plain_read_name (data, size, &refusal);
  g_autofree char *code = hub_plain_read_code (data, size);
  HubHello hello = { .name = name, .key = "key", .device = "" };
  HubGuest *guest;

  if (code != NULL)
    {
      g_autofree char *again = hub_code_normalize (code);

      g_assert_cmpstr (again, ==, code);
    }
  if (name != NULL && hub_room_enter_plain (room, &hello, &guest, &refusal))
    g_ptr_array_add (self->guests, guest);
}

static void
say (HubRoom *room, HubGuest *guest, const char *data, gsize size)
{
  g_auto (HubRefusal) refusal = HUB_REFUSAL_INIT;
  g_autofree char *text = hub_plain_read_text (data, size, &refusal);
  guint64 id;

  if (text != NULL)
    g_assert_cmpint (hub_room_say (room, guest, -1, text, &id, &refusal), ==, HUB_SAY_SAID);
}

static void
play (History *self, HubRoom *room, const guint8 *data, gsize size)
{
  gsize at = 0;

  while (at + 2 <= size && self->sent->len < MAX_EVENTS)
    {
      guint8 what = data[at];
      gsize length = MIN ((gsize) data[at + 1], size - at - 2);
      const char *bytes = (const char *) data + at + 2;
      guint index = self->guests->len > 0 ? what / 4 % self->guests->len : 0;

      at += 2 + length;
      if (what % 4 == 0 || self->guests->len == 0)
        enter (self, room, bytes, length);
      else if (what % 4 == 1)
        hub_room_detach (room, g_ptr_array_steal_index (self->guests, index));
      else
        say (room, g_ptr_array_index (self->guests, index), bytes, length);
    }
}

static HubRoom *
build_room (HubClock *clock)
{
  HubRoomLimits limits;

  hub_room_limits_init (&limits, MAX_GUESTS);
  limits.message_rate = 0;
  return hub_room_new (clock, "00112233445566778899aabbccddeeff", "Chat", &limits);
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autoptr (HubFakeClock) clock = hub_fake_clock_new ();
  g_autoptr (HubRoom) room = build_room (HUB_CLOCK (clock));
  g_autoptr (GPtrArray) sent = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);
  g_autoptr (GString) transcript = g_string_new (NULL);
  g_autoptr (GPtrArray) guests = g_ptr_array_new ();
  g_autoptr (GPtrArray) frames = NULL;
  History history = { sent, transcript, guests };

  g_signal_connect (room, "guest-joined", G_CALLBACK (on_room_guest_joined), &history);
  g_signal_connect (room, "guest-left", G_CALLBACK (on_room_guest_left), &history);
  g_signal_connect (room, "message-said", G_CALLBACK (on_room_message_said), &history);
  play (&history, room, data, size);

  frames = split_transcript (transcript->str);
  g_assert_cmpuint (frames->len, ==, sent->len);
  for (guint i = 0; i < frames->len; i++)
    {
      g_autoptr (GBytes) event = parse_frame (g_ptr_array_index (frames, i));

      g_assert_true (g_bytes_equal (event, g_ptr_array_index (sent, i)));
    }

  return 0;
}
