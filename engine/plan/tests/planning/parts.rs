//! Plans of a part of a stack, and plans that touch nothing.

use crate::desk::{group, lines, state, steps, try_plan};
use banana_plan::{Action, Drift, Options, Pattern, State};
use serde_json::json;
use stack::Value;

/// `a` is needed by `b`, `b` by `c`; `d` stands alone.
const CHAIN: &str = r#"
resource "aws_cloudwatch_log_group" "a" { name = "a" }
resource "aws_cloudwatch_log_group" "b" { name = "${aws_cloudwatch_log_group.a.name}-b" }
resource "aws_cloudwatch_log_group" "c" { name = "${aws_cloudwatch_log_group.b.name}-c" }
resource "aws_cloudwatch_log_group" "d" {
  count = 2
  name  = "d${count.index}"
}
output "b" { value = aws_cloudwatch_log_group.b.arn }
output "c" { value = aws_cloudwatch_log_group.c.arn }
"#;

fn patterns(names: &[&str]) -> Vec<Pattern> {
    let full = |name: &&str| {
        let short = !name.contains('.');
        if short { format!("aws_cloudwatch_log_group.{name}") } else { (*name).to_owned() }
    };
    names.iter().map(|name| full(name).parse().unwrap()).collect()
}

fn short(lines: &[String]) -> Vec<String> {
    lines.iter().map(|line| line.replace("aws_cloudwatch_log_group.", "")).collect()
}

fn without<'w>(names: &[&str]) -> Options<'w> {
    Options { exclude: patterns(names), ..Options::default() }
}

#[test]
fn what_is_excluded_takes_along_what_needs_it() {
    let plan = |names: &[&str]| try_plan(CHAIN, &State::default(), &without(names)).unwrap().plan;
    assert_eq!(short(&lines(&plan(&["b"]))), ["a create", "d[0] create", "d[1] create"]);
    assert_eq!(
        short(&lines(&plan(&["c"]))),
        ["a create", "b create", "d[0] create", "d[1] create"]
    );
    assert_eq!(short(&lines(&plan(&["d[1]", "a"]))), ["d[0] create"]);
    let plan = plan(&["c"]);
    assert!(plan.reports.iter().any(|r| r.code == "targeted" && r.message.contains("-exclude")));
    let outputs: Vec<_> = plan.outputs.iter().map(|o| o.name.as_str()).collect();
    assert_eq!(outputs, ["b"], "what hangs on the excluded stays as it is");
}

/// `a`, `b`, `c` exist, each with another retention than written, and `old`, which nothing writes any more, was needed by `b`.
fn existing() -> State {
    let full = |name: &str| format!("aws_cloudwatch_log_group.{name}");
    let (a, b, c, old, lone) = (full("a"), full("b"), full("c"), full("old"), full("lone"));
    state(&[
        (&a, group("a"), &[]),
        (&b, group("a-b"), &[&a, &old]),
        (&c, group("a-b-c"), &[&a, &b, &old]),
        (&old, group("old"), &[]),
        (&lone, group("lone"), &[]),
    ])
}

#[test]
fn what_an_excluded_object_needed_is_not_deleted_under_it() {
    let plan = try_plan(CHAIN, &existing(), &without(&["b", "d"])).unwrap().plan;
    assert_eq!(short(&lines(&plan)), ["a update", "lone delete"]);
    let plan = try_plan(CHAIN, &existing(), &without(&["d", "lone"])).unwrap().plan;
    assert_eq!(short(&lines(&plan)), ["a update", "b update", "c update", "old delete"]);
}

#[test]
fn a_destroy_plan_spares_the_excluded_and_what_it_needs() {
    let options = Options { destroy: true, ..without(&["b"]) };
    let plan = try_plan(CHAIN, &existing(), &options).unwrap().plan;
    assert_eq!(short(&lines(&plan)), ["c delete", "lone delete"]);
    assert!(plan.reports.iter().any(|r| r.code == "targeted"));
    assert!(plan.outputs.is_empty());
}

#[test]
fn an_address_that_nothing_has_is_refused_with_the_one_that_was_meant() {
    let said = |options: Options<'_>| {
        let reports = try_plan(CHAIN, &existing(), &options).unwrap_err();
        assert!(reports.iter().all(|r| r.code == "unknown-address"), "{reports:?}");
        reports.into_iter().map(|r| r.help.unwrap()).collect::<Vec<_>>()
    };
    let like = |name: &str| format!("did you mean `aws_cloudwatch_log_group.{name}`?");
    assert_eq!(said(without(&["lome"])), [like("lone")]);
    let targets = patterns(&["aws_cloudwach_log_group.d", "a"]);
    assert_eq!(said(Options { targets, ..Options::default() }), [like("d")]);
    let replace = patterns(&["d[7]", "module.nothing_like_it"]);
    let said = said(Options { replace, ..Options::default() });
    assert_eq!(said[0], like("d[0]"));
    assert!(said[1].starts_with("an address is like"), "{said:?}");
    // What has no instance now is still an address.
    let none = CHAIN.replace("count = 2", "count = 0");
    let targets = patterns(&["d"]);
    let options = Options { targets, ..Options::default() };
    assert!(try_plan(&none, &State::default(), &options).unwrap().plan.changes.is_empty());
}

