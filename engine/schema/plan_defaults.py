#!/usr/bin/env python3
"""Writes data/planned.txt: what the AWS provider plans for arguments and blocks that are not written.

usage: plan_defaults.py SCHEMA.json DOCUMENTS.json PLAN.json... > data/planned.txt
SCHEMA.json as for generate.py. The plans are `terraform show -json` of plans (hashicorp/aws 5.100.0, Terraform 1.11.4, no state, no
account) in which every resource type stands once: first with its required arguments alone, each an unknown value; then with every nested block
written once too. Nothing that is unknown is validated, so every type can be planned; what the plan then shows for an argument that the
configuration leaves out is the provider's own doing. DOCUMENTS.json is `{"type.attribute": planned text}` of a plan in which every argument that may
hold a JSON document held one with blanks in it, `Version` before `Statement`.
"""
import json, sys
from generate import read

# What no plan of a single resource shows: the provider's checks of what is written as blocks (arguments that it requires inside), and defaults in sets.
EXTRA = {
    "aws_default_security_group": {f"{b}.{n}": "!" for b in ("ingress", "egress") for n in ("from_port", "to_port", "protocol")},
    "aws_network_acl": {f"{b}.{n}": "!" for b in ("ingress", "egress") for n in ("from_port", "to_port", "protocol", "rule_no", "action")},
    "aws_security_group": {f"{b}.{n}": "!" for b in ("ingress", "egress") for n in ("from_port", "to_port", "protocol")},
    "aws_iam_role": {"inline_policy.policy": "~ version-first"},
}
EXTRA["aws_codedeploy_deployment_group"] = {"blue_green_deployment_config.green_fleet_provisioning_option": "?"}
EXTRA["aws_kinesis_stream"] = {"encryption_type": '= "NONE"', "enforce_consumer_deletion": "= false", "retention_period": "= 24", "stream_mode_details": "?"}
REDIRECT = {"host": "#{host}", "path": "/#{path}", "port": "#{port}", "protocol": "#{protocol}", "query": "#{query}"}
for lb in ("aws_lb", "aws_alb"):
    for ty, block in ((f"{lb}_listener", "default_action"), (f"{lb}_listener_rule", "action")):
        EXTRA[ty] = {f"{block}.redirect.{name}": f"= {json.dumps(value)}" for name, value in REDIRECT.items()}
EXTRA["aws_ecs_cluster_capacity_providers"] = {f"default_capacity_provider_strategy.{n}": "= 0" for n in ("base", "weight")}
EXTRA["aws_s3_bucket_acl"] = {"access_control_policy": "?"}
EXTRA["aws_ecr_lifecycle_policy"] = {"policy": "~ sorted"}
for ty in ("aws_security_group", "aws_default_security_group"):
    EXTRA[ty] |= {"ingress.self": "= false", "egress.self": "= false"}


def written(expressions):
    """Names that a configuration block holds."""
    return set(expressions or {})

def entries(body, expressions, after, unknown, path, nested, out):
    after, unknown = after or {}, unknown if isinstance(unknown, dict) else {}
    for name, (ty, flags) in sorted(body.get("attributes", {}).items()):
        where = ".".join(path + [name])
        if name in ("tags_all", "tags", "id") or name in written(expressions) or "o" not in flags:
            continue
        if unknown.get(name) is True:
            if "c" not in flags:
                out[where] = "?"
        elif name in after:
            value = after[name]
            empty = value is None or value in ("", False, [], {}) and nested == "set"
            if not empty or ("c" in flags and nested != "set"):
                out[where] = "= " + json.dumps(value)
    for name, block in sorted(body.get("blocks", {}).items()):
        where = path + [name]
        inner = (expressions or {}).get(name)
        if name == "timeouts":
            continue
        if inner is None:
            if unknown.get(name) is True:
                out[".".join(where)] = "?"
            continue
        values, marks = after.get(name), unknown.get(name)
        for i, one in enumerate(inner if isinstance(inner, list) else [inner]):
            value = values[i] if isinstance(values, list) and i < len(values) else values if isinstance(values, dict) else None
            mark = marks[i] if isinstance(marks, list) and i < len(marks) else marks if isinstance(marks, dict) else None
            if value is not None:
                entries(block, one, value, mark, where, block["nesting"], out)
            break

def documents(path):
    for name, text in json.load(open(path)).items():
        ty, attribute = name.split(".")
        if (text or "").startswith('{"Version"'):
            yield ty, attribute, "~ version-first"
        elif (text or "").startswith('{"Statement"'):
            yield ty, attribute, "~ sorted"


def main():
    schema = read(sys.argv[1])["resources"]
    found = {ty: dict(extra) for ty, extra in EXTRA.items()}
    for ty, attribute, rule in documents(sys.argv[2]):
        found.setdefault(ty, {})[attribute] = rule
    for path in sys.argv[3:]:
        plan = json.load(open(path))
        config = {r["type"]: r.get("expressions") for r in plan["configuration"]["root_module"]["resources"]}
        for change in plan["resource_changes"]:
            ty = change["type"]
            if ty not in schema:
                continue
            one = {}
            entries(schema[ty], config.get(ty), change["change"]["after"], change["change"]["after_unknown"], [], None, one)
            for where, rule in one.items():
                found.setdefault(ty, {}).setdefault(where, rule)
    print("\n".join("\n".join([ty] + [f"  {where} {rule}" for where, rule in sorted(all.items())]) + "\n"
                    for ty, all in sorted(found.items()) if all), end="")


if __name__ == "__main__":
    main()
