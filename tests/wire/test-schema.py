#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The Hubbub developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""Hold the codec, the schemas, the examples and the contract's own examples against each other.

Usage: test-schema.py WIRE_OBJECTS [unittest arguments]
"""

import json
import os
import pathlib
import subprocess
import sys
import unittest

try:
    import jsonschema
except ImportError:
    print("SKIP: python3-jsonschema is not installed, so the schemas are not checked")
    sys.exit(77)

FOLDER = pathlib.Path(__file__).resolve().parent
CONTRACT = FOLDER.parent.parent / "src" / "wire" / "README.md"
WIRE_OBJECTS = sys.argv.pop(1) if len(sys.argv) > 1 else ""


def load_schema(name):
    schema = json.loads((FOLDER / "schema" / name).read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    return schema


def forbid_unknown(schema):
    """The same schema, in which no object may have a member that is not described."""
    if isinstance(schema, list):
        return [forbid_unknown(item) for item in schema]
    if not isinstance(schema, dict):
        return schema
    strict = {key: forbid_unknown(value) for key, value in schema.items()}
    if strict.get("type") == "object":
        strict["additionalProperties"] = False
    return strict


def read_examples(name):
    """The examples, one object a line."""
    examples = json.loads((FOLDER / "examples" / name).read_text(encoding="utf-8"))
    return [json.dumps(example, ensure_ascii=False) for example in examples]


def run_objects(mode, text=""):
    result = subprocess.run([WIRE_OBJECTS, mode], input=text, capture_output=True, timeout=60,
                            check=True, encoding="utf-8")
    return result.stdout.splitlines()


def contract_examples(mark):
    """Complete objects in the contract's example session that begin with @mark."""
    lines = CONTRACT.read_text(encoding="utf-8").splitlines()
    return [line[2:] for line in lines if line.startswith(mark + " {") and "..." not in line]


class SchemaTest(unittest.TestCase):
    def setUp(self):
        self.client = jsonschema.Draft202012Validator(load_schema("client.json"))
        self.host = jsonschema.Draft202012Validator(forbid_unknown(load_schema("host.json")))

    def test_client_good(self):
        lines = read_examples("client-good.json") + contract_examples(">")
        for line, outcome in zip(lines, run_objects("read", "\n".join(lines)), strict=True):
            with self.subTest(line):
                self.client.validate(json.loads(line))
                self.assertEqual(outcome, "good")

    def test_client_bad(self):
        lines = read_examples("client-bad.json")
        for line, outcome in zip(lines, run_objects("read", "\n".join(lines)), strict=True):
            with self.subTest(line):
                self.assertFalse(self.client.is_valid(json.loads(line)))
                self.assertIn(outcome, ("bad-object", "name-bad"))

    def test_host_objects(self):
        types = set()
        for line in run_objects("write"):
            with self.subTest(line):
                written = json.loads(line)
                self.host.validate(written)
                types.add(written["type"])
        described = {item["$ref"].rsplit("/", 1)[1] for item in self.host.schema["oneOf"]}
        self.assertEqual(types, described)

    def test_contract_host_examples(self):
        lines = contract_examples("<")
        self.assertGreater(len(lines), 5)
        for line in lines:
            with self.subTest(line):
                self.host.validate(json.loads(line))

    def test_strictness(self):
        """The host's schema does refuse: else the tests above would prove nothing."""
        for line in ('{"type":"pong","more":1}', '{"type":"accepted","ref":0,"id":1}',
                     '{"type":"gap"}', '{"type":"ended","why":"bored"}', '{"type":"dance"}'):
            with self.subTest(line):
                self.assertFalse(self.host.is_valid(json.loads(line)))


if __name__ == "__main__":
    if not os.access(WIRE_OBJECTS, os.X_OK):
        sys.exit(__doc__)
    unittest.main()
