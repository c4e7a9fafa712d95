/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

/* What the host wants of the code that newcomers are asked for. */
typedef enum
{
  HUB_CODE_OFF, /* none is asked for */
  HUB_CODE_ON,  /* one is; the one there is stays */
  HUB_CODE_NEW, /* another one is */
} HubCodeRequest;
