//! The book's prices as AWS lists them now: rows to lay over it.

use super::file::List;
use super::product::pick;
use crate::book::{Book, COLUMNS, Row};
use crate::price::{MissingPrice, Price, PriceKey, PriceSource};
use std::collections::{BTreeMap, BTreeSet};

/// What was found for a book.
#[derive(Debug, Default)]
pub struct Update {
    /// Rows by service and region.
    pub rows: BTreeMap<(String, String), Vec<Row>>,
    /// Prices that are the book's.
    pub same: usize,
    /// Prices that are other ones.
    pub changed: Vec<(PriceKey, Price)>,
    /// Keys that the list has no price for, or more than one.
    pub missing: Vec<MissingPrice>,
}

/// The keys that a book has, of some services and of one region if there is one. Instances by the thousand are left out unless asked for.
pub fn keys(
    book: &Book,
    services: Option<&BTreeSet<String>>,
    region: Option<&str>,
    instances: bool,
) -> Vec<PriceKey> {
    const CLASSES: [&str; 4] = ["BoxUsage:", "InstanceUsage:", "Multi-AZUsage:", "NodeUsage:"];
    let mut all = Vec::new();
    for row in book.rows() {
        let wanted = services.is_none_or(|services| services.contains(row.service.as_str()))
            && region.is_none_or(|region| row.region == region || row.region == "global")
            && (instances || !CLASSES.iter().any(|class| row.usage.starts_with(class)));
        if wanted {
            all.push(PriceKey::new(row.service, row.region, row.usage, row.unit));
        }
    }
    all.dedup();
    all
}

impl Update {
    /// What a file lists for the keys of a book. Regions that the file says nothing of are not missing.
    pub fn of(book: &Book, keys: &[PriceKey], list: &List) -> Self {
        let mut update = Self::default();
        let regions: BTreeSet<&str> =
            list.products.values().flatten().filter_map(|product| product.region()).collect();
        let silent = regions.is_empty();
        for key in keys.iter().filter(|key| list.services.contains(key.service.as_str())) {
            if !silent && key.region != "global" && !regions.contains(key.region.as_str()) {
                continue;
            }
            let usage = key.usage.split('|').next().unwrap_or_default();
            let products = list.products.get(usage).map(Vec::as_slice).unwrap_or_default();
            update.add(book, key, pick(key, products));
        }
        update
    }

    /// Takes an answer for a key.
    pub fn add(&mut self, book: &Book, key: &PriceKey, found: Result<Price, MissingPrice>) {
        let price = match found {
            Ok(price) => price,
            Err(missing) => return self.missing.push(missing),
        };
        let place = (key.service.to_string(), key.region.to_string());
        let rows = price.tiers.iter().map(|tier| Row {
            service: key.service.clone(),
            region: key.region.clone(),
            usage: key.usage.clone(),
            start: tier.start,
            end: tier.end,
            unit: price.unit.clone(),
            price: tier.price,
            source: price.source.clone(),
            date: price.date.clone(),
        });
        self.rows.entry(place).or_default().extend(rows);
        if book.price(key).is_ok_and(|had| had.tiers == price.tiers) {
            self.same += 1;
        } else {
            self.changed.push((key.clone(), price));
        }
    }
}

/// Rows as a CSV of the book's columns.
pub fn csv(rows: &[Row]) -> String {
    let mut text = COLUMNS.join(",") + "\n";
    for row in rows {
        let end = row.end.map_or_else(|| "Inf".to_owned(), |end| end.to_string());
        let cells = [
            row.service.to_string(),
            row.region.to_string(),
            row.usage.to_string(),
            row.unit.to_string(),
            row.start.to_string(),
            end,
            row.price.to_string(),
            row.source.to_string(),
            row.date.to_string(),
        ];
        let quoted = cells.map(|cell| {
            if cell.contains([',', '"']) {
                format!("\"{}\"", cell.replace('"', "\"\""))
            } else {
                cell
            }
        });
        text += &quoted.join(",");
        text.push('\n');
    }
    text
}
