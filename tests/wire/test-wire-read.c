/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "wire/hub-wire.h"

#include "base/hub-limits.h"

#include <string.h>

#define JOIN "\"join\":\"00112233445566778899aabbccddeeff\""
#define HEX_A "aabbccddeeff00112233445566778899"

static gboolean
read_string (const char *json, HubRequest *request, HubRefusal *refusal)
{
  /* Exactly sized memory, so that the sanitizer sees a read past the end. */
  g_autofree char *copy = g_memdup2 (json, MAX (strlen (json), 1));

  return hub_wire_read_request (copy, strlen (json), request, refusal);
}

static void
test_wire_read_hello (void)
{
  static const guint8 join[] = { 0x00, 0x11, 0x22, 0x33, 0x44, 0x55, 0x66, 0x77,
                                 0x88, 0x99, 0xaa, 0xbb, 0xcc, 0xdd, 0xee, 0xff };
  static const guint8 token[] = { 0xaa, 0xbb, 0xcc, 0xdd, 0xee, 0xff, 0x00, 0x11,
                                  0x22, 0x33, 0x44, 0x55, 0x66, 0x77, 0x88, 0x99 };
  g_auto (HubRequest) request = HUB_REQUEST_INIT;
  g_auto (HubRefusal) refusal = HUB_REFUSAL_INIT;

  g_assert_true (read_string (
      "{\"type\":\"hello\",\"name\":\" Ana\\u0301 \",\"code\":\"1234\"," JOIN ",\"token\":\"" HEX_A
      "\",\"room_id\":\"" HEX_A "\",\"last_seen\":42,\"attachments\":[{}]}",
      &request, &refusal));
  g_assert_cmpint (request.type, ==, HUB_REQUEST_HELLO);
  g_assert_cmpstr (request.hello.name, ==, "An\u00e1");
  g_assert_cmpstr (request.hello.code, ==, "1234");
  g_assert_cmpstr (request.hello.room_id, ==, HEX_A);
  g_assert_cmpmem (request.hello.join->bytes, HUB_SECRET_BYTES, join, sizeof join);
  g_assert_cmpmem (request.hello.token->bytes, HUB_SECRET_BYTES, token, sizeof token);
  g_assert_true (request.hello.has_last_seen);
  g_assert_cmpuint (request.hello.last_seen, ==, 42);
  g_assert_null (request.hello.key);
  g_assert_cmpint (refusal.code, ==, HUB_REFUSAL_NONE);
}

static void
test_wire_read_hello_short (void)
{
  g_auto (HubRequest) request = HUB_REQUEST_INIT;
  g_auto (HubRefusal) refusal = HUB_REFUSAL_INIT;

  g_assert_true (
      read_string ("{\"type\":\"hello\",\"name\":\"Ana\"," JOIN "}", &request, &refusal));
  g_assert_nonnull (request.hello.join);
  g_assert_null (request.hello.token);
  g_assert_null (request.hello.room_id);
  g_assert_null (request.hello.code);
  g_assert_false (request.hello.has_last_seen);
}

