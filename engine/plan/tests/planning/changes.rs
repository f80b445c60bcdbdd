//! What becomes of objects that exist. Each expectation is Terraform's own answer to the same stack and state, or is marked as ours.

use crate::desk::{group, lines, planned, state, steps, try_plan};
use banana_plan::{Action, Options, Reason, State};
use serde_json::json;
use stack::value::Step;

const GROUP: &str = r#"resource "aws_cloudwatch_log_group" "l" {
  name              = "l"
  retention_in_days = 7
}
"#;

fn with(changes: &str) -> String {
    GROUP.replace("retention_in_days = 7", changes)
}

fn one() -> State {
    state(&[("aws_cloudwatch_log_group.l", group("l"), &[])])
}

fn attribute(name: &str) -> Vec<Step> {
    vec![Step::Attr(name.into())]
}

#[test]
fn nothing_written_differently_is_no_change() {
    let plan = planned(GROUP, &one());
    assert!(plan.is_empty());
    // The stored object stays as it is, empty texts and all.
    let change = &plan.changes[0];
    assert_eq!(change.after.as_ref().unwrap().to_json(), change.before.as_ref().unwrap().to_json());
}

#[test]
fn an_update_keeps_what_aws_decided() {
    let plan = planned(&with("retention_in_days = 30\n tags = { a = \"b\" }"), &one());
    assert_eq!(lines(&plan), ["aws_cloudwatch_log_group.l update"]);
    let after = plan.changes[0].after.as_ref().unwrap();
    assert!(after.is_wholly_known());
    assert_eq!(after.get("arn").unwrap().to_json(), group("l")["arn"]);
    assert_eq!(after.get("tags_all").unwrap().to_json(), json!({"a": "b"}));
}

#[test]
fn a_name_takes_a_new_object() {
    let plan = planned(&GROUP.replace("\"l\"\n", "\"m\"\n"), &one());
    let change = &plan.changes[0];
    assert_eq!(change.action, Action::Replace { create_first: false });
    assert_eq!(change.reason, Some(Reason::CannotUpdate));
    assert_eq!(change.replace_paths, [attribute("name")]);
    assert!(change.after.as_ref().unwrap().get("arn").unwrap().is_unknown());
    assert_eq!(steps(&plan), ["Destroy aws_cloudwatch_log_group", "Make aws_cloudwatch_log_group"]);
}

#[test]
fn what_is_no_longer_written_goes() {
    let plan = planned("", &one());
    assert_eq!(lines(&plan), ["aws_cloudwatch_log_group.l delete"]);
    assert_eq!(plan.changes[0].reason, Some(Reason::NoResource));
    let counted = GROUP.replace("name ", "count = 1\n name ");
    let two = state(&[
        ("aws_cloudwatch_log_group.l[0]", group("l"), &[]),
        ("aws_cloudwatch_log_group.l[1]", group("k"), &[]),
    ]);
    let plan = planned(&counted, &two);
    assert_eq!(lines(&plan), ["aws_cloudwatch_log_group.l[1] delete"]);
    assert_eq!(plan.changes[1].reason, Some(Reason::CountIndex));
}

#[test]
fn count_coming_or_going_moves_the_one_object() {
    let counted = GROUP.replace("name ", "count = 1\n name ");
    let plan = planned(&counted, &one());
    assert_eq!(lines(&plan), Vec::<String>::new());
    assert_eq!(
        plan.changes[0].previous.as_ref().unwrap().to_string(),
        "aws_cloudwatch_log_group.l"
    );
    assert!(!plan.is_empty(), "the state has to be told");
}

#[test]
fn ignored_changes_are_none() {
    let text = with("retention_in_days = 30\n lifecycle { ignore_changes = [retention_in_days] }");
    assert!(planned(&text, &one()).is_empty());
    let text = GROUP.replace("\"l\"\n", "\"m\"\n lifecycle { ignore_changes = all }\n");
    assert!(planned(&text, &one()).is_empty());
}

#[test]
fn prevented_destruction_is_an_error_that_names_the_cause() {
    let text = GROUP.replace("\"l\"\n", "\"m\"\n lifecycle { prevent_destroy = true }\n");
    let reports = try_plan(&text, &one(), &Options::default()).unwrap_err();
    assert_eq!(reports.len(), 1);
    assert_eq!(reports[0].code, "prevent-destroy");
    assert!(reports[0].message.contains("`name` cannot change in place"), "{}", reports[0].message);
    let destroy = Options { destroy: true, ..Options::default() };
    let text = with("retention_in_days = 7\n lifecycle { prevent_destroy = true }");
    assert!(try_plan(&text, &one(), &destroy).is_err());
    assert!(try_plan(GROUP, &one(), &destroy).is_ok());
}

