//! A simulation as a part of a comment for a pull request.

use crate::simulation_text::{percent, signed};
use cost::simulate::{Comparison, Distribution, Simulation};
use std::fmt::Write;

/// Drivers that are shown.
const DRIVERS: usize = 5;

/// Tables of the month, of each service, and of what moves the bill; ends in a line break.
pub fn simulation_markdown(simulation: &Simulation) -> String {
    let currency = &simulation.currency;
    let mut text = format!(
        "**{} {currency}** a month at the median of {} simulated months; one in twenty costs more than {} {currency}\n\n",
        simulation.monthly.p50, simulation.scenarios, simulation.monthly.p95
    );
    if let Some(budget) = simulation.budget {
        let share = percent(budget.probability_over);
        let _ = writeln!(
            text,
            "{share} of the months cost more than the budget of {} {currency}\n",
            budget.limit
        );
    }
    text.push_str(
        "| | mean | p5 | p50 | p95 | p99 |\n| --- | ---: | ---: | ---: | ---: | ---: |\n",
    );
    row(&mut text, &format!("{currency} a month"), &simulation.monthly);
    for service in &simulation.services {
        let name = |what: &str| format!("{}: {what}", code(&service.address));
        row(&mut text, &name("tasks"), &service.tasks);
        row(&mut text, &name("minutes of overload"), &service.overload_minutes);
    }
    if !simulation.drivers.is_empty() {
        let _ = writeln!(
            text,
            "\n| what moves the bill | {currency} when low | {currency} when high | variance |\n| --- | ---: | ---: | ---: |"
        );
    }
    for driver in simulation.drivers.iter().take(DRIVERS) {
        let _ = writeln!(
            text,
            "| {} of {}: {} to {} {} | {} | {} | {} |",
            driver.input,
            code(&driver.address),
            driver.low,
            driver.high,
            driver.unit,
            driver.monthly_when_low,
            driver.monthly_when_high,
            percent(driver.variance_share)
        );
    }
    for not in &simulation.not_simulated {
        let _ = writeln!(
            text,
            "\nnot simulated {}: {}",
            code(&not.address),
            not.reason.replace('|', "\\|")
        );
    }
    text
}

/// What a change does, month by month under the same demand; ends in an empty line.
pub fn simulated_change_markdown(change: &Comparison) -> String {
    let Comparison { currency, difference, probability_of_increase } = change;
    format!(
        "**{} {currency}** a month at the median of the same months before and after ({} to {} in nine of ten); {} of them cost more\n\n",
        signed(difference.p50),
        signed(difference.p5),
        signed(difference.p95),
        percent(*probability_of_increase)
    )
}

fn row<T: ToString>(text: &mut String, name: &str, of: &Distribution<T>) {
    let figures = [&of.mean, &of.p5, &of.p50, &of.p95, &of.p99].map(ToString::to_string);
    let _ = writeln!(text, "| {name} | {} |", figures.join(" | "));
}

/// An address as code: in a table a bar would end its cell.
fn code(address: &str) -> String {
    format!("`{}`", address.replace('|', "\\|"))
}
