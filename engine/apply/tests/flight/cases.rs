//! Single laws, one a test.

use crate::cloud::Fault;
use crate::folder::Folder;
use crate::power::{Death, Power};
use crate::stage::{Ended, Stage, planned, program};
use banana_apply::{
    Cancel, Doing, Ending, Event, Listener, Options, Outcome, What, import, refresh,
};
use plan::{Action, FailureKind};
use std::fmt::Write;
use std::sync::atomic::Ordering;
use std::sync::{Arc, Mutex};
use std::time::Duration;
use tokio::time::Instant;

async fn ran(stage: &Stage, text: &str, options: &Options<'_>) -> Outcome {
    match stage.command(text, false, &Power::forever(), options).await {
        Ended::Ran(outcome) => *outcome,
        other => panic!("{other:?}"),
    }
}

/// `count` networks that do not know each other.
fn flat(count: usize) -> String {
    let mut text = String::new();
    for at in 0..count {
        let _ =
            writeln!(text, "resource \"aws_vpc\" \"v{at}\" {{ cidr_block = \"10.{at}.0.0/16\" }}");
    }
    text
}

const CHAIN: &str = r#"
resource "aws_vpc" "a" { cidr_block = "10.0.0.0/16" }
resource "aws_subnet" "b" {
  vpc_id     = aws_vpc.a.id
  cidr_block = "10.0.1.0/24"
}
resource "aws_internet_gateway" "c" { tags = { subnet = aws_subnet.b.id } }
resource "aws_cloudwatch_log_group" "d" { name = "d" }
output "subnet" { value = aws_subnet.b.id }
"#;

#[tokio::test(start_paused = true)]
async fn a_second_plan_is_empty_and_outputs_are_stored() {
    let stage = Stage::new();
    let outcome = ran(&stage, CHAIN, &Options::default()).await;
    assert_eq!(outcome.ending, Ending::Complete, "{outcome:?}");
    assert_eq!((outcome.done.create, outcome.left.len(), outcome.open), (4, 0, 0));
    let kept = stage.disk.state();
    let subnet = kept.instances.values().find_map(|i| {
        i.current.as_ref().filter(|o| o.id().is_some_and(|id| id.contains("subnet")))
    });
    let subnet = subnet.unwrap();
    assert_eq!(kept.outputs["subnet"].value, subnet.attributes["id"]);
    assert_eq!(subnet.dependencies, ["aws_vpc.a"]);
    assert!(matches!(
        stage.command(CHAIN, false, &Power::forever(), &Options::default()).await,
        Ended::Quiet
    ));
}

#[tokio::test(start_paused = true)]
async fn destroying_follows_the_stored_order_and_leaves_nothing() {
    let stage = Stage::new();
    stage.until_quiet(CHAIN, false).await;
    stage.cloud.inner.lock().unwrap().calls.clear();
    stage.until_quiet(CHAIN, true).await;
    let inner = stage.cloud.inner.lock().unwrap();
    assert_eq!(inner.in_use, 0, "nothing was deleted while it was in use");
    assert!(inner.things.is_empty());
    let kept = stage.disk.state();
    assert!(kept.instances.is_empty() && kept.outputs.is_empty());
}

#[tokio::test(start_paused = true)]
async fn no_more_calls_in_flight_than_allowed_and_waits_take_no_slot() {
    let stage = Stage::new();
    let options = Options { parallelism: 3, rate: 1000.0, ..Options::default() };
    let outcome = ran(&stage, &flat(24), &options).await;
    assert_eq!(outcome.ending, Ending::Complete);
    assert_eq!(stage.cloud.inner.lock().unwrap().most_in_flight, 3);
    // A quarter of the objects takes 9 s to be ready. With slots held over waits, 24 objects at 3 at a time would take half a minute.
    let stage = Stage::new();
    let begun = Instant::now();
    ran(&stage, &flat(24), &options).await;
    assert!(begun.elapsed() < Duration::from_secs(15), "{:?}", begun.elapsed());
}

#[tokio::test(start_paused = true)]
async fn no_more_calls_a_second_than_allowed() {
    let stage = Stage::new();
    let begun = Instant::now();
    ran(&stage, &flat(20), &Options { rate: 2.0, ..Options::default() }).await;
    let calls = u32::try_from(stage.cloud.inner.lock().unwrap().calls.len()).unwrap();
    // The refresh and the run begin with a burst each, of five seconds' worth.
    let least = Duration::from_millis(500) * calls.saturating_sub(21);
    assert!(calls > 40, "{calls} calls");
    assert!(begun.elapsed() >= least, "{calls} calls in {:?}", begun.elapsed());
}

