//! Random stacks, random faults, deaths at random: in the end the cloud holds what the stack says, once, and the state knows all of it.

use crate::cloud::Fault;
use crate::power::{Death, Power};
use crate::stacks::{Stack, text, versions, wanted};
use crate::stage::Stage;
use banana_apply::{Cancel, Event, Listener, Options};
use proptest::prelude::*;
use proptest::test_runner::{Config, RngSeed, TestError, TestRunner};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::atomic::{AtomicU8, Ordering};
use uuid::Uuid;

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
        assert!(thing.whole, "{address} is made by half");
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

pub(crate) fn fault() -> impl Strategy<Value = Fault> {
    prop::sample::select(vec![
        Fault::None,
        Fault::None,
        Fault::None,
        Fault::Throttled,
        Fault::Broken,
        Fault::LostAfter,
        Fault::LostUnseen,
        Fault::LostBefore,
        Fault::HalfThenThrottled,
        Fault::HalfThenRefused,
        Fault::UnseenThenThrottled,
        Fault::UnseenThenRefused,
        Fault::Denied,
        Fault::Expired,
        Fault::Stillborn,
        Fault::Late,
    ])
}

/// How a run ends before it is done.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Stop {
    /// The machine dies in the operation after so many.
    Dies(u8, Death),
    /// Somebody asks it to stop after so many events.
    Asked(u8),
    /// The disk has no room for more lines of the journal than so many.
    Full(u8),
}

fn stop() -> impl Strategy<Value = Stop> {
    let death = prop::sample::select(vec![Death::Before, Death::After, Death::Torn]);
    prop_oneof![
        3 => (0..64u8, death).prop_map(|(after, death)| Stop::Dies(after, death)),
        1 => (1..64u8).prop_map(Stop::Asked),
        1 => (1..64u8).prop_map(Stop::Full),
    ]
}

/// For each version of the stack, and for its end: the faults of its first runs, and how those end.
pub(crate) type Story = Vec<(Vec<Fault>, Vec<Stop>)>;

/// The story comes first, so that it is cut short first.
fn stories() -> impl Strategy<Value = (Story, Vec<Stack>)> {
    let chapter = (prop::collection::vec(fault(), 0..30), prop::collection::vec(stop(), 0..4));
    (prop::collection::vec(chapter, 4), versions())
}

/// One thread, on which time passes only when everybody waits.
pub(crate) fn quiet_runtime() -> tokio::runtime::Runtime {
    let mut builder = tokio::runtime::Builder::new_current_thread();
    builder.enable_time().start_paused(true).build().unwrap()
}

/// Lives through a story.
pub(crate) fn tell(stacks: &[Stack], story: &Story) {
    quiet_runtime().block_on(async {
        let stage = Stage::new();
        let last = stacks.last().map(text).unwrap_or_default();
        let chapters = stacks.iter().map(|s| (text(s), false, Some(s))).chain([(last, true, None)]);
        for ((text, destroy, stack), (faults, stops)) in chapters.zip(story) {
            stage.cloud.plague(faults.iter().copied());
            for stop in stops {
                let (power, options) = match stop {
                    Stop::Dies(after, death) => {
                        (Power::until(i64::from(*after), *death), Options::default())
                    }
                    Stop::Asked(after) => (Power::forever(), asked(*after)),
                    Stop::Full(after) => {
                        stage.disk.room.store(i64::from(*after), Ordering::Relaxed);
                        (Power::forever(), Options::default())
                    }
                };
                stage.command(&text, destroy, &power, &options).await;
                stage.disk.room.store(i64::MAX, Ordering::Relaxed);
            }
            stage.until_quiet(&text, destroy).await;
            check(&stage, stack);
        }
    });
}

/// Asks the run to stop after so many events.
fn asked(after: u8) -> Options<'static> {
    let (cancel, heard) = (Cancel::default(), AtomicU8::new(0));
    let asks = cancel.clone();
    let listener = Listener::new(move |_: &Event| {
        if heard.fetch_add(1, Ordering::Relaxed) + 1 == after {
            asks.cancel();
        }
    });
    Options { listener, cancel, ..Options::default() }
}

/// Random stories. One that goes wrong is told with its seed, as short as it could be made, in words that `told.rs` takes.
#[test]
fn whatever_happens_the_cloud_comes_to_hold_what_the_stack_says() {
    let seed = number("BANANA_FLIGHT_SEED").unwrap_or_else(|| Uuid::new_v4().as_u64_pair().0);
    let config = Config {
        cases: number("BANANA_FLIGHT_CASES").and_then(|n| n.try_into().ok()).unwrap_or(80),
        failure_persistence: None,
        max_shrink_iters: 2000,
        max_shrink_time: 120_000,
        rng_seed: RngSeed::Fixed(seed),
        ..Config::default()
    };
    let result = TestRunner::new(config).run(&stories(), |(story, stacks)| {
        tell(&stacks, &story);
        Ok(())
    });
    match result {
        Ok(()) => {}
        Err(TestError::Fail(why, (story, stacks))) => {
            let literal = |text: String| text.replace('[', "vec![");
            let (stacks, story) = (literal(format!("{stacks:?}")), literal(format!("{story:?}")));
            panic!("{why}\nBANANA_FLIGHT_SEED={seed}\ntell(\n&{stacks},\n&{story},\n);");
        }
        Err(error) => panic!("{error}"),
    }
}

pub(crate) fn number(name: &str) -> Option<u64> {
    std::env::var(name).ok()?.parse().ok()
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
    quiet_runtime().block_on(async {
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
    quiet_runtime().block_on(async {
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
