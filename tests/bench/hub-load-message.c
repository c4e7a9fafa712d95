/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "hub-load-message.h"

#include <stdio.h>
#include <string.h>

#define MARK_LENGTH 8
#define NUMBER_LENGTH 8
#define TOKEN_LENGTH 32

void
hub_load_message_make_mark (char mark[9])
{
  g_snprintf (mark, MARK_LENGTH + 1, "%08x", g_random_int ());
}

gsize
hub_load_message_write (char *frame, const char *mark, guint32 number, int size, guint64 ref)
{
  gsize length = 0;

  g_return_val_if_fail (size >= HUB_LOAD_MIN_SIZE && size <= HUB_LOAD_MAX_SIZE, 0);

  if (ref > 0)
    length = (gsize) sprintf (frame, "{\"type\":\"say\",\"ref\":%" G_GUINT64_FORMAT ",\"text\":\"",
                              ref);
  memcpy (frame + length, mark, MARK_LENGTH);
  for (guint i = 0; i < NUMBER_LENGTH; i++)
    frame[length + MARK_LENGTH + i] = "0123456789abcdef"[(number >> (28 - 4 * i)) & 0xf];
  memset (frame + length + HUB_LOAD_MIN_SIZE, 'x', (gsize) size - HUB_LOAD_MIN_SIZE);
  length += (gsize) size;
  if (ref > 0)
    {
      memcpy (frame + length, "\"}", 2);
      length += 2;
    }
  return length;
}

/* The text begins at @text. */
static void
read_text (HubLoadNews *news, const char *text, const char *end, const char *mark)
{
  guint32 number = 0;

  if (end - text < MARK_LENGTH + NUMBER_LENGTH || memcmp (text, mark, MARK_LENGTH) != 0)
    return;
  for (guint i = 0; i < NUMBER_LENGTH; i++)
    {
      int digit = g_ascii_xdigit_value (text[MARK_LENGTH + i]);

      if (digit < 0)
        return;
      number = number << 4 | (guint32) digit;
    }
  news->kind = HUB_LOAD_SAID;
  news->number = number;
}

static HubLoadNews
read_plain (const char *frame, gsize length, const char *mark)
{
  HubLoadNews news = { 0 };
  const char *colon;

  if (length > 0 && frame[0] == '!')
    {
      news.kind = HUB_LOAD_REFUSED;
    }
  else if (length > 7 && frame[0] == '*')
    {
      if (memcmp (frame + length - 7, " joined", 7) == 0)
        news.kind = HUB_LOAD_ARRIVED;
    }
  else
    {
      colon = memchr (frame, ':', length);
      if (colon != NULL && colon + 2 < frame + length)
        read_text (&news, colon + 2, frame + length, mark);
    }
  return news;
}

/* Where @member's value begins; NULL: it is not there. */
static const char *
find_member (const char *frame, gsize length, const char *member)
{
  const char *found = memmem (frame, length, member, strlen (member));

  return found != NULL ? found + strlen (member) : NULL;
}

static guint64
read_integer (const char *digits, const char *end)
{
  guint64 value = 0;

  for (; digits != NULL && digits < end && g_ascii_isdigit (*digits); digits++)
    value = value * 10 + (guint64) (*digits - '0');
  return value;
}

static gboolean
is_type (const char *frame, gsize length, const char *head)
{
  return length >= strlen (head) && memcmp (frame, head, strlen (head)) == 0;
}

static HubLoadNews
read_json (const char *frame, gsize length, const char *mark)
{
  HubLoadNews news = { 0 };
  const char *text;

  if (is_type (frame, length, "{\"type\":\"said\","))
    {
      news.id = read_integer (find_member (frame, length, "\"id\":"), frame + length);
      text = find_member (frame, length, "\"text\":\"");
      if (text != NULL)
        read_text (&news, text, frame + length, mark);
    }
  else if (is_type (frame, length, "{\"type\":\"welcome\","))
    {
      news.kind = HUB_LOAD_WELCOME;
      news.id = read_integer (find_member (frame, length, "\"last_id\":"), frame + length);
    }
  else if (is_type (frame, length, "{\"type\":\"refused\","))
    {
      news.kind = HUB_LOAD_REFUSED;
    }
  return news;
}

HubLoadNews
hub_load_message_read (const char *frame, gsize length, const char *mark, gboolean is_json)
{
  return is_json ? read_json (frame, length, mark) : read_plain (frame, length, mark);
}

char *
hub_load_message_read_token (const char *frame, gsize length)
{
  const char *token = find_member (frame, length, "\"token\":\"");

  if (token == NULL || frame + length - token < TOKEN_LENGTH)
    return NULL;
  return g_strndup (token, TOKEN_LENGTH);
}
