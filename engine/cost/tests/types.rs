//! What each resource type is billed for.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod machine;

use machine::{of_fixture, table};
use std::collections::BTreeSet;

/// The bill of a stack is the one beside it, worked out line by line; run with `BANANA_BLESS=1` to write it anew.
fn golden(name: &str) {
    let bill = table(&of_fixture(&format!("cost/stacks/{name}.tf"), &[], &[])) + "\n";
    let path = machine::fixtures().join(format!("cost/stacks/{name}.txt"));
    if std::env::var_os("BANANA_BLESS").is_some() {
        std::fs::write(&path, &bill).unwrap();
    }
    let expected = std::fs::read_to_string(&path).unwrap_or_default();
    for (got, expected) in bill.lines().zip(expected.lines()) {
        assert_eq!(got, expected);
    }
    assert_eq!(bill, expected);
}

#[test]
fn tasks_on_every_platform() {
    golden("fargate");
}

#[test]
fn the_network() {
    golden("network");
}

#[test]
fn everything_else() {
    golden("every_type");
}

/// Every type that has a file is in one of the stacks, and no line of them lacks its price.
#[test]
fn no_type_is_left_out() {
    let mut seen = BTreeSet::new();
    for path in ["fargate.tf", "network.tf", "every_type.tf"] {
        let text =
            std::fs::read_to_string(machine::fixtures().join("cost/stacks").join(path)).unwrap();
        seen.extend(text.lines().filter_map(|line| {
            Some(line.strip_prefix("resource \"")?.split('"').next()?.to_owned())
        }));
        let estimate = of_fixture(&format!("cost/stacks/{path}"), &[], &[]);
        assert!(estimate.missing_prices.is_empty(), "{:?}", estimate.missing_prices);
        assert!(estimate.unsupported.is_empty(), "{:?}", estimate.unsupported);
    }
    let twins = [
        "aws_alb",
        "aws_kms_external_key",
        "aws_kms_replica_external_key",
        "aws_service_discovery_public_dns_namespace",
    ];
    let left: Vec<_> = banana_cost::priced()
        .into_iter()
        .filter(|ty| !seen.contains(*ty) && !twins.contains(ty))
        .collect();
    assert!(left.is_empty(), "{left:?}");
}
