//! Random stacks, random faults, deaths at random: in the end the cloud holds what the stack says, once, and the state knows all of it.

use crate::cloud::Fault;
use crate::power::{Death, Power};
use crate::stacks::{Stack, text, versions, wanted};
use crate::stage::Stage;
use banana_apply::Options;
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};
use std::collections::{BTreeMap, BTreeSet};

/// How many random stories are told; more with `BANANA_FLIGHT_CASES`.
fn cases() -> u32 {
    std::env::var("BANANA_FLIGHT_CASES").ok().and_then(|n| n.parse().ok()).unwrap_or(200)
}

/// What must be true once it is quiet.
pub(crate) fn check(stage: &Stage, stack: Option<&Stack>) {
    let live = stage.cloud.live();
    let kept = stage.disk.state();
    let mut known = BTreeSet::new();
    let mut found = BTreeMap::new();
    for (address, deposed, object) in kept.objects() {
        assert!(deposed.is_none(), "{address} is still waiting for its end");
        assert!(!object.tainted, "{address} is tainted");
        let id = object.id().unwrap().to_owned();
        let thing =
            live.get(&id).unwrap_or_else(|| panic!("{address} is {id}, which does not exist"));
        let text = |name: &str| {
            thing.attributes.get(name).and_then(stack::Value::as_str).unwrap_or_default().to_owned()
        };
        let shape = match thing.ty.as_str() {
            "aws_vpc" | "aws_subnet" => text("cidr_block"),
            "aws_cloudwatch_log_group" => text("name"),
            _ => String::new(),
        };
        let look =
            thing.attributes.get("tags").and_then(|t| t.get("look")).and_then(stack::Value::as_str);
        found.insert(
            address.to_string(),
            (thing.ty.clone(), shape, look.unwrap_or_default().to_owned()),
        );
        let stored = object.value(address.mode, &address.ty).unwrap();
        assert_eq!(
            stored.to_json(),
            thing.attributes.to_json(),
            "{address} is not as the state says"
        );
        assert!(known.insert(id), "two addresses share an object");
    }
    let leaked: Vec<&String> = live.keys().filter(|id| !known.contains(*id)).collect();
    assert!(leaked.is_empty(), "leaked: {leaked:?}");
    assert_eq!(found, stack.map(wanted).unwrap_or_default());
}

fn fault() -> impl Strategy<Value = Fault> {
    prop::sample::select(vec![
        Fault::None,
        Fault::None,
        Fault::None,
        Fault::Throttled,
        Fault::Broken,
        Fault::LostAfter,
        Fault::LostBefore,
        Fault::HalfThenThrottled,
        Fault::HalfThenRefused,
        Fault::Denied,
        Fault::Stillborn,
        Fault::Late,
    ])
}

fn death() -> impl Strategy<Value = Death> {
    prop::sample::select(vec![Death::Before, Death::After, Death::Torn])
}

/// For each version of the stack: the faults of its first runs, and when the machine dies.
type Story = Vec<(Vec<Fault>, Vec<(u8, Death)>)>;

fn stories() -> impl Strategy<Value = (Vec<Stack>, Story)> {
    versions().prop_flat_map(|stacks| {
        let chapter = (
            prop::collection::vec(fault(), 0..30),
            prop::collection::vec((any::<u8>(), death()), 0..4),
        );
        let story = prop::collection::vec(chapter, stacks.len() + 1);
        (Just(stacks), story)
    })
}

fn tell(stacks: &[Stack], story: &Story) {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .start_paused(true)
        .build()
        .unwrap();
    runtime.block_on(async {
        let stage = Stage::new();
        let last = stacks.last().map(text).unwrap_or_default();
        let chapters = stacks.iter().map(|s| (text(s), false, Some(s))).chain([(last, true, None)]);
        for ((text, destroy, stack), (faults, deaths)) in chapters.zip(story) {
            stage.cloud.plague(faults.iter().copied());
            for (after, death) in deaths {
                let power = Power::until(i64::from(*after % 64), *death);
                stage.command(&text, destroy, &power, &Options::default()).await;
            }
            stage.until_quiet(&text, destroy).await;
            check(&stage, stack);
        }
    });
}