#[tokio::test(start_paused = true)]
async fn what_does_not_depend_on_a_failure_goes_on() {
    let stage = Stage::new();
    // The first create is the log group's or the VPC's: one of two branches.
    stage.cloud.plague([Fault::Denied]);
    let outcome = ran(&stage, CHAIN, &Options::default()).await;
    assert_eq!(outcome.ending, Ending::Failed);
    let failed: Vec<_> = outcome.left.iter().filter(|l| l.failure.is_some()).collect();
    assert_eq!(failed.len(), 1);
    assert_eq!(failed[0].failure.as_ref().unwrap().kind, FailureKind::Denied);
    for left in outcome.left.iter().filter(|l| l.failure.is_none()) {
        assert_eq!(left.because.as_ref(), Some(&failed[0].address));
    }
    assert_eq!(outcome.done.create + outcome.left.len(), 4);
    assert!(outcome.done.create >= 1);
    stage.until_quiet(CHAIN, false).await;
    assert_eq!(stage.cloud.live().len(), 4);
}

#[tokio::test(start_paused = true)]
async fn what_never_becomes_ready_is_tainted_and_made_anew() {
    let stage = Stage::new();
    stage.cloud.plague([Fault::Stillborn]);
    let text = flat(1);
    let outcome = ran(&stage, &text, &Options::default()).await;
    assert_eq!(outcome.ending, Ending::Failed);
    let kept = stage.disk.state();
    assert!(kept.objects().all(|(_, _, object)| object.tainted));
    let host = Folder(text.clone());
    let plan = planned(&program(&host), &kept, false).plan;
    assert_eq!(plan.changes[0].action, Action::Replace { create_first: false });
    assert_eq!(plan.changes[0].reason, Some(plan::Reason::Tainted));
    stage.until_quiet(&text, false).await;
    assert_eq!(stage.cloud.live().len(), 1);
}

#[tokio::test(start_paused = true)]
async fn a_lost_answer_makes_nothing_twice() {
    for fault in [Fault::LostAfter, Fault::LostBefore] {
        let stage = Stage::new();
        stage.cloud.plague([fault]);
        let outcome = ran(&stage, &flat(1), &Options::default()).await;
        assert_eq!(outcome.ending, Ending::Complete, "{fault:?}: {outcome:?}");
        assert_eq!(stage.cloud.live().len(), 1, "{fault:?}");
    }
}

#[tokio::test(start_paused = true)]
async fn throttling_is_waited_out_and_told() {
    let stage = Stage::new();
    stage.cloud.plague([Fault::Throttled, Fault::Broken, Fault::Throttled]);
    let told = Arc::new(Mutex::new(Vec::new()));
    let hears = Arc::clone(&told);
    let listener = Listener::new(move |event: &Event| {
        if let What::Retrying { attempt, why, .. } = &event.what {
            hears.lock().unwrap().push((event.doing, *attempt, why.clone()));
        }
    });
    let outcome = ran(&stage, &flat(1), &Options { listener, ..Options::default() }).await;
    assert_eq!(outcome.ending, Ending::Complete);
    let told = told.lock().unwrap();
    let attempts: Vec<_> = told.iter().map(|(doing, attempt, _)| (*doing, *attempt)).collect();
    assert_eq!(attempts, [(Doing::Create, 1), (Doing::Create, 2), (Doing::Create, 3)]);
}

#[tokio::test(start_paused = true)]
async fn expired_credentials_stop_the_run_and_lose_nothing() {
    let stage = Stage::new();
    let cloud = stage.cloud.clone();
    let made = Arc::new(Mutex::new(0));
    let listener = Listener::new(move |event: &Event| {
        if matches!(event.what, What::Finished(_)) && event.doing == Doing::Create {
            *made.lock().unwrap() += 1;
            if *made.lock().unwrap() == 5 {
                cloud.inner.lock().unwrap().expired = true;
            }
        }
    });
    let text = flat(20);
    let options = Options { listener, parallelism: 2, ..Options::default() };
    let outcome = ran(&stage, &text, &options).await;
    assert_eq!(outcome.ending, Ending::Failed);
    assert_eq!(outcome.fatal.unwrap().kind, FailureKind::Credentials);
    assert!(outcome.done.create >= 5 && outcome.done.create < 20);
    stage.cloud.inner.lock().unwrap().expired = false;
    stage.until_quiet(&text, false).await;
    assert_eq!(stage.cloud.live().len(), 20);
    assert_eq!(stage.disk.state().objects().count(), 20);
}