#[test]
fn a_block_guards_the_instances_that_it_has_no_more() {
    let counted =
        |count: u32, text: &str| text.replace("name ", &format!("count = {count}\n name "));
    let guarded = with("retention_in_days = 7\n lifecycle { prevent_destroy = true }");
    let two = state(&[
        ("aws_cloudwatch_log_group.l[0]", group("l"), &[]),
        ("aws_cloudwatch_log_group.l[1]", group("l"), &[]),
    ]);
    for count in [0, 1] {
        let reports = try_plan(&counted(count, &guarded), &two, &Options::default()).unwrap_err();
        assert_eq!(reports.len(), 2 - count as usize);
        assert_eq!(reports[0].code, "prevent-destroy");
        assert!(try_plan(&counted(count, GROUP), &two, &Options::default()).is_ok());
    }
    assert!(try_plan(&counted(2, &guarded), &two, &Options::default()).is_ok());
}

#[test]
fn a_new_object_ignores_no_change() {
    let text = GROUP.replace(
        '7',
        "30\n lifecycle {\n ignore_changes = [retention_in_days]\n replace_triggered_by = [aws_cloudwatch_log_group.t]\n }",
    );
    let text = format!("{text}resource \"aws_cloudwatch_log_group\" \"t\" {{ name = \"t\" }}\n");
    let prior = state(&[
        ("aws_cloudwatch_log_group.l", group("l"), &[]),
        ("aws_cloudwatch_log_group.t", group("t"), &[]),
    ]);
    let plan = planned(&text, &prior);
    let change = &plan.changes[0];
    assert_eq!(change.reason, Some(Reason::Triggered));
    let days = change.after.as_ref().unwrap().get("retention_in_days").unwrap();
    assert_eq!(days.to_json(), json!(30));
}

#[test]
fn what_a_target_needs_loses_the_instances_that_it_has_no_more() {
    let text = r#"
resource "aws_cloudwatch_log_group" "l" {
  count             = 1
  name              = "l"
  retention_in_days = 7
}
resource "aws_cloudwatch_log_group" "user" { name = aws_cloudwatch_log_group.l[0].name }
"#;
    let two = state(&[
        ("aws_cloudwatch_log_group.l[0]", group("l"), &[]),
        ("aws_cloudwatch_log_group.l[1]", group("k"), &[]),
        ("aws_cloudwatch_log_group.gone", group("g"), &[]),
    ]);
    let aimed = |target: &str| {
        let targets = vec![target.parse().unwrap()];
        let options = Options { targets, ..Options::default() };
        lines(&try_plan(text, &two, &options).unwrap().plan)
    };
    let all = ["aws_cloudwatch_log_group.l[1] delete", "aws_cloudwatch_log_group.user create"];
    assert_eq!(aimed("aws_cloudwatch_log_group.user"), all);
    assert_eq!(aimed("aws_cloudwatch_log_group.l[0]"), Vec::<String>::new());
}

const NET: &str = r#"
resource "aws_vpc" "v" { cidr_block = "10.1.0.0/16" }
resource "aws_subnet" "s" {
  vpc_id     = aws_vpc.v.id
  cidr_block = "10.1.1.0/24"
}
"#;

fn net() -> State {
    let vpc = json!({"id": "vpc-1", "cidr_block": "10.0.0.0/16", "instance_tenancy": "default"});
    let subnet = json!({
        "id": "s-1", "vpc_id": "vpc-1", "cidr_block": "10.1.1.0/24", "assign_ipv6_address_on_creation": false,
        "enable_dns64": false, "enable_resource_name_dns_a_record_on_launch": false,
        "enable_resource_name_dns_aaaa_record_on_launch": false, "ipv6_native": false, "map_public_ip_on_launch": false
    });
    state(&[("aws_vpc.v", vpc, &[]), ("aws_subnet.s", subnet, &["aws_vpc.v"])])
}

#[test]
fn a_replacement_reaches_those_that_need_it() {
    let plan = planned(NET, &net());
    assert_eq!(lines(&plan), ["aws_subnet.s delete+create", "aws_vpc.v delete+create"]);
    assert_eq!(plan.changes[0].replace_paths, [attribute("vpc_id")]);
    let order = ["Destroy aws_subnet", "Destroy aws_vpc", "Make aws_vpc", "Make aws_subnet"];
    assert_eq!(steps(&plan), order);
}

