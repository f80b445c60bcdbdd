#!/usr/bin/env python3
"""Writes data/checks.txt: what the AWS provider refuses before it plans.

usage: provider_checks.py SCHEMA.json TERRAFORM KEPT [LEFT.txt] > data/checks.txt
SCHEMA.json as for generate.py; TERRAFORM is a command that finds hashicorp/aws 5.100.0; KEPT is a folder for its answers, so that a
second run only asks what is new. It runs `validate -json` on configurations in
which every resource type and data source stands, and each validation function complains and names what it wants:
wrong: every argument holds a text or number that nothing takes, each its own; again without those that exclude one another;
other: every enumeration holds its first word with capitals and small letters exchanged, every network one with bits beyond a short
prefix, every other text near the top a long one, every number a large one;
least: required arguments alone, each an unknown value.
An argument that is refused for several reasons, and never for one of them alone, is left out: its validation may want any of them.
LEFT.txt gets the messages that no pattern knows.
data/checks_by_hand.txt, in the same shape, holds what none of these values runs into, or what is refused for several reasons at once: it
was asked of Terraform by hand, a good and a bad value each, and its lines are put among the others.
"""
import collections, glob, hashlib, json, os, re, shutil, subprocess, sys, tempfile
from generate import read

DEEPEST = 5
LARGEST = 1500
# Terraform takes time by the square of how many stand in one folder.
TOGETHER = 200
NUMBER = r"(-?\d+(?:\.\d+)?(?:e[+-]?\d+)?)"
WORDS = r'((?:"(?:[^"\\]|\\.)*" ?)+)'
TOKEN = re.compile(r"Zz!(\d+)x*|-9(\d{6})\b|8(\d{6})000\b")


def quoted(text):
    return " ".join(re.findall(r'"(?:[^"\\]|\\.)*"', text))


def listed(text):
    words = re.findall(r'"([^"]*)"', text) if '"' in text else re.split(r"[ ,]+", text.strip())
    return " ".join(json.dumps(word) for word in words if word)