#[tokio::test(start_paused = true)]
async fn a_state_that_cannot_be_written_stops_the_run_and_loses_nothing() {
    for after in 1..8 {
        let stage = Stage::new();
        let (full, count) = (Arc::clone(&stage.disk.full), Mutex::new(0));
        let listener = Listener::new(move |_: &Event| {
            *count.lock().unwrap() += 1;
            full.store(*count.lock().unwrap() >= after, Ordering::Relaxed);
        });
        let text = flat(6);
        let options = Options { listener, parallelism: 2, ..Options::default() };
        let outcome = ran(&stage, &text, &options).await;
        assert_eq!(outcome.ending, Ending::Failed, "after {after}");
        let fatal = outcome.fatal.unwrap();
        assert!(fatal.message.contains("no space left") && fatal.help.is_some(), "{fatal:?}");
        assert!(outcome.open > 0, "after {after}: what was made is in the journal");
        stage.disk.full.store(false, Ordering::Relaxed);
        stage.until_quiet(&text, false).await;
        assert_eq!(stage.cloud.live().len(), 6, "after {after}");
        assert_eq!(stage.disk.state().objects().count(), 6, "after {after}");
    }
}

#[tokio::test(start_paused = true)]
async fn a_journal_that_cannot_be_written_stops_the_run_and_loses_nothing() {
    for lines in 0..18 {
        let stage = Stage::new();
        stage.disk.room.store(lines, Ordering::Relaxed);
        let text = flat(6);
        let options = Options { parallelism: 2, ..Options::default() };
        let outcome = ran(&stage, &text, &options).await;
        assert_eq!(outcome.ending, Ending::Failed, "after {lines}");
        let fatal = outcome.fatal.unwrap();
        assert!(fatal.message.contains("no space left"), "{fatal:?}");
        stage.disk.room.store(i64::MAX, Ordering::Relaxed);
        stage.until_quiet(&text, false).await;
        assert_eq!(stage.cloud.live().len(), 6, "after {lines}");
        assert_eq!(stage.disk.state().objects().count(), 6, "after {lines}");
    }
}

#[tokio::test(start_paused = true)]
async fn asked_to_stop_it_ends_what_is_in_flight_and_goes_on_the_next_time() {
    for after in 1..8 {
        let stage = Stage::new();
        let cancel = Cancel::default();
        let (asks, count) = (cancel.clone(), Mutex::new(0));
        let listener = Listener::new(move |event: &Event| {
            if matches!(event.what, What::Started(_) | What::Note(_)) {
                *count.lock().unwrap() += 1;
                if *count.lock().unwrap() == after {
                    asks.cancel();
                }
            }
        });
        let options = Options { listener, cancel, parallelism: 2, ..Options::default() };
        let text = flat(6);
        let outcome = ran(&stage, &text, &options).await;
        assert_eq!(outcome.ending, Ending::Interrupted, "after {after}");
        assert_eq!(stage.cloud.inner.lock().unwrap().in_flight, 0);
        stage.until_quiet(&text, false).await;
        assert_eq!(stage.cloud.live().len(), 6, "after {after}");
        assert_eq!(stage.disk.state().objects().count(), 6, "after {after}");
    }
}

#[tokio::test(start_paused = true)]
async fn what_is_in_use_is_retried_and_the_last_word_names_the_user() {
    let stage = Stage::new();
    stage.until_quiet(CHAIN, false).await;
    // A subnet that nobody manages sits in the VPC.
    let squatter = r#"
resource "aws_vpc" "a" { cidr_block = "10.0.0.0/16" }
resource "aws_subnet" "x" {
  vpc_id     = "VPC"
  cidr_block = "10.0.9.0/24"
}
"#;
    let vpc = stage.cloud.live().keys().find(|id| id.contains("vpc")).unwrap().clone();
    let other = Stage { disk: crate::disk::Disk::default(), ..stage.clone() };
    let alone = squatter.replace("VPC", &vpc);
    let alone = alone
        .split_once("resource \"aws_subnet\"")
        .map(|(_, s)| format!("resource \"aws_subnet\"{s}"))
        .unwrap();
    other.until_quiet(&alone, false).await;
    let ended = stage.command(CHAIN, true, &Power::forever(), &Options::default()).await;
    let Ended::Ran(outcome) = ended else { panic!("{ended:?}") };
    let failure = outcome.left[0].failure.as_ref().unwrap();
    assert_eq!(failure.kind, FailureKind::InUse);
    assert!(failure.message.contains("obj-aws_subnet"), "{failure}");
    assert!(failure.message.contains("tried"), "{failure}");
}

