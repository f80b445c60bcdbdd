//! A user's own prices laid over a list: `banana cost --prices FILE`.

use super::price;
use super::row::{Broken, Row, read_numbered, sorted_numbered};
use crate::price::{MissingPrice, Price, PriceKey, PriceSource};
use stack::Str;
use std::collections::BTreeMap;

/// Prices from a CSV file where it has them, from the list below where not. A key is replaced as a whole, all its steps.
#[derive(Debug)]
pub struct Overlay<P> {
    prices: BTreeMap<(Str, Str, Str), Price>,
    below: P,
}

impl<P: PriceSource> Overlay<P> {
    /// Reads a CSV of the book's columns.
    pub fn read(csv: &str, below: P) -> Result<Self, Broken> {
        let rows = sorted_numbered(read_numbered(csv)?)?;
        let key = |row: &Row| (row.service.clone(), row.region.clone(), row.usage.clone());
        let prices = rows
            .chunk_by(|a, b| key(a) == key(b))
            .filter_map(|rows| Some((key(rows.first()?), price(rows.to_vec())?)))
            .collect();
        Ok(Self { prices, below })
    }
}

impl<P: PriceSource> PriceSource for Overlay<P> {
    fn price(&self, key: &PriceKey) -> Result<Price, MissingPrice> {
        let own = (key.service.clone(), key.region.clone(), key.usage.clone());
        match self.prices.get(&own) {
            Some(price) if key.unit.is_empty() || price.unit == key.unit => Ok(price.clone()),
            Some(price) => Err(MissingPrice {
                key: key.clone(),
                nearest: Some(format!(
                    "the file counts it in `{}`, not in `{}`",
                    price.unit, key.unit
                )),
            }),
            None => self.below.price(key),
        }
    }
}
