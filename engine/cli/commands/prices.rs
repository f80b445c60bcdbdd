//! `banana prices update`

use crate::args::{Prices, PricesCommand, PricesUpdate};
use crate::{Exit, Failure, Machine, cache};
use cost::PriceKey;
use cost::book::Book;
use cost::list::{List, Update, keys};
use std::collections::BTreeSet;
use std::fs::File;
use std::io::BufReader;

/// How many lines a list has that people read.
const SHOWN: usize = 20;

/// Reads what AWS lists, and keeps it.
pub(crate) fn run(args: &Prices, machine: &mut Machine<'_>) -> Result<Exit, Failure> {
    let PricesCommand::Update(args) = &args.command;
    if let Some(region) = args.region.as_deref().filter(|region| cost::region(region).is_none()) {
        let near = schema::closest(region, cost::regions().map(|region| region.code));
        let failure = Failure::user(format!("there is no region `{region}`"));
        return Err(match near {
            Some(near) => failure.help(format!("did you mean `{near}`?")),
            None => failure,
        });
    }
    let update = if args.files.is_empty() { asked(args, machine)? } else { read(args, machine)? };
    if update.rows.is_empty() {
        return Err(Failure::user("none of the prices that banana knows is in it").help(
            "a bulk offer file is of one service: AmazonECS, AmazonEC2, AWSELB, AmazonCloudWatch …",
        ));
    }
    for ((service, region), rows) in &update.rows {
        let path = cache::keep((service, region), rows, machine)?;
        let count = rows.len();
        writeln!(machine.out, "{service} in {region}: {count} rows in {}", path.display())?;
    }
    for (key, price) in update.changed.iter().take(SHOWN) {
        let was = cost::PriceSource::price(Book::embedded(), key).ok();
        let first = |price: &cost::Price| price.tiers.first().map(|tier| cost::exact(tier.price));
        let was = was.as_ref().and_then(first).unwrap_or_else(|| "none".into());
        let is = first(price).unwrap_or_default();
        writeln!(machine.out, "  {key}: {was} -> {is} a {}", price.unit)?;
    }
    if let Some(more) = update.changed.len().checked_sub(SHOWN).filter(|more| *more > 0) {
        writeln!(machine.out, "  and {more} more")?;
    }
    writeln!(
        machine.out,
        "{} prices as in the embedded list, {} other ones, {} not found",
        update.same,
        update.changed.len(),
        update.missing.len()
    )?;
    for missing in update.missing.iter().take(SHOWN) {
        writeln!(machine.err, "note: {missing}: the embedded price stays")?;
    }
    if let Some(more) = update.missing.len().checked_sub(SHOWN).filter(|more| *more > 0) {
        writeln!(machine.err, "note: {more} more are not found")?;
    }
    Ok(Exit::Ok)
}

/// What files list.
fn read(args: &PricesUpdate, machine: &Machine<'_>) -> Result<Update, Failure> {
    let book = Book::embedded();
    let known = keys(book, None, args.region.as_deref(), true);
    let usage = |key: &PriceKey| key.usage.split('|').next().unwrap_or_default().to_owned();
    let usages: BTreeSet<String> = known.iter().map(usage).collect();
    let mut update = Update::default();
    for path in &args.files {
        let wrong = |what: String| Failure::user(format!("`{}` {what}", path.display()));
        let file = File::open(machine.disk().full(path))
            .map_err(|e| wrong(format!("cannot be read: {e}")))?;
        let list = List::read(BufReader::new(file), &usages).map_err(|e| wrong(e.to_string()))?;
        let Update { rows, same, changed, missing } = Update::of(book, &known, &list);
        update.rows.extend(rows);
        update.same += same;
        update.changed.extend(changed);
        update.missing.extend(missing);
    }
    Ok(update)
}

/// What AWS answers for the keys of a region, instances left out: they are thousands, and `cost --live-prices` asks for those it needs.
#[cfg(feature = "apply")]
fn asked(args: &PricesUpdate, machine: &Machine<'_>) -> Result<Update, Failure> {
    use cost::PriceSource;
    let region = args.region.clone().or_else(|| crate::job::region(machine)).ok_or_else(|| {
        Failure::user("no region is named")
            .help("say which: `--region eu-west-3`, or set AWS_REGION")
    })?;
    let book = Book::embedded();
    let known = keys(book, None, Some(&region), false);
    let prices = crate::cloud::listed(&region, known.iter().cloned())?;
    let mut update = Update::default();
    for key in &known {
        update.add(book, key, prices.price(key));
    }
    Ok(update)
}

#[cfg(not(feature = "apply"))]
fn asked(_args: &PricesUpdate, _machine: &Machine<'_>) -> Result<Update, Failure> {
    Err(Failure::user("this build of banana cannot ask AWS for prices")
        .help("name offer files, or build it with the default features"))
}