#[tokio::test(start_paused = true)]
async fn what_is_imported_is_not_made_again() {
    let stage = Stage::new();
    let text = flat(1);
    stage.until_quiet(&text, false).await;
    let id = stage.cloud.live().keys().next().unwrap().clone();
    let text = format!("{text}import {{\n to = aws_vpc.v0\n id = \"{id}\"\n}}\n");
    let host = Folder(text.clone());
    let program = program(&host);
    let provider = r#"provider["registry.terraform.io/hashicorp/aws"]"#;
    let imports = program.resolve(&stack::Empty).statements.imports;
    let imports: Vec<_> = imports.into_iter().map(|i| (i, provider.to_owned())).collect();
    let nothing = plan::State::default();
    let read = import(&stage.cloud, &imports, &nothing, &Options::default()).await;
    let (prior, imported) = read.unwrap();
    assert_eq!(imported.values().map(stack::Str::as_str).collect::<Vec<_>>(), [id]);
    let options = plan::Options { imported, ..plan::Options::default() };
    let plan = plan::plan(&program, &prior, &options).unwrap().plan;
    assert!(plan.counts().create == 0 && !plan.is_empty(), "{:?}", plan.changes);
    let other = Stage { disk: crate::disk::Disk::default(), ..stage.clone() };
    let mut session = other.session(&Power::forever()).await.unwrap();
    let outcome = session.run(&program, &plan, &stage.cloud, &Options::default()).await;
    assert_eq!(outcome.ending, Ending::Complete, "{outcome:?}");
    let kept = other.disk.state();
    assert_eq!(kept.instances.values().next().unwrap().provider, provider);
    let ended = other.command(&text, false, &Power::forever(), &Options::default()).await;
    assert!(matches!(ended, Ended::Quiet), "{ended:?}");
    stage.cloud.inner.lock().unwrap().things.clear();
    let read = import(&stage.cloud, &imports, &nothing, &Options::default()).await;
    let (_, failure) = read.unwrap_err().remove(0);
    assert!(failure.message.contains("there is no `aws_vpc`"), "{failure}");
}

#[tokio::test(start_paused = true)]
async fn drift_is_found_and_set_right() {
    let stage = Stage::new();
    stage.until_quiet(CHAIN, false).await;
    let gone = stage.cloud.live().keys().find(|id| id.contains("gateway")).unwrap().clone();
    stage.cloud.inner.lock().unwrap().things.remove(&gone);
    let kept = stage.disk.state();
    let refreshed = refresh(&stage.cloud, &kept, &Options::default()).await.unwrap();
    assert_eq!(refreshed.drift.len(), 1);
    assert!(refreshed.drift[0].after.is_none());
    assert_eq!(refreshed.drift[0].address.to_string(), "aws_internet_gateway.c");
    assert_eq!(refreshed.state.objects().count(), 3);
    stage.until_quiet(CHAIN, false).await;
    assert_eq!(stage.cloud.live().len(), 4);
}

#[tokio::test(start_paused = true)]
async fn secrets_never_reach_the_journal() {
    let stage = Stage::new();
    let text = r#"
variable "word" {
  default   = "hunter2"
  sensitive = true
}
resource "aws_vpc" "a" {
  cidr_block = "10.0.0.0/16"
  tags       = { word = var.word }
}
"#;
    let outcome = ran(&stage, text, &Options::default()).await;
    assert_eq!(outcome.ending, Ending::Complete);
    let journal = stage.disk.journal_text();
    assert!(journal.contains("10.0.0.0/16") && !journal.contains("hunter2"), "{journal}");
    let kept = stage.disk.state();
    let (_, _, object) = kept.objects().next().unwrap();
    assert!(!object.sensitive.is_empty(), "the state knows that it is one");
    // A run that dies leaves no secret in the journal, and what is found afterwards has its secrets marked.
    for operations in 2..6 {
        let stage = Stage::new();
        let power = Power::until(operations, Death::After);
        stage.command(text, false, &power, &Options::default()).await;
        assert!(!stage.disk.journal_text().contains("hunter2"), "after {operations}");
        let mut session = stage.session(&Power::forever()).await.unwrap();
        session.recover(&stage.cloud, &Options::default()).await.unwrap();
        let kept = session.state();
        assert!(kept.objects().all(|(_, _, o)| !o.sensitive.is_empty()), "after {operations}");
    }
}