#[test]
fn whatever_happens_the_cloud_comes_to_hold_what_the_stack_says() {
    let config = Config { cases: cases(), failure_persistence: None, ..Config::default() };
    let result = TestRunner::new(config).run(&stories(), |(stacks, story)| {
        tell(&stacks, &story);
        Ok(())
    });
    if let Err(error) = result {
        panic!("{error}");
    }
}

/// A stack with each kind of step in its second version: made, changed, replaced both ways, deleted.
const FIRST: &str = r#"
resource "aws_vpc" "a" {
  cidr_block = "10.1.0.0/16"
}
resource "aws_vpc" "b" {
  cidr_block = "10.2.0.0/16"
  lifecycle { create_before_destroy = true }
}
resource "aws_subnet" "s" {
  vpc_id     = aws_vpc.a.id
  cidr_block = "10.1.1.0/24"
  tags       = { b = aws_vpc.b.id }
}
resource "aws_internet_gateway" "g" {
  tags = { s = aws_subnet.s.id }
}
resource "aws_cloudwatch_log_group" "l" {
  name = "l"
}
"#;

const SECOND: &str = r#"
resource "aws_vpc" "a" {
  cidr_block = "10.3.0.0/16"
}
resource "aws_vpc" "b" {
  cidr_block = "10.4.0.0/16"
  lifecycle { create_before_destroy = true }
}
resource "aws_subnet" "s" {
  vpc_id     = aws_vpc.a.id
  cidr_block = "10.1.1.0/24"
  tags       = { b = aws_vpc.b.id }
}
resource "aws_internet_gateway" "g" {
  tags = { s = aws_subnet.s.id }
}
"#;

#[test]
fn a_death_at_every_single_operation_leaks_nothing_and_doubles_nothing() {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .start_paused(true)
        .build()
        .unwrap();
    runtime.block_on(async {
        let made = Stage::new();
        made.until_quiet(FIRST, false).await;
        for death in [Death::Before, Death::After, Death::Torn] {
            for (second, destroy) in [(SECOND, false), (FIRST, true)] {
                let mut operations = 0;
                loop {
                    let stage = made.copy();
                    let power = Power::until(operations, death);
                    stage.command(second, destroy, &power, &Options::default()).await;
                    stage.until_quiet(second, destroy).await;
                    let live = stage.cloud.live();
                    let kept = stage.disk.state();
                    let ids: BTreeSet<String> =
                        kept.objects().map(|(_, _, o)| o.id().unwrap().to_owned()).collect();
                    assert_eq!(
                        live.keys().cloned().collect::<BTreeSet<_>>(),
                        ids,
                        "{death:?} after {operations}"
                    );
                    assert_eq!(
                        ids.len(),
                        if destroy { 0 } else { 4 },
                        "{death:?} after {operations}"
                    );
                    if power.left() >= 0 {
                        break;
                    }
                    operations += 1;
                }
                assert!(operations > 20, "the run has operations: {operations}");
            }
        }
    });
}

#[test]
fn a_first_run_that_dies_anywhere_is_resumed() {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .start_paused(true)
        .build()
        .unwrap();
    runtime.block_on(async {
        for death in [Death::Before, Death::After, Death::Torn] {
            for operations in 0.. {
                let stage = Stage::new();
                let power = Power::until(operations, death);
                stage.command(FIRST, false, &power, &Options::default()).await;
                stage.until_quiet(FIRST, false).await;
                assert_eq!(stage.cloud.live().len(), 5, "{death:?} after {operations}");
                assert_eq!(stage.disk.state().objects().count(), 5, "{death:?} after {operations}");
                if power.left() >= 0 {
                    break;
                }
            }
        }
    });
}
