#!/usr/bin/env python3
"""Writes data/aws-5.100.0.txt.zst from what `terraform providers schema -json` prints for hashicorp/aws 5.100.0.

usage: generate.py SCHEMA.json > text, then: zstd -19 text -o data/aws-5.100.0.txt.zst
SCHEMA.json is either Terraform's own answer or its condensed form: resources, data_sources and provider_config, where an attribute is
[type, flags], flags being r(equired) o(ptional) c(omputed) s(ensitive) d(eprecated) w(rite-only).

The text is an index, a blank line, and bodies, one a line, each written once however often it occurs. An index line is
`kind name version body`, kind being r(esource), d(ata source) or p(rovider); a body line holds attributes `name:type:flags` and blocks
`name>nesting:min:max:body`. Types: s(tring) n(umber) b(ool) d(ynamic), L/S/M for list, set, map, `{name:type,...}` for an object.
"""
import json, sys

BUILTIN = {
    "resources": {"terraform_data": {"version": 0, "attributes": {
        "id": ["string", "c"], "input": ["dynamic", "o"], "output": ["dynamic", "c"], "triggers_replace": ["dynamic", "o"]}}},
    "data_sources": {"terraform_remote_state": {"version": 0, "attributes": {
        "backend": ["string", "r"], "config": ["dynamic", "o"], "defaults": ["dynamic", "o"], "outputs": ["dynamic", "c"], "workspace": ["string", "o"]}}},
}


def condense(block):
    """Terraform's own shape of a block, in the condensed form."""
    flags = [("r", "required"), ("o", "optional"), ("c", "computed"), ("s", "sensitive"), ("d", "deprecated"), ("w", "write_only")]
    attributes = {n: [a["type"], "".join(f for f, key in flags if a.get(key))] for n, a in block.get("attributes", {}).items()}
    blocks = {n: {"nesting": b["nesting_mode"], "min": b.get("min_items", 0), "max": b.get("max_items", 0), **condense(b["block"])}
              for n, b in block.get("block_types", {}).items()}
    return {"attributes": attributes, "blocks": blocks}


def read(path):
    raw = json.load(open(path))
    if "provider_schemas" not in raw:
        return raw
    (provider,) = [v for k, v in raw["provider_schemas"].items() if k.endswith("hashicorp/aws")]
    table = lambda key: {n: {"version": r["version"], **condense(r["block"])} for n, r in provider[key].items()}
    return {"resources": table("resource_schemas"), "data_sources": table("data_source_schemas"), "provider_config": condense(provider["provider"]["block"])}


def type_text(ty):
    if isinstance(ty, str):
        return {"string": "s", "number": "n", "bool": "b", "dynamic": "d"}[ty]
    if ty[0] == "object":
        return "{" + ",".join(f"{n}:{type_text(t)}" for n, t in sorted(ty[1].items())) + "}"
    return {"list": "L", "set": "S", "map": "M"}[ty[0]] + type_text(ty[1])


def main():
    schema = read(sys.argv[1])
    lines, numbers = [], {}

    def body(block):
        words = [f"{n}:{type_text(a[0])}:{a[1]}" for n, a in sorted(block.get("attributes", {}).items())]
        words += [f"{n}>{b['nesting']}:{b.get('min', 0)}:{b.get('max', 0)}:{body(b)}" for n, b in sorted(block.get("blocks", {}).items())]
        line = " ".join(words)
        if line not in numbers:
            numbers[line] = len(lines)
            lines.append(line)
        return numbers[line]

    index = [f"p aws 0 {body(schema['provider_config'])}"]
    for kind, key in (("d", "data_sources"), ("r", "resources")):
        for name, block in sorted({**schema[key], **BUILTIN[key]}.items()):
            index.append(f"{kind} {name} {block.get('version', 0)} {body(block)}")
    print("\n".join(sorted(index) + [""] + lines))


if __name__ == "__main__":
    main()