#[tokio::test(start_paused = true)]
async fn a_plan_of_another_state_is_refused() {
    let stage = Stage::new();
    let text = flat(1);
    let host = Folder(text.clone());
    let program = program(&host);
    let early = planned(&program, &plan::State::default(), false);
    stage.until_quiet(&text, false).await;
    let mut session = stage.session(&Power::forever()).await.unwrap();
    let outcome = session.run(&program, &early.plan, &stage.cloud, &Options::default()).await;
    assert!(outcome.fatal.unwrap().message.contains("plan again"));
    assert_eq!(stage.cloud.live().len(), 1, "a first plan is not applied twice");
}

#[tokio::test(start_paused = true)]
async fn a_long_step_says_that_it_goes_on() {
    let stage = Stage::new();
    stage.cloud.plague([Fault::Late]);
    let ticks = Arc::new(Mutex::new(Vec::new()));
    let hears = Arc::clone(&ticks);
    let listener = Listener::new(move |event: &Event| {
        if matches!(event.what, What::Running | What::Finished(_)) {
            hears.lock().unwrap().push(event.elapsed.as_secs());
        }
    });
    ran(&stage, &flat(1), &Options { listener, ..Options::default() }).await;
    let ticks = ticks.lock().unwrap();
    // It is visible after 20 s and ready 3 s later.
    assert!(matches!(ticks[..], [10, 20, 23..=30]), "{ticks:?}");
}

#[tokio::test(start_paused = true)]
async fn a_data_source_that_had_to_wait_is_read_when_its_object_is_there() {
    let stage = Stage::new();
    let text = r#"
resource "aws_vpc" "a" { cidr_block = "10.0.0.0/16" }
data "aws_vpc" "d" { id = aws_vpc.a.id }
resource "aws_cloudwatch_log_group" "l" { name = "of-${data.aws_vpc.d.cidr_block}" }
output "range" { value = data.aws_vpc.d.cidr_block }
"#;
    let outcome = ran(&stage, text, &Options::default()).await;
    assert_eq!(outcome.ending, Ending::Complete, "{outcome:?}");
    assert_eq!(outcome.state.outputs["range"].value, "10.0.0.0/16");
    let group = stage.cloud.live().into_values().find(|t| t.ty == "aws_cloudwatch_log_group");
    let name = group.unwrap().attributes.get("name").cloned().unwrap();
    assert_eq!(name.as_str(), Some("of-10.0.0.0/16"));
    let data = outcome.state.instances.keys().filter(|a| a.mode == stack::Mode::Data).count();
    assert_eq!(data, 1, "the state holds what was read");
}

#[tokio::test(start_paused = true)]
async fn another_accounts_credentials_find_nothing_and_lose_nothing() {
    let stage = Stage::new();
    stage.until_quiet(&flat(2), false).await;
    stage.cloud.inner.lock().unwrap().elsewhere = true;
    let failures = refresh(&stage.cloud, &stage.disk.state(), &Options::default()).await;
    let (_, failure) = failures.unwrap_err().remove(0);
    assert!(failure.message.contains("is not in account 210987654321, eu-west-3"), "{failure}");
    stage.cloud.inner.lock().unwrap().elsewhere = false;
    // A run dies when its create has made something, and is resumed with other credentials.
    let text = flat(3);
    stage.command(&text, false, &Power::until(4, Death::After), &Options::default()).await;
    assert_eq!(stage.cloud.live().len(), 3);
    stage.cloud.inner.lock().unwrap().elsewhere = true;
    let mut session = stage.session(&Power::forever()).await.unwrap();
    assert_eq!(session.unfinished(), 1);
    let (address, failure) = session.recover(&stage.cloud, &Options::default()).await.unwrap_err();
    assert_eq!(address.to_string(), "aws_vpc.v2");
    assert!(failure.message.contains("worked in account 123456789012"), "{failure}");
    assert_eq!(session.unfinished(), 1, "it is still to be looked into");
    stage.cloud.inner.lock().unwrap().elsewhere = false;
    stage.until_quiet(&text, false).await;
    assert_eq!(stage.cloud.live().len(), 3);
}
