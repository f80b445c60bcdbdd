//! `banana cost`

use crate::args::{Cost, Format};
use crate::{Exit, Failure, Machine, job, price, simulate};
use cost::cents;
use report::{estimate_json, estimate_text, simulation_text, totals_text};
use syntax::Level;

/// Prices a stack. A missing price fails the run unless it is allowed; a busted budget is a finding.
pub(crate) fn run(args: &Cost, machine: &mut Machine<'_>) -> Result<Exit, Failure> {
    let disk = machine.disk();
    let program = job::load(&args.stack, &disk, machine, false)?;
    let mut stack = job::resolve(&program);
    job::soften_what_is_open(&mut stack);
    let broken = job::tell_problems(&stack.reports, &stack.sources, machine)?;
    let (estimate, simulation) = if args.simulation.simulate {
        let (estimate, simulation) = simulate::run(&stack, args, machine)?;
        (estimate, Some(simulation))
    } else {
        (price::estimate(&stack, &args.price, &args.stack, machine)?, None)
    };
    let text = match args.format {
        Format::Text => {
            let parts = args.by.as_ref().map(|by| totals_text(&estimate, by, &machine.style));
            let months = simulation.as_ref().map(|it| simulation_text(it, &machine.style));
            parts.unwrap_or_default()
                + &estimate_text(&estimate, &stack.sources, &machine.style)
                + &months.map(|months| format!("\n{months}")).unwrap_or_default()
        }
        Format::Json => estimate_json(&estimate)
            .map_err(|e| Failure::user(format!("cannot write the estimate as JSON: {e}")))?,
    };
    machine.out.write_all(text.as_bytes())?;
    if broken || estimate.reports.iter().any(|report| report.level == Level::Error) {
        return Ok(Exit::Error);
    }
    let missing = estimate.missing_prices.iter().filter(|line| !line.quantity.is_zero()).count();
    if missing > 0 && !args.price.allow_missing {
        return Err(Failure::user(format!(
            "{missing} prices are missing, so the total is not one"
        ))
        .help(
            "--allow-missing lists them as holes in an `at least` total; --prices FILE brings them",
        ));
    }
    let over = over_budget(&estimate, args.price.budget)
        .or_else(|| simulation.as_ref().and_then(simulate::over_budget));
    Ok(match over {
        Some(over) => {
            writeln!(machine.err, "{over}")?;
            Exit::Findings
        }
        None => Exit::Ok,
    })
}

/// What to say when the month costs more than it may.
pub(crate) fn over_budget(
    estimate: &cost::Estimate,
    budget: Option<rust_decimal::Decimal>,
) -> Option<String> {
    let budget = budget.filter(|budget| estimate.total_monthly > *budget)?;
    let (total, over) = (estimate.total_monthly, estimate.total_monthly - budget);
    Some(format!(
        "over budget: {} USD a month is {} more than {}",
        cents(total),
        cents(over),
        cents(budget)
    ))
}
