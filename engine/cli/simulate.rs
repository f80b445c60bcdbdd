//! `banana cost --simulate`: demand from the usage file and from traces, and months of it.

use crate::args::Cost;
use crate::{Failure, Machine, price};
use cost::Estimate;
use cost::simulate::{Demand, Settings, Simulation, Trace};
use stack::Stack;
use std::path::Path;

/// The bill, and what it is when demand is simulated.
pub(crate) fn run(
    stack: &Stack,
    args: &Cost,
    machine: &mut Machine<'_>,
) -> Result<(Estimate, Simulation), Failure> {
    let demand = demand(args, machine)?;
    let settings = Settings {
        seed: args.simulation.seed,
        scenarios: args.simulation.scenarios,
        budget: args.price.budget,
    };
    let both = price::with(stack, &args.price, &args.stack, machine, |model, prices, options| {
        let estimate = cost::estimate(model, prices, options);
        let simulation =
            cost::simulate::simulate(model, prices, &options.usage, &estimate, &demand, &settings);
        (estimate, simulation)
    });
    let (mut estimate, mut simulation) = both?;
    if simulation.services.is_empty() && simulation.reports.is_empty() {
        return Err(nothing(&simulation));
    }
    estimate.reports.append(&mut simulation.reports);
    estimate.simulation = serde_json::to_value(&simulation)
        .map(Some)
        .map_err(|e| Failure::user(format!("cannot write the simulation as JSON: {e}")))?;
    Ok((estimate, simulation))
}

/// What to say when the median month costs more than it may.
pub(crate) fn over_budget(simulation: &Simulation) -> Option<String> {
    let budget = simulation.budget.filter(|budget| simulation.monthly.p50 > budget.usd)?;
    let median = simulation.monthly.p50;
    Some(format!("over budget: half of the months cost {median} USD or more, above {}", budget.usd))
}

/// Nothing could be simulated; why not.
fn nothing(simulation: &Simulation) -> Failure {
    let Some(first) = simulation.not_simulated.first() else {
        return Failure::user("there is no ECS service to simulate");
    };
    let message = format!("nothing can be simulated: {}: {}", first.address, first.reason);
    Failure::user(message).help(format!(
        "give --usage a file with\n[simulate.\"{}\"]\nrequests_per_second = [20, 40, 80]  # low, likely, high\ncpu_ms = 20\ndaily = \"web\"",
        first.address.replace("\"", "\\\"")
    ))
}

fn demand(args: &Cost, machine: &mut Machine<'_>) -> Result<Demand, Failure> {
    let mut demand = Demand::default();
    if let Some(path) = price::usage_file(&args.price, &args.stack, machine) {
        let (name, text) = (path.display().to_string(), price::read(&path, machine)?);
        demand = Demand::read(&name, &text).map_err(|errors| {
            let lines: Vec<String> = errors.iter().map(ToString::to_string).collect();
            Failure::user(format!("{name}: {}", lines.join("; ")))
        })?;
    }
    for said in &args.simulation.trace {
        // An address may hold `=` only between quotes, and a file's name comes last.
        let (address, file) = match said.rsplit_once('=') {
            Some((address, file)) => (address.trim(), file),
            None => ("", said.as_str()),
        };
        let trace = Trace::read(&price::read(Path::new(file), machine)?)
            .map_err(|error| Failure::user(format!("{file}: {error}")))?;
        if trace.filled > 0 {
            writeln!(machine.err, "{file}: {} missing rows are filled in", trace.filled)?;
        }
        demand.trace(address, trace);
    }
    Ok(demand)
}