# What takes more than the enumeration that it names: any percentile too.
WIDER = {
    ("resource", "aws_cloudwatch_metric_alarm"): {"metric_query.metric.stat"},
    # The provider names it where it means its neighbours.
    ("resource", "aws_s3_bucket_lifecycle_configuration"): {"rule.noncurrent_version_transition.newer_noncurrent_versions"},
}
# A message, the token in it replaced by `@`, and the test that it speaks of.
PATTERNS = [(re.compile(pattern, re.S), make) for pattern, make in [
    (rf"expected \S+ to be one of \[{WORDS}\], got", lambda m: "in " + quoted(m[1])),
    (r"expected \S+ to be one of \[([-\d. ]+)\], got", lambda m: "in " + listed(m[1])),
    (rf"expected \S+ to not be any of \[{WORDS}\], got", lambda m: "not " + quoted(m[1])),
    (rf"expected \S+ to be in the range \({NUMBER} - {NUMBER}\), got", lambda m: f"range {m[1]} {m[2]}"),
    (rf"expected \S+ to be at least \({NUMBER}\), got", lambda m: f"range {m[1]} -"),
    (rf"expected \S+ to be at most \({NUMBER}\), got", lambda m: f"range - {m[1]}"),
    (r"expected \S+ to be a valid port number, got", lambda m: "range 1 65535"),
    (r"expected \S+ to be a valid port number or 0, got", lambda m: "range 0 65535"),
    (r"expected length of \S+ to be in the range \((\d+) - (\d+)\), got", lambda m: f"length {m[1]} {m[2]}"),
    (r'"\S+" cannot be longer than (\d+) characters', lambda m: f"length 0 {m[1]}"),
    (r'"\S+" cannot be shorter than (\d+) characters', lambda m: f"length {m[1]} 1000000"),
    (r'expected value of \S+ to match regular expression ("(?:[^"\\]|\\.)*"), got', lambda m: "match " + m[1]),
    (r"is an invalid ARN: ", lambda m: "arn"),
    (r"contains an invalid JSON: ", lambda m: "json"),
    (r"contains an invalid JSON policy: ", lambda m: "policy"),
    (r"doesn't look like AWS Account ID", lambda m: "account"),
    (r'"@" is not a valid CIDR block: ', lambda m: "cidr canonical"),
    (r"is not a valid IPv[46] CIDR block(?:; did you mean|: )", lambda m: "cidr canonical"),
    (r"expected \S+ to contain a valid network Value, expected", lambda m: "cidr canonical"),
    (r"to contain a network Value with between (\d+) and (\d+) significant bits", lambda m: f"prefix {m[1]} {m[2]}"),
    (r"expected \S+ to (?:be a valid (?:IPv\d )?CIDR|contain a valid) Value, got", lambda m: "cidr"),
    (r"expected \S+ to contain a valid (?:IP|IPv[46] address), got", lambda m: "address"),
    (r"expected \S+ to be a valid RFC3339 date, got", lambda m: "time"),
    (r"expected \S+ to be a valid UUID, got", lambda m: 'match "^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$"'),
    (r'expected \S+ to have a url with schema of: ', lambda m: 'match "^https?://"'),
    (r"must be in RFC3339 time format", lambda m: "time"),
    (r'doesn\'t comply with restrictions \(("(?:[^"\\]|\\.)*")\)', lambda m: "match " + m[1]),
    (r'only lowercase alphanumeric characters and hyphens allowed in "', lambda m: 'match "^[0-9a-z-]+$"'),
    (r'only alphanumeric characters and hyphens allowed in "', lambda m: 'match "^[0-9A-Za-z-]*$"'),
    (r'first character of "\S+" must be a letter', lambda m: 'match "^[a-z]"'),
    (r'must be a valid port number \(1-65536\) or "traffic-port"', lambda m: 'match "^(traffic-port|[0-9]{1,5})$"'),
    (r"The provided value does not match any valid values\..*Valid Values: \[([^\]]+)\]", lambda m: "in " + listed(m[1])),
    (r"The provided value cannot be parsed as an ARN\.", lambda m: "arn"),
    (rf"Attribute \S+ value must be one of: \[((?:\"?[^\"\]]+\"? ?)+)\]", lambda m: "in " + listed(m[1])),
    (rf"Attribute \S+ value must be at least {NUMBER}, got", lambda m: f"range {m[1]} -"),
    (rf"Attribute \S+ value must be at most {NUMBER}, got", lambda m: f"range - {m[1]}"),
    (rf"Attribute \S+ value must be between {NUMBER} and {NUMBER}, got", lambda m: f"range {m[1]} {m[2]}"),
    (r"Attribute \S+ (?:string length|UTF-8 character count) must be between (\d+) and (\d+), got", lambda m: f"length {m[1]} {m[2]}"),
    (r"Attribute \S+ (?:string length|UTF-8 character count) must be at most (\d+), got", lambda m: f"length 0 {m[1]}"),
    (r"Attribute \S+ (?:string length|UTF-8 character count) must be at least (\d+), got", lambda m: f"length {m[1]} 1000000"),
    (r"is not a valid IPv4 CIDR address|not a valid CIDR|invalid CIDR address", lambda m: "cidr"),
    (r"invalid value for \S+ \(must match (\[[^]]+\])\)", lambda m: "match " + json.dumps(f"^{m[1]}*$")),
    (r"invalid value for \S+ \(must (?:only )?contain only alphanumeric characters and hyphens\)", lambda m: 'match "^[0-9A-Za-z-]*$"'),
]]
GROUPS = [
    (re.compile(r'"(\S+)": conflicts with (\S+?),?$'), lambda m, s: ("at-most-one", [m[1], m[2]])),
    (re.compile(r'"\S+": only one of `([^`]+)` can be specified'), lambda m, s: ("at-most-one", m[1].split(","))),
    (re.compile(r'"\S+": one of `([^`]+)` must be specified'), lambda m, s: ("exactly-one" if s.startswith("Invalid comb") else "at-least-one", m[1].split(","))),
    (re.compile(r'"(\S+)": all of `([^`]+)` must be specified'), lambda m, s: ("needs", [m[1]] + m[2].split(","))),
]


