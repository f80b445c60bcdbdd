#!/usr/bin/env python3
"""Writes data/checks.txt: what the AWS provider refuses before it plans.

usage: provider_checks.py SCHEMA.json WRONG.json OTHER.json > data/checks.txt
SCHEMA.json as for generate.py. The others hold diagnostics of `terraform validate -json` (hashicorp/aws 5.100.0), as rows of
[pass, type, path, severity, summary, detail], for configurations in which every resource type stands once:
WRONG: every argument holds `Zz!9` or -987654, so that each validation function complains and names what it wants.
OTHER, pass "all": the same for types whose required blocks were left out at first; pass "swap": every enumeration holds its first word with capitals
and small letters exchanged, every number 98765432109; pass "min": required arguments alone, each an unknown value.
An argument that is refused for several reasons is left out: a validation may want any of them, or all.
"""
import json, re, sys
from generate import read

NUMBER = r"(-?\d+(?:\.\d+)?(?:e[+-]?\d+)?)"
WRONG = [
    (re.compile(r'expected (\S+) to be one of \[((?:"(?:[^"\\]|\\.)*" ?)+)\], got Zz!9'), lambda m: "in " + " ".join(re.findall(r'"(?:[^"\\]|\\.)*"', m[2]))),
    (re.compile(rf"expected (\S+) to be one of \[([-\d. ]+)\], got -987654"), lambda m: "in " + " ".join(f'"{n}"' for n in m[2].split())),
    (re.compile(rf"expected (\S+) to be in the range \({NUMBER} - {NUMBER}\), got -987654"), lambda m: f"range {m[2]} {m[3]}"),
    (re.compile(rf"expected (\S+) to be at least \({NUMBER}\), got -987654"), lambda m: f"range {m[2]} -"),
    (re.compile(r'expected "(\S+)" to be a valid port number, got: -987654'), lambda m: "range 1 65535"),
    (re.compile(r'expected "(\S+)" to be a valid port number or 0, got: -987654'), lambda m: "range 0 65535"),
    (re.compile(r"expected length of (\S+) to be in the range \((\d+) - (\d+)\), got Zz!9"), lambda m: f"length {m[2]} {m[3]}"),
    (re.compile(r'expected value of (\S+) to match regular expression ("(?:[^"\\]|\\.)*"), got Zz!9'), lambda m: "match " + m[2]),
    (re.compile(r'"(\S+)" \(Zz!9\) is an invalid ARN: '), lambda m: "arn"),
    (re.compile(r'"(\S+)" contains an invalid JSON: '), lambda m: "json"),
    (re.compile(r'"(\S+)" contains an invalid JSON policy: '), lambda m: "policy"),
    (re.compile(r'"(\S+)" doesn\'t look like AWS Account ID'), lambda m: "account"),
    (re.compile(r'"Zz!9" is not a valid CIDR block: ()'), lambda m: "cidr canonical"),
    (re.compile(r'expected "?(\S+?)"? to (?:be a valid CIDR|contain a valid) Value, got'), lambda m: "cidr"),
    (re.compile(r'expected "(\S+)" to be a valid RFC3339 date, got'), lambda m: "time"),
]
# The newer types say it in the detail.
DETAIL = [
    (re.compile(r"The provided value does not match any valid values\.\s+Path: (\S+)\s+Given Value: Zz!9\s+Valid Values: \[([^\]]+)\]"),
     lambda m: "in! " + " ".join(f'"{w}"' for w in m[2].split())),
    (re.compile(r"The provided value cannot be parsed as an ARN\.\s+Path: (\S+)\s"), lambda m: "arn"),
    (re.compile(rf"Attribute (\S+) value must be at least {NUMBER}, got: -987654"), lambda m: f"range {m[2]} -"),
    (re.compile(rf"Attribute (\S+) value must be between {NUMBER} and {NUMBER}, got: -987654"), lambda m: f"range {m[2]} {m[3]}"),
    (re.compile(r"Attribute (\S+) (?:string length|UTF-8 character count) must be between (\d+) and (\d+), got: 4$"), lambda m: f"length {m[2]} {m[3]}"),
]
SWAP = [
    (re.compile(rf"expected (\S+) to be at most \({NUMBER}\), got 98765432109"), lambda m: f"range - {m[2]}"),
]
GROUPS = [
    (re.compile(r'"(\S+)": conflicts with (\S+?),?$'), lambda m, s: ("at-most-one", [m[1], m[2]])),
    (re.compile(r'"\S+": only one of `([^`]+)` can be specified'), lambda m, s: ("at-most-one", m[1].split(","))),
    (re.compile(r'"\S+": one of `([^`]+)` must be specified'), lambda m, s: ("exactly-one" if s.startswith("Invalid comb") else "at-least-one", m[1].split(","))),
    (re.compile(r'"\S+": all of `([^`]+)` must be specified'), lambda m, s: ("together", m[1].split(","))),
]


