//! Starting steps when what they need is done.

use super::critical::{self, Times};
use super::{Ending, Left, Leg, Outcome, Run, Trouble};
use crate::call::Subject;
use crate::event::{Doing, What};
use crate::journal::{Entry, Place};
use futures_util::future::BoxFuture;
use futures_util::stream::{FuturesUnordered, StreamExt};
use plan::{Account, Action, Change, Counts, Failure, State, Work};
use stack::Mode;
use std::collections::{BTreeMap, BTreeSet};
use std::future::Future;
use std::sync::Arc;
use std::time::Duration;
use tokio::time::{Instant, interval_at};

/// How a step stands.
#[derive(Clone, Debug)]
enum Status {
    Waiting(usize),
    Running,
    Done,
    Failed(Failure),
    /// Not begun, since the step of this change failed.
    Skipped(usize),
    /// Not begun or not finished, since the run stopped.
    Stopped,
}

/// A step that came to its end.
struct Ended {
    at: usize,
    begun: Instant,
    result: Result<(), Trouble>,
}

/// The book of a run.
struct Book<'p> {
    status: Vec<Status>,
    users: Vec<Vec<usize>>,
    steps: &'p [plan::Step],
    times: Vec<Times>,
    begun: Instant,
    fatal: Option<Failure>,
    stopping: bool,
}