def by_hand(path):
    sections = [section.splitlines() for section in open(path).read().strip().split("\n\n")]
    return {("resource", name): [line.strip() for line in lines] for name, *lines in sections}


BY_HAND = by_hand(os.path.join(os.path.dirname(os.path.abspath(__file__)), "data", "checks_by_hand.txt"))


def plain(path):
    return ".".join(part for part in re.sub(r"\[.*?\]", "", path).strip('"').split(".") if not part.isdigit())


class Configuration:
    """A file with many types, and which argument each line and token stands for."""

    def __init__(self):
        self.lines, self.owner, self.tokens, self.starts = [], [], {}, []

    def line(self, text, key, path):
        self.lines.append(text)
        self.owner.append((key, path))

    def token(self, key, path):
        number = len(self.tokens) + 1
        self.tokens[number] = (key, path)
        return number

    def value(self, ty, key, path, choose):
        if ty == "bool":
            return "true"
        if ty in ("string", "number", "dynamic"):
            return choose(ty, key, path, self.token(key, path))
        kind, of = ty
        if kind == "object":
            return "{ " + ", ".join(f"{n} = {self.value(t, key, path + (n,), choose)}" for n, t in sorted(of.items())) + " }"
        inner = self.value(of, key, path, choose)
        return f"{{ k = {inner} }}" if kind == "map" else f"[{inner}]"

    def block(self, body, key, path, choose, wanted):
        for name, (ty, flags) in sorted(body.get("attributes", {}).items()):
            where = path + (name,)
            if where != ("id",) and ("r" in flags or "o" in flags and wanted(where)):
                self.line(f"{name} = {self.value(ty, key, where, choose)}", key, where)
        for name, block in sorted(body.get("blocks", {}).items()):
            where = path + (name,)
            deep = len(where) <= DEEPEST and len(self.lines) - self.start < LARGEST
            times = block.get("min", 0) or (1 if deep and wanted(where) else 0)
            for _ in range(times):
                label = ' "k"' if block["nesting"] == "map" else ""
                self.line(f"{name}{label} {{", key, where)
                self.block(block, key, where, choose, wanted if deep else lambda _: False)
                self.line("}", key, where)

    def add(self, key, body, choose, wanted=lambda path: True):
        kind, ty, variant = key
        self.start = len(self.lines)
        self.starts.append(self.start)
        self.line(f'{kind} "{ty}" "x{variant}" {{', key, ())
        self.block(body, key, (), choose, wanted)
        self.line("}", key, ())


KEPT = sys.argv[3] if len(sys.argv) > 3 else "."
HEADER = """terraform {
  required_providers {
    aws = { source = "hashicorp/aws", version = "5.100.0" }
  }
}
variable "u" { type = any }
"""


