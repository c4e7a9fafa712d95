/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "terminal/hub-qr-text.h"

#include <gio/gio.h>
#include <glib/gstdio.h>
#include <string.h>

#define URL "https://192.168.122.105:8443/"

/* Pixels a module, and of the terminal's background around the code. */
#define SCALE 4
#define MARGIN 40

#define BLACK 0
#define WHITE 255

/* What a terminal draws: modules of the two colours that are set, in half blocks. */
typedef struct
{
  guint columns;
  guint rows; /* of half blocks */
  guint8 *grey;
} Screen;

/* The colours of "CSI 38;5;N;48;5;N m", or the terminal's own after "CSI 0 m". */
static const char *
read_escape (const char *at, guint8 own_ink, guint8 own_paper, guint8 *ink, guint8 *paper)
{
  guint ink_index, paper_index;
  const char *end = strchr (at, 'm');

  g_assert_nonnull (end);
  *ink = own_ink;
  *paper = own_paper;
  if (sscanf (at, "\033[38;5;%u;48;5;%um", &ink_index, &paper_index) == 2)
    {
      *ink = ink_index == 16 ? BLACK : WHITE;
      *paper = paper_index == 231 ? WHITE : BLACK;
    }
  else
    {
      g_assert_true (g_str_has_prefix (at, "\033[0m"));
    }

  return end + 1;
}

/* Draws @text as a terminal with these colours does. */
static void
draw (Screen *screen, const char *text, guint8 own_ink, guint8 own_paper)
{
  guint8 ink = own_ink, paper = own_paper;
  guint column = 0, row = 0;

  memset (screen->grey, own_paper, screen->columns * screen->rows);
  for (const char *at = text; *at != '\0';)
    {
      gunichar c = g_utf8_get_char (at);
      gboolean upper = c == 0x2580 || c == 0x2588, lower = c == 0x2584 || c == 0x2588;

      if (c == '\033')
        {
          at = read_escape (at, own_ink, own_paper, &ink, &paper);
          continue;
        }
      at = g_utf8_next_char (at);
      if (c == '\n')
        {
          column = 0;
          row += 2;
          continue;
        }

      g_assert_true (c == ' ' || upper || lower);
      g_assert_cmpuint (column, <, screen->columns);
      g_assert_cmpuint (row + 1, <, screen->rows);
      screen->grey[row * screen->columns + column] = upper ? ink : paper;
      screen->grey[(row + 1) * screen->columns + column] = lower ? ink : paper;
      column++;
    }
}

/* Writes a portable graymap. */
static void
write_image (const Screen *screen, guint8 own_paper, const char *path)
{
  guint width = screen->columns * SCALE + 2 * MARGIN, height = screen->rows * SCALE + 2 * MARGIN;
  g_autoptr (GString) image = g_string_new (NULL);
  g_autoptr (GError) error = NULL;

  g_string_append_printf (image, "P5\n%u %u\n255\n", width, height);
  for (guint i = 0; i < width * height; i++)
    {
      guint x = (i % width - MARGIN) / SCALE, y = (i / width - MARGIN) / SCALE;
      gboolean is_inside
          = i % width >= MARGIN && i / width >= MARGIN && x < screen->columns && y < screen->rows;

      g_string_append_c (image,
                         (char) (is_inside ? screen->grey[y * screen->columns + x] : own_paper));
    }

  g_file_set_contents (path, image->str, (gssize) image->len, &error);
  g_assert_no_error (error);
}

static void
assert_readable (const char *zbarimg,
                 const char *text,
                 guint columns,
                 guint8 ink,
                 guint8 paper,
                 const char *setting)
{
  Screen screen = { columns, columns + 1, g_malloc (columns * (columns + 1)) };
  g_autoptr (GError) error = NULL;
  g_autofree char *directory = g_dir_make_tmp ("hubbub-qr-XXXXXX", &error);
  g_autofree char *path = g_build_filename (directory, "screen.pgm", NULL);
  g_autoptr (GSubprocess) reader = NULL;
  g_autofree char *output = NULL;

  draw (&screen, text, ink, paper);
  write_image (&screen, paper, path);
  reader = g_subprocess_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE, &error, zbarimg, "--quiet", "--raw",
                             "--nodbus", setting, path, NULL);
  g_assert_no_error (error);
  g_assert_true (g_subprocess_communicate_utf8 (reader, NULL, NULL, &output, NULL, &error));
  g_assert_cmpstr (output, ==, URL "\n");

  g_assert_no_errno (g_remove (path));
  g_assert_no_errno (g_rmdir (directory));
  g_free (screen.grey);
}

static void
test_qr_text_readable (void)
{
  g_autofree char *zbarimg = g_find_program_in_path ("zbarimg");
  g_autoptr (HubQr) qr = hub_qr_new (URL);
  g_autofree char *colours = hub_qr_text_render (qr, HUB_QR_TEXT_COLOURS);
  g_autofree char *plain = hub_qr_text_render (qr, HUB_QR_TEXT_PLAIN);
  guint columns = hub_qr_text_get_columns (qr);

  if (zbarimg == NULL)
    {
      g_test_skip ("zbarimg is not installed: nothing reads the codes back");
      return;
    }

  assert_readable (zbarimg, colours, columns, WHITE, BLACK, "-Stest-inverted=0");
  assert_readable (zbarimg, colours, columns, BLACK, WHITE, "-Stest-inverted=0");
  assert_readable (zbarimg, plain, columns, WHITE, BLACK, "-Stest-inverted=0");
  /* Without colours it is inverted on a light background; phones read that, zbar where asked. */
  assert_readable (zbarimg, plain, columns, BLACK, WHITE, "-Stest-inverted=1");
}

static void
test_qr_text_shape (void)
{
  g_autoptr (HubQr) qr = hub_qr_new (URL);
  guint columns = hub_qr_text_get_columns (qr);

  g_assert_cmpuint (columns, ==, hub_qr_get_width (qr) + 8);
  for (guint style = HUB_QR_TEXT_PLAIN; style <= HUB_QR_TEXT_COLOURS; style++)
    {
      g_autofree char *text = hub_qr_text_render (qr, style);
      g_auto (GStrv) lines = g_strsplit (text, "\n", -1);

      g_assert_true (g_utf8_validate (text, -1, NULL));
      g_assert_cmpuint (g_strv_length (lines), ==, (columns + 1) / 2);
      for (guint i = 0; lines[i] != NULL; i++)
        {
          if (style == HUB_QR_TEXT_PLAIN)
            g_assert_cmpint (g_utf8_strlen (lines[i], -1), ==, columns);
          else
            g_assert_true (g_str_has_suffix (lines[i], "\033[0m"));
        }
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/qr-text/shape", test_qr_text_shape);
  g_test_add_func ("/qr-text/readable", test_qr_text_readable);

  return g_test_run ();
}
