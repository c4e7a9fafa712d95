/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "base/hub-reserved-name.h"

#include "base/hub-skeleton.h"

/* "Host", "Server" and "System" in the languages most often seen, all at once: the guests of one
 * room read different ones. Left out are words that are people's names as well: Persian سرور
 * (Sorour), Arabic نظام (Nizam) and خادم (Khadim), of which only the forms with article are here. */
static const char *const words[] = {
  "Hubbub",
  "Host",
  "Server",
  "System",
  /* ar */
  "المضيف",
  "الخادم",
  "النظام",
  /* de */
  "Gastgeber",
  "Gastgeberin",
  /* es */
  "Anfitrión",
  "Anfitriona",
  "Servidor",
  "Sistema",
  /* fa */
  "میزبان",
  "کارساز",
  "سیستم",
  "سامانه",
  /* fr */
  "Hôte",
  "Hôtesse",
  "Serveur",
  "Système",
  /* hi */
  "मेज़बान",
  "होस्ट",
  "सर्वर",
  "सिस्टम",
  /* it */
  "Organizzatore",
  "Ospitante",
  /* ja */
  "ホスト",
  "サーバ",
  "サーバー",
  "システム",
  "主催者",
  /* ko */
  "호스트",
  "서버",
  "시스템",
  /* nl */
  "Gastheer",
  "Gastvrouw",
  "Systeem",
  /* pl */
  "Gospodarz",
  "Serwer",
  /* pt */
  "Anfitrião",
  "Anfitriã",
  /* ru */
  "Хост",
  "Хозяин",
  "Хозяйка",
  "Ведущий",
  "Сервер",
  "Система",
  /* sv */
  "Värd",
  "Systemet",
  "Servern",
  /* tr */
  "Ev sahibi",
  "Sunucu",
  "Sistem",
  /* zh, in both scripts */
  "主持人",
  "房主",
  "主机",
  "主機",
  "服务器",
  "伺服器",
  "系统",
  "系統",
};

static gpointer
make_skeletons (gpointer unused)
{
  GHashTable *skeletons = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (words); i++)
    g_hash_table_add (skeletons, hub_skeleton_new (words[i]));

  return skeletons;
}

gboolean
hub_reserved_name_matches (const char *skeleton)
{
  /* Never changed once made, and kept for the life of the process: any thread may look. */
  static GOnce once = G_ONCE_INIT;
  GHashTable *skeletons;

  g_return_val_if_fail (skeleton != NULL, TRUE);

  skeletons = g_once (&once, make_skeletons, NULL);

  return g_hash_table_contains (skeletons, skeleton);
}
