//! The bill of a resolved stack.

use crate::args::{PriceArgs, StackArgs};
use crate::{Failure, Machine, job};
use cost::book::{Book, Overlay};
use cost::{Estimate, PriceSource, Usage};
use model::Model;
use report::total_text;
use stack::{Host, Stack};

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
    let mut usage = Usage::default();
    if let Some(path) = &args.usage {
        let text = read(path, machine)?;
        usage = Usage::read(&text)
            .map_err(|errors| wrong_usage(&path.display().to_string(), &errors))?;
    }
    for argument in &args.assume {
        usage.set(argument).map_err(|error| wrong_usage("--assume", &[error]))?;
    }
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
