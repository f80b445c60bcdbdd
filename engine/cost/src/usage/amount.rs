//! How much somebody says: a figure or a triple, with a unit of size and of time when they like.

use rust_decimal::Decimal;

/// An amount between its bounds: `low <= likely <= high`. A plain figure has all three alike.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Amount {
    /// At the least.
    pub low: Decimal,
    /// What is expected.
    pub likely: Decimal,
    /// At the most.
    pub high: Decimal,
}

impl From<Decimal> for Amount {
    fn from(likely: Decimal) -> Self {
        Self { low: likely, likely, high: likely }
    }
}

impl Amount {
    /// True when it says one figure, not a range.
    pub fn is_certain(&self) -> bool {
        self.low == self.high
    }

    /// The amount of three figures; `None` when they are not in order.
    pub fn between(low: Decimal, likely: Decimal, high: Decimal) -> Option<Self> {
        (low <= likely && likely <= high).then_some(Self { low, likely, high })
    }

    /// Reads `5`, `1e6`, `1 TB`, `20/s`, `3 GB/day` or `low..likely..high` of these, for something that is counted in `unit`
    /// over `per`.
    pub(super) fn read(text: &str, unit: &str, per: Option<Per>) -> Option<Self> {
        let mut parts = text.split("..").map(|part| figure(part.trim(), unit, per));
        let first = parts.next()??;
        match (parts.next(), parts.next(), parts.next()) {
            (None, ..) => Some(first.into()),
            (Some(likely), Some(high), None) => Self::between(first, likely?, high?),
            _ => None,
        }
    }
}

/// What a rate is over.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Per {
    Second,
    Minute,
    Hour,
    Day,
    Month,
}

