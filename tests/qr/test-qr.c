/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "qr/hub-qr.h"

#include <gio/gio.h>
#include <glib/gstdio.h>
#include <string.h>

/* Pixels a module: cameras see more, zbar needs two. */
#define SCALE 4

/* Writes @qr as a portable graymap, dark on white with its quiet zone. Returns: the file's path */
static char *
write_image (HubQr *qr, const char *directory)
{
  guint side = (hub_qr_get_width (qr) + 2 * HUB_QR_QUIET_ZONE) * SCALE;
  g_autoptr (GString) image = g_string_new (NULL);
  g_autoptr (GError) error = NULL;
  char *path = g_build_filename (directory, "qr.pgm", NULL);

  g_string_append_printf (image, "P5\n%u %u\n255\n", side, side);
  for (guint i = 0; i < side * side; i++)
    {
      guint x = i % side / SCALE - HUB_QR_QUIET_ZONE;
      guint y = i / side / SCALE - HUB_QR_QUIET_ZONE;
      gboolean is_inside = x < hub_qr_get_width (qr) && y < hub_qr_get_width (qr);

      g_string_append_c (image, is_inside && hub_qr_is_dark (qr, x, y) ? 0 : (char) 255);
    }

  g_file_set_contents (path, image->str, (gssize) image->len, &error);
  g_assert_no_error (error);
  return path;
}

/* What a reader of somebody else's makes of it. */
static void
test_qr_read_back (void)
{
  static const char *const texts[] = {
    "https://192.168.1.5:8443/",
    "https://[fd12:3456:789a:bcde:f012:3456:789a:bcde]:65535/",
    "https://raspberrypi.local:8443/MixedCase",
    "A",
  };
  g_autofree char *zbarimg = g_find_program_in_path ("zbarimg");
  g_autofree char *directory = NULL;
  g_autoptr (GError) error = NULL;

  if (zbarimg == NULL)
    {
      g_test_skip ("zbarimg is not installed: nothing reads the codes back");
      return;
    }

  directory = g_dir_make_tmp ("hubbub-qr-XXXXXX", &error);
  g_assert_no_error (error);
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (HubQr) qr = hub_qr_new (texts[i]);
      g_autofree char *path = write_image (qr, directory);
      g_autofree char *expected = g_strconcat (texts[i], "\n", NULL);
      g_autofree char *output = NULL;
      g_autoptr (GSubprocess) reader
          = g_subprocess_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE, &error, zbarimg, "--quiet", "--raw",
                              "--nodbus", path, NULL);

      g_assert_no_error (error);
      g_assert_true (g_subprocess_communicate_utf8 (reader, NULL, NULL, &output, NULL, &error));
      g_assert_true (g_subprocess_get_successful (reader));
      g_assert_cmpstr (output, ==, expected);
      g_assert_no_errno (g_remove (path));
    }
  g_assert_no_errno (g_rmdir (directory));
}

/* The smallest version that fits: a URL is version 2 (25 modules) at level M. */
static void
test_qr_size (void)
{
  static const struct
  {
    guint length;
    guint width;
  } cases[] = { { 1, 21 }, { 14, 21 }, { 15, 25 }, { 26, 25 }, { 27, 29 }, { 2331, 177 } };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = g_strnfill (cases[i].length, 'x');
      g_autoptr (HubQr) qr = hub_qr_new (text);

      g_assert_cmpuint (hub_qr_get_width (qr), ==, cases[i].width);
    }
}

static void
test_qr_too_long (void)
{
  g_autofree char *text = g_strnfill (2332, 'x');

  g_assert_null (hub_qr_new (text));
}

/* The finder patterns in three corners: ISO/IEC 18004, 6.3.3. */
static void
test_qr_finder (void)
{
  static const char *const finder[]
      = { "#######", "#.....#", "#.###.#", "#.###.#", "#.###.#", "#.....#", "#######" };
  g_autoptr (HubQr) qr = hub_qr_new ("https://192.168.1.5:8443/");
  guint far = hub_qr_get_width (qr) - 7;
  const guint corners[][2] = { { 0, 0 }, { far, 0 }, { 0, far } };

  for (guint corner = 0; corner < G_N_ELEMENTS (corners); corner++)
    for (guint i = 0; i < 49; i++)
      g_assert_cmpint (hub_qr_is_dark (qr, corners[corner][0] + i % 7, corners[corner][1] + i / 7),
                       ==, finder[i / 7][i % 7] == '#');
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/qr/size", test_qr_size);
  g_test_add_func ("/qr/too-long", test_qr_too_long);
  g_test_add_func ("/qr/finder", test_qr_finder);
  g_test_add_func ("/qr/read-back", test_qr_read_back);

  return g_test_run ();
}
