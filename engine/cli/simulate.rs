//! `banana cost --simulate`: demand from the usage file and from traces, and months of it.

use crate::args::Cost;
use crate::price::{self, Pricer};
use crate::{Failure, Machine};
use cost::Estimate;
use cost::simulate::{Comparison, Demand, Settings, Simulation, Trace, compare};
use report::{
    simulated_change_markdown, simulated_change_text, simulation_markdown, simulation_text,
};
use stack::Stack;
use std::path::Path;

/// Months of a stack, and what they cost more than those of the stack before it.
pub(crate) struct Months {
    pub(crate) simulation: Simulation,
    change: Option<Comparison>,
}

/// Simulates a stack, and under the same demand the one before it; the bill takes up what is to be told in JSON.
pub(crate) fn run(
    stack: &Stack,
    before: Option<&Stack>,
    estimate: &mut Estimate,
    pricer: &Pricer,
    args: &Cost,
    machine: &mut Machine<'_>,
) -> Result<Months, Failure> {
    if args.diff.is_some() && before.is_none() {
        return Err(Failure::user("there is no stack before this one to simulate")
            .help("name a revision or a plan: `--diff REV`, `--diff plan.json`"));
    }
    let demand = demand(args, machine)?;
    let settings = Settings {
        seed: args.simulation.seed,
        scenarios: args.simulation.scenarios,
        budget: args.price.budget.as_ref().map(|budget| budget.value),
    };
    let mut simulation = pricer.simulate(stack, estimate, &demand, &settings);
    if simulation.services.is_empty() && simulation.reports.is_empty() {
        return Err(nothing(&simulation));
    }
    let change = before.and_then(|before| {
        let then = pricer.simulate(before, &pricer.estimate(before), &demand, &settings);
        compare(&then, &simulation)
    });
    estimate.reports.append(&mut simulation.reports);
    let unwritten = |e| Failure::user(format!("cannot write the simulation as JSON: {e}"));
    let mut told = serde_json::to_value(&simulation).map_err(unwritten)?;
    if let (Some(told), Some(change)) = (told.as_object_mut(), &change) {
        told.insert("change".into(), serde_json::to_value(change).map_err(unwritten)?);
    }
    estimate.simulation = Some(told);
    Ok(Months { simulation, change })
}

impl Months {
    pub(crate) fn text(&self, machine: &Machine<'_>) -> String {
        let change = self.change.as_ref().map(|it| simulated_change_text(it, &machine.style));
        change.unwrap_or_default() + &simulation_text(&self.simulation, &machine.style)
    }

    pub(crate) fn markdown(&self) -> String {
        let change = self.change.as_ref().map(simulated_change_markdown);
        change.unwrap_or_default() + &simulation_markdown(&self.simulation)
    }
}

/// What to say when the median month costs more than it may.
pub(crate) fn over_budget(simulation: &Simulation) -> Option<String> {
    let budget = simulation.budget.filter(|budget| simulation.monthly.p50 > budget.limit)?;
    let median = simulation.monthly.p50;
    Some(format!(
        "over budget: half of the months cost {median} {} or more, above {}",
        simulation.currency, budget.limit
    ))
}

/// Nothing could be simulated; why not.
fn nothing(simulation: &Simulation) -> Failure {
    let Some(first) = simulation.not_simulated.first() else {
        return Failure::user("there is no ECS service to simulate");
    };
    let message = format!("nothing can be simulated: {}: {}", first.address, first.reason);
    let failure = Failure::user(message);
    if !first.reason.starts_with("no demand") {
        return failure;
    }
    failure.help(format!(
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
