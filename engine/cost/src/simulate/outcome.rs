//! What a simulation says: distributions instead of figures.

use super::triangular::Triangular;
use serde::{Serialize, Serializer};
use stack::Str;
use syntax::Report;

/// A sum in the bill's currency. Serialises as a decimal string of two digits, as all money does.
#[derive(Clone, Copy, Debug, Default, PartialEq, PartialOrd)]
pub struct Money(pub f64);

impl std::fmt::Display for Money {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        // Halves of a cent do not survive binary fractions: what is nearest is shown.
        write!(f, "{:.2}", self.0 + 0.0)
    }
}

impl Serialize for Money {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.collect_str(self)
    }
}

/// Of many months: the mean, and what shares of them stay at or below.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize)]
pub struct Distribution<T> {
    /// The mean.
    pub mean: T,
    /// One month in twenty is at most this.
    pub p5: T,
    /// Half of the months are at most this.
    pub p50: T,
    /// Nineteen months in twenty are at most this.
    pub p95: T,
    /// Ninety-nine months in a hundred are at most this.
    pub p99: T,
}

impl<T> Distribution<T> {
    /// Of values, by nearest rank. All zero when there are none.
    pub(crate) fn of(values: &[f64], unit: fn(f64) -> T) -> Self {
        let mut sorted = values.to_vec();
        sorted.sort_unstable_by(f64::total_cmp);
        let rank = |percent: usize| {
            let at = (sorted.len() * percent).div_ceil(100).saturating_sub(1);
            unit(sorted.get(at).copied().unwrap_or_default())
        };
        Self { mean: unit(mean(values)), p5: rank(5), p50: rank(50), p95: rank(95), p99: rank(99) }
    }
}

/// The mean; 0 of nothing.
#[expect(clippy::cast_precision_loss, reason = "there are fewer scenarios than that")]
pub(crate) fn mean(values: &[f64]) -> f64 {
    values.iter().sum::<f64>() / values.len().max(1) as f64
}

/// A share, to four digits.
pub(crate) fn rounded(share: f64) -> f64 {
    (share * 10_000.0).round() / 10_000.0
}

/// Many months of a stack. Serialises as `simulation` in `banana cost --format json`.
#[derive(Clone, Debug, Serialize)]
pub struct Simulation {
    /// What the random numbers were made of.
    pub seed: u64,
    /// How many months.
    pub scenarios: usize,
    /// Minutes of each.
    pub minutes: u32,
    /// The currency of all sums: that of the bill.
    pub currency: Str,
    /// What the whole stack costs: simulated lines, and the estimate of all others.
    pub monthly: Distribution<Money>,
    /// How likely a month costs more than it may, when that was asked.
    pub budget: Option<Budget>,
    /// The services that were simulated.
    pub services: Vec<ServiceMonths>,
    /// The uncertain inputs, the one that moves the bill most first.
    pub drivers: Vec<Driver>,
    /// Rules that AWS does not write down, and how they are read here.
    pub assumptions: Vec<Rule>,
    /// Services that were not simulated: the estimate stands for them.
    pub not_simulated: Vec<NotSimulated>,
    /// What is wrong with the stack or the usage.
    #[serde(skip)]
    pub reports: Vec<Report>,
    /// What each month costs, by scenario.
    #[serde(skip)]
    pub months: Vec<f64>,
}

/// A budget.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Budget {
    /// What a month may cost.
    pub limit: Money,
    /// The share of months that cost more.
    pub probability_over: f64,
}

/// Many months of a service.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ServiceMonths {
    /// Its address.
    pub address: String,
    /// What its tasks cost.
    pub tasks_monthly: Distribution<Money>,
    /// Tasks, on average over a month.
    pub tasks: Distribution<f64>,
    /// Tasks at most.
    pub peak_tasks: Distribution<f64>,
    /// Tasks started.
    pub starts: Distribution<f64>,
    /// Requests.
    pub requests: Distribution<f64>,
    /// Capacity units of its load balancer, on average over a month.
    pub capacity_units: Distribution<f64>,
    /// Minutes in which more came than its tasks could serve.
    pub overload_minutes: Distribution<f64>,
    /// The share of months with such a minute.
    pub probability_of_overload: f64,
    /// The inputs in force.
    pub inputs: Vec<InForce>,
    /// What of it is simulated otherwise than AWS does it.
    pub notes: Vec<String>,
}

/// An input as it was taken.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct InForce {
    /// Its name.
    pub name: &'static str,
    /// What is known of it.
    #[serde(flatten)]
    pub value: Triangular,
    /// What it counts.
    pub unit: &'static str,
    /// What it means.
    pub about: &'static str,
    /// Nobody said so: it is the default.
    pub default: bool,
}

/// An uncertain input, and what it does to the bill.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Driver {
    /// The service.
    pub address: String,
    /// The input.
    pub input: &'static str,
    /// What it counts.
    pub unit: &'static str,
    /// What it may be at least, most likely, and at most.
    pub low: f64,
    /// See `low`.
    pub likely: f64,
    /// See `low`.
    pub high: f64,
    /// The mean month of the tenth of scenarios in which it is lowest.
    pub monthly_when_low: Money,
    /// The mean month of the tenth of scenarios in which it is highest.
    pub monthly_when_high: Money,
    /// The share of the bill's variance that goes along with it: the square of their correlation.
    pub variance_share: f64,
}

/// A rule as it is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Rule {
    /// Its name.
    pub name: &'static str,
    /// What is assumed.
    pub about: &'static str,
}

/// A service that was not simulated.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct NotSimulated {
    /// Its address.
    pub address: Str,
    /// Why.
    pub reason: String,
}

/// What a change does to the month, scenario by scenario.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Comparison {
    /// The currency of the sums: that of both bills.
    pub currency: Str,
    /// What each month costs more.
    pub difference: Distribution<Money>,
    /// The share of months that cost more.
    pub probability_of_increase: f64,
}

/// Compares two stacks month by month. Both met the same demand when seed and scenarios are the same and services kept their addresses; then
/// the difference is that of the change, and chance cancels out. `None` when the scenarios are not the same.
pub fn compare(before: &Simulation, after: &Simulation) -> Option<Comparison> {
    if (before.seed, before.months.len()) != (after.seed, after.months.len()) {
        return None;
    }
    let pairs = before.months.iter().zip(&after.months);
    let differences: Vec<f64> = pairs.map(|(before, after)| after - before).collect();
    // Less than a hundredth of a cent is rounding.
    let more: Vec<f64> = differences.iter().map(|d| f64::from(u8::from(*d > 1e-4))).collect();
    Some(Comparison {
        currency: after.currency.clone(),
        difference: Distribution::of(&differences, Money),
        probability_of_increase: rounded(mean(&more)),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn percentiles_are_nearest_ranks() {
        let values: Vec<f64> = (1..=200).rev().map(f64::from).collect();
        let all = Distribution::of(&values, |value| value);
        assert_eq!((all.p5, all.p50, all.p95, all.p99), (10.0, 100.0, 190.0, 198.0));
        assert!((all.mean - 100.5).abs() < 1e-9);
        let one = Distribution::of(&[3.0], |value| value);
        assert_eq!((one.p5, one.p99), (3.0, 3.0));
        assert_eq!(Distribution::of(&[], Money).p50, Money(0.0));
        assert_eq!(Money(-0.0).to_string(), "0.00");
    }
}
