/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "hub-load-message.h"

#include <string.h>

#define MARK "0badcafe"

typedef struct
{
  const char *name;
  const char *frame;
  gboolean is_json;
  HubLoadKind kind;
  guint32 number;
  guint64 id;
} Case;

static const Case cases[] = {
  { "said", "Load 1 00042: 0badcafe000000ffxxxx", FALSE, HUB_LOAD_SAID, 255, 0 },
  { "said-shortest", "A: 0badcafefffffffe", FALSE, HUB_LOAD_SAID, 0xfffffffe, 0 },
  { "strange-mark", "Ana: 0badcaff000000ff", FALSE, HUB_LOAD_OTHER, 0, 0 },
  { "strange-digits", "Ana: 0badcafe00000g00", FALSE, HUB_LOAD_OTHER, 0, 0 },
  { "too-short", "Ana: 0badcafe000000f", FALSE, HUB_LOAD_OTHER, 0, 0 },
  { "colon-only", "Ana:", FALSE, HUB_LOAD_OTHER, 0, 0 },
  { "no-colon", "hello", FALSE, HUB_LOAD_OTHER, 0, 0 },
  { "empty", "", FALSE, HUB_LOAD_OTHER, 0, 0 },
  { "joined", "* Ana joined", FALSE, HUB_LOAD_ARRIVED, 0, 0 },
  { "left", "* Ana left", FALSE, HUB_LOAD_OTHER, 0, 0 },
  { "refused", "! Too fast.", FALSE, HUB_LOAD_REFUSED, 0, 0 },
  { "json-said",
    "{\"type\":\"said\",\"id\":7,\"from\":{\"id\":3,\"name\":\"A\"},\"text\":\"0badcafe00000010\","
    "\"at\":1}",
    TRUE, HUB_LOAD_SAID, 16, 7 },
  { "json-others-said",
    "{\"type\":\"said\",\"id\":8,\"from\":{\"id\":3,\"name\":\"A\"},\"text\":\"hi\",\"at\":1}",
    TRUE, HUB_LOAD_OTHER, 0, 8 },
  { "json-welcome",
    "{\"type\":\"welcome\",\"token\":\"0123456789abcdef0123456789abcdef\",\"last_id\":41}", TRUE,
    HUB_LOAD_WELCOME, 0, 41 },
  { "json-refused", "{\"type\":\"refused\",\"what\":\"say\"}", TRUE, HUB_LOAD_REFUSED, 0, 0 },
  { "json-presence", "{\"type\":\"presence\",\"count\":2}", TRUE, HUB_LOAD_OTHER, 0, 0 },
};

/* Exactly as long as the frame is: a sanitizer sees who reads on. */
static void
test_read (gconstpointer data)
{
  const Case *c = data;
  gsize length = strlen (c->frame);
  g_autofree char *frame = g_memdup2 (c->frame, MAX (length, 1));
  HubLoadNews news = hub_load_message_read (frame, length, MARK, c->is_json);

  g_assert_cmpint (news.kind, ==, c->kind);
  g_assert_cmpuint (news.number, ==, c->number);
  g_assert_cmpuint (news.id, ==, c->id);
}

static void
test_write (void)
{
  char frame[HUB_LOAD_MAX_FRAME];
  gsize length = hub_load_message_write (frame, MARK, 0x1234, 20, 0);

  g_assert_cmpmem (frame, length, MARK "00001234xxxx", 20);
  length = hub_load_message_write (frame, MARK, 1, 16, 9);
  g_assert_cmpmem (frame, length, "{\"type\":\"say\",\"ref\":9,\"text\":\"" MARK "00000001\"}", 48);
  length = hub_load_message_write (frame, MARK, 1, HUB_LOAD_MAX_SIZE, G_MAXUINT64);
  g_assert_cmpuint (length, <=, sizeof frame);
}

static void
test_token (void)
{
  static const char welcome[]
      = "{\"type\":\"welcome\",\"token\":\"0123456789abcdef0123456789abcdef\"}";
  static const char cut[] = "{\"type\":\"welcome\",\"token\":\"0123456789abcdef";
  g_autofree char *token = hub_load_message_read_token (welcome, strlen (welcome));

  g_assert_cmpstr (token, ==, "0123456789abcdef0123456789abcdef");
  g_assert_null (hub_load_message_read_token (cut, strlen (cut)));
  g_assert_null (hub_load_message_read_token ("{}", 2));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strdup_printf ("/load-message/read/%s", cases[i].name);

      g_test_add_data_func (path, &cases[i], test_read);
    }
  g_test_add_func ("/load-message/write", test_write);
  g_test_add_func ("/load-message/token", test_token);
  return g_test_run ();
}
