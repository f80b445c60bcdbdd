//! Another currency, by a file of rates: `from,to,rate,date,source`.

use crate::book::fields;
use crate::money::as_exact;
use crate::price::{MissingPrice, Price, PriceKey, PriceSource};
use rust_decimal::Decimal;
use serde::Serialize;

/// What one unit of a currency is in another.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Rate {
    /// `USD`
    pub from: String,
    /// `EUR`
    pub to: String,
    /// How many of `to` one of `from` is.
    #[serde(serialize_with = "as_exact")]
    pub rate: Decimal,
    /// The day it was set: `2026-11-20`.
    pub date: String,
    /// Who says so.
    pub source: String,
}

/// What is wrong with a file of rates.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("line {line}: {what}")]
pub struct RatesError {
    /// 1-based line.
    pub line: usize,
    /// What is wrong with it.
    pub what: String,
}

const COLUMNS: [&str; 5] = ["from", "to", "rate", "date", "source"];

/// Reads rates. Of one pair there may be one rate only.
pub fn read_rates(text: &str) -> Result<Vec<Rate>, RatesError> {
    let mut lines = (1..).zip(text.lines()).filter(|(_, line)| !line.trim().is_empty());
    let wrong = |line, what: String| Err(RatesError { line, what });
    let (line, head) = lines.next().unwrap_or((1, ""));
    let head: Vec<String> = fields(head).iter().map(|name| name.trim().to_owned()).collect();
    if head != COLUMNS {
        return wrong(line, format!("the header must be `{}`", COLUMNS.join(",")));
    }
    let mut rates: Vec<(usize, Rate)> = Vec::new();
    for (line, text) in lines {
        let cells = fields(text);
        let cells: Vec<&str> = cells.iter().map(|cell| cell.trim()).collect();
        let [from, to, rate, date, source] = cells.as_slice() else {
            return wrong(line, format!("{} fields, but the header has 5", cells.len()));
        };
        for code in [from, to] {
            if code.len() != 3 || !code.bytes().all(|c| c.is_ascii_uppercase()) {
                return wrong(line, format!("`{code}` is no currency such as `EUR`"));
            }
        }
        let is_day = date.len() == 10
            && date.bytes().enumerate().all(|(at, byte)| match at {
                4 | 7 => byte == b'-',
                _ => byte.is_ascii_digit(),
            });
        if !is_day {
            return wrong(line, format!("`date` is `{date}`, not a day such as `2026-11-20`"));
        }
        let amount = Decimal::from_str_exact(rate).ok().filter(|rate| *rate > Decimal::ZERO);
        let Some(amount) = amount else {
            return wrong(line, format!("`rate` is `{rate}`, not a number above 0"));
        };
        if let Some((first, _)) =
            rates.iter().find(|(_, rate)| rate.from == *from && rate.to == *to)
        {
            return wrong(line, format!("{from} to {to} is in line {first} already"));
        }
        let (from, to) = ((*from).to_owned(), (*to).to_owned());
        let (date, source) = ((*date).to_owned(), (*source).to_owned());
        rates.push((line, Rate { from, to, rate: amount.normalize(), date, source }));
    }
    Ok(rates.into_iter().map(|(_, rate)| rate).collect())
}

/// A price list in another currency.
#[derive(Debug)]
pub struct Converted<P> {
    below: P,
    rate: Rate,
}

impl<P: PriceSource> Converted<P> {
    /// The prices of `below`, which are in `rate.from`, in `rate.to`.
    pub fn new(below: P, rate: Rate) -> Self {
        Self { below, rate }
    }
}

impl<P: PriceSource> PriceSource for Converted<P> {
    fn price(&self, key: &PriceKey) -> Result<Price, MissingPrice> {
        let mut price = self.below.price(key)?;
        for tier in &mut price.tiers {
            let converted = tier.price.checked_mul(self.rate.rate);
            let too_large = || MissingPrice {
                key: key.clone(),
                nearest: Some(format!("it is too large in {}", self.rate.to)),
            };
            tier.price = converted.ok_or_else(too_large)?.normalize();
        }
        Ok(price)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::book::Book;

    #[test]
    fn rates_are_read_strictly() {
        let rates = read_rates("from,to,rate,date,source\nUSD,EUR,0.8640,2026-11-20,\"ECB, reference\"\n\nUSD,JPY,156.2,2026-11-20,ECB\n").unwrap();
        assert_eq!(rates.len(), 2);
        assert_eq!(
            (rates[0].rate.to_string(), rates[0].source.as_str()),
            ("0.864".into(), "ECB, reference")
        );
        let said = [
            "",
            "from,to,rate\n",
            "from,to,rate,date,source\nUSD,EUR,0.9,2026-11-20\n",
            "from,to,rate,date,source\n\nUSD,eur,0.9,2026-11-20,x\n",
            "from,to,rate,date,source\nUSD,EUR,0,2026-11-20,x\n",
            "from,to,rate,date,source\nUSD,EUR,0.9,yesterday,x\n",
            "from,to,rate,date,source\nUSD,EUR,0.9,2026-11-20,x\nUSD,EUR,0.8,2026-11-21,x\n",
        ]
        .map(|text| read_rates(text).unwrap_err().to_string());
        insta::assert_snapshot!(said.join("\n"), @"
        line 1: the header must be `from,to,rate,date,source`
        line 1: the header must be `from,to,rate,date,source`
        line 2: 4 fields, but the header has 5
        line 3: `eur` is no currency such as `EUR`
        line 2: `rate` is `0`, not a number above 0
        line 2: `date` is `yesterday`, not a day such as `2026-11-20`
        line 3: USD to EUR is in line 2 already
        ");
    }

    #[test]
    fn every_step_of_a_price_is_converted() {
        let key = PriceKey::new("AWSDataTransfer", "eu-west-3", "DataTransfer-Out-Bytes", "GB");
        let rate =
            read_rates("from,to,rate,date,source\nUSD,EUR,0.5,2026-11-20,x\n").unwrap().remove(0);
        let (dollars, euros) = (Book::embedded(), Converted::new(Book::embedded(), rate));
        let (dollars, euros) = (dollars.price(&key).unwrap(), euros.price(&key).unwrap());
        assert!(dollars.tiers.len() > 1);
        for (dollars, euros) in dollars.tiers.iter().zip(&euros.tiers) {
            assert_eq!(dollars.price, euros.price * Decimal::TWO);
            assert_eq!((dollars.start, dollars.end), (euros.start, euros.end));
        }
    }
}