impl Per {
    const ALL: [(&'static str, Self); 10] = [
        ("s", Self::Second),
        ("second", Self::Second),
        ("min", Self::Minute),
        ("minute", Self::Minute),
        ("h", Self::Hour),
        ("hour", Self::Hour),
        ("day", Self::Day),
        ("d", Self::Day),
        ("month", Self::Month),
        ("mo", Self::Month),
    ];

    /// What an assumption is over, by its name.
    pub(super) fn of(name: &str) -> Option<Self> {
        [
            ("_month", Self::Month),
            ("_per_second", Self::Second),
            ("_per_sec", Self::Second),
            ("_per_hr", Self::Hour),
        ]
        .into_iter()
        .find(|(ending, _)| name.ends_with(ending) || name.contains(&format!("{ending}.")))
        .map(|(_, per)| per)
    }

    /// Seconds of it; a month has 730 hours.
    fn seconds(self) -> Decimal {
        Decimal::from(match self {
            Self::Second => 1,
            Self::Minute => 60,
            Self::Hour => 3_600,
            Self::Day => 86_400,
            Self::Month => 2_628_000,
        })
    }

    /// So much over `self`, over `other`. Multiplies first, so that whole figures come back whole.
    pub(super) fn to(self, other: Self, amount: Decimal) -> Option<Decimal> {
        amount.checked_mul(other.seconds())?.checked_div(self.seconds())
    }
}

/// No figure of a month is larger: a million thousand million.
const MOST: Decimal = Decimal::from_parts(2_764_472_320, 232_830, 0, false, 0);

/// `5`, `1.5 TB`, `20/s`: a number, a size where bytes are counted, a time where a rate is.
fn figure(text: &str, unit: &str, per: Option<Per>) -> Option<Decimal> {
    let (amount, over) = match text.split_once('/') {
        Some((amount, over)) => {
            let over = over.trim();
            (amount.trim(), Some(Per::ALL.iter().find(|(name, _)| *name == over)?.1))
        }
        None => (text, None),
    };
    let end =
        amount.find(|c: char| c.is_alphabetic() && !matches!(c, 'e' | 'E')).unwrap_or(amount.len());
    let (number, size) = amount.split_at_checked(end)?;
    let number = number.trim();
    let number =
        Decimal::from_str_exact(number).or_else(|_| Decimal::from_scientific(number)).ok()?;
    let number = match size {
        "" => number,
        size => scale(number, size, unit)?,
    };
    let number = match (over, per) {
        (None, _) => number,
        (Some(over), Some(per)) => over.to(per, number)?,
        (Some(_), None) => return None,
    };
    (Decimal::ZERO..=MOST).contains(&number).then(|| number.normalize())
}

/// A size in another unit of bytes, each 1024 times the one before.
fn scale(number: Decimal, from: &str, to: &str) -> Option<Decimal> {
    let step = |unit: &str| ["KB", "MB", "GB", "TB", "PB"].iter().position(|have| *have == unit);
    let (from, to) = (step(from)?, step(to)?);
    let factor = |steps: usize| Some(Decimal::from(1024_u64.pow(u32::try_from(steps).ok()?)));
    if from >= to {
        number.checked_mul(factor(from - to)?)
    } else {
        number.checked_div(factor(to - from)?)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn read(text: &str, unit: &str, name: &str) -> Option<String> {
        let amount = Amount::read(text, unit, Per::of(name))?;
        Some(format!("{}..{}..{}", amount.low, amount.likely, amount.high))
    }

    #[test]
    fn figures_have_units() {
        for (text, name, amount) in [
            ("5", "nat.gb_month", "5..5..5"),
            ("1 TB", "nat.gb_month", "1024..1024..1024"),
            ("512MB", "nat.gb_month", "0.5..0.5..0.5"),
            ("1 GB/h", "nat.gb_month", "730..730..730"),
            ("1 GB / day", "ecr.stored_gb", ""),
            ("1..2..4", "nat.gb_month", "1..2..4"),
            ("0..1 GB/day..1e3", "nat.gb_month", "0..30.416666666666666666666666667..1000"),
            ("2..1..4", "nat.gb_month", ""),
            ("1..2", "nat.gb_month", ""),
            ("-1", "nat.gb_month", ""),
            ("1 GBit", "nat.gb_month", ""),
            ("1 GB/fortnight", "nat.gb_month", ""),
            ("", "nat.gb_month", ""),
            ("1e40", "nat.gb_month", ""),
            ("1e15", "nat.gb_month", &["1000000000000000"; 3].join("..")),
            ("1e12 TB", "nat.gb_month", ""),
        ] {
            assert_eq!(read(text, "GB", name).unwrap_or_default(), amount, "{text}");
        }
        assert_eq!(
            read("20/s", "requests", "sqs.requests_month").unwrap(),
            ["52560000"; 3].join("..")
        );
        assert_eq!(
            read("60/min", "connections", "lb.new_connections_per_second").unwrap(),
            "1..1..1"
        );
    }

    proptest! {
        #[test]
        fn times_convert_round_trip(amount in 0u64..1_000_000_000, from in 0usize..10, to in 0usize..10) {
            let (from, to) = (Per::ALL[from].1, Per::ALL[to].1);
            let there = from.to(to, amount.into()).unwrap();
            let back = to.to(from, there).unwrap();
            prop_assert!((back - Decimal::from(amount)).abs() < Decimal::new(1, 9), "{back}");
        }

        #[test]
        fn sizes_convert_round_trip(amount in 0u32..1_000_000, from in 0usize..5, to in 0usize..5) {
            let units = ["KB", "MB", "GB", "TB", "PB"];
            let there = scale(amount.into(), units[from], units[to]).unwrap();
            let back = scale(there, units[to], units[from]).unwrap();
            prop_assert!((back - Decimal::from(amount)).abs() < Decimal::new(1, 6), "{back}");
        }

        #[test]
        fn no_text_breaks_it(text in ".{0,20}") {
            let _ = Amount::read(&text, "GB", Some(Per::Month));
        }
    }
}
