//! How much a month may cost, and how much more than before: `500`, `50 EUR`, `10%`.

use crate::change::Change;
use crate::money::cents;
use rust_decimal::Decimal;
use std::fmt;
use std::str::FromStr;

/// A sum of money, in a currency or in whichever the bill is in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sum {
    /// At least 0.
    pub value: Decimal,
    /// `EUR`; `None` for that of the bill.
    pub currency: Option<String>,
}

/// How much more than before it may be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Limit {
    /// Percent of what it was.
    Percent(Decimal),
    /// A sum.
    Sum(Sum),
}

/// A limit that cannot be held against a bill: it is in another currency.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{limit} is in another currency than the bill, which is in {bill}")]
pub struct OtherCurrency {
    /// The limit.
    pub limit: String,
    /// The bill's currency.
    pub bill: String,
}

impl FromStr for Sum {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let wrong = || format!("`{text}` is no sum of money: write 500, 500USD or 49.50 EUR");
        let end = text.find(|c: char| c.is_ascii_alphabetic()).unwrap_or(text.len());
        let (number, currency) = text.split_at_checked(end).ok_or_else(wrong)?;
        let value = Decimal::from_str_exact(number.trim()).map_err(|_| wrong())?;
        if value.is_sign_negative() {
            return Err(wrong());
        }
        let currency = currency.trim();
        let is_code = currency.len() == 3 && currency.bytes().all(|c| c.is_ascii_alphabetic());
        if !currency.is_empty() && !is_code {
            return Err(wrong());
        }
        let currency = is_code.then(|| currency.to_ascii_uppercase());
        Ok(Self { value, currency })
    }
}

impl FromStr for Limit {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let Some(percent) = text.trim().strip_suffix('%') else {
            return text.parse().map(Self::Sum).map_err(|_| {
                format!("`{text}` is no limit: write a share such as 10%, or a sum such as 50USD")
            });
        };
        let share = Decimal::from_str_exact(percent.trim());
        let share = share.ok().filter(|share| !share.is_sign_negative());
        share.map(Self::Percent).ok_or_else(|| format!("`{text}` is no share: write 10% or 2.5%"))
    }
}

impl fmt::Display for Sum {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{}", self.value.normalize(), self.currency.as_deref().unwrap_or_default())
    }
}

impl fmt::Display for Limit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Percent(share) => write!(f, "{}%", share.normalize()),
            Self::Sum(sum) => sum.fmt(f),
        }
    }
}

impl Sum {
    /// What to say when a month costs more than this.
    pub fn busted(&self, total: Decimal, currency: &str) -> Result<Option<String>, OtherCurrency> {
        self.require(currency)?;
        let over = (total > self.value).then(|| total.saturating_sub(self.value));
        Ok(over.map(|over| {
            let (total, over, most) = (cents(total), cents(over), cents(self.value));
            format!("over budget: {total} {currency} a month is {over} more than {most}")
        }))
    }

    fn require(&self, currency: &str) -> Result<(), OtherCurrency> {
        match &self.currency {
            Some(own) if own != currency => {
                Err(OtherCurrency { limit: self.to_string(), bill: currency.to_owned() })
            }
            _ => Ok(()),
        }
    }
}

impl Limit {
    /// What to say when a change costs more than this.
    pub fn busted(&self, change: &Change) -> Result<Option<String>, OtherCurrency> {
        let most = match self {
            Self::Percent(share) => change.before.saturating_mul(*share) / Decimal::ONE_HUNDRED,
            Self::Sum(sum) => {
                sum.require(&change.currency)?;
                sum.value
            }
        };
        let (delta, currency) = (cents(change.delta), &change.currency);
        let percent = change.percent.as_ref().map(|p| format!(" ({p} %)")).unwrap_or_default();
        Ok((change.delta > most).then(|| {
            format!("increase over the limit: {delta} {currency} a month more{percent}, and {self} is allowed")
        }))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::change::{Snapshot, compare};
    use std::collections::BTreeMap;

    fn change(before: u32, after: u32) -> Change {
        let bill = |sum: u32| {
            let line = format!(
                r#"{{"name":"a","unit":"u","quantity":"{sum}","unit_price":"1","monthly":"{sum}"}}"#
            );
            let text = format!(
                r#"{{"version":1,"currency":"USD","resources":[{{"address":"a.b","components":[{line}]}}],"missing_prices":[],"unsupported":[]}}"#
            );
            Snapshot::read(&text).unwrap()
        };
        compare("x", &bill(before), &bill(after), &BTreeMap::new())
    }

    #[test]
    fn sums_and_shares_are_read() {
        for (text, shown) in [
            ("500", "500"),
            ("50usd", "50USD"),
            (" 49.50 EUR", "49.5EUR"),
            ("10%", "10%"),
            ("2.50 %", "2.5%"),
        ] {
            assert_eq!(text.parse::<Limit>().map(|limit| limit.to_string()).as_deref(), Ok(shown));
        }
        for text in ["", "-1", "10%%", "-5%", "USD", "1e3", "50 DOLLARS", "5US", "1,000", "NaN"] {
            assert!(text.parse::<Limit>().is_err(), "{text}");
        }
    }

    #[test]
    fn exactly_as_much_as_allowed_is_allowed() {
        let busts = |limit: &str, change: &Change| {
            limit.parse::<Limit>().unwrap().busted(change).unwrap().is_some()
        };
        assert!(!busts("10%", &change(100, 110)));
        assert!(busts("10%", &change(100, 111)));
        assert!(!busts("10USD", &change(100, 110)));
        assert!(busts("9.99", &change(100, 110)));
        assert!(!busts("0", &change(100, 90)));
        assert!(busts("1000%", &change(0, 1)), "no share of nothing is something");
        let other = "5EUR".parse::<Limit>().unwrap().busted(&change(1, 2)).unwrap_err();
        assert_eq!(other.to_string(), "5EUR is in another currency than the bill, which is in USD");
    }
}
