//! What a price is, where it comes from, and what it means when there is none.

use rust_decimal::Decimal;
use stack::Str;
use std::fmt;
use std::sync::Arc;

/// What names a price: the words of AWS' price list.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct PriceKey {
    /// Offer code: `AmazonECS`.
    pub service: Str,
    /// Region code, or `global` for what AWS sells without one.
    pub region: Str,
    /// Usage type without its region prefix, `|` and the operation or engine where the usage type alone is ambiguous:
    /// `LoadBalancerUsage|LoadBalancing:Application`.
    pub usage: Str,
    /// What is counted: `Hrs`, `GB`, `LCU-Hrs`. Empty: whatever the price list counts in.
    pub unit: Str,
}

impl PriceKey {
    /// A key. `region` is a region code or `global`.
    pub fn new(
        service: impl Into<Str>,
        region: impl Into<Str>,
        usage: impl Into<Str>,
        unit: impl Into<Str>,
    ) -> Self {
        Self {
            service: service.into(),
            region: region.into(),
            usage: usage.into(),
            unit: unit.into(),
        }
    }
}

impl fmt::Display for PriceKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}/{}", self.service, self.region, self.usage)
    }
}

/// One step of a price: from `start` up to `end` units a month each unit costs `price`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tier {
    /// First unit of the step.
    pub start: Decimal,
    /// Where the next step starts; `None` when there is no end.
    pub end: Option<Decimal>,
    /// US dollars a unit.
    pub price: Decimal,
}

/// A price, with its date and its source.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Price {
    /// What is counted.
    pub unit: Str,
    /// Its steps, lowest first, without gaps. The first starts above zero where AWS' own list gives an amount free.
    pub tiers: Vec<Tier>,
    /// The day it was published or read, `2025-12-03`; the oldest one when its steps differ.
    pub date: Str,
    /// Who says so.
    pub source: Str,
}

impl Price {
    /// What a month's quantity costs, exactly; `None` beyond the last step that is known (never a guess) and for a negative quantity.
    pub fn total(&self, quantity: Decimal) -> Option<Decimal> {
        if quantity.is_sign_negative() && !quantity.is_zero() {
            return None;
        }
        let end = self.tiers.last()?.end;
        if end.is_some_and(|end| quantity > end) {
            return None;
        }
        self.tiers.iter().try_fold(Decimal::ZERO, |sum, tier| {
            let upper = tier.end.map_or(quantity, |end| end.min(quantity));
            let amount = (upper - tier.start).max(Decimal::ZERO);
            sum.checked_add(amount.checked_mul(tier.price)?)
        })
    }

    /// The price of one unit, where there is only one: flat prices, and tiered ones for a quantity inside the first step.
    pub fn unit_price(&self, quantity: Decimal) -> Option<Decimal> {
        let first = self.tiers.first()?;
        (first.start.is_zero() && first.end.is_none_or(|end| quantity <= end))
            .then_some(first.price)
    }
}

/// There is no such price. Never read as zero.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, thiserror::Error)]
#[error("no price for `{}` of {} in `{}`{}", key.usage, key.service, key.region, hint(nearest.as_deref()))]
pub struct MissingPrice {
    /// What was asked for.
    pub key: PriceKey,
    /// What is known instead, in words: the same in another region, or another key that is much like it.
    pub nearest: Option<String>,
}

fn hint(nearest: Option<&str>) -> String {
    nearest.map(|n| format!(": {n}")).unwrap_or_default()
}

/// A list of prices: the embedded book, a file, or AWS itself.
pub trait PriceSource: Send + Sync {
    /// The price of a key.
    fn price(&self, key: &PriceKey) -> Result<Price, MissingPrice>;
}

impl<P: PriceSource + ?Sized> PriceSource for &P {
    fn price(&self, key: &PriceKey) -> Result<Price, MissingPrice> {
        (**self).price(key)
    }
}

impl<P: PriceSource + Send + ?Sized> PriceSource for Arc<P> {
    fn price(&self, key: &PriceKey) -> Result<Price, MissingPrice> {
        (**self).price(key)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn price(tiers: &[(&str, Option<&str>, &str)]) -> Price {
        let tiers = tiers
            .iter()
            .map(|(start, end, price)| Tier {
                start: start.parse().unwrap(),
                end: end.map(|end| end.parse().unwrap()),
                price: price.parse().unwrap(),
            })
            .collect();
        Price { unit: "GB".into(), tiers, date: "2025-12-02".into(), source: "test".into() }
    }

    /// Data transfer out of eu-west-3: 0.09 up to 10 TB, 0.085 up to 50 TB, 0.07 up to 150 TB, then 0.05.
    fn egress() -> Price {
        price(&[
            ("0", Some("10240"), "0.09"),
            ("10240", Some("51200"), "0.085"),
            ("51200", Some("153600"), "0.07"),
            ("153600", None, "0.05"),
        ])
    }

    #[test]
    fn steps_add_up() {
        let cases = [
            ("0", "0"),
            ("1", "0.09"),
            ("10240", "921.6"),
            ("10241", "921.685"),
            ("51200", "4403.2"),
            ("200000", "13891.2"),
        ];
        for (quantity, total) in cases {
            let total: Decimal = total.parse().unwrap();
            assert_eq!(egress().total(quantity.parse().unwrap()), Some(total), "{quantity} GB");
        }
    }

    #[test]
    fn beyond_the_last_known_step_is_no_price() {
        let request = price(&[("0", Some("1000"), "2")]);
        assert_eq!(request.total(1000.into()), Some(2000.into()));
        assert_eq!(request.total(1001.into()), None);
        assert_eq!(request.total((-1).into()), None);
    }

    #[test]
    fn an_amount_that_the_list_gives_free_costs_nothing() {
        let storage = price(&[("25", None, "0.25")]);
        assert_eq!(storage.total(20.into()), Some(Decimal::ZERO));
        assert_eq!(storage.total(27.into()), Some("0.5".parse().unwrap()));
        assert_eq!(storage.unit_price(27.into()), None);
    }

    proptest! {
        #[test]
        fn more_never_costs_less(a in 0u64..300_000, b in 0u64..300_000) {
            let (low, high) = (a.min(b), a.max(b));
            prop_assert!(egress().total(low.into()) <= egress().total(high.into()));
        }

        #[test]
        fn a_step_never_jumps(at in 0u64..300_000) {
            let more = egress().total((at + 1).into()).unwrap() - egress().total(at.into()).unwrap();
            prop_assert!(more >= "0.05".parse().unwrap() && more <= "0.09".parse().unwrap());
        }

        #[test]
        fn a_flat_price_is_linear(a in 0u64..1_000_000, b in 0u64..1_000_000) {
            let flat = price(&[("0", None, "0.5985")]);
            let sum = flat.total(a.into()).unwrap() + flat.total(b.into()).unwrap();
            prop_assert_eq!(flat.total((a + b).into()).unwrap(), sum);
        }
    }
}
