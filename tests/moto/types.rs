//! The life of an object of each resource type, by the real program: it is made; changed and deleted by hand behind the state's back, and put
//! right; forgotten, and then neither overwritten nor made twice; imported, and then as it was; destroyed.

use super::server::Moto;
use super::stacks::{Stack, reset, run, said};
use serde_json::Value as Json;

/// What Terraform calls the object when it imports it, of attributes in braces, where that is not its id.
const IMPORTED: [(&str, &str); 10] = [
    ("aws_appautoscaling_policy", "{service_namespace}/{resource_id}/{scalable_dimension}/{name}"),
    ("aws_appautoscaling_target", "{service_namespace}/{resource_id}/{scalable_dimension}"),
    ("aws_ecs_cluster", "{name}"),
    ("aws_ecs_cluster_capacity_providers", "{cluster_name}"),
    ("aws_ecs_service", "web/{name}"),
    ("aws_ecs_task_definition", "{arn}"),
    ("aws_iam_role_policy_attachment", "{role}/{policy_arn}"),
    ("aws_route", "{route_table_id}_{destination_cidr_block}"),
    ("aws_route_table_association", "{subnet_id}/{route_table_id}"),
    ("aws_security_group_rule", "{security_group_id}_ingress_tcp_443_443_0.0.0.0/0"),
];

/// What has no name that two could not have.
const NAMELESS: [&str; 10] = [
    "aws_acm_certificate",
    "aws_ecs_task_definition",
    "aws_eip",
    "aws_internet_gateway",
    "aws_kms_key",
    "aws_nat_gateway",
    "aws_route_table",
    "aws_subnet",
    "aws_vpc",
    "aws_vpc_endpoint",
];

/// What AWS would refuse to make twice, and moto does not.
const TWICE: [&str; 2] = ["aws_ecs_service", "aws_lb_listener"];

/// What only the state knows of an object, and the stack says otherwise than the provider by default, or tags that are the provider's by
/// default: what was imported is then changed in the state.
const LOCAL: [&str; 5] =
    ["aws_ecr_repository", "aws_kms_key", "aws_s3_bucket", "aws_secretsmanager_secret", "aws_vpc"];

/// What cannot be changed by hand: there is only to have or to have not.
const CHANGELESS: [&str; 2] = ["aws_iam_role_policy_attachment", "aws_route_table_association"];

/// The value of the stack that has a secret: the state holds it, as Terraform's does, and nothing else may.
const SECRET: &str = "correct horse";

/// The object of a stack whose type is tested, as the state has it.
fn object(state: &Json, ty: &str) -> Json {
    let resources = state["resources"].as_array().unwrap();
    let resource =
        resources.iter().find(|r| (&r["type"], &r["name"]) == (&ty.into(), &"this".into()));
    resource.unwrap_or_else(|| panic!("{ty}.this is in the state"))["instances"][0]["attributes"]
        .clone()
}

/// Changes or deletes the object as somebody does who knows nothing of the state.
fn by_hand(moto: &Moto, verb: &str, ty: &str, object: &Json) {
    moto.python(include_str!("hands.py"), &[verb, ty, &object.to_string()]);
}

fn state(stack: &Stack) -> Json {
    serde_json::from_slice(&std::fs::read(stack.folder().join("terraform.tfstate")).unwrap())
        .unwrap()
}

/// Makes the state forget the object.
fn forget(stack: &Stack, ty: &str) {
    let mut state = state(stack);
    let resources = state["resources"].as_array_mut().unwrap();
    resources.retain(|r| (&r["type"], &r["name"]) != (&ty.into(), &"this".into()));
    std::fs::write(stack.folder().join("terraform.tfstate"), state.to_string()).unwrap();
}

fn import_id(ty: &str, object: &Json) -> String {
    let template =
        IMPORTED.iter().find(|(of, _)| *of == ty).map_or("{id}", |(_, template)| template);
    let mut parts = template.split('{');
    let mut id = parts.next().unwrap().to_owned();
    for part in parts {
        let (name, rest) = part.split_once('}').unwrap();
        id.push_str(object[name].as_str().unwrap_or_else(|| panic!("{ty} has `{name}`")));
        id.push_str(rest);
    }
    id
}