impl Run<'_> {
    /// Carries the plan out; `before` is the state as it is stored.
    pub(super) async fn carry_out(&self, before: &State) -> Outcome {
        if let Err(trouble) = self.start(before).await {
            let mut outcome = Outcome::refused(
                match trouble {
                    Trouble::Failed(failure) | Trouble::Fatal(failure) => failure,
                    Trouble::Interrupted => crate::trouble("interrupted".into()),
                },
                self.plan,
                before,
            );
            if self.caller.cancel.is_cancelled() {
                outcome.ending = Ending::Interrupted;
            }
            return outcome;
        }
        let mut book = Book::new(&self.plan.order.steps);
        let mut running: FuturesUnordered<BoxFuture<'_, Ended>> = FuturesUnordered::new();
        loop {
            book.stopping |= self.caller.cancel.is_cancelled() || book.fatal.is_some();
            if !book.stopping {
                for step in book.ready() {
                    running.push(Box::pin(self.watched(step)));
                }
            }
            let Some(ended) = running.next().await else { break };
            self.close(&mut book, ended);
        }
        drop(running);
        let complete = book.status.iter().all(|s| matches!(s, Status::Done));
        self.conclude(complete);
        let mut fatal = book.fatal.take();
        if let Err(error) = self.ledger.save().await
            && let Trouble::Fatal(failure) = Trouble::from(error)
        {
            fatal.get_or_insert(failure);
        }
        let ending = if complete && fatal.is_none() {
            Ending::Complete
        } else if self.caller.cancel.is_cancelled() {
            Ending::Interrupted
        } else {
            Ending::Failed
        };
        let name = match ending {
            Ending::Complete => "complete",
            Ending::Failed => "failed",
            Ending::Interrupted => "interrupted",
        };
        // The run is over whether or not its last line is written: a reader goes by the open intents.
        let _ = self.journal.write(&Entry::End { outcome: name.into() });
        self.outcome(&book, ending, fatal)
    }

    /// Writes down that a run begins, and the state where the plan already says more than the file: moves, imports, refreshed objects.
    async fn start(&self, before: &State) -> Result<(), Trouble> {
        let account = self.clouds.main().account().await.map_err(Trouble::from)?;
        let others = self.others(&account).await?;
        let unchanged = |c: &&Change| c.action == Action::NoOp && c.address.mode == Mode::Managed;
        self.ledger.change(|state| {
            for change in self.plan.changes.iter().filter(unchanged) {
                let Some(instance) = state.instances.get_mut(&*change.address) else { continue };
                instance.provider.clone_from(&change.provider);
                if let Some(object) = &mut instance.current {
                    object.dependencies.clone_from(&change.dependencies);
                    object.create_before_destroy = change.create_before_destroy;
                }
            }
        });
        let differs = self.ledger.look(|state| state != before);
        self.journal.clear()?;
        self.journal.write(&Entry::Begin {
            run: self.id.to_string(),
            lineage: self.ledger.lineage(),
            serial: before.serial,
            account: account.id,
            region: account.region,
            others,
        })?;
        if differs {
            self.ledger.save().await?;
        }
        Ok(())
    }

    /// Where the provider configurations of the plan work that do not work where the run does.
    async fn others(&self, main: &Account) -> Result<BTreeMap<String, Place>, Trouble> {
        let calls = |c: &&Change| {
            c.address.mode == Mode::Managed && (c.action.makes() || c.action.deletes())
        };
        let used: BTreeSet<&str> =
            self.plan.changes.iter().filter(calls).map(|c| c.provider.as_str()).collect();
        let mut others = BTreeMap::new();
        for name in used {
            let Account { id, region, .. } = self.clouds.at(name)?.account().await?;
            if (&id, &region) != (&main.id, &main.region) {
                others.insert(name.to_owned(), Place { account: id, region });
            }
        }
        Ok(others)
    }

    /// One step, with a sign of life every ten seconds.
    async fn watched(&self, at: usize) -> Ended {
        let begun = Instant::now();
        let Some((work, change)) = self.step(at) else {
            return Ended { at, begun, result: Ok(()) };
        };
        let result = match work {
            Work::Pass => Ok(()),
            Work::Read => self.read(change).await,
            Work::Forget => self.forget(change).await,
            Work::Make => {
                let doing = doing(work, change);
                let make: BoxFuture<'_, _> = match doing {
                    Doing::Update => Box::pin(self.update(change)),
                    _ => Box::pin(self.create(change)),
                };
                self.alive(change, doing, make).await
            }
            Work::Destroy => self.alive(change, Doing::Delete, self.destroy(change)).await,
        };
        Ended { at, begun, result }
    }

    async fn alive<T>(&self, change: &Change, doing: Doing, work: impl Future<Output = T>) -> T {
        let every = Duration::from_secs(10);
        let subject = Self::subject(change, doing);
        let mut ticks = interval_at(Instant::now() + every, every);
        let mut work = std::pin::pin!(work);
        loop {
            tokio::select! {
                biased;
                done = &mut work => return done,
                _ = ticks.tick() => self.caller.tell(&subject, What::Running),
            }
        }
    }

    fn step(&self, at: usize) -> Option<(Work, &Change)> {
        let step = self.plan.order.steps.get(at)?;
        Some((step.work, self.plan.changes.get(step.change)?))
    }

    /// Notes how a step ended, and tells.
    fn close(&self, book: &mut Book<'_>, Ended { at, begun, result }: Ended) {
        let Some((work, change)) = self.step(at) else { return };
        if let Some(times) = book.times.get_mut(at) {
            *times = Some((begun, Instant::now()));
        }
        let subject = Subject { begun, ..Self::subject(change, doing(work, change)) };
        match result {
            Ok(()) => {
                if !matches!(work, Work::Pass) {
                    let id = self.ledger.look(|state| {
                        state.current(&change.address).and_then(|o| o.id().map(str::to_owned))
                    });
                    self.caller.tell(&subject, What::Finished(id));
                }
                book.done(at);
            }
            Err(Trouble::Interrupted) => book.set(at, Status::Stopped),
            Err(Trouble::Failed(failure)) => {
                self.caller.tell(&subject, What::Failed(failure.clone()));
                book.set(at, Status::Failed(failure));
                for skipped in book.skip_after(at) {
                    if let Some((work, other)) = self.step(skipped) {
                        let subject = Self::subject(other, doing(work, other));
                        self.caller.tell(&subject, What::Skipped(Arc::clone(&change.address)));
                    }
                }
            }
            Err(Trouble::Fatal(failure)) => {
                self.caller.tell(&subject, What::Failed(failure.clone()));
                book.set(at, Status::Failed(failure.clone()));
                book.fatal.get_or_insert(failure);
            }
        }
    }

    fn outcome(&self, book: &Book<'_>, ending: Ending, fatal: Option<Failure>) -> Outcome {
        let mut done = Counts::default();
        let mut left: BTreeMap<usize, Left> = BTreeMap::new();
        for (at, status) in book.status.iter().enumerate() {
            let Some((work, change)) = self.step(at) else { continue };
            match (status, work) {
                (Status::Done, Work::Make) if change.action == Action::Update => done.change += 1,
                (Status::Done, Work::Make) => done.create += 1,
                (Status::Done, Work::Destroy) => done.destroy += 1,
                (Status::Done, Work::Forget) => done.forget += 1,
                (Status::Done, _) | (_, Work::Pass) => {}
                (status, _) => {
                    let Some(step) = self.plan.order.steps.get(at) else { continue };
                    let failure = match status {
                        Status::Failed(failure) => Some(failure.clone()),
                        _ => None,
                    };
                    let because = match status {
                        Status::Skipped(of) => {
                            self.plan.changes.get(*of).map(|c| Arc::clone(&c.address))
                        }
                        _ => None,
                    };
                    let (address, deposed) = (Arc::clone(&change.address), change.deposed.clone());
                    let new = Left { address, deposed, failure, because };
                    let old = left.entry(step.change).or_insert_with(|| new.clone());
                    // Of a replacement's two steps the one that failed says more.
                    if old.failure.is_none() && new.failure.is_some() {
                        *old = new;
                    }
                }
            }
        }
        let open = self.journal.unfinished().intents.len();
        let leg = |at: usize| {
            let (work, change) = self.step(at).filter(|(work, _)| *work != Work::Pass)?;
            let (begun, ended) = book.times.get(at).copied().flatten()?;
            let (address, doing) = (Arc::clone(&change.address), doing(work, change));
            Some(Leg { address, doing, took: ended - begun })
        };
        let critical = critical::chain(book.steps, &book.times);
        Outcome {
            ending,
            done,
            left: left.into_values().collect(),
            fatal,
            state: self.ledger.state(),
            took: book.begun.elapsed(),
            critical: critical.into_iter().filter_map(leg).collect(),
            open,
        }
    }
}