def plain(path):
    return ".".join(part for part in path.strip('"').split(".") if not part.isdigit())


def body_at(body, path):
    for name in path:
        body = body.get("blocks", {}).get(name)
        if body is None:
            return None
    return body


def place(schema, ty, path, named):
    """The argument's path: the message's own where it is whole, else the line's."""
    named = plain(re.sub(r"\[.*?\]", "", named)) if named else ""
    parts = named.split(".") if named else []
    for whole in (parts, list(path or []), list(path or []) + parts[-1:]):
        if whole and (not parts or whole[-1] == parts[-1]):
            parent = body_at(schema[ty], whole[:-1])
            if parent and whole[-1] in parent.get("attributes", {}):
                return ".".join(whole)
    return None


def main():
    schema = read(sys.argv[1])["resources"]
    wrong, other = (json.load(open(path)) for path in sys.argv[2:4])
    tests, reasons, groups, sensitive = {}, {}, {}, set()
    for which, ty, path, severity, summary, detail in wrong + other:
        if severity != "error" or ty not in schema or which == "min" and not detail:
            continue
        if detail.startswith('"') and (found := next(((make(m, summary)) for pattern, make in GROUPS if (m := pattern.match(detail))), None)):
            rule, members = found
            members = tuple(sorted({plain(m) for m in members}))
            parents = {m.rpartition(".")[0] for m in members}
            if len(members) > 1 and len(parents) == 1 and all(place_of(schema[ty], m) for m in members):
                groups.setdefault(ty, set()).add((rule, members))
            continue
        table = SWAP if which == "swap" else WRONG
        if which == "swap" and (m := re.match(r"expected (\S+) to be one of ", summary)):
            if where := place(schema, ty, path, m[1]):
                sensitive.add((ty, where))
            continue
        for pattern, make in table + ([] if which == "swap" else DETAIL):
            if m := pattern.match(detail if (pattern, make) in DETAIL else summary):
                if where := place(schema, ty, path, m[1]):
                    tests.setdefault((ty, where), set()).add(make(m))
                    reasons.setdefault((ty, where), set()).add(summary + detail)
                break
        else:
            if which != "swap" and path and "id" != path[-1]:
                reasons.setdefault((ty, ".".join(path)), set()).add(summary + detail)
    lines = {}
    for (ty, where), found in tests.items():
        lows = [t for t in found if re.fullmatch(r"range \S+ -", t)]
        highs = [t for t in found if re.fullmatch(r"range - \S+", t)]
        if len(found) == 2 and len(lows) == len(highs) == 1:
            found = {f"range {lows[0].split()[1]} {highs[0].split()[2]}"}
        elif len(found) != 1 or len(reasons[ty, where]) != 1:
            continue
        (test,) = found
        if test.startswith("in! "):
            test = "in " + test[4:]
        elif test.startswith("in ") and (ty, where) not in sensitive:
            test = "like " + test[3:]
        lines.setdefault(ty, set()).add(f"{where} {test}")
    for ty, found in groups.items():
        members = {m for rule, m in found if rule == "exactly-one"}
        for rule, names in found:
            if rule in ("at-most-one", "at-least-one") and (names in members):
                continue
            lines.setdefault(ty, set()).add(f"{rule} {' '.join(names)}")
    print("\n".join("\n".join([ty] + [f"  {line}" for line in sorted(all)]) + "\n" for ty, all in sorted(lines.items())), end="")


def place_of(body, path):
    parts = path.split(".")
    parent = body_at(body, parts[:-1])
    return parent and (parts[-1] in parent.get("attributes", {}) or parts[-1] in parent.get("blocks", {}))


if __name__ == "__main__":
    main()