def validate(terraform, folder, configuration):
    """A file a type: Terraform reads the whole file again for each of its diagnostics."""
    text = "\n".join(configuration.lines)
    kept = os.path.join(KEPT, hashlib.sha256(text.encode()).hexdigest() + ".json")
    if os.path.exists(kept):
        return json.load(open(kept))
    for old in glob.glob(os.path.join(folder, "*.tf")):
        os.remove(old)
    with open(os.path.join(folder, "versions.tf"), "w") as file:
        file.write(HEADER)
    starts = configuration.starts + [len(configuration.lines)]
    for start, end in zip(starts, starts[1:]):
        with open(os.path.join(folder, f"x{start}.tf"), "w") as file:
            file.write("\n".join(configuration.lines[start:end]) + "\n")
    if not os.path.exists(os.path.join(folder, ".terraform")):
        subprocess.run([terraform, "init", "-input=false"], cwd=folder, check=True, stdout=subprocess.DEVNULL)
    run = subprocess.run([terraform, "validate", "-json"], cwd=folder, stdout=subprocess.PIPE, text=True)
    answers, rows = json.loads(run.stdout)["diagnostics"], []
    print(len(configuration.lines), "lines", len(answers), "diagnostics", file=sys.stderr)
    for answer in answers:
        at = re.fullmatch(r"x(\d+)\.tf", (answer.get("range") or {}).get("filename", ""))
        if answer["severity"] == "error" and at:
            at = int(at[1]) + answer["range"]["start"]["line"] - 1
            rows.append([at, answer["summary"], answer.get("detail", "")])
    with open(kept, "w") as file:
        json.dump(rows, file)
    return rows


def body_at(body, path):
    for name in path:
        body = body.get("blocks", {}).get(name)
        if body is None:
            return None
    return body


def exists(body, path):
    parent = body_at(body, path[:-1])
    return bool(parent) and (path[-1] in parent.get("attributes", {}) or path[-1] in parent.get("blocks", {}))


class Findings:
    def __init__(self, bodies):
        self.bodies, self.groups, self.left = bodies, collections.defaultdict(set), collections.Counter()
        self.once = collections.defaultdict(lambda: collections.defaultdict(set))

    def take(self, which, configuration, rows):
        for at, summary, detail in rows:
            key, path = configuration.owner[at]
            body = self.bodies[key[:2]]
            group = next((make(m, summary) for pattern, make in GROUPS if (m := pattern.match(detail))), None)
            if group:
                rule, members = group
                members = list(dict.fromkeys(plain(member) for member in members))
                members = tuple(members[:1] + sorted(members[1:]) if rule == "needs" else sorted(members))
                if len(members) > 1 and len({m.rpartition(".")[0] for m in members}) == 1 and all(exists(body, m.split(".")) for m in members):
                    self.groups[key[:2]].add((rule, members))
                continue
            if which == "least":
                continue
            text = summary + "\n" + detail
            token = TOKEN.search(text)
            message = TOKEN.sub("@", text)
            test = next((make(m) for pattern, make in PATTERNS if (m := pattern.search(message))), None)
            if token and (owner := configuration.tokens.get(int(token[1] or token[2] or token[3]))) and owner[0] == key:
                path = owner[1]
            elif not path or not exists(body, path) or path[-1] in body_at(body, path[:-1]).get("blocks", {}):
                # The message stands at a block, and a single name may be that of an argument outside it.
                named = [tuple(plain(name).split(".")) for name in re.findall(r'(?:Path: |"|expected |of )([a-z][\w.\[\]]*)', text)]
                known = lambda name: len(name) > 1 or any(test == other for _, _, other in self.once[key[:2]].get(name, ()))
                path = next((name for name in named if exists(body, name) and known(name)), ())
            if path:
                self.once[key[:2]][path].add((which, key[2], test or "? " + message))
            if not path or not test:
                self.left[message.replace(path[-1] if path else "", "%")] += 1

    def excluding(self, key):
        pairs = collections.defaultdict(set)
        for rule, members in self.groups[key]:
            if rule in ("at-most-one", "exactly-one"):
                for member in members:
                    pairs[tuple(member.split("."))] |= {tuple(m.split(".")) for m in members if m != member}
        return pairs

    def lines(self, key):
        lines = set(BY_HAND.get(key, []))
        for path, reasons in self.once[key].items():
            if ".".join(path) in WIDER.get(key, ()):
                continue
            tests, together = {test for _, _, test in reasons}, collections.defaultdict(set)
            for which, variant, test in reasons:
                together[which, variant].add(test)
            alone = any(len(one) < len(tests) for one in together.values())
            lows = sorted(t for t in tests if re.fullmatch(r"range \S+ -", t))
            highs = sorted(t for t in tests if re.fullmatch(r"range - \S+", t))
            if len(lows) == 1 and len(highs) == 1:
                tests = tests - {lows[0], highs[0]} | {f"range {lows[0].split()[1]} {highs[0].split()[2]}"}
            known = {t for t in tests if not t.startswith("? ")}
            if "cidr canonical" in known:
                known -= {"cidr"}
            if len(tests) > 1 and not alone and len(known) != 1 or len(tests) > len(known) and not alone:
                continue
            known -= {t for t in known if t.startswith("in ") and not any(which == "wrong" and test == t for which, _, test in reasons)}
            words = [t for t in known if t.startswith("in ")]
            if len(words) == 1 and not any(which == "other" and test == words[0] for which, _, test in reasons):
                known = known - set(words) | {"like" + words[0][2:]}
            lines |= {f"{'.'.join(path)} {test}" for test in known}
        exact = {members for rule, members in self.groups[key] if rule == "exactly-one"}
        for rule, members in self.groups[key]:
            if rule not in ("at-most-one", "at-least-one") or members not in exact:
                lines.add(f"{rule} {' '.join(members)}")
        return sorted(lines)


