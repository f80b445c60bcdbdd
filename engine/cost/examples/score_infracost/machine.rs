//! A case on disk to banana's estimate. A price that the book lacks is one of another region, or nothing: quantities are
//! compared, not prices.

use banana_cost::book::Book;
use banana_cost::{
    Estimate, MissingPrice, Options, Price, PriceKey, PriceSource, Tier, Usage, estimate,
};
use model::Model;
use model::data::Offline;
use rust_decimal::Decimal;
use stack::{Host, Program};
use std::io;
use std::path::{Path, PathBuf};

struct Disk(PathBuf);

impl Host for Disk {
    fn read(&self, path: &Path) -> io::Result<Vec<u8>> {
        std::fs::read(path)
    }
    fn list(&self, folder: &Path) -> io::Result<Vec<(String, bool)>> {
        let mut names = std::fs::read_dir(folder)?
            .map(|entry| {
                let entry = entry?;
                Ok((entry.file_name().to_string_lossy().into_owned(), entry.path().is_dir()))
            })
            .collect::<io::Result<Vec<_>>>()?;
        names.sort();
        Ok(names)
    }
    fn canonical(&self, path: &Path) -> io::Result<PathBuf> {
        path.canonicalize()
    }
    fn home(&self) -> Option<PathBuf> {
        None
    }
    fn current(&self) -> io::Result<PathBuf> {
        Ok(self.0.clone())
    }
}

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
    let stack = Program::load(&options, &Disk(folder.to_owned())).resolve(&Offline::default());
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
