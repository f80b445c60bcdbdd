//! Graviton: the same sizes on AWS's own ARM processors.

use super::{Edit, Recipe, Said, instances, lines, set};
use crate::estimate::Estimate;
use model::{EcsService, EcsTaskDefinition, Model};
use stack::{Kind, Stack, Type, Value};
use std::collections::BTreeSet;

const RISKS: &[&str] = &[
    "images, libraries and machine images must be there for arm64",
    "an instance that is replaced by one of another family starts anew",
];

/// Types whose class is an attribute, with what stands before the family: `db.`, `cache.`.
const CLASSES: [(&str, &str, &str); 6] = [
    ("aws_instance", "instance_type", ""),
    ("aws_db_instance", "instance_class", "db."),
    ("aws_rds_cluster_instance", "instance_class", "db."),
    ("aws_elasticache_cluster", "node_type", "cache."),
    ("aws_elasticache_replication_group", "node_type", "cache."),
    ("aws_launch_template", "instance_type", ""),
];

/// The Graviton family of the same generation. <https://aws.amazon.com/ec2/instance-types/>
fn graviton(family: &str) -> Option<&'static str> {
    Some(match family {
        "t2" | "t3" | "t3a" => "t4g",
        "m4" | "m5" | "m5a" | "m6i" | "m6a" => "m6g",
        "m7i" | "m7a" => "m7g",
        "c4" | "c5" | "c5a" | "c6i" | "c6a" => "c6g",
        "c7i" | "c7a" => "c7g",
        "r4" | "r5" | "r5a" | "r6i" | "r6a" => "r6g",
        "r7i" | "r7a" => "r7g",
        _ => return None,
    })
}

/// The same size in the Graviton family.
fn class(class: &str, head: &str) -> Option<String> {
    let (family, size) = class.strip_prefix(head)?.split_once('.')?;
    Some(format!("{head}{}.{size}", graviton(family)?))
}

fn is_graviton(class: &str, head: &str) -> bool {
    let family =
        class.strip_prefix(head).and_then(|rest| rest.split('.').next()).unwrap_or_default();
    let generation = family.trim_start_matches(|c: char| c.is_ascii_alphabetic());
    generation.trim_start_matches(|c: char| c.is_ascii_digit()).contains('g')
}

pub(super) fn recipe(stack: &Stack, bill: &Estimate) -> Recipe {
    let mut recipe = Recipe { risks: RISKS.to_vec(), ..Recipe::default() };
    definitions(stack, bill, &mut recipe);
    functions(stack, &mut recipe);
    for (ty, attribute, head) in CLASSES {
        for (_, resource) in instances(stack, ty) {
            let Some(old) = resource.value.get(attribute).and_then(Value::as_str) else { continue };
            if let Some(new) = class(old, head) {
                let what = format!("{attribute} {old} -> {new}");
                recipe.edits.push(set(&resource.address, attribute, Value::string(new), what));
                continue;
            }
            let why = if is_graviton(old, head) {
                format!("`{old}` is Graviton already")
            } else {
                format!("no Graviton family is the like of `{old}`")
            };
            recipe.unchanged.push(Said::of(&resource.address, why));
        }
    }
    if recipe.edits.is_empty() && recipe.unchanged.is_empty() {
        recipe.unchanged.push(Said::all("nothing in the stack has a processor to choose"));
    }
    recipe
}

/// The task definitions of services on Fargate.
fn definitions(stack: &Stack, bill: &Estimate, recipe: &mut Recipe) {
    let model = Model::new(stack);
    let mut done = BTreeSet::new();
    for service in model.all::<EcsService<'_>>() {
        let address = service.resource.address.to_string();
        let cpu =
            lines(bill, &address).find(|line| line.starts_with("Fargate") && line.contains("vCPU"));
        let Some(cpu) = cpu else { continue };
        let target = model.of::<EcsTaskDefinition<'_>, _>(&service.task_definition);
        let Some(definition) = target.here() else { continue };
        if !done.insert(definition.id) {
            continue;
        }
        let at = &definition.resource.address;
        if cpu.contains("ARM") {
            recipe.unchanged.push(Said::of(at, "it is for ARM64 already"));
        } else if cpu.contains("Windows") {
            recipe.unchanged.push(Said::of(at, "Windows tasks do not run on ARM64"));
        } else if let Some(edit) = on_arm(definition.resource) {
            recipe.edits.push(edit);
        }
    }
}

fn on_arm(resource: &stack::Resource) -> Option<Edit> {
    let platform = resource.value.get("runtime_platform")?;
    let Type::List(element) = platform.ty() else { return None };
    let block = Value::object([
        ("cpu_architecture", Value::string("ARM64")),
        ("operating_system_family", Value::string("LINUX")),
    ]);
    let block = Value::new(Kind::List((*element).clone(), [block].into()));
    let what = "cpu_architecture X86_64 -> ARM64".to_owned();
    Some(set(&resource.address, "runtime_platform", block, what))
}

fn functions(stack: &Stack, recipe: &mut Recipe) {
    for (_, resource) in instances(stack, "aws_lambda_function") {
        let written = resource.value.get("architectures");
        let has = |name: &str| {
            written.is_some_and(|all| all.elements().any(|one| one.as_str() == Some(name)))
        };
        if has("arm64") {
            recipe.unchanged.push(Said::of(&resource.address, "it is for arm64 already"));
        } else {
            let arm = Value::new(Kind::List(Type::String, [Value::string("arm64")].into()));
            let what = "architectures x86_64 -> arm64".to_owned();
            recipe.edits.push(set(&resource.address, "architectures", arm, what));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_stay_and_families_change() {
        assert_eq!(class("t3.micro", "").as_deref(), Some("t4g.micro"));
        assert_eq!(class("db.m5.large", "db.").as_deref(), Some("db.m6g.large"));
        assert_eq!(class("db.m5.large", ""), None);
        assert_eq!(class("p4d.24xlarge", ""), None);
        for (name, is) in
            [("t4g.micro", true), ("m6gd.large", true), ("g5.xlarge", false), ("im4gn.large", true)]
        {
            assert_eq!(is_graviton(name, ""), is, "{name}");
        }
    }
}
