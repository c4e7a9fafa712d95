# SPDX-FileCopyrightText: 2026 The Hubbub developers
# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck shell=bash
# Completion for hubbub-server, for bash alone: needs nothing of bash-completion but to be found.

_hubbub_server() {
  # Every option and what it takes: a file, a directory, something that only the person knows, nothing.
  # The same as --help lists; tests/install/test-completion.py compares them.
  local -A takes=(
    [-n]=other [--room-name]=other
    [-p]=other [--port]=other
    [-a]=other [--address]=other
    [--allow-host]=other
    [--ask-code]=nothing
    [--allow-remote]=nothing
    [--certificate]=file
    [--private-key]=file
    [--data-dir]=directory
    [--web-root]=directory
    [--max-guests]=other
    [--max-per-address]=other
    [--max-message-rate]=other
    [--max-pending]=other
    [--max-attempts]=other
    [--json]=nothing
    [--log-names]=nothing
    [--export-ca]=file
    [--version]=nothing
    [-h]=nothing [--help]=nothing
  )
  local word=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD - 1]}

  COMPREPLY=()
  # bash takes --port=80 for three words.
  if [[ $word == = ]]; then
    word=
  elif [[ $before == = ]] && ((COMP_CWORD > 1)); then
    before=${COMP_WORDS[COMP_CWORD - 2]}
  fi

  case ${takes[${before:-none}]-} in
    file)
      compopt -o filenames
      mapfile -t COMPREPLY < <(compgen -f -- "$word")
      ;;
    directory)
      compopt -o filenames
      mapfile -t COMPREPLY < <(compgen -d -- "$word")
      ;;
    other) ;;
    *) # after what takes nothing, too
      mapfile -t COMPREPLY < <(compgen -W "${!takes[*]}" -- "$word")
      ;;
  esac
}

complete -F _hubbub_server hubbub-server