fn doing(work: Work, change: &Change) -> Doing {
    match work {
        Work::Pass | Work::Read => Doing::Read,
        Work::Forget => Doing::Forget,
        Work::Destroy => Doing::Delete,
        Work::Make if change.action == Action::Update => Doing::Update,
        Work::Make => Doing::Create,
    }
}

impl<'p> Book<'p> {
    fn new(steps: &'p [plan::Step]) -> Self {
        let mut users = vec![Vec::new(); steps.len()];
        for (at, step) in steps.iter().enumerate() {
            for needed in &step.needs {
                if let Some(users) = users.get_mut(*needed) {
                    users.push(at);
                }
            }
        }
        let status = steps.iter().map(|step| Status::Waiting(step.needs.len())).collect();
        let (times, begun) = (vec![None; steps.len()], Instant::now());
        Self { status, users, steps, times, begun, fatal: None, stopping: false }
    }

    fn set(&mut self, at: usize, to: Status) {
        if let Some(status) = self.status.get_mut(at) {
            *status = to;
        }
    }

    /// The steps that can start, which now run.
    fn ready(&mut self) -> Vec<usize> {
        let mut ready = Vec::new();
        for (at, status) in self.status.iter_mut().enumerate() {
            if matches!(status, Status::Waiting(0)) {
                *status = Status::Running;
                ready.push(at);
            }
        }
        ready
    }

    fn done(&mut self, at: usize) {
        self.set(at, Status::Done);
        for user in self.users.get(at).cloned().unwrap_or_default() {
            if let Some(Status::Waiting(open)) = self.status.get_mut(user) {
                *open = open.saturating_sub(1);
            }
        }
    }

    /// Skips all that needs a failed step, directly or not.
    fn skip_after(&mut self, at: usize) -> Vec<usize> {
        let of = self.steps.get(at).map_or(0, |step| step.change);
        let mut skipped = Vec::new();
        let mut open = self.users.get(at).cloned().unwrap_or_default();
        while let Some(user) = open.pop() {
            if let Some(status @ Status::Waiting(_)) = self.status.get_mut(user) {
                *status = Status::Skipped(of);
                skipped.push(user);
                open.extend(self.users.get(user).into_iter().flatten());
            }
        }
        skipped.sort_unstable();
        skipped
    }
}
