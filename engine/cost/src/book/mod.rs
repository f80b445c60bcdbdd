//! The price book: AWS' list prices, embedded, each with its date and its source. Needs no network and no account.

mod format;
mod overlay;
mod row;

pub use format::encode;
pub use overlay::Overlay;
pub(crate) use row::fields;
pub use row::{Broken, COLUMNS, Row, read_csv};

use crate::price::{MissingPrice, Price, PriceKey, PriceSource, Tier};
use format::{Chunk, Columns, Tables};
use stack::Str;
use std::borrow::Cow;
use std::sync::LazyLock;

static EMBEDDED: LazyLock<Book> =
    LazyLock::new(|| Book::read(include_bytes!("../../data/prices.bin")).unwrap_or_default());

/// A packed list of prices.
#[derive(Debug, Default)]
pub struct Book {
    file: Cow<'static, [u8]>,
    tables: Tables,
}

impl Book {
    /// The book that banana ships with.
    pub fn embedded() -> &'static Self {
        &EMBEDDED
    }

    /// Opens a packed book; only its tables are read.
    pub fn read(file: impl Into<Cow<'static, [u8]>>) -> Result<Self, Broken> {
        let file = file.into();
        let tables = Tables::read(&file)?;
        Ok(Self { file, tables })
    }

    /// Region codes that have prices, `global` among them.
    pub fn regions(&self) -> &[Str] {
        &self.tables.regions
    }

    /// All rows, sorted. Unpacks the whole book: for rebuilding and for tests.
    pub fn rows(&self) -> impl Iterator<Item = Row> {
        self.tables.chunks.iter().flat_map(|chunk| {
            let columns = chunk.columns(&self.file);
            let rows = columns.map_or(0, Columns::len);
            (0..rows).filter_map(|row| self.tables.row(chunk, columns?, row)).collect::<Vec<_>>()
        })
    }

    fn chunk(&self, service: &str, region: &str) -> Option<(&Chunk, &Columns)> {
        let service = number(&self.tables.services, service)?;
        let region = number(&self.tables.regions, region)?;
        let chunks = &self.tables.chunks;
        let at = chunks.binary_search_by_key(&(service, region), |c| (c.service, c.region)).ok()?;
        let chunk = chunks.get(at)?;
        Some((chunk, chunk.columns(&self.file)?))
    }

    fn find(&self, key: &PriceKey) -> Option<Price> {
        let usage = number(&self.tables.keys, &key.usage)?;
        let (chunk, columns) = self.chunk(&key.service, &key.region)?;
        let rows = columns.find(usage).map(|row| self.tables.row(chunk, columns, row));
        price(rows.collect::<Option<_>>()?)
    }

    /// What is known instead of a key: another unit, another region, or a usage type much like it.
    fn nearest(&self, key: &PriceKey) -> Option<String> {
        if let Some(price) = self.find(key) {
            return Some(format!("it is counted in `{}`, not in `{}`", price.unit, key.unit));
        }
        let elsewhere: Vec<&str> = self
            .tables
            .regions
            .iter()
            .filter(|region| {
                self.find(&PriceKey { region: (*region).clone(), ..key.clone() }).is_some()
            })
            .map(Str::as_str)
            .collect();
        if let [first, rest @ ..] = elsewhere.as_slice() {
            return Some(match rest.len() {
                0 => format!("it is known in `{first}`"),
                more => format!("it is known in `{first}` and {more} other regions"),
            });
        }
        let Some((_, columns)) = self.chunk(&key.service, &key.region) else {
            let service = number(&self.tables.services, &key.service)?;
            let sold = self.tables.chunks.iter().find(|chunk| chunk.service == service)?;
            let region = self.tables.regions.get(sold.region)?;
            return Some(format!("{} is known in `{region}`", key.service));
        };
        let names =
            || columns.keys().filter_map(|usage| self.tables.keys.get(usage)).map(Str::as_str);
        let close = names().find(|name| name.starts_with(key.usage.as_str()));
        let close = close.or_else(|| schema::closest(&key.usage, names()))?;
        Some(format!("there is `{close}`"))
    }
}

impl PriceSource for Book {
    fn price(&self, key: &PriceKey) -> Result<Price, MissingPrice> {
        match self.find(key) {
            Some(price) if key.unit.is_empty() || price.unit == key.unit => Ok(price),
            _ => Err(MissingPrice { key: key.clone(), nearest: self.nearest(key) }),
        }
    }
}

/// The price that sorted rows of one key make.
fn price(rows: Vec<Row>) -> Option<Price> {
    let date = rows.iter().map(|row| &row.date).min()?.clone();
    let first = rows.first()?;
    let (unit, source) = (first.unit.clone(), first.source.clone());
    let tier = |row: Row| Tier { start: row.start, end: row.end, price: row.price };
    Some(Price { unit, source, date, tiers: rows.into_iter().map(tier).collect() })
}

fn number(words: &[Str], word: &str) -> Option<usize> {
    words.binary_search_by(|have| have.as_str().cmp(word)).ok()
}
