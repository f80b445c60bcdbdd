//! One command after the other, as a person would type them: recover, refresh, plan, apply.

use crate::cloud::Cloud;
use crate::disk::{Disk, Powered};
use crate::folder::Folder;
use crate::power::Power;
use banana_apply::{Clock, Ending, LockInfo, Options, Outcome, Session, refresh};
use plan::{Planned, State};
use stack::Program;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex};
use syntax::Report;
use tokio::time::Instant;

/// How a command ended.
#[derive(Debug)]
pub(crate) enum Ended {
    /// The plan was empty, and nothing was left without an end.
    Quiet,
    /// It ran.
    Ran(Box<Outcome>),
    /// The machine died.
    Died,
    /// It could not look into something, or not read it.
    Stuck,
}

/// The world of one test.
#[derive(Clone)]
pub(crate) struct Stage {
    pub(crate) cloud: Cloud,
    pub(crate) disk: Disk,
    pub(crate) start: Instant,
}

impl Stage {
    pub(crate) fn new() -> Self {
        Self { cloud: Cloud::new(), disk: Disk::default(), start: Instant::now() }
    }

    /// The same world once more, to go on in another way.
    pub(crate) fn copy(&self) -> Self {
        let disk = Disk {
            state: Arc::new(Mutex::new(self.disk.state.lock().unwrap().clone())),
            journal: Arc::new(Mutex::new(self.disk.journal.lock().unwrap().clone())),
            ..Disk::default()
        };
        Self { cloud: self.cloud.copy(), disk, start: self.start }
    }

    /// `None` when the machine dies over it.
    pub(crate) async fn session(&self, power: &Power) -> Option<Session> {
        let powered = Powered { disk: self.disk.clone(), power: power.clone() };
        let existing = self.disk.journal.lock().unwrap().clone();
        // A clock that jumps, forwards and backwards, by days: nothing may hang on it.
        let (start, ticks) = (self.start, AtomicU64::new(existing.len() as u64));
        let clock = Clock::new(move || {
            let jump =
                ticks.fetch_add(1, Ordering::Relaxed).wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 36;
            1_700_000_000_000 + jump + u64::try_from(start.elapsed().as_millis()).unwrap()
        });
        let info = LockInfo::default();
        let store = Arc::new(powered.clone());
        match Session::open(store, Box::new(powered), &existing, &info, clock).await {
            Ok(session) => Some(session),
            Err(error) if !power.is_dead() => panic!("{error}"),
            Err(_) => None,
        }
    }

    /// `banana apply` or `banana destroy` of this text.
    pub(crate) async fn command(
        &self,
        text: &str,
        destroy: bool,
        power: &Power,
        options: &Options<'_>,
    ) -> Ended {
        tokio::select! {
            biased;
            () = power.died() => Ended::Died,
            ended = self.fly(text, destroy, power, options) => ended,
        }
    }

    async fn fly(&self, text: &str, destroy: bool, power: &Power, options: &Options<'_>) -> Ended {
        let cloud = self.cloud.from(power);
        let Some(mut session) = self.session(power).await else { return Ended::Died };
        if session.unfinished() > 0 && session.recover(&cloud, options).await.is_err() {
            return Ended::Stuck;
        }
        let Ok(refreshed) = refresh(&cloud, session.state(), options).await else {
            return Ended::Stuck;
        };
        let host = Folder(text.into());
        let program = program(&host);
        let planned = planned(&program, &refreshed.state, destroy);
        if planned.plan.is_empty() {
            session.keep(&planned.plan.prior).await.unwrap();
            return Ended::Quiet;
        }
        let outcome = session.run(&program, &planned.plan, &cloud, options).await;
        Ended::Ran(Box::new(outcome))
    }

    /// The same command until there is nothing left to do.
    pub(crate) async fn until_quiet(&self, text: &str, destroy: bool) -> u32 {
        for round in 0..40 {
            match self.command(text, destroy, &Power::forever(), &Options::default()).await {
                Ended::Quiet => return round,
                Ended::Ran(outcome) if outcome.ending == Ending::Complete => {}
                Ended::Ran(_) | Ended::Stuck => {}
                Ended::Died => panic!("there is power"),
            }
        }
        match self.command(text, destroy, &Power::forever(), &Options::default()).await {
            Ended::Ran(outcome) => panic!("no end: {:?} {:?}", outcome.left, outcome.fatal),
            other => panic!("no end: {other:?}"),
        }
    }
}

pub(crate) fn program(host: &Folder) -> Program<'_> {
    let options = stack::Options {
        path: "/stack".into(),
        region: Some("eu-west-3".into()),
        defer_data: true,
        ..stack::Options::default()
    };
    Program::load(&options, host)
}

pub(crate) fn planned(program: &Program<'_>, state: &State, destroy: bool) -> Planned {
    let options = plan::Options { destroy, ..plan::Options::default() };
    plan::plan(program, state, &options)
        .unwrap_or_else(|reports: Vec<Report>| panic!("{reports:?}"))
}
