//! The bill of a resolved stack.

use crate::args::{PriceArgs, StackArgs};
use crate::{Failure, Machine, job};
use cost::book::{Book, Overlay};
use cost::{Estimate, PriceSource, Usage};
use model::Model;
use report::total_text;
use stack::{Host, Stack};
use std::path::PathBuf;

/// Prices a stack as the arguments say.
pub(crate) fn estimate(
    stack: &Stack,
    args: &PriceArgs,
    of: &StackArgs,
    machine: &Machine<'_>,
) -> Result<Estimate, Failure> {
    with(stack, args, of, machine, cost::estimate)
}

/// Works with the prices and the usage that the arguments say.
pub(crate) fn with<T>(
    stack: &Stack,
    args: &PriceArgs,
    of: &StackArgs,
    machine: &Machine<'_>,
    work: impl FnOnce(&Model<'_>, &dyn PriceSource, &cost::Options) -> T,
) -> Result<T, Failure> {
    let usage = usage(args, of, machine)?;
    let prices: Box<dyn PriceSource> = match &args.prices {
        None => Box::new(Book::embedded()),
        Some(path) => {
            let laid = Overlay::read(&read(path, machine)?, Book::embedded());
            Box::new(laid.map_err(|error| Failure::user(format!("{}: {error}", path.display())))?)
        }
    };
    let region = of.region.clone().or_else(|| job::region(machine));
    let options = cost::Options { region, usage };
    let model = Model::new(stack);
    if args.live_prices {
        let live = live(stack, &model, &options, of, machine)?;
        return Ok(work(&model, &live, &options));
    }
    Ok(work(&model, &*prices, &options))
}

/// Usage files that are read without being named, when they stand beside the stack.
const USAGE_FILES: [&str; 3] = ["banana-usage.toml", "banana-usage.yml", "banana-usage.yaml"];

/// What is assumed: the profile, the usage file over it, and the arguments over both.
pub(crate) fn usage(
    args: &PriceArgs,
    of: &StackArgs,
    machine: &Machine<'_>,
) -> Result<Usage, Failure> {
    let mut usage = Usage::of(args.profile.map(Into::into).unwrap_or_default());
    if let Some(path) = usage_file(args, of, machine) {
        let (name, text) = (path.display().to_string(), read(&path, machine)?);
        usage.extend(Usage::read(&name, &text).map_err(|errors| wrong_usage(&name, &errors))?);
    }
    for argument in &args.assume {
        usage.set(argument).map_err(|error| wrong_usage("--assume", &[error]))?;
    }
    Ok(usage)
}

/// The usage file that is named, or else the one that stands beside the stack.
pub(crate) fn usage_file(
    args: &PriceArgs,
    of: &StackArgs,
    machine: &Machine<'_>,
) -> Option<PathBuf> {
    let folder = machine.disk().full(&of.path);
    let folder =
        if folder.is_dir() { folder.as_path() } else { folder.parent().unwrap_or(&folder) };
    let beside = || USAGE_FILES.iter().map(|name| folder.join(name)).find(|path| path.is_file());
    args.usage.clone().or_else(beside)
}

/// What AWS lists now of the prices that the bill asks for.
#[cfg(feature = "apply")]
fn live(
    stack: &Stack,
    model: &Model<'_>,
    options: &cost::Options,
    of: &StackArgs,
    machine: &Machine<'_>,
) -> Result<impl PriceSource + use<>, Failure> {
    let asked = aws::prices::Asked::of(Book::embedded());
    cost::estimate(model, &asked, options);
    crate::cloud::prices(stack, of, asked.keys(), machine)
}

#[cfg(not(feature = "apply"))]
fn live(
    _stack: &Stack,
    _model: &Model<'_>,
    _options: &cost::Options,
    _of: &StackArgs,
    _machine: &Machine<'_>,
) -> Result<&'static Book, Failure> {
    Err(Failure::user("this build of banana cannot ask AWS for prices")
        .help("build it with the default features, or leave --live-prices out"))
}

/// The bill in a line, for the end of a check.
pub(crate) fn one_line(stack: &Stack, region: Option<String>, machine: &Machine<'_>) -> String {
    let options =
        cost::Options { region: region.or_else(|| job::region(machine)), usage: Usage::default() };
    let estimate = cost::estimate(&Model::new(stack), Book::embedded(), &options);
    if estimate.resources.is_empty() && estimate.unsupported.is_empty() {
        return "costs nothing: no resource has a price".to_owned();
    }
    total_text(&estimate, &machine.style)
}

pub(crate) fn read(path: &std::path::Path, machine: &Machine<'_>) -> Result<String, Failure> {
    let bytes = machine.disk().read(path);
    let bytes =
        bytes.map_err(|e| Failure::user(format!("cannot read `{}`: {e}", path.display())))?;
    String::from_utf8(bytes)
        .map_err(|_| Failure::user(format!("`{}` is not UTF-8 text", path.display())))
}

fn wrong_usage(place: &str, errors: &[cost::UsageError]) -> Failure {
    let lines: Vec<String> = errors.iter().map(ToString::to_string).collect();
    Failure::user(format!("{place}: {}", lines.join("; ")))
        .help("`banana cost` lists the assumptions in force by name")
}