#[test]
fn a_new_object_comes_first_when_it_is_written_so_and_so_does_what_it_needs() {
    let text = NET
        .replace("\"10.1.1.0/24\"", "\"10.1.1.0/24\"\n lifecycle { create_before_destroy = true }");
    let plan = planned(&text, &net());
    assert_eq!(lines(&plan), ["aws_subnet.s create+delete", "aws_vpc.v create+delete"]);
    let order = ["Make aws_vpc", "Make aws_subnet", "Destroy aws_subnet", "Destroy aws_vpc"];
    assert_eq!(steps(&plan), order);
}

#[test]
fn triggers_and_requests_replace_what_would_stay() {
    let trigger = r#"
resource "aws_cloudwatch_log_group" "t" {
  name              = "t"
  retention_in_days = 7
  lifecycle { replace_triggered_by = [aws_cloudwatch_log_group.l.retention_in_days] }
}
"#;
    let text = format!("{}{trigger}", with("retention_in_days = 30"));
    let prior = state(&[
        ("aws_cloudwatch_log_group.l", group("l"), &[]),
        ("aws_cloudwatch_log_group.t", group("t"), &[]),
    ]);
    let plan = planned(&text, &prior);
    let want = ["aws_cloudwatch_log_group.l update", "aws_cloudwatch_log_group.t delete+create"];
    assert_eq!(lines(&plan), want);
    assert_eq!(plan.changes[1].reason, Some(Reason::Triggered));
    assert!(planned(&format!("{GROUP}{trigger}"), &prior).is_empty());
    let other = format!("{}{trigger}", with("retention_in_days = 7\n tags = { a = \"b\" }"));
    assert_eq!(lines(&planned(&other, &prior)), ["aws_cloudwatch_log_group.l update"]);
    let replace = vec!["aws_cloudwatch_log_group.l".parse().unwrap()];
    let plan = try_plan(GROUP, &one(), &Options { replace, ..Options::default() }).unwrap().plan;
    assert_eq!(plan.changes[0].reason, Some(Reason::Requested));
}

#[test]
fn a_target_takes_what_it_needs_and_leaves_the_rest() {
    let text = format!("{NET}resource \"aws_vpc\" \"c\" {{ cidr_block = \"10.2.0.0/16\" }}\n");
    let targets = vec!["aws_subnet.s".parse().unwrap()];
    let options = Options { targets, ..Options::default() };
    let plan = try_plan(&text, &State::default(), &options).unwrap().plan;
    assert_eq!(lines(&plan), ["aws_subnet.s create", "aws_vpc.v create"]);
    assert!(plan.reports.iter().any(|r| r.code == "targeted"));
}

#[test]
fn destroying_takes_everything_in_the_reverse_of_what_is_stored() {
    let prior = state(&[
        ("aws_vpc.a", json!({"id": "vpc-1"}), &[]),
        ("aws_subnet.b", json!({"id": "s-1"}), &["aws_vpc.a"]),
        ("aws_vpc.c", json!({"id": "vpc-2"}), &[]),
    ]);
    let options = Options { destroy: true, ..Options::default() };
    let plan = try_plan("", &prior, &options).unwrap().plan;
    assert_eq!(lines(&plan), ["aws_subnet.b delete", "aws_vpc.a delete", "aws_vpc.c delete"]);
    let places: Vec<usize> = plan.order.steps.iter().map(|s| s.change).collect();
    let place = |change| places.iter().position(|c| *c == change);
    assert!(place(0) < place(1));
    // A target of a destroy plan takes what cannot be without it.
    let targets = vec!["aws_vpc.a".parse().unwrap()];
    let options = Options { destroy: true, targets, ..Options::default() };
    let plan = try_plan("", &prior, &options).unwrap().plan;
    assert_eq!(lines(&plan), ["aws_subnet.b delete", "aws_vpc.a delete"]);
}