/// Applies, and says what was created, changed and destroyed.
fn apply(moto: &Moto, stack: &Stack, what: &str) -> Result<(String, String), String> {
    let output = run(moto, stack, &["apply", "-auto-approve", "--fail-on=never"]);
    let text = said(&output);
    if !output.status.success() {
        return Err(format!("{what}: {text}"));
    }
    let end = text.rsplit("done: ").next().unwrap_or_default().lines().next().unwrap_or_default();
    Ok((end.to_owned(), text))
}

fn same(what: &str, is: &str, wanted: &str, text: &str) -> Result<(), String> {
    if is == wanted { Ok(()) } else { Err(format!("{what}: {is}, not {wanted}\n{text}")) }
}

fn live(moto: &Moto, ty: &str) -> Result<(), String> {
    reset(moto);
    let stack = Stack::stage(ty, moto);
    let (_, text) = apply(moto, &stack, "created")?;
    let journal =
        std::fs::read_to_string(stack.folder().join("terraform.tfstate.journal")).unwrap();
    if [text, journal].iter().any(|text| text.contains(SECRET)) {
        return Err("the secret is told".to_owned());
    }
    if !CHANGELESS.contains(&ty) {
        by_hand(moto, "change", ty, &object(&state(&stack), ty));
        let (end, text) = apply(moto, &stack, "changed by hand")?;
        // What only takes a new object is made anew.
        let wanted = match ty {
            "aws_ecr_lifecycle_policy" => "1 created, 0 changed, 1 destroyed",
            _ => "0 created, 1 changed, 0 destroyed",
        };
        same("changed by hand", &end, wanted, &text)?;
    }
    by_hand(moto, "delete", ty, &object(&state(&stack), ty));
    let (end, text) = apply(moto, &stack, "deleted by hand")?;
    same("deleted by hand", &end, "1 created, 0 changed, 0 destroyed", &text)?;

    let known = object(&state(&stack), ty);
    forget(&stack, ty);
    if !NAMELESS.contains(&ty) && !TWICE.contains(&ty) {
        let output = run(moto, &stack, &["apply", "-auto-approve", "--fail-on=never"]);
        let text = said(&output);
        if output.status.success() || !text.contains("import the object") {
            return Err(format!("not refused: {text}"));
        }
    }
    let id = import_id(ty, &known);
    let block = format!("import {{\n  to = {ty}.this\n  id = \"{id}\"\n}}\n");
    std::fs::write(stack.folder().join("import.tf"), block).unwrap();
    let (end, text) = apply(moto, &stack, "imported")?;
    let changed = usize::from(LOCAL.contains(&ty));
    let wanted = format!("0 created, {changed} changed, 0 destroyed");
    same("imported", &end, &wanted, &text)?;
    std::fs::remove_file(stack.folder().join("import.tf")).unwrap();
    let now = object(&state(&stack), ty);
    // An attachment has no id: each import and each create makes one up.
    if now["id"] != known["id"] && ty != "aws_iam_role_policy_attachment" {
        return Err(format!("imported: `{}` is now `{}`", known["id"], now["id"]));
    }
    let plan = run(moto, &stack, &["plan", "-detailed-exitcode"]);
    if plan.status.code() != Some(0) {
        return Err(format!("planned: {}", said(&plan)));
    }
    let end = run(moto, &stack, &["destroy", "-auto-approve"]);
    if end.status.success() { Ok(()) } else { Err(format!("destroyed: {}", said(&end))) }
}

fn live_all(half: usize) {
    let moto = Moto::start();
    let mut failed = Vec::new();
    for ty in Stack::types().into_iter().skip(half).step_by(2) {
        if let Err(why) = live(&moto, &ty) {
            println!("{ty}: {why}");
            failed.push(ty);
        }
    }
    assert!(failed.is_empty(), "{failed:?}");
}

#[test]
fn each_type_lives_its_life_one_half() {
    live_all(0);
}

#[test]
fn each_type_lives_its_life_the_other_half() {
    live_all(1);
}

/// No type is left out.
#[test]
fn each_type_has_a_stack() {
    let parity = include_str!("../../engine/PARITY.md");
    let rows = parity.lines().filter(|row| row.ends_with("| yes |"));
    let types = rows.filter_map(|row| row.split('|').nth(1)).map(|ty| ty.trim().to_owned());
    let files = std::fs::read_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/fixtures/apply")).unwrap();
    let name =
        |file: std::fs::DirEntry| file.path().file_stem().unwrap().to_str().unwrap().to_owned();
    let mut stacks: Vec<String> = files.map(|file| name(file.unwrap())).collect();
    stacks.sort();
    assert_eq!(types.collect::<Vec<_>>(), stacks);
}
