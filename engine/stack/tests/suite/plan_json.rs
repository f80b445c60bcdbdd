//! Plan JSON that is not what Terraform writes: whatever it says, it is read or refused, and never ends badly.

use banana_stack::{Mode, Side, read_plan_json};
use proptest::prelude::*;
use serde_json::{Value as Json, json};
use std::path::Path;
use std::sync::LazyLock;

static PLAN: LazyLock<Json> = LazyLock::new(|| {
    let path =
        Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fixtures/cost/plans/modules/plan.json");
    serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap()
});

/// The part of a document at the `at`-th step of a walk through it is replaced.
fn with(document: &Json, at: usize, part: &Json) -> Json {
    let mut document = document.clone();
    let mut open = vec![&mut document];
    let mut left = at;
    while let Some(json) = open.pop() {
        if left == 0 {
            *json = part.clone();
            break;
        }
        left -= 1;
        match json {
            Json::Array(items) => open.extend(items.iter_mut().rev()),
            Json::Object(entries) => open.extend(entries.values_mut().rev()),
            _ => {}
        }
    }
    document
}

#[test]
fn references_lead_to_instances() {
    let stack = read_plan_json(&PLAN.to_string(), Side::Planned).unwrap();
    let edges = |address: &str| {
        let resource = stack.resources.iter().find(|r| r.address.to_string() == address).unwrap();
        let to = resource.edges.iter().filter_map(|edge| stack.resource(edge.to));
        to.map(|to| to.address.to_string()).collect::<Vec<_>>()
    };
    assert_eq!(
        edges("module.net[\"b\"].aws_nat_gateway.main[0]"),
        ["module.net[\"b\"].aws_eip.nat[0]", "module.net[\"b\"].aws_subnet.public[0]"]
    );
    // It goes over all of `module.net`, and so needs all that comes out of it.
    let needs = edges("aws_lb.edge[\"a\"]");
    assert_eq!(needs.len(), 8, "{needs:?}");
    assert!(needs.iter().all(|to| to.starts_with("module.net[")), "{needs:?}");
    let balancer = stack.resources.iter().find(|r| r.address.to_string() == "aws_lb.edge[\"a\"]");
    let subnets = balancer.unwrap().value.get("subnets").unwrap();
    assert_eq!(subnets.len(), Some(2), "but it stands in the subnets of its own");
    let regions: Vec<_> =
        stack.providers.iter().filter_map(|p| p.value.get("region")?.as_str()).collect();
    assert_eq!(regions, ["us-east-1", "eu-west-3"]);
    let database = stack.resources.iter().find(|r| r.address.ty == "aws_db_instance").unwrap();
    assert!(database.value.get("password").unwrap().is_sensitive());
    let before = read_plan_json(&PLAN.to_string(), Side::Prior).unwrap();
    assert!(before.resources.iter().all(|r| r.address.mode == Mode::Data));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]
    #[test]
    fn whatever_it_says_it_ends(at in 0usize..6000, kind in 0usize..8, other in 0usize..6000) {
        let parts = [
            json!(null), json!(true), json!(-1), json!("x"), json!([]), json!({}),
            json!({"references": ["module.net", "each.value.x[", "var.zones", "a.b"]}),
            json!([{"references": [7]}, null]),
        ];
        let text = with(&with(&PLAN, at, &parts[kind]), other, &parts[(kind + 3) % 8]).to_string();
        for side in [Side::Planned, Side::Prior] {
            if let Ok(stack) = read_plan_json(&text, side) {
                for resource in &stack.resources {
                    prop_assert!(resource.edges.iter().all(|edge| stack.resource(edge.to).is_some()));
                    prop_assert_eq!(stack.find(&resource.address).is_some(), true);
                }
            }
        }
    }
}