#[test]
fn an_old_revision_goes_after_its_service_has_moved() {
    // Ours: Terraform deletes the old revision first, and the service runs on an inactive one meanwhile.
    let text = r#"
resource "aws_ecs_task_definition" "t" {
  family                = "t"
  container_definitions = jsonencode([{ name = "a", image = "nginx:2", memory = 64 }])
}
resource "aws_ecs_service" "s" {
  name            = "s"
  task_definition = aws_ecs_task_definition.t.arn
}
"#;
    let definition = json!({
        "id": "t", "family": "t", "arn": "arn:t:1", "skip_destroy": false, "track_latest": false,
        "container_definitions": "[{\"name\":\"a\",\"image\":\"nginx:1\",\"memory\":64,\"essential\":true}]"
    });
    let service = json!({
        "id": "s", "name": "s", "task_definition": "arn:t:1", "availability_zone_rebalancing": "DISABLED",
        "deployment_maximum_percent": 200, "deployment_minimum_healthy_percent": 100, "enable_ecs_managed_tags": false,
        "enable_execute_command": false, "scheduling_strategy": "REPLICA", "wait_for_steady_state": false
    });
    let prior = state(&[
        ("aws_ecs_task_definition.t", definition, &[]),
        ("aws_ecs_service.s", service, &["aws_ecs_task_definition.t"]),
    ]);
    let plan = planned(text, &prior);
    let want = ["aws_ecs_service.s update", "aws_ecs_task_definition.t delete+create"];
    assert_eq!(lines(&plan), want);
    let order =
        ["Make aws_ecs_task_definition", "Make aws_ecs_service", "Destroy aws_ecs_task_definition"];
    assert_eq!(steps(&plan), order);
}

fn moved(from: &str, to: &str) -> String {
    let full = |name: &str| format!("aws_cloudwatch_log_group.{name}");
    format!("moved {{\n from = {}\n to = {}\n}}\n", full(from), full(to))
}

#[test]
fn a_moved_block_renames_and_contradictions_are_told() {
    let text = format!("{GROUP}{}", moved("old", "l"));
    let prior = state(&[("aws_cloudwatch_log_group.old", group("l"), &[])]);
    let plan = planned(&text, &prior);
    assert_eq!(lines(&plan), Vec::<String>::new());
    let previous = plan.changes[0].previous.as_ref().unwrap();
    assert_eq!(previous.to_string(), "aws_cloudwatch_log_group.old");
    let still = format!("{text}resource \"aws_cloudwatch_log_group\" \"old\" {{ name = \"o\" }}\n");
    let reports = try_plan(&still, &prior, &Options::default()).unwrap_err();
    assert_eq!(reports[0].code, "moved-still-exists");
    let both = format!("{text}{}", moved("older", "l"));
    let reports = try_plan(&both, &prior, &Options::default()).unwrap_err();
    assert_eq!(reports[0].code, "ambiguous-move");
}

#[test]
fn a_chain_of_moves_is_followed_to_its_end() {
    let text = format!("{GROUP}{}{}", moved("b", "l"), moved("a", "b"));
    let plan = planned(&text, &state(&[("aws_cloudwatch_log_group.a", group("l"), &[])]));
    assert_eq!(lines(&plan), Vec::<String>::new());
    let previous = plan.changes[0].previous.as_ref().unwrap();
    assert_eq!(previous.to_string(), "aws_cloudwatch_log_group.a");
}

#[test]
fn an_import_that_nobody_has_read_is_no_create() {
    let import = "import {\n to = aws_cloudwatch_log_group.l\n id = \"l\"\n}\n";
    let text = format!("{GROUP}{import}");
    let reports = try_plan(&text, &State::default(), &Options::default()).unwrap_err();
    assert_eq!(reports[0].code, "import-not-read");
    assert_eq!(lines(&planned(&text, &one())), Vec::<String>::new());
    let destroy = Options { destroy: true, ..Options::default() };
    assert!(try_plan(&text, &State::default(), &destroy).is_ok());
}

#[test]
fn a_removed_block_may_leave_the_object() {
    let text = "removed {\n from = aws_cloudwatch_log_group.l\n lifecycle { destroy = false }\n}\n";
    let plan = planned(text, &one());
    assert_eq!(lines(&plan), ["aws_cloudwatch_log_group.l forget"]);
    assert!(plan.reports.iter().any(|r| r.code == "forgotten"));
}

#[test]
fn an_unknown_number_of_instances_is_refused() {
    let text = r#"
resource "aws_vpc" "a" { cidr_block = "10.0.0.0/16" }
resource "aws_vpc" "b" {
  count      = length(aws_vpc.a.id)
  cidr_block = "10.1.0.0/16"
}
"#;
    assert!(try_plan(text, &State::default(), &Options::default()).is_err());
}
