//! Carrying a plan out.

mod create;
mod critical;
mod destroy;
mod groups;
mod outcome;
mod outputs;
mod progress;
mod read;
mod schedule;
mod settle;
mod update;
mod world;

pub use critical::Leg;
pub use outcome::{Ending, Left, Outcome};

use crate::call::{Caller, Subject};
use crate::event::Doing;
use crate::journal::{Entry, Intent, Journal, Work, masked};
use crate::ledger::Ledger;
use crate::{Options, Session, StoreError, trouble};
use plan::{Action, Change, Clouds, Failure, FailureKind, Object, Plan, Provider};
use stack::{Address, Program, Str, Value};
use std::collections::BTreeMap;
use std::io;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, RwLock};
use std::time::Duration;
use uuid::Uuid;

/// One run over a plan.
pub(crate) struct Run<'a> {
    program: &'a Program<'a>,
    plan: &'a Plan,
    clouds: &'a dyn Clouds,
    options: &'a Options<'a>,
    journal: &'a Journal,
    ledger: Ledger,
    caller: Caller,
    /// Objects that exist and will not change any more in this run.
    known: RwLock<BTreeMap<Address, Value>>,
    /// Objects that this run set aside before it made the new ones.
    deposed: Mutex<BTreeMap<Address, Str>>,
    groups: groups::Groups,
    id: Uuid,
    operations: Mutex<u32>,
}

/// Why a step did not come to its end.
#[derive(Clone, Debug)]
pub(crate) enum Trouble {
    /// This object failed; others may go on.
    Failed(Failure),
    /// Nothing can go on: no credentials, or no way to record what happens.
    Fatal(Failure),
    /// The run was asked to stop before this was done.
    Interrupted,
}

impl From<Failure> for Trouble {
    fn from(failure: Failure) -> Self {
        match failure.kind {
            FailureKind::Credentials => Self::Fatal(failure),
            _ => Self::Failed(failure),
        }
    }
}

impl From<StoreError> for Trouble {
    fn from(error: StoreError) -> Self {
        let help = "what was made is in the journal: once the state can be written, run the same command again";
        Self::Fatal(Failure { help: Some(help.into()), ..trouble(error.to_string()) })
    }
}

impl From<io::Error> for Trouble {
    fn from(error: io::Error) -> Self {
        Self::Fatal(trouble(format!("the journal cannot be written: {error}")))
    }
}

impl Session {
    /// Carries the plan out. The plan must be made from this session's state, refreshed or not, and [`Session::recover`] must have been
    /// called if [`Session::unfinished`] says so.
    pub async fn run(
        &mut self,
        program: &Program<'_>,
        plan: &Plan,
        clouds: &dyn Clouds,
        options: &Options<'_>,
    ) -> Outcome {
        let refusal = if self.unfinished() > 0 {
            Some("an earlier run left operations without an end: they must be looked into first")
        } else if (&plan.prior.lineage, plan.prior.serial)
            != (&self.state.lineage, self.state.serial)
        {
            Some("the state was written after this plan was made: plan again")
        } else {
            None
        };
        if let Some(message) = refusal {
            return Outcome::refused(trouble(message.into()), plan, &self.state);
        }
        let known = plan.changes.iter().filter(|c| c.action == Action::NoOp && c.deposed.is_none());
        let mut known: BTreeMap<Address, Value> =
            known.filter_map(|c| Some(((*c.address).clone(), c.after.clone()?))).collect();
        // What a target leaves out stays as it is.
        for (address, deposed, object) in plan.prior.objects() {
            if deposed.is_none()
                && plan.change(address).is_none()
                && let Ok(value) = object.value(address.mode, &address.ty)
            {
                known.insert(address.clone(), value);
            }
        }
        let run = Run {
            program,
            plan,
            clouds,
            options,
            journal: &self.journal,
            ledger: Ledger::new(Arc::clone(&self.store), plan.prior.clone()),
            caller: Caller::new(options),
            known: RwLock::new(known),
            deposed: Mutex::default(),
            groups: groups::Groups::default(),
            id: Uuid::new_v4(),
            operations: Mutex::new(0),
        };
        let outcome = run.carry_out(&self.state).await;
        self.state = run.ledger.state();
        self.unsaved = run.ledger.is_unsaved();
        self.open = self.journal.unfinished();
        outcome
    }
}

impl Run<'_> {
    /// A token for the next operation.
    fn operation(&self) -> String {
        let mut count = self.operations.lock().unwrap_or_else(PoisonError::into_inner);
        *count += 1;
        Uuid::new_v5(&self.id, &count.to_be_bytes()).to_string()
    }

    /// The objects that this run set aside, with their keys.
    fn aside(&self) -> MutexGuard<'_, BTreeMap<Address, Str>> {
        self.deposed.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The cloud on whose behalf a change is made.
    fn cloud(&self, change: &Change) -> Result<&dyn Provider, Failure> {
        self.clouds.at(&change.provider)
    }

    fn subject(change: &Change, doing: Doing) -> Subject {
        Subject { deposed: change.deposed.clone(), ..Subject::new(&change.address, doing) }
    }

    /// The intent to do `work` to the object of a change.
    fn intent(&self, change: &Change, work: Work, deposed: Option<&Str>, object: &Value) -> Intent {
        Intent {
            op: self.operation(),
            work,
            address: change.address.to_string(),
            deposed: deposed.map(ToString::to_string),
            provider: change.provider.clone(),
            schema_version: change.schema_version,
            dependencies: change.dependencies.clone(),
            create_before_destroy: change.create_before_destroy,
            object: masked(object),
            sensitive: Object::new(change.schema_version, object).sensitive,
        }
    }

    fn done(&self, op: &str) -> Result<(), Trouble> {
        Ok(self.journal.write(&Entry::Done { op: op.to_owned() })?)
    }

    fn failed(&self, op: &str, message: &str) -> Result<(), Trouble> {
        let (op, message) = (op.to_owned(), message.to_owned());
        Ok(self.journal.write(&Entry::Failed { op, message })?)
    }

    fn know(&self, address: &Address, value: Value) {
        self.known.write().unwrap_or_else(PoisonError::into_inner).insert(address.clone(), value);
    }

    /// The final object of a change, now that what it needs exists; checked against what the plan showed.
    fn last(&self, change: &Change) -> Result<Value, Trouble> {
        let world = world::Final { run: self, change: Some(change) };
        let resource = self.program.instance(&world, &change.address).map_err(|reports| {
            let first = reports.into_iter().next();
            let message = first.map_or_else(|| "it cannot be evaluated".into(), |r| r.message);
            Trouble::Failed(trouble(message))
        })?;
        match change.check(&resource.value) {
            Ok(()) => Ok(resource.value),
            Err(report) => Err(Trouble::Failed(Failure {
                kind: FailureKind::Invalid,
                help: report.help,
                ..trouble(report.message)
            })),
        }
    }

    /// How long an operation may take: the resource's `timeouts`, or the run's patience.
    fn budget(&self, of: &Value, name: &str) -> Duration {
        let own = of.get("timeouts").and_then(|t| t.get(name)).and_then(Value::as_str);
        own.and_then(stack::duration).unwrap_or(self.caller.patience)
    }
}
