#!/usr/bin/env python3
"""Fills corpus/ with what the repository holds: fixtures, and what was found before. Nothing of it is committed."""

import hashlib
import json
from pathlib import Path

HERE = Path(__file__).parent
ROOT = HERE.parent


def add(target, text):
    folder = HERE / "corpus" / target
    folder.mkdir(parents=True, exist_ok=True)
    data = text.encode()
    (folder / hashlib.sha1(data).hexdigest()).write_bytes(data)


for line in (ROOT / "fixtures/language/expressions.jsonl").read_text().splitlines():
    expr = json.loads(line)["expr"]
    for target in ("evaluator", "template"):
        add(target, expr if target == "evaluator" else "x ${%s}\n" % expr)
    if len(expr) < 200:
        add("json", json.dumps({"output": {"o": {"value": "${%s}" % expr}}}))

for file in sorted((ROOT / "fixtures").rglob("*.tf")):
    text = file.read_text()
    if len(text) < 8192:
        add("parser", text)
        add("lexer", text)

for file in sorted((ROOT / "fixtures/language/found").glob("*/*")):
    folder = HERE / "corpus" / file.parent.name
    folder.mkdir(parents=True, exist_ok=True)
    (folder / file.name).write_bytes(file.read_bytes())

add("json", json.dumps({
    "terraform": {"required_version": ">= 1.5"},
    "provider": {"aws": {"region": "eu-west-3"}},
    "variable": {"x": {"type": "map(list(string))", "default": {"a": ["b"]}, "sensitive": True}},
    "locals": {"a": "${var.x.a[0]}-%{if true}y%{endif}", "b": "${local.a}"},
    "resource": {"aws_vpc": {"v": {"cidr_block": "10.0.0.0/16", "count": 2, "tags": {"k": "${count.index}"}}},
                 "aws_security_group": {"s": {"for_each": "${toset([\"a\"])}", "name": "${each.key}",
                 "dynamic": {"ingress": {"for_each": [80], "content": {"from_port": "${ingress.value}", "to_port": 80, "protocol": "tcp"}}},
                 "lifecycle": {"ignore_changes": ["tags"]}}}},
    "data": {"aws_region": {"r": {}}},
    "module": {"m": {"source": "./m"}},
    "output": {"o": {"value": "${aws_vpc.v[*].id}", "depends_on": ["aws_vpc.v"]}},
    "moved": {"from": "aws_vpc.w", "to": "aws_vpc.v"},
}))
add("json", '[{"a": 1}, {"b": "\\u00e9\\ud83d\\ude00\\n"}]')
add("json", '{"a": {"k": "v"}, "b": [-1.5e+3, null, true]}')
