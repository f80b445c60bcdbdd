//! Money for people and for machines.

use rust_decimal::{Decimal, RoundingStrategy};
use serde::Serializer;

/// Two digits, halves away from zero: `88.37`. For totals, and only when they are shown.
pub fn cents(amount: Decimal) -> String {
    format!("{:.2}", amount.round_dp_with_strategy(2, RoundingStrategy::MidpointAwayFromZero))
}

/// All digits there are: `0.0148`.
pub fn exact(amount: Decimal) -> String {
    amount.normalize().to_string()
}

pub(crate) fn as_cents<S: Serializer>(amount: &Decimal, to: S) -> Result<S::Ok, S::Error> {
    to.serialize_str(&cents(*amount))
}

pub(crate) fn as_exact<S: Serializer>(amount: &Decimal, to: S) -> Result<S::Ok, S::Error> {
    to.serialize_str(&exact(*amount))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn halves_go_up() {
        for (amount, shown) in [
            ("0.005", "0.01"),
            ("0.0049", "0.00"),
            ("88.3748", "88.37"),
            ("2.675", "2.68"),
            ("7", "7.00"),
        ] {
            assert_eq!(cents(amount.parse().unwrap()), shown);
        }
        assert_eq!(exact("0.0148000".parse().unwrap()), "0.0148");
    }
}
