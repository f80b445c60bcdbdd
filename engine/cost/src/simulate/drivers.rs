//! Which uncertain inputs move the bill: a tornado.

use super::inputs::{Drawn, Inputs};
use super::outcome::{Driver, Money, mean, rounded};

/// The drivers of one service, given what each month of the stack costs.
pub(crate) fn read(address: &str, inputs: &Inputs, drawn: &[Drawn], months: &[f64]) -> Vec<Driver> {
    inputs
        .uncertain()
        .map(|(place, meaning)| {
            let values: Vec<f64> = drawn.iter().map(|drawn| drawn.at(place)).collect();
            let (low, high) = tails(&values, months);
            let known = inputs.at(place);
            Driver {
                address: address.to_owned(),
                input: meaning.name,
                unit: meaning.unit,
                low: known.low,
                likely: known.likely,
                high: known.high,
                monthly_when_low: Money(low),
                monthly_when_high: Money(high),
                variance_share: rounded(correlation(&values, months).powi(2)),
            }
        })
        .collect()
}

/// The widest first; names decide among equals.
pub(crate) fn sort(drivers: &mut [Driver]) {
    let swing = |driver: &Driver| (driver.monthly_when_high.0 - driver.monthly_when_low.0).abs();
    drivers.sort_by(|a, b| {
        let wider = swing(b).total_cmp(&swing(a));
        wider.then_with(|| (&a.address, a.input).cmp(&(&b.address, b.input)))
    });
}

/// The mean month of the lowest and of the highest tenth of a value.
fn tails(values: &[f64], months: &[f64]) -> (f64, f64) {
    let mut pairs: Vec<(f64, f64)> = values.iter().copied().zip(months.iter().copied()).collect();
    pairs.sort_by(|a, b| a.0.total_cmp(&b.0));
    let tenth = pairs.len().div_ceil(10);
    let of = |part: &[(f64, f64)]| mean(&part.iter().map(|(_, month)| *month).collect::<Vec<_>>());
    let high = pairs.len().saturating_sub(tenth);
    (of(pairs.get(..tenth).unwrap_or_default()), of(pairs.get(high..).unwrap_or_default()))
}

fn correlation(a: &[f64], b: &[f64]) -> f64 {
    let (mean_a, mean_b) = (mean(a), mean(b));
    let pairs = || a.iter().zip(b).map(|(a, b)| (a - mean_a, b - mean_b));
    let product: f64 = pairs().map(|(a, b)| a * b).sum();
    let (of_a, of_b): (f64, f64) =
        (pairs().map(|(a, _)| a * a).sum(), pairs().map(|(_, b)| b * b).sum());
    let scale = (of_a * of_b).sqrt();
    if scale > 0.0 { product / scale } else { 0.0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_moves_the_bill_is_found() {
        let values: Vec<f64> = (0..100).map(f64::from).collect();
        let months: Vec<f64> = values.iter().map(|v| 10.0 - v / 10.0).collect();
        let (low, high) = tails(&values, &months);
        assert!((low - 9.55).abs() < 1e-9 && (high - 0.55).abs() < 1e-9);
        assert!((correlation(&values, &months) + 1.0).abs() < 1e-12);
        assert!(correlation(&values, &[1.0; 100]).abs() < 1e-12);
    }
}
