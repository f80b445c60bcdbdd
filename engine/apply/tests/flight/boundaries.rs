//! A death at every boundary: random stacks over random states, under random faults. Whatever the operation in which the machine dies, be it a line
//! of the journal, a state file or a call, the next runs end with what the stack says, once, and a state that knows all of it.
//!
//! A case is one death, or a run without any, and all that follows. `BANANA_FLIGHT_DEATHS` says how many there are at least.

use crate::cloud::Fault;
use crate::laws::{check, fault, number, quiet_runtime};
use crate::power::{Death, Power};
use crate::stacks::{Stack, text, versions};
use crate::stage::Stage;
use banana_apply::Options;
use proptest::prelude::*;
use proptest::sample::Index;
use proptest::test_runner::{Config, RngSeed, TestError, TestRunner};
use std::sync::atomic::{AtomicU64, Ordering};
use uuid::Uuid;

/// Where a run starts, and what it is to do.
#[derive(Clone, Debug)]
pub(crate) struct Scene {
    /// What was applied before, and what is to be.
    pub(crate) stacks: Vec<Stack>,
    /// The run before died in the operation after so many, and nobody has looked since.
    pub(crate) crashed: Option<(u8, Death)>,
    /// What somebody did by hand meanwhile, to the objects of these numbers.
    pub(crate) by_hand: Vec<(Index, Hand)>,
    /// All is to go.
    pub(crate) destroy: bool,
    /// What goes wrong.
    pub(crate) faults: Vec<Fault>,
}

/// What people do in the console.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Hand {
    Deletes,
    Changes,
}

fn scenes() -> impl Strategy<Value = Scene> {
    let death = prop::sample::select(vec![Death::Before, Death::After, Death::Torn]);
    let hand = prop::sample::select(vec![Hand::Deletes, Hand::Changes]);
    (
        prop::collection::vec(fault(), 0..12),
        prop::option::weighted(0.4, (0..60u8, death)),
        prop::collection::vec((any::<Index>(), hand), 0..3),
        prop::bool::weighted(0.2),
        versions(),
    )
        .prop_map(|(faults, crashed, by_hand, destroy, stacks)| Scene {
            stacks,
            crashed,
            by_hand,
            destroy,
            faults,
        })
}

/// Dies everywhere in a scene, each time anew; how often.
pub(crate) fn play(scene: &Scene) -> u64 {
    quiet_runtime().block_on(async {
        let before = Stage::new();
        let (next, earlier) = scene.stacks.split_last().unwrap();
        let next_text = text(next);
        for stack in earlier {
            before.until_quiet(&text(stack), false).await;
        }
        if let Some((after, death)) = scene.crashed {
            let power = Power::until(i64::from(after), death);
            let text = earlier.first().map_or_else(|| next_text.clone(), text);
            before.command(&text, false, &power, &Options::default()).await;
        }
        before.cloud.by_hand(&scene.by_hand);
        let wanted = (!scene.destroy).then_some(next);
        for operations in 0_u16.. {
            let stage = before.copy();
            stage.cloud.plague(scene.faults.iter().copied());
            let death = [Death::Before, Death::After, Death::Torn][usize::from(operations % 3)];
            let power = Power::until(i64::from(operations), death);
            stage.command(&next_text, scene.destroy, &power, &Options::default()).await;
            stage.until_quiet(&next_text, scene.destroy).await;
            check(&stage, wanted);
            if power.left() >= 0 {
                return u64::from(operations) + 1;
            }
        }
        unreachable!("a run has an end")
    })
}

#[test]
fn whatever_the_operation_it_dies_in_nothing_is_lost_and_nothing_made_twice() {
    let seed = number("BANANA_FLIGHT_SEED").unwrap_or_else(|| Uuid::new_v4().as_u64_pair().0);
    let wanted = number("BANANA_FLIGHT_DEATHS").unwrap_or(10_000);
    let (cases, scenes_played) = (AtomicU64::new(0), AtomicU64::new(0));
    let threads = std::thread::available_parallelism().map_or(1, |n| n.get() as u64);
    std::thread::scope(|scope| {
        for thread in 0..threads {
            let (cases, scenes_played) = (&cases, &scenes_played);
            scope.spawn(move || {
                let mut batch = seed.wrapping_add(thread);
                while cases.load(Ordering::Relaxed) < wanted {
                    let config = Config {
                        cases: 8,
                        failure_persistence: None,
                        max_shrink_iters: 400,
                        max_shrink_time: 120_000,
                        rng_seed: RngSeed::Fixed(batch),
                        ..Config::default()
                    };
                    let result = TestRunner::new(config).run(&scenes(), |scene| {
                        cases.fetch_add(play(&scene), Ordering::Relaxed);
                        scenes_played.fetch_add(1, Ordering::Relaxed);
                        Ok(())
                    });
                    match result {
                        Ok(()) => {}
                        Err(TestError::Fail(why, scene)) => {
                            panic!("{why}\nBANANA_FLIGHT_SEED={batch}\n{scene:?}")
                        }
                        Err(error) => panic!("{error}"),
                    }
                    batch = batch.wrapping_add(threads);
                }
            });
        }
    });
    println!("{cases:?} deaths in {scenes_played:?} scenes, from seed {seed}");
}