def main():
    schema, terraform = read(sys.argv[1]), sys.argv[2]
    bodies = {("resource", name): body for name, body in schema["resources"].items()} | {("data", name): body for name, body in schema["data_sources"].items()}
    findings = Findings(bodies)

    def wrong(ty, key, path, number):
        return f"-9{number % 1000000:06}" if ty == "number" else f'"Zz!{number}"'

    def other(ty, key, path, number):
        tests = {test for _, _, test in findings.once[key[:2]].get(path, ())}
        first = next((json.JSONDecoder().raw_decode(t[3:])[0] for t in tests if t.startswith("in ")), None)
        if ty == "number":
            return f"8{number % 1000000:06}000"
        if first is not None:
            return json.dumps(first.swapcase().replace("${", "$${"))
        return '"10.1.2.3/1"' if any(t.startswith("cidr") for t in tests) else f'"Zz!{number}{"x" * 520 if len(path) < 3 else ""}"'

    def least(ty, key, path, number):
        return "var.u"

    def run(which, choose, variants):
        for start in range(0, len(variants), TOGETHER):
            configuration = Configuration()
            for key, without in variants[start:start + TOGETHER]:
                configuration.add(key, bodies[key[:2]], choose, (lambda path: False) if which == "least" else (lambda path, without=without: path not in without))
            findings.take(which, configuration, validate(terraform, folder, configuration))

    everything = [((*key, 0), set()) for key in sorted(bodies)]
    folder = tempfile.mkdtemp()
    run("least", least, everything)
    run("wrong", wrong, everything)
    for _ in range(2):
        variants = []
        for key in sorted(bodies):
            pairs, shown, number = findings.excluding(key), set(), 1
            while left := [path for path in sorted(pairs) if path not in shown]:
                chosen = []
                for path in left + sorted(shown):
                    if not any(other in pairs[path] for other in chosen):
                        chosen.append(path)
                shown |= set(chosen)
                variants.append(((*key, number), set(pairs) - set(chosen)))
                number += 1
        run("wrong", wrong, variants)
    run("other", other, everything + variants)
    shutil.rmtree(folder)
    sections = [(" ".join(key) if key[0] == "data" else key[1], findings.lines(key)) for key in sorted(bodies)]
    print("\n".join("\n".join([name] + ["  " + line for line in lines]) + "\n" for name, lines in sorted(sections) if lines), end="")
    if len(sys.argv) > 4:
        with open(sys.argv[4], "w") as file:
            file.writelines(f"{times} {json.dumps(message)}\n" for message, times in findings.left.most_common())


if __name__ == "__main__":
    main()
