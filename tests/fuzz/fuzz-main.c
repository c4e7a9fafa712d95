/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "fuzz.h"

#include <string.h>

/*
 * Stands in for libFuzzer where it is not built: feeds a fuzzer every file of its corpus and, from
 * each, the same mutations in every run, so that a failure can be repeated.
 *
 * Usage: fuzz-NAME CORPUS [MUTATIONS PER FILE]
 */
#define DEFAULT_MUTATIONS 300
#define MAX_INPUT_BYTES (128 * 1024)
#define SEED 20260101

typedef struct
{
  GRand *rand;
  GPtrArray *corpus; /* of GBytes */
} Mutator;

/* A position in @input, its end included. */
static guint
pick_position (Mutator *self, GByteArray *input)
{
  return input->len == 0 ? 0 : (guint) g_rand_int_range (self->rand, 0, (gint32) input->len + 1);
}

static void
insert (GByteArray *input, guint position, const guint8 *data, gsize size)
{
  guint old_len = input->len;

  if (size == 0 || old_len + size > MAX_INPUT_BYTES)
    return;

  g_byte_array_set_size (input, old_len + (guint) size);
  memmove (input->data + position + size, input->data + position, old_len - position);
  memcpy (input->data + position, data, size);
}

/* A run of bytes of a random corpus file put somewhere into @input. */
static void
splice (Mutator *self, GByteArray *input)
{
  guint other = (guint) g_rand_int_range (self->rand, 0, (gint32) self->corpus->len);
  gsize size;
  const guint8 *data = g_bytes_get_data (g_ptr_array_index (self->corpus, other), &size);
  gsize start, length;

  if (size == 0)
    return;

  start = g_rand_int (self->rand) % size;
  length = 1 + g_rand_int (self->rand) % MIN (size - start, 64);
  insert (input, pick_position (self, input), data + start, length);
}

/* A run of @input's own bytes repeated: floods and deep nesting. */
static void
repeat (Mutator *self, GByteArray *input)
{
  guint start, length, count;
  g_autofree guint8 *run = NULL;

  if (input->len == 0)
    return;

  start = g_rand_int (self->rand) % input->len;
  length = 1 + g_rand_int (self->rand) % MIN (input->len - start, 16);
  count = 1 + g_rand_int (self->rand) % 40;
  run = g_memdup2 (input->data + start, length);
  for (guint i = 0; i < count; i++)
    insert (input, start, run, length);
}

static void
mutate_once (Mutator *self, GByteArray *input)
{
  guint8 byte = (guint8) g_rand_int_range (self->rand, 0, 256);

  switch (g_rand_int_range (self->rand, 0, 6))
    {
    case 0:
      if (input->len > 0)
        input->data[g_rand_int (self->rand) % input->len] ^= (guint8) (1u << (byte & 7));
      break;
    case 1:
      if (input->len > 0)
        input->data[g_rand_int (self->rand) % input->len] = byte;
      break;
    case 2:
      insert (input, pick_position (self, input), &byte, 1);
      break;
    case 3:
      if (input->len > 0)
        {
          guint start = g_rand_int (self->rand) % input->len;

          g_byte_array_remove_range (input, start, 1 + byte % MIN (input->len - start, 16));
        }
      break;
    case 4:
      repeat (self, input);
      break;
    default:
      splice (self, input);
      break;
    }
}

/* Runs the fuzzer on exactly sized memory, so that the sanitizer sees a read past the end. */
static void
run (const guint8 *data, gsize size)
{
  g_autofree guint8 *copy = g_memdup2 (data, size);

  LLVMFuzzerTestOneInput (copy, size);
}

static void
run_mutations (Mutator *self, guint mutations)
{
  for (guint file = 0; file < self->corpus->len; file++)
    {
      gsize size;
      const guint8 *data = g_bytes_get_data (g_ptr_array_index (self->corpus, file), &size);

      run (data, size);
      for (guint i = 0; i < mutations; i++)
        {
          g_autoptr (GByteArray) input = g_byte_array_new ();
          int steps = g_rand_int_range (self->rand, 1, 8);

          g_byte_array_append (input, data, (guint) size);
          for (int step = 0; step < steps; step++)
            mutate_once (self, input);
          run (input->data, input->len);
        }
    }
}

static int
compare_names (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

/* Reads the corpus in the order of the file names: the mutations depend on it. */
static GPtrArray *
load_corpus (const char *path, GError **error)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GPtrArray) corpus = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);
  g_autoptr (GDir) dir = g_dir_open (path, 0, error);
  const char *name;

  if (dir == NULL)
    return NULL;

  while ((name = g_dir_read_name (dir)) != NULL)
    g_ptr_array_add (names, g_build_filename (path, name, NULL));
  g_ptr_array_sort (names, compare_names);

  for (guint i = 0; i < names->len; i++)
    {
      char *contents;
      gsize size;

      if (!g_file_get_contents (g_ptr_array_index (names, i), &contents, &size, error))
        return NULL;
      g_ptr_array_add (corpus, g_bytes_new_take (contents, size));
    }

  return g_steal_pointer (&corpus);
}

int
main (int argc, char *argv[])
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GRand) rand = g_rand_new_with_seed (SEED);
  g_autoptr (GPtrArray) corpus = NULL;
  guint mutations = argc > 2 ? (guint) g_ascii_strtoull (argv[2], NULL, 10) : DEFAULT_MUTATIONS;

  if (argc < 2)
    {
      g_printerr ("Usage: %s CORPUS [MUTATIONS PER FILE]\n", argv[0]);
      return 2;
    }

  corpus = load_corpus (argv[1], &error);
  if (corpus == NULL || corpus->len == 0)
    {
      g_printerr ("%s: %s\n", argv[1], error != NULL ? error->message : "no files in the corpus");
      return 1;
    }

  run_mutations (&(Mutator){ .rand = rand, .corpus = corpus }, mutations);
  g_print ("%u files, %u mutations of each\n", corpus->len, mutations);
  return 0;
}
