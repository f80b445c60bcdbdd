//! `banana cost`

use crate::args::{BillFormat, Cost};
use crate::change::Before;
use crate::price::Pricer;
use crate::{Exit, Failure, Machine, job, simulate};
use cost::change::Snapshot;
use report::{Bill, bill_json, bill_markdown, bill_text, totals_text};
use syntax::Level;

/// Prices a stack. A missing price fails the run unless it is allowed; a busted budget is a finding.
pub(crate) fn run(args: &Cost, machine: &mut Machine<'_>) -> Result<Exit, Failure> {
    let stack = job::priced(&args.stack, machine)?;
    let before = args.diff.as_deref().map(|name| Before::open(name, args, machine)).transpose()?;
    let broken = job::tell_problems(&stack.reports, &stack.sources, machine)?;
    let then = before.as_ref().and_then(Before::stack);
    let stacks: Vec<_> = std::iter::once(&stack).chain(then).collect();
    let pricer = Pricer::new(&args.price, &args.stack, &stacks, machine)?;
    for note in &pricer.notes {
        writeln!(machine.err, "note: {note}")?;
    }
    let mut estimate = pricer.estimate(&stack);
    let simulates = args.simulation.simulate;
    let months = simulates
        .then(|| simulate::run(&stack, then, &mut estimate, &pricer, args, machine))
        .transpose()?;
    let change = match before.as_ref().zip(args.diff.as_deref()) {
        Some((before, name)) => {
            Some(before.change(name, &stack, &Snapshot::from(&estimate), &pricer)?)
        }
        None => None,
    };
    let mut over: Vec<String> =
        over_budget(&estimate, args.price.budget.as_ref())?.into_iter().collect();
    if let (Some(change), Some(limit)) = (&change, &args.fail_if_increase) {
        over.extend(limit.busted(change).map_err(|e| other_currency(&e))?);
    }
    over.extend(months.as_ref().and_then(|it| simulate::over_budget(&it.simulation)));
    let mut asked = args.what_if.clone();
    asked.sort();
    asked.dedup();
    let alternatives: Vec<_> =
        asked.into_iter().map(|name| pricer.what_if(&stack, name.into())).collect();
    let bill = Bill {
        estimate: &estimate,
        change: change.as_ref(),
        alternatives: &alternatives,
        over: &over,
    };
    let text = match args.format {
        BillFormat::Text => {
            let parts = args.by.as_ref().map(|by| totals_text(&estimate, by, &machine.style));
            let months = months.as_ref().map(|months| format!("\n{}", months.text(machine)));
            parts.unwrap_or_default()
                + &bill_text(&bill, &stack.sources, &machine.style)
                + &months.unwrap_or_default()
        }
        BillFormat::Markdown => {
            let months = months.as_ref().map(|months| format!("\n{}", months.markdown()));
            bill_markdown(&bill) + &months.unwrap_or_default()
        }
        BillFormat::Json => bill_json(&bill)
            .map_err(|e| Failure::user(format!("cannot write the estimate as JSON: {e}")))?,
    };
    machine.out.write_all(text.as_bytes())?;
    if broken || estimate.reports.iter().any(|report| report.level == Level::Error) {
        return Ok(Exit::Error);
    }
    if !args.price.allow_missing {
        require_prices(&estimate)?;
    }
    for over in &over {
        writeln!(machine.err, "{over}")?;
    }
    Ok(if over.is_empty() { Exit::Ok } else { Exit::Findings })
}

/// Refuses a bill with holes in it.
pub(crate) fn require_prices(estimate: &cost::Estimate) -> Result<(), Failure> {
    let missing = estimate.missing_prices.iter().filter(|line| !line.quantity.is_zero()).count();
    if missing == 0 {
        return Ok(());
    }
    let what = if missing == 1 { "1 price is" } else { &format!("{missing} prices are") };
    Err(Failure::user(format!("{what} missing, so the total is not one")).help(
        "--allow-missing lists them as holes in an `at least` total; --prices FILE brings them",
    ))
}

/// What to say when the month costs more than it may.
pub(crate) fn over_budget(
    estimate: &cost::Estimate,
    budget: Option<&cost::Sum>,
) -> Result<Option<String>, Failure> {
    let Some(budget) = budget else { return Ok(None) };
    budget
        .busted(estimate.total_monthly, &estimate.currency)
        .map_err(|error| other_currency(&error))
}

fn other_currency(error: &cost::OtherCurrency) -> Failure {
    Failure::user(error.to_string())
        .help("say the limit in the bill's currency, or bill in another with --currency")
}
