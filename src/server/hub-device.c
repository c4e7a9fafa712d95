/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "server/hub-device.h"

#include <string.h>

/* The first that is found counts: Android says Linux too, and iPhones say "like Mac OS X". */
static const struct
{
  const char *token;
  const char *device;
} devices[] = {
  { "iPhone", "iPhone" },   { "iPod", "iPhone" },     { "iPad", "iPad" },
  { "Android", "Android" }, { "Windows", "Windows" }, { "CrOS", "ChromeOS" },
  { "Macintosh", "Mac" },   { "Mac OS X", "Mac" },    { "Linux", "Linux" },
};

const char *
hub_device_from_user_agent (const char *user_agent)
{
  if (user_agent == NULL)
    return "";

  for (gsize i = 0; i < G_N_ELEMENTS (devices); i++)
    {
      if (strstr (user_agent, devices[i].token) != NULL)
        return devices[i].device;
    }

  return "";
}