#[test]
fn a_number_that_is_not_known_yet_does_not_stand_in_the_way_of_the_rest() {
    let text = format!(
        "{CHAIN}resource \"aws_vpc\" \"many\" {{\n count = length(aws_cloudwatch_log_group.a.arn)\n cidr_block = \"10.0.0.0/16\"\n}}\n"
    );
    assert!(try_plan(&text, &State::default(), &Options::default()).is_err());
    let targets = patterns(&["a"]);
    let options = Options { targets, ..Options::default() };
    let plan = try_plan(&text, &State::default(), &options).unwrap().plan;
    assert_eq!(short(&lines(&plan)), ["a create"]);
    assert!(try_plan(&text, &State::default(), &without(&["aws_vpc.many"])).is_ok());
}

/// What a refresh finds: `a` keeps its logs for another time, `lone` is gone.
fn drifted() -> (State, Vec<Drift>) {
    let (stored, mut now) = (existing(), existing());
    let address = |name: &str| patterns(&[name])[0].instance().unwrap();
    let value = |state: &State, name: &str| {
        let address = address(name);
        state.current(&address).unwrap().value(address.mode, &address.ty).unwrap()
    };
    let longer = |json: serde_json::Value| {
        let mut json = json;
        json["retention_in_days"] = json!(90);
        json
    };
    let found = Value::from_json(&value(&stored, "a").ty(), &longer(group("a"))).unwrap();
    now.instances.get_mut(&address("a")).unwrap().current.as_mut().unwrap().set(&found);
    now.remove(&address("lone"), None);
    let drift = [
        Drift::between(&address("a"), None, value(&stored, "a"), Some(found)),
        Drift::between(&address("lone"), None, value(&stored, "lone"), None),
        Drift::between(&address("b"), None, value(&stored, "b"), Some(value(&stored, "b"))),
    ];
    (now, drift.into_iter().flatten().collect())
}

#[test]
fn what_changed_outside_is_taken_into_the_state_and_nothing_is_touched() {
    let (prior, drift) = drifted();
    assert_eq!(drift.len(), 2);
    assert_eq!(drift[0].changed, ["retention_in_days"]);
    let options = Options { refresh_only: true, drift, ..Options::default() };
    let text = format!(
        "{CHAIN}output \"days\" {{ value = aws_cloudwatch_log_group.a.retention_in_days }}\n"
    );
    let plan = try_plan(&text, &prior, &options).unwrap().plan;
    assert!(plan.changes.iter().all(|c| c.action == Action::NoOp), "{:?}", lines(&plan));
    assert_eq!(steps(&plan), Vec::<String>::new());
    assert!(!plan.is_empty(), "the state has to learn of it");
    let days = plan.outputs.iter().find(|o| o.name == "days").unwrap();
    assert_eq!(days.after.as_ref().unwrap().to_json(), json!(90));
    let quiet = Options { refresh_only: true, ..Options::default() };
    assert!(try_plan("", &existing(), &quiet).unwrap().plan.is_empty());
}

#[test]
fn both_sides_of_a_plan_are_stacks() {
    let planned = try_plan(CHAIN, &existing(), &without(&["c"])).unwrap();
    let names = |stack: &stack::Stack| {
        stack.resources.iter().map(|r| r.address.to_string()).collect::<Vec<_>>()
    };
    let (before, after) = (planned.before(), planned.after());
    assert_eq!(short(&names(&before)), ["a", "b", "c", "lone", "old"]);
    // `c` stays as it is, and so does `old`, which it needs.
    assert_eq!(short(&names(&after)), ["a", "b", "c", "d[0]", "d[1]", "old"]);
    let days =
        |stack: &stack::Stack| stack.resources[0].value.get("retention_in_days").unwrap().to_json();
    assert_eq!((days(&before), days(&after)), (json!(7), json!(0)));
    let to = |stack: &stack::Stack, at: usize| {
        stack.resources[at].edges.iter().map(|e| e.to.0).collect::<Vec<_>>()
    };
    assert_eq!(to(&before, 1), [0], "`b` needs `a` on both sides");
    assert_eq!(to(&after, 1), [0]);
}
