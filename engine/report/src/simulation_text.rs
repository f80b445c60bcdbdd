//! A simulation for people: the month as a distribution, each service, what moves the bill, what is assumed.

use crate::Style;
use crate::style::Paint;
use comfy_table::{Cell, CellAlignment, ContentArrangement, Table, presets};
use cost::simulate::{Comparison, Distribution, Driver, InForce, Money, ServiceMonths, Simulation};
use std::fmt::Write;

/// Everything that it says, ending in a line break.
pub fn simulation_text(simulation: &Simulation, style: &Style) -> String {
    let currency = &simulation.currency;
    let heading = format!(
        "simulated: {} months, minute by minute, seed {}",
        simulation.scenarios, simulation.seed
    );
    let mut text = format!("{}\n", style.paint(Paint::Bold, &heading));
    let mut rows = vec![percentiles(&format!("{currency} a month"), &simulation.monthly)];
    rows.extend(simulation.services.iter().flat_map(|it| service(it, currency)));
    table(&mut text, ["", "mean", "p5", "p50", "p95", "p99"], &rows, style);
    if let Some(budget) = simulation.budget {
        let share = percent(budget.probability_over);
        let _ =
            writeln!(text, "over the budget of {} {currency}: {share} of the months", budget.limit);
    }
    warnings(&mut text, simulation, style);
    if !simulation.drivers.is_empty() {
        let _ = writeln!(text, "\n{}", style.paint(Paint::Bold, "what moves the bill:"));
        let [low, high] = ["low", "high"].map(|end| format!("{currency} when {end}"));
        let columns = ["input", "low", "likely", "high", &low, &high, "variance"];
        let rows: Vec<_> = simulation.drivers.iter().map(driver).collect();
        table(&mut text, columns, &rows, style);
    }
    for service in &simulation.services {
        let heading =
            format!("assumed of {} (change in [simulate] of the usage file):", service.address);
        let _ = writeln!(text, "\n{}", style.paint(Paint::Bold, &heading));
        service.inputs.iter().for_each(|input| in_force(&mut text, input, style));
    }
    let rules: Vec<&str> = simulation.assumptions.iter().map(|rule| rule.name).collect();
    let heading = style.paint(Paint::Bold, "rules as banana reads them (--format json says how):");
    let _ = writeln!(text, "\n{heading}\n  {}", rules.join(", "));
    text
}

/// `the change, month by month under the same demand: +3.10 USD at the median (p5 +1.00, p95 +5.20); 100 % of the months cost more`
pub fn simulated_change_text(change: &Comparison, style: &Style) -> String {
    let Comparison { currency, difference, probability_of_increase } = change;
    let heading = style.paint(Paint::Bold, "the change, month by month under the same demand:");
    format!(
        "{heading} {} {currency} at the median (p5 {}, p95 {}); {} of the months cost more\n\n",
        signed(difference.p50),
        signed(difference.p5),
        signed(difference.p95),
        percent(*probability_of_increase)
    )
}

/// `  cpu_ms = 20 vCPU ms (15 to 30)  processor time that a request takes`
fn in_force(text: &mut String, input: &InForce, style: &Style) {
    let (name, about) =
        (style.paint(Paint::Cyan, input.name), style.paint(Paint::Dim, input.about));
    let value = input.value;
    let range = if value.is_uncertain() {
        format!(" ({} to {})", value.low, value.high)
    } else {
        String::new()
    };
    let default = if input.default { ", by default" } else { "" };
    let _ = writeln!(text, "  {name} = {} {}{range}{default}  {about}", value.likely, input.unit);
}

fn percentiles<T: ToString>(name: &str, of: &Distribution<T>) -> [String; 6] {
    let [mean, p5, p50, p95, p99] =
        [&of.mean, &of.p5, &of.p50, &of.p95, &of.p99].map(ToString::to_string);
    [name.to_owned(), mean, p5, p50, p95, p99]
}

fn service(service: &ServiceMonths, currency: &str) -> Vec<[String; 6]> {
    let heading = [service.address.as_str(), "", "", "", "", ""].map(str::to_owned);
    vec![
        heading,
        percentiles(&format!("  tasks, {currency}"), &service.tasks_monthly),
        percentiles("  tasks, on average", &service.tasks),
        percentiles("  tasks at most", &service.peak_tasks),
        percentiles("  tasks started", &service.starts),
        percentiles("  requests", &service.requests),
        percentiles("  capacity units", &service.capacity_units),
        percentiles("  minutes of overload", &service.overload_minutes),
    ]
}

fn driver(driver: &Driver) -> [String; 7] {
    [
        format!("{} of {}", driver.input, driver.address),
        driver.low.to_string(),
        driver.likely.to_string(),
        format!("{} {}", driver.high, driver.unit),
        driver.monthly_when_low.to_string(),
        driver.monthly_when_high.to_string(),
        percent(driver.variance_share),
    ]
}

/// What a reader must not miss: overload, what was not simulated, what was simulated otherwise.
fn warnings(text: &mut String, simulation: &Simulation, style: &Style) {
    for service in &simulation.services {
        if service.probability_of_overload > 0.0 {
            let word = style.paint(Paint::Yellow, "overload");
            let share = percent(service.probability_of_overload);
            let _ = writeln!(
                text,
                "{word} {}: in {share} of the months more comes than its tasks can serve, {} minutes on average",
                service.address, service.overload_minutes.mean
            );
        }
        for note in &service.notes {
            let _ =
                writeln!(text, "{} {}: {note}", style.paint(Paint::Dim, "note"), service.address);
        }
    }
    for not in &simulation.not_simulated {
        let word = style.paint(Paint::Yellow, "not simulated");
        let _ = writeln!(text, "{word} {}: {}", not.address, not.reason);
    }
}

/// A difference with its sign.
pub(crate) fn signed(difference: Money) -> String {
    let sign = if difference.0 > 0.0 { "+" } else { "" };
    format!("{sign}{difference}")
}

pub(crate) fn percent(share: f64) -> String {
    format!("{:.1} %", share * 100.0)
}

/// The first column stands to the left, figures to the right.
fn table<const N: usize>(
    text: &mut String,
    columns: [&str; N],
    rows: &[[String; N]],
    style: &Style,
) {
    let mut table = Table::new();
    table.load_style(presets::NOTHING).set_content_arrangement(ContentArrangement::Disabled);
    let columns = columns.map(str::to_owned);
    for row in [&columns].into_iter().chain(rows) {
        table.add_row(row.iter().enumerate().map(|(column, cell)| {
            let right = column > 0;
            let side = if right { CellAlignment::Right } else { CellAlignment::Left };
            Cell::new(cell).set_alignment(side)
        }));
    }
    for (number, line) in table.lines().enumerate() {
        let line = line.trim_end();
        let line = if number == 0 { style.paint(Paint::Dim, line) } else { line.to_owned() };
        let _ = writeln!(text, "{line}");
    }
}
