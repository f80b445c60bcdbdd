//! What each resource type is billed for.

mod machine;

use banana_cost::{Assumption, priced};
use machine::{table, with_usage};
use std::collections::BTreeSet;

const STACKS: [&str; 7] =
    ["fargate", "network", "every_type", "machines", "databases", "edge", "services"];

/// The bill of each stack is the one beside it, worked out line by line; run with `BANANA_BLESS=1` to write it anew.
#[test]
fn every_bill_is_the_one_beside_it() {
    for name in STACKS {
        let bill = table(&with_usage(&format!("cost/stacks/{name}.tf"))) + "\n";
        let path = machine::fixtures().join(format!("cost/stacks/{name}.txt"));
        if std::env::var_os("BANANA_BLESS").is_some() {
            std::fs::write(&path, &bill).unwrap();
        }
        let expected = std::fs::read_to_string(&path).unwrap_or_default();
        for (got, expected) in bill.lines().zip(expected.lines()) {
            assert_eq!(got, expected, "{name}");
        }
        assert_eq!(bill, expected, "{name}");
    }
}

/// Every priced type has a bill in one of the stacks, with a figure above 0 or a note that says why there is none; what the
/// book has no price for is said, and every assumption exists.
#[test]
fn no_type_is_left_out() {
    let mut billed = BTreeSet::new();
    for name in STACKS {
        let estimate = with_usage(&format!("cost/stacks/{name}.tf"));
        assert!(estimate.unsupported.is_empty(), "{:?}", estimate.unsupported);
        for cost in &estimate.resources {
            let missing = estimate.missing_prices.iter().any(|line| line.address == cost.address);
            if missing || !cost.monthly.is_zero() || !cost.notes.is_empty() {
                billed.insert(cost.ty.to_string());
            }
            for line in &cost.components {
                assert!(
                    line.assumption.is_none_or(|name| Assumption::find(name).is_some()),
                    "{}",
                    line.name
                );
            }
        }
    }
    let left: Vec<_> = priced().into_iter().filter(|ty| !billed.contains(*ty)).collect();
    assert!(left.is_empty(), "{left:?}");
    assert!(priced().len() >= 90);
}
