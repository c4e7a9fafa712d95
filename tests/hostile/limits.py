# SPDX-FileCopyrightText: 2026 The Hubbub developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""The caps of the host, out of src/base/hub-limits.h, so that no test repeats a number of it."""

import ast
import operator
import os
import re

HEADER = os.path.join(os.environ["HUB_TEST_SOURCE_ROOT"], "src", "base", "hub-limits.h")
OPERATORS = {ast.Mult: operator.mul, ast.Add: operator.add, ast.Sub: operator.sub}


def _value(node, known):
    if isinstance(node, ast.Constant):
        return node.value
    if isinstance(node, ast.Name):
        return known[node.id]
    return OPERATORS[type(node.op)](_value(node.left, known), _value(node.right, known))


def _read():
    with open(HEADER, encoding="utf-8") as header:
        found = re.findall(r"^#define HUB_(\w+) (.+?)(?: */\*.*)?$", header.read(), re.M)
    known = {}
    for name, expression in found:
        known[f"HUB_{name}"] = _value(ast.parse(expression, mode="eval").body, known)
    return {name.removeprefix("HUB_"): value for name, value in known.items()}


class Limits:
    """`limits.MAX_GUESTS` is HUB_MAX_GUESTS."""

    def __init__(self):
        self.__dict__.update(_read())


LIMITS = Limits()