static void
test_wire_read_good (void)
{
  static const struct
  {
    const char *json;
    HubRequestType type;
    gint64 ref;
    const char *text;
    guint page;
  } cases[] = {
    { "{\"type\":\"say\",\"ref\":1,\"text\":\"hi\"}", HUB_REQUEST_SAY, 1, "hi", 0 },
    { "{\"text\":\"hi\",\"ref\":9007199254740992,\"type\":\"say\"}", HUB_REQUEST_SAY,
      G_GINT64_CONSTANT (9007199254740992), "hi", 0 },
    { "{\"type\":\"say\",\"ref\":2,\"text\":\"a\\r\\nb\\u0000c\\u2028d\"}", HUB_REQUEST_SAY, 2,
      "a\nbc\nd", 0 },
    { "{\"type\":\"say\",\"ref\":2,\"text\":\"\\ud83d\\ude00\\\"\\\\\"}", HUB_REQUEST_SAY, 2,
      "\U0001f600\"\\", 0 },
    { "{\"type\":\"who\",\"page\":0}", HUB_REQUEST_WHO, -1, NULL, 0 },
    { "{\"type\":\"who\",\"page\":2147483647}", HUB_REQUEST_WHO, -1, NULL, 2147483647 },
    { " {\"type\":\"ping\"}\n", HUB_REQUEST_PING, -1, NULL, 0 },
    { "{\"type\":\"bye\"}", HUB_REQUEST_BYE, -1, NULL, 0 },
    { "{\"type\":\"bye\",\"ref\":\"x\",\"text\":1}", HUB_REQUEST_BYE, -1, NULL, 0 },
    { "{\"type\":\"dance\",\"x\":[[[1.5,null]]]}", HUB_REQUEST_UNKNOWN, -1, NULL, 0 },
    { "{\"type\":\"\"}", HUB_REQUEST_UNKNOWN, -1, NULL, 0 },
    { "{\"type\":\"SAY\"}", HUB_REQUEST_UNKNOWN, -1, NULL, 0 },
    { "{\"type\":\"object\"}", HUB_REQUEST_UNKNOWN, -1, NULL, 0 },
    { "{\"\\u0074ype\":\"p\\u0069ng\"}", HUB_REQUEST_PING, -1, NULL, 0 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_auto (HubRequest) request = HUB_REQUEST_INIT;
      g_auto (HubRefusal) refusal = HUB_REFUSAL_INIT;

      g_test_message ("%s", cases[i].json);
      g_assert_true (read_string (cases[i].json, &request, &refusal));
      g_assert_cmpint (request.type, ==, cases[i].type);
      g_assert_cmpint (request.ref, ==, cases[i].ref);
      g_assert_cmpstr (request.text, ==, cases[i].text);
      g_assert_cmpuint (request.page, ==, cases[i].page);
      g_assert_cmpint (refusal.code, ==, HUB_REFUSAL_NONE);
    }
}

#define BAD HUB_REFUSAL_BAD_OBJECT
#define HELLO "{\"type\":\"hello\","
#define ANA "\"name\":\"Ana\","
#define SAY "{\"type\":\"say\","

static void
test_wire_read_bad (void)
{
  static const struct
  {
    const char *json;
    HubRefusalCode code;
    HubRequestType type;
    gint64 ref;
  } cases[] = {
    { "", BAD, HUB_REQUEST_UNKNOWN, -1 },
    { "hello", BAD, HUB_REQUEST_UNKNOWN, -1 },
    { "[]", BAD, HUB_REQUEST_UNKNOWN, -1 },
    { "{}", BAD, HUB_REQUEST_UNKNOWN, -1 },
    { "{\"type\":1}", BAD, HUB_REQUEST_UNKNOWN, -1 },
    { "{\"type\":null}", BAD, HUB_REQUEST_UNKNOWN, -1 },
    { "{\"type\":[\"say\"]}", BAD, HUB_REQUEST_UNKNOWN, -1 },
    { "{\"type\":\"ping\"", BAD, HUB_REQUEST_UNKNOWN, -1 },
    { "{\"type\":\"ping\",\"type\":\"ping\"}", BAD, HUB_REQUEST_UNKNOWN, -1 },
    { "{\"type\":\"ping\",\"\\u0074ype\":\"say\"}", BAD, HUB_REQUEST_UNKNOWN, -1 },
    { "{\"type\":\"ping\",\"x\":\"\xff\"}", BAD, HUB_REQUEST_UNKNOWN, -1 },
    { "{\"type\":\"ping\",\"x\":[[[[[[[[1]]]]]]]]}", BAD, HUB_REQUEST_UNKNOWN, -1 },

    { HELLO "\"name\":\"Ana\"}", BAD, HUB_REQUEST_HELLO, -1 },
    { HELLO JOIN "}", BAD, HUB_REQUEST_HELLO, -1 },
    { HELLO "\"name\":1," JOIN "}", BAD, HUB_REQUEST_HELLO, -1 },
    { HELLO "\"name\":null," JOIN "}", BAD, HUB_REQUEST_HELLO, -1 },
    { HELLO "\"name\":\"\"," JOIN "}", HUB_REFUSAL_NAME_BAD, HUB_REQUEST_HELLO, -1 },
    { HELLO "\"name\":\"* Ana\"," JOIN "}", HUB_REFUSAL_NAME_BAD, HUB_REQUEST_HELLO, -1 },
    { HELLO "\"name\":\"An\\u0000a\"," JOIN "}", HUB_REFUSAL_NAME_BAD, HUB_REQUEST_HELLO, -1 },
    { HELLO ANA "\"join\":\"\"}", BAD, HUB_REQUEST_HELLO, -1 },
    { HELLO ANA "\"join\":1}", BAD, HUB_REQUEST_HELLO, -1 },
    { HELLO ANA "\"join\":\"" HEX_A "0\"}", BAD, HUB_REQUEST_HELLO, -1 },
    { HELLO ANA "\"join\":\"AABBCCDDEEFF00112233445566778899\"}", BAD, HUB_REQUEST_HELLO, -1 },
    { HELLO ANA "\"join\":\"gabbccddeeff00112233445566778899\"}", BAD, HUB_REQUEST_HELLO, -1 },
    { HELLO ANA JOIN ",\"token\":\"x\"}", BAD, HUB_REQUEST_HELLO, -1 },
    { HELLO ANA JOIN ",\"token\":null}", BAD, HUB_REQUEST_HELLO, -1 },
    { HELLO ANA JOIN ",\"room_id\":\"x\"}", BAD, HUB_REQUEST_HELLO, -1 },
    { HELLO ANA JOIN ",\"room_id\":5}", BAD, HUB_REQUEST_HELLO, -1 },
    { HELLO ANA JOIN ",\"last_seen\":-1}", BAD, HUB_REQUEST_HELLO, -1 },
    { HELLO ANA JOIN ",\"last_seen\":1.0}", BAD, HUB_REQUEST_HELLO, -1 },
    { HELLO ANA JOIN ",\"last_seen\":\"1\"}", BAD, HUB_REQUEST_HELLO, -1 },
    { HELLO ANA JOIN ",\"last_seen\":null}", BAD, HUB_REQUEST_HELLO, -1 },
    { HELLO ANA JOIN ",\"last_seen\":9007199254740993}", BAD, HUB_REQUEST_HELLO, -1 },
    { HELLO ANA JOIN ",\"code\":1234}", BAD, HUB_REQUEST_HELLO, -1 },
    { HELLO ANA JOIN ",\"code\":"
                     "\"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\"}",
      BAD, HUB_REQUEST_HELLO, -1 },

    { SAY "\"text\":\"x\"}", BAD, HUB_REQUEST_SAY, -1 },
    { SAY "\"ref\":0,\"text\":\"x\"}", BAD, HUB_REQUEST_SAY, -1 },
    { SAY "\"ref\":-5,\"text\":\"x\"}", BAD, HUB_REQUEST_SAY, -1 },
    { SAY "\"ref\":\"1\",\"text\":\"x\"}", BAD, HUB_REQUEST_SAY, -1 },
    { SAY "\"ref\":1.0,\"text\":\"x\"}", BAD, HUB_REQUEST_SAY, -1 },
    { SAY "\"ref\":1e2,\"text\":\"x\"}", BAD, HUB_REQUEST_SAY, -1 },
    { SAY "\"ref\":true,\"text\":\"x\"}", BAD, HUB_REQUEST_SAY, -1 },
    { SAY "\"ref\":[1],\"text\":\"x\"}", BAD, HUB_REQUEST_SAY, -1 },
    { SAY "\"ref\":9007199254740993,\"text\":\"x\"}", BAD, HUB_REQUEST_SAY, -1 },
    { SAY "\"ref\":18446744073709551617,\"text\":\"x\"}", BAD, HUB_REQUEST_UNKNOWN, -1 },
    { SAY "\"ref\":1,\"ref\":2,\"text\":\"x\"}", BAD, HUB_REQUEST_UNKNOWN, -1 },
    { SAY "\"ref\":7}", BAD, HUB_REQUEST_SAY, 7 },
    { SAY "\"ref\":7,\"text\":null}", BAD, HUB_REQUEST_SAY, 7 },
    { SAY "\"ref\":7,\"text\":{}}", BAD, HUB_REQUEST_SAY, 7 },
    { SAY "\"ref\":7,\"text\":\"\"}", BAD, HUB_REQUEST_SAY, 7 },
    { SAY "\"ref\":7,\"text\":\" \\n\"}", BAD, HUB_REQUEST_SAY, 7 },

    { "{\"type\":\"who\"}", BAD, HUB_REQUEST_WHO, -1 },
    { "{\"type\":\"who\",\"page\":-1}", BAD, HUB_REQUEST_WHO, -1 },
    { "{\"type\":\"who\",\"page\":2147483648}", BAD, HUB_REQUEST_WHO, -1 },
    { "{\"type\":\"who\",\"page\":0.0}", BAD, HUB_REQUEST_WHO, -1 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *shown = g_strescape (cases[i].json, NULL);
      g_auto (HubRequest) request = HUB_REQUEST_INIT;
      g_auto (HubRefusal) refusal = HUB_REFUSAL_INIT;

      g_test_message ("%s", shown);
      g_assert_false (read_string (cases[i].json, &request, &refusal));
      g_assert_cmpint (refusal.code, ==, cases[i].code);
      g_assert_cmpint (request.type, ==, cases[i].type);
      g_assert_cmpint (request.ref, ==, cases[i].ref);
    }
}

/* A `say` whose text is @count times @unit. */
static char *
build_say (const char *unit, guint count)
{
  g_autoptr (GString) json = g_string_new (SAY "\"ref\":3,\"text\":\"");

  for (guint i = 0; i < count; i++)
    g_string_append (json, unit);
  g_string_append (json, "\"}");

  return g_string_free (g_steal_pointer (&json), FALSE);
}

/* The longest text fits into a frame however it is escaped; one character more is too long. */
static void
test_wire_read_longest (void)
{
  static const char *const units[] = { "x", "\u20ac", "\U0001f600", "\\ud83d\\ude00", "\\u0041" };

  for (guint i = 0; i < G_N_ELEMENTS (units); i++)
    {
      g_autofree char *longest = build_say (units[i], HUB_TEXT_MAX_CHARS);
      g_autofree char *too_long = build_say (units[i], HUB_TEXT_MAX_CHARS + 1);
      g_auto (HubRequest) request = HUB_REQUEST_INIT;
      g_auto (HubRefusal) refusal = HUB_REFUSAL_INIT;

      g_assert_cmpuint (strlen (longest), <=, HUB_FRAME_MAX_BYTES);
      g_assert_true (read_string (longest, &request, &refusal));
      g_assert_cmpint (g_utf8_strlen (request.text, -1), ==, HUB_TEXT_MAX_CHARS);
      hub_request_clear (&request);

      g_assert_false (read_string (too_long, &request, &refusal));
      g_assert_cmpint (refusal.code, ==, HUB_REFUSAL_TOO_LONG);
      g_assert_cmpint (request.type, ==, HUB_REQUEST_SAY);
      g_assert_cmpint (request.ref, ==, 3);
    }
}

static void
test_wire_read_frame_cap (void)
{
  g_autofree char *json = build_say ("x", HUB_FRAME_MAX_BYTES);
  g_auto (HubRequest) request = HUB_REQUEST_INIT;
  g_auto (HubRefusal) refusal = HUB_REFUSAL_INIT;

  g_assert_false (read_string (json, &request, &refusal));
  g_assert_cmpint (refusal.code, ==, HUB_REFUSAL_TOO_LONG);
  g_assert_cmpint (request.type, ==, HUB_REQUEST_UNKNOWN);
}

/* What made json-glib run out of stack. */
static void
test_wire_read_deep (void)
{
  g_autofree char *brackets = g_strnfill (HUB_FRAME_MAX_BYTES, '[');
  g_autofree char *member = g_strconcat ("{\"type\":", brackets + 8, NULL);
  g_auto (HubRequest) request = HUB_REQUEST_INIT;
  g_auto (HubRefusal) refusal = HUB_REFUSAL_INIT;

  g_assert_false (read_string (brackets, &request, &refusal));
  g_assert_cmpint (refusal.code, ==, HUB_REFUSAL_BAD_OBJECT);
  g_assert_false (read_string (member, &request, &refusal));
  g_assert_cmpint (refusal.code, ==, HUB_REFUSAL_BAD_OBJECT);
}

/* What made json-glib build twenty thousand tables for one frame. */
static void
test_wire_read_many (void)
{
  g_autoptr (GString) json = g_string_new ("{\"type\":\"ping\",\"x\":[{}");
  g_auto (HubRequest) request = HUB_REQUEST_INIT;
  g_auto (HubRefusal) refusal = HUB_REFUSAL_INIT;

  for (guint i = 0; i < HUB_JSON_MAX_VALUES; i++)
    g_string_append (json, ",{}");
  g_string_append (json, "]}");
  g_assert_cmpuint (json->len, <, HUB_FRAME_MAX_BYTES);
  g_assert_false (read_string (json->str, &request, &refusal));
  g_assert_cmpint (refusal.code, ==, HUB_REFUSAL_BAD_OBJECT);
}

#define TOKEN "0f1e2d3c4b5a69788796a5b4c3d2e1f0"

static void
test_wire_read_bearer (void)
{
  static const struct
  {
    const char *value;
    gboolean is_good;
  } cases[] = {
    { "Bearer " TOKEN, TRUE },
    { "bearer " TOKEN, TRUE },
    { "BEARER " TOKEN, TRUE },
    { NULL, FALSE },
    { "", FALSE },
    { "Bearer", FALSE },
    { "Bearer ", FALSE },
    { TOKEN, FALSE },
    { "Bearer" TOKEN, FALSE },
    { "Bearer\t" TOKEN, FALSE },
    { "Bearer  " TOKEN, FALSE },
    { "Bearer " TOKEN " ", FALSE },
    { "Bearer " TOKEN "0", FALSE },
    { "Bearer " TOKEN ", Bearer " TOKEN, FALSE },
    { "Bearer \"" TOKEN "\"", FALSE },
    { "Bearer 0F1E2D3C4B5A69788796A5B4C3D2E1F0", FALSE },
    { "Bearer 0f1e2d3c4b5a69788796a5b4c3d2e1fg", FALSE },
    { "Bearer 0f1e2d3c4b5a69788796a5b4c3d2e1", FALSE },
    { "Basic " TOKEN, FALSE },
  };
  static const guint8 bytes[HUB_SECRET_BYTES] = { 0x0f, 0x1e, 0x2d, 0x3c, 0x4b, 0x5a, 0x69, 0x78,
                                                  0x87, 0x96, 0xa5, 0xb4, 0xc3, 0xd2, 0xe1, 0xf0 };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      HubSecret token = { { 0 } };

      g_test_message ("%s", cases[i].value);
      g_assert_cmpint (hub_wire_read_bearer (cases[i].value, &token), ==, cases[i].is_good);
      if (cases[i].is_good)
        g_assert_cmpmem (token.bytes, sizeof token.bytes, bytes, sizeof bytes);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/wire-read/hello", test_wire_read_hello);
  g_test_add_func ("/wire-read/hello-short", test_wire_read_hello_short);
  g_test_add_func ("/wire-read/good", test_wire_read_good);
  g_test_add_func ("/wire-read/bad", test_wire_read_bad);
  g_test_add_func ("/wire-read/longest", test_wire_read_longest);
  g_test_add_func ("/wire-read/frame-cap", test_wire_read_frame_cap);
  g_test_add_func ("/wire-read/deep", test_wire_read_deep);
  g_test_add_func ("/wire-read/many", test_wire_read_many);
  g_test_add_func ("/wire-read/bearer", test_wire_read_bearer);

  return g_test_run ();
}
