//! Compares banana's quantities with infracost's golden tests, component by component:
//! `cargo run -p banana-cost --example score_infracost -- CHECKOUT [CASE...]`.
//!
//! Unit prices are those of the golden itself (its cost by its quantity), so that neither the day of a price nor a hole in
//! the book decides. With CASE, every component of these cases that is not equal is shown.

#[path = "../../../../tests/disk/mod.rs"]
mod disk;
mod golden;
mod machine;
mod names;

use banana_cost::{Component, Estimate, is_priced};
use golden::{Amount, Case};
use names::Names;
use rust_decimal::Decimal;
use std::collections::BTreeMap;
use std::path::Path;
use std::process::ExitCode;

/// How a type fares.
#[derive(Clone, Copy, Default)]
struct Score {
    equal: u32,
    different: u32,
    missing: u32,
    extra: u32,
    /// Different or missing, and not among the divergences.
    unexplained: u32,
}

/// The differences that were judged: a resource and the start of a component's name in each row.
const DIVERGENCES: &str = include_str!("../../../../fixtures/cost/divergences.md");

fn is_explained(address: &str, component: &str) -> bool {
    DIVERGENCES.lines().any(|row| {
        let mut cells = row.trim_matches('|').split(" | ").map(str::trim);
        let named = cells.next().map(|cell| cell.trim_matches('`')) == Some(address);
        named && cells.next().is_some_and(|start| component.starts_with(start))
    })
}

#[expect(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a tool of this repository, run by hand"
)]
fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let Some((root, wanted)) = arguments.split_first() else {
        eprintln!("usage: score_infracost CHECKOUT [CASE...]");
        return ExitCode::FAILURE;
    };
    let cases = match golden::cases(Path::new(root)) {
        Ok(cases) => cases,
        Err(error) => {
            eprintln!("{root}: {error}");
            return ExitCode::FAILURE;
        }
    };
    let mut scores: BTreeMap<String, Score> = BTreeMap::new();
    for case in &cases {
        let chosen = wanted.iter().any(|name| case.name.starts_with(name.as_str()));
        if !wanted.is_empty() && !chosen {
            continue;
        }
        let estimate = machine::estimate_of(&case.folder, case.usage.as_ref());
        for line in compare(case, &estimate, &mut scores) {
            if chosen {
                println!("{line}");
            }
        }
    }
    for line in table(&scores) {
        println!("{line}");
    }
    ExitCode::SUCCESS
}

/// Adds up a case; what of it is not equal, in words.
fn compare(case: &Case, estimate: &Estimate, scores: &mut BTreeMap<String, Score>) -> Vec<String> {
    let mut said = Vec::new();
    for golden in &case.resources {
        let ty = names::type_of(&golden.address);
        let score = scores.entry(ty.to_owned()).or_default();
        let own = estimate.resources.iter().find(|cost| cost.address == golden.address);
        let mut own: Vec<&Component> =
            own.map(|cost| cost.components.iter().collect()).unwrap_or_default();
        let names = Names::of(ty);
        let mut say =
            |what: &str, text: String| said.push(format!("{} {what}: {text}", golden.address));
        // Alike names go to the equal quantity first: the order of blocks is nobody's.
        let mut open = Vec::new();
        for theirs in &golden.components {
            let of = |line: &Component| line.quantity / names.factor(&theirs.name, &theirs.unit);
            let same = |line: &&Component| {
                names.same(&line.name, &theirs.name) && equal(of(line), theirs.amount.as_ref())
            };
            match own.iter().position(same) {
                Some(at) => {
                    own.remove(at);
                    score.equal += 1;
                }
                None => open.push(theirs),
            }
        }
        for theirs in open {
            if is_supported(ty) && !is_explained(&golden.address, &theirs.name) {
                score.unexplained += 1;
                say("unexplained", theirs.name.clone());
            }
            let wanted = theirs.amount.as_ref().map(|a| a.quantity);
            let near = own.iter().position(|line| names.same(&line.name, &theirs.name));
            if let Some(at) = near {
                let line = own.remove(at);
                let quantity = line.quantity / names.factor(&theirs.name, &theirs.unit);
                score.different += 1;
                say(
                    "different",
                    format!("{}: {quantity} {}, not {wanted:?}", theirs.name, theirs.unit),
                );
            } else {
                score.missing += 1;
                say("missing", format!("{} {wanted:?}", theirs.name));
            }
        }
        // A step of a price that nobody reaches is no line of theirs.
        for line in own {
            score.extra += 1;
            say("extra", format!("{} {}", line.name, line.quantity));
        }
    }
    for cost in &estimate.unsupported {
        said.push(format!("{} not priced: {}", cost.address, cost.reason));
    }
    said
}

/// The same quantity as far as it is printed, and so the same cost at the golden's own unit price.
fn equal(quantity: Decimal, theirs: Option<&Amount>) -> bool {
    let Some(theirs) = theirs else { return quantity.is_zero() };
    if (quantity - theirs.quantity).abs() > theirs.blur {
        return false;
    }
    if theirs.quantity.is_zero() {
        return true;
    }
    let unit_price = theirs.cost / theirs.quantity;
    (quantity * unit_price - theirs.cost).abs() <= Decimal::new(5, 3) + theirs.blur * unit_price
}

/// Data transfer is no type of a stack, but usage files speak of it.
fn is_supported(ty: &str) -> bool {
    is_priced(ty) || ty == "aws_data_transfer"
}

fn table(scores: &BTreeMap<String, Score>) -> Vec<String> {
    let row = |name: &str, s: Score| {
        let all = s.equal + s.different + s.missing;
        let share = Decimal::from(100 * s.equal) / Decimal::from(all.max(1));
        format!(
            "{name:<48} {all:>6} {:>6} {:>6} {:>6} {:>6} {:>6} {:>7.1} %",
            s.equal, s.different, s.missing, s.unexplained, s.extra, share
        )
    };
    let sum = |keep: &dyn Fn(&str) -> bool| {
        scores.iter().filter(|(ty, _)| keep(ty)).fold(Score::default(), |a, (_, b)| Score {
            equal: a.equal + b.equal,
            different: a.different + b.different,
            missing: a.missing + b.missing,
            extra: a.extra + b.extra,
            unexplained: a.unexplained + b.unexplained,
        })
    };
    let mut lines = vec![format!(
        "{:<48} {:>6} {:>6} {:>6} {:>6} {:>6} {:>6}",
        "type", "theirs", "equal", "differ", "lack", "unexpl", "extra"
    )];
    lines.extend(scores.iter().map(|(ty, score)| {
        row(&format!("{ty}{}", if is_supported(ty) { "" } else { " (not supported)" }), *score)
    }));
    lines.push(row("supported types", sum(&is_supported)));
    lines.push(row("all types", sum(&|_| true)));
    lines
}
