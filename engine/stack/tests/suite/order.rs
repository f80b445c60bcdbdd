//! Values do not depend on the order of blocks and files, nor on how many threads there are.

use super::memory::{Memory, codes};
use banana_stack::{Options, Stack};
use proptest::collection::vec;
use proptest::prelude::*;

/// What a declaration holds, given what it may refer to.
#[derive(Clone, Debug)]
enum Item {
    Local(Vec<usize>),
    Vpc(Vec<usize>, u8),
    Output(Vec<usize>),
}

fn item() -> impl Strategy<Value = Item> {
    let links = || {
        vec(any::<prop::sample::Index>(), 0..4)
            .prop_map(|links| links.iter().map(|i| i.index(1 << 16)).collect())
    };
    prop_oneof![
        3 => links().prop_map(Item::Local),
        2 => (links(), 0..4_u8).prop_map(|(links, count)| Item::Vpc(links, count)),
        1 => links().prop_map(Item::Output),
    ]
}

/// Each item as a block; it refers to items before it only, so that there is no circle.
fn blocks(items: &[Item]) -> Vec<String> {
    let values = |at: usize, links: &[usize]| -> String {
        let before = items.get(..at).unwrap_or_default();
        let named: Vec<String> = links
            .iter()
            .filter(|_| at > 0)
            .filter_map(|link| match &before[link % at] {
                Item::Local(_) => Some(format!("local.l{}", link % at)),
                Item::Vpc(_, 0) => Some(format!("aws_vpc.v{}.id", link % at)),
                Item::Vpc(..) => Some(format!("aws_vpc.v{}[*].cidr_block", link % at)),
                Item::Output(_) => None,
            })
            .collect();
        format!("[{at}, {}]", named.join(", "))
    };
    let block = |(at, item): (usize, &Item)| match item {
        Item::Local(links) => format!("locals {{\n  l{at} = {}\n}}\n", values(at, links)),
        Item::Vpc(links, count) => {
            let count = if *count == 0 { String::new() } else { format!("  count = {count}\n") };
            let tags = format!("jsonencode({})", values(at, links));
            format!(
                "resource \"aws_vpc\" \"v{at}\" {{\n{count}  cidr_block = \"10.{}.0.0/16\"\n  tags = {{ all = {tags} }}\n}}\n",
                at % 256
            )
        }
        Item::Output(links) => {
            format!("output \"o{at}\" {{\n  value = {}\n}}\n", values(at, links))
        }
    };
    items.iter().enumerate().map(block).collect()
}

/// Everything that a stack says.
fn told(stack: &Stack) -> Vec<String> {
    let resource = |r: &banana_stack::Resource| {
        format!("{} = {} {}", r.address, r.value.to_json(), r.value.unknown_mask())
    };
    let mut all: Vec<String> = stack.resources.iter().map(resource).collect();
    all.sort();
    all.extend(stack.outputs.iter().map(|(name, output)| {
        format!("{name} = {} {}", output.value.to_json(), output.value.unknown_mask())
    }));
    all.sort();
    all
}

fn resolved(files: &[String], threads: usize) -> Vec<String> {
    let names = ["a.tf", "b.tf", "c.tf"];
    let memory = Memory::new(names.into_iter().zip(files.iter().map(String::as_str)));
    let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
    let stack = pool.install(|| memory.resolve(&Options::default()));
    assert_eq!(codes(&stack), [""; 0], "{files:#?}: {:#?}", stack.reports);
    told(&stack)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn order_and_threads_change_no_value((items, shuffled) in vec(item(), 1..24).prop_flat_map(|items| {
        let order: Vec<usize> = (0..items.len()).collect();
        (Just(items), Just(order).prop_shuffle())
    }), cuts in any::<[u8; 24]>()) {
        let blocks = blocks(&items);
        let first = resolved(&[blocks.concat()], 1);
        prop_assert!(!first.is_empty() || items.iter().all(|item| matches!(item, Item::Local(_))));
        let mut files = vec![String::new(); 3];
        for (at, cut) in shuffled.into_iter().zip(cuts) {
            files[usize::from(cut % 3)].push_str(&blocks[at]);
        }
        for threads in [1, 2, 4] {
            prop_assert_eq!(&resolved(&files, threads), &first);
        }
    }
}
