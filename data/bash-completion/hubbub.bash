# SPDX-FileCopyrightText: 2026 The Hubbub developers
# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck shell=bash
# Completion for hubbub, none of whose options takes anything.
complete -W '--background --start-chat --copy-address --version -h --help' hubbub
