//! A case on disk to banana's estimate. A price that the book lacks is one of another region, or nothing: quantities are
//! compared, not prices.

use crate::disk::Disk;
use banana_cost::book::Book;
use banana_cost::{
    Estimate, MissingPrice, Options, Price, PriceKey, PriceSource, Tier, Usage, estimate,
};
use model::Model;
use model::data::Offline;
use rust_decimal::Decimal;
use stack::Program;
use std::path::Path;

struct Lenient;

impl PriceSource for Lenient {
    fn price(&self, key: &PriceKey) -> Result<Price, MissingPrice> {
        let book = Book::embedded();
        let steps = |region: &str| book.price(&PriceKey { region: region.into(), ..key.clone() });
        let nothing = Tier { start: Decimal::ZERO, end: None, price: Decimal::ZERO };
        Ok(steps(&key.region).or_else(|_| steps("us-east-1")).unwrap_or_else(|_| Price {
            unit: key.unit.clone(),
            tiers: vec![nothing],
            date: "none".into(),
            source: "none".into(),
        }))
    }
}

#[expect(clippy::print_stderr, reason = "a tool of this repository, run by hand")]
pub(crate) fn estimate_of(folder: &Path, usage: Option<&(String, String)>) -> Estimate {
    let options = stack::Options { path: folder.to_owned(), ..stack::Options::default() };
    let stack = Program::load(&options, &Disk).resolve(&Offline::default());
    let usage = usage.map(|(name, text)| Usage::read(name, text));
    let usage = match usage.transpose() {
        Ok(usage) => usage.unwrap_or_default(),
        Err(errors) => {
            for error in errors {
                eprintln!("{}: {error}", folder.display());
            }
            Usage::default()
        }
    };
    let options = Options { region: Some("us-east-1".into()), usage };
    estimate(&Model::new(&stack), &Lenient, &options)
}
