//! `cost --diff`: what the bill is held against, and what of the stack decides the difference.

use crate::args::Cost;
use crate::price::{self, Pricer};
use crate::{Failure, Machine, job, known};
use cost::change::{Change, Snapshot, compare, explain};
use stack::{Side, Stack};
use std::collections::BTreeMap;
use std::path::Path;
use syntax::Level;

/// What a bill is held against.
#[derive(Debug)]
pub(crate) enum Before {
    /// A stack: of a revision, or what stood before a plan.
    Stack(Box<Stack>),
    /// An earlier bill.
    Bill(Snapshot),
    /// Nothing: there was no stack.
    Nothing,
}

impl Before {
    /// Finds out what a name means: a file, if there is one; else a git revision.
    pub(crate) fn open(
        name: &str,
        args: &Cost,
        machine: &mut Machine<'_>,
    ) -> Result<Self, Failure> {
        let (path, disk) = (Path::new(name), machine.disk());
        let option = format!("`--diff {name}`");
        if disk.full(path).is_file() {
            if let Some(text) = job::plan_json(path, &disk) {
                let stack = job::from_plan(path, &text, Side::Prior)?;
                for report in &stack.reports {
                    writeln!(machine.err, "note: before `{name}`: {}", report.message)?;
                }
                return Ok(Self::Stack(Box::new(stack)));
            }
            let bill = Snapshot::read(&price::read(path, machine)?);
            return bill.map(Self::Bill).map_err(|error| {
                Failure::user(format!("{option}: {error}")).help("`banana cost --format json` writes what can be compared; so does `terraform show -json`")
            });
        }
        if path.extension().is_some_and(|ending| ending == "json") {
            return Err(Failure::user(format!("{option}: there is no such file")));
        }
        if job::plan_json(&args.stack.path, &disk).is_some() {
            let text = format!(
                "{option}: `{}` is a plan, and no revision of files",
                args.stack.path.display()
            );
            return Err(Failure::user(text)
                .help("name the plan itself to see what it changes, or an earlier `banana cost --format json`"));
        }
        let Some(stack) = known::then("--diff", name, &args.stack, machine)? else {
            let path = args.stack.path.display();
            writeln!(machine.err, "note: `{path}` holds no stack at `{name}`: everything is new")?;
            return Ok(Self::Nothing);
        };
        if let Some(error) = stack.reports.iter().find(|report| report.level == Level::Error) {
            writeln!(
                machine.err,
                "note: the stack has errors at `{name}`, so its bill may lack something: {}",
                error.message
            )?;
        }
        Ok(Self::Stack(Box::new(stack)))
    }

    /// The stack, where there is one.
    pub(crate) fn stack(&self) -> Option<&Stack> {
        match self {
            Self::Stack(stack) => Some(stack),
            Self::Bill(_) | Self::Nothing => None,
        }
    }

    /// What a stack's bill is more or less, and why.
    pub(crate) fn change(
        &self,
        name: &str,
        after: &Stack,
        bill: &Snapshot,
        pricer: &Pricer,
    ) -> Result<Change, Failure> {
        let price = |stack: &Stack| Snapshot::from(&pricer.estimate(stack));
        match self {
            Self::Bill(before) if before.currency != bill.currency => {
                let text = format!(
                    "`{name}` is in {}, and this bill in {}",
                    before.currency, bill.currency
                );
                Err(Failure::user(text).help("make both in one currency: see --currency"))
            }
            Self::Bill(before) => Ok(compare(name, before, bill, &BTreeMap::new())),
            Self::Nothing => {
                let before = Snapshot { currency: bill.currency.clone(), ..Snapshot::default() };
                Ok(compare(name, &before, bill, &BTreeMap::new()))
            }
            Self::Stack(before) => {
                let moved = cost::change::moved(before, after);
                let mut change = compare(name, &price(before), bill, &moved);
                explain(&mut change, before, after, &moved, &price);
                Ok(change)
            }
        }
    }
}
