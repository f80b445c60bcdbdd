//! Stacks for tests: from the fixtures folder, or from a text.

#![allow(dead_code, reason = "each test binary uses its own part")]
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use banana_cost::book::Book;
use banana_cost::simulate::{Demand, Settings, Simulation, simulate};
use banana_cost::{Component, Estimate, Options, Usage, estimate};
use disk::Disk;
use model::Model;
use model::data::Offline;
use stack::{Host, Program, Stack, VariableArgument};
use std::io;
use std::path::{Path, PathBuf};

#[path = "../../../../tests/disk/mod.rs"]
mod disk;

/// The disk, and one stack that is only a text: `/text/main.tf`.
struct Machine(String);

impl Host for Machine {
    fn read(&self, path: &Path) -> io::Result<Vec<u8>> {
        if path == Path::new("/text/main.tf") { Ok(self.0.clone().into()) } else { Disk.read(path) }
    }
    fn list(&self, folder: &Path) -> io::Result<Vec<(String, bool)>> {
        if folder == Path::new("/text") {
            return Ok(vec![("main.tf".into(), false)]);
        }
        Disk.list(folder)
    }
    fn canonical(&self, path: &Path) -> io::Result<PathBuf> {
        Ok(path.to_owned())
    }
    fn home(&self) -> Option<PathBuf> {
        None
    }
    fn current(&self) -> io::Result<PathBuf> {
        Ok("/text".into())
    }
}

pub(crate) fn fixtures() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fixtures")
}

fn load(path: &Path, text: &str, variables: &[&str]) -> Stack {
    let variables = variables.iter().map(|argument| match argument.split_once('=') {
        Some((name, value)) => VariableArgument::Set(name.into(), value.into()),
        None => VariableArgument::File(path.join(argument)),
    });
    let options = stack::Options {
        path: path.to_owned(),
        variables: variables.collect(),
        ..stack::Options::default()
    };
    let stack = Program::load(&options, &Machine(text.into())).resolve(&Offline::default());
    let is_error = |report: &&syntax::Report| {
        report.level == syntax::Level::Error
            && !["variable-not-set", "unknown-repetition"].contains(&report.code)
    };
    let errors: Vec<_> = stack.reports.iter().filter(is_error).collect();
    assert!(errors.is_empty(), "{errors:?}");
    stack
}

/// The estimate of a folder or file below the fixtures; `variables` are `name=value` or var files in it.
pub(crate) fn of_fixture(path: &str, variables: &[&str], assumptions: &[&str]) -> Estimate {
    price(&load(&fixtures().join(path), "", variables), assumptions, None)
}

/// The estimate of a fixture with the usage file beside it, when it has one: `NAME.usage.toml`.
pub(crate) fn with_usage(path: &str) -> Estimate {
    let stack = load(&fixtures().join(path), "", &[]);
    let file = path.replace(".tf", ".usage.toml");
    let usage = match std::fs::read_to_string(fixtures().join(&file)) {
        Ok(text) => Usage::read(&file, &text).unwrap(),
        Err(_) => Usage::default(),
    };
    estimate(&Model::new(&stack), Book::embedded(), &Options { region: None, usage })
}

/// The estimate of a text.
pub(crate) fn of(text: &str, assumptions: &[&str]) -> Estimate {
    of_text(text, assumptions, None)
}

/// The estimate of a text, with the region to take where the stack says none.
pub(crate) fn of_text(text: &str, assumptions: &[&str], region: Option<&str>) -> Estimate {
    price(&load(Path::new("/text"), text, &[]), assumptions, region)
}

fn price(stack: &Stack, assumptions: &[&str], region: Option<&str>) -> Estimate {
    let options = Options { region: region.map(str::to_owned), usage: usage(assumptions) };
    estimate(&Model::new(stack), Book::embedded(), &options)
}

fn usage(assumptions: &[&str]) -> Usage {
    let mut usage = Usage::default();
    for assumption in assumptions {
        usage.set(assumption).unwrap();
    }
    usage
}

/// A text, simulated: its `[simulate]` tables, and what else is assumed.
pub(crate) fn simulation(
    text: &str,
    assumptions: &[&str],
    demand: &str,
    settings: Settings,
) -> Simulation {
    let stack = load(Path::new("/text"), text, &[]);
    let model = Model::new(&stack);
    let options = Options { region: None, usage: usage(assumptions) };
    let prices = Book::embedded();
    let estimate = estimate(&model, prices, &options);
    let demand = Demand::read("usage.toml", demand).unwrap();
    simulate(&model, prices, &options.usage, &estimate, &demand, &settings)
}

/// A line of an estimate.
pub(crate) fn line<'e>(estimate: &'e Estimate, address: &str, name: &str) -> &'e Component {
    let cost = estimate.resources.iter().find(|cost| cost.address == address).unwrap();
    cost.components.iter().find(|line| line.name == name).unwrap()
}

/// All lines that cost something, one a row, for people.
pub(crate) fn table(estimate: &Estimate) -> String {
    let mut rows = Vec::new();
    for cost in &estimate.resources {
        for line in &cost.components {
            rows.push(format!(
                "{} | {} | {} {} x {} = {} | {:?}{}{}",
                cost.address,
                line.name,
                line.quantity.normalize(),
                line.unit,
                line.unit_price.normalize(),
                line.monthly.normalize(),
                line.basis,
                line.assumption.map(|name| format!(" {name}")).unwrap_or_default(),
                line.note.as_ref().map(|note| format!(" ({note})")).unwrap_or_default(),
            ));
        }
        rows.extend(cost.notes.iter().map(|note| format!("{} | # {note}", cost.address)));
    }
    rows.extend(estimate.missing_prices.iter().map(|m| {
        format!("{} | {} | missing: {} x {}", m.address, m.component, m.quantity, m.price)
    }));
    rows.extend(
        estimate.unsupported.iter().map(|u| format!("{} | unsupported: {}", u.address, u.reason)),
    );
    let cents = banana_cost::cents;
    rows.push(format!(
        "fixed {}, total {}, at most {}",
        cents(estimate.fixed_monthly),
        cents(estimate.total_monthly),
        cents(estimate.maximum_monthly)
    ));
    rows.join("\n")
}
