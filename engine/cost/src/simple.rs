//! Types whose bill depends on nothing but their being there and on how much they are used: one row of
//! `data/simple.tsv` a line. Its last column says of which assumptions something must be said for the line to be written,
//! by the start of their names or, with a dot, by their end: a storage class, a part of the world.

use crate::bill::{Bill, Rate};
use crate::quantity::{HOURS, Quantity};
use std::sync::LazyLock;

struct Row {
    ty: &'static str,
    line: &'static str,
    rate: Rate,
    /// `hours` of a month, a number, or an assumption.
    quantity: &'static str,
    when: &'static str,
}

static ROWS: LazyLock<Vec<Row>> =
    LazyLock::new(|| include_str!("../data/simple.tsv").lines().skip(1).filter_map(read).collect());

fn read(line: &'static str) -> Option<Row> {
    let mut cells = line.split('\t');
    let mut cell = || cells.next();
    let (ty, line) = (cell()?, cell()?);
    let rate = Rate::new(cell()?, cell()?, cell()?);
    let rate = match cell()? {
        "" => rate,
        region => rate.at(region),
    };
    Some(Row { ty, line, rate, quantity: cell()?, when: cell()? })
}

/// The types, sorted, each once.
pub(crate) fn types() -> Vec<&'static str> {
    let mut types: Vec<&str> = ROWS.iter().map(|row| row.ty).collect();
    types.dedup();
    types
}

/// The lines of the resource's type; none where the type is not of these.
pub(crate) fn write(bill: &mut Bill<'_, '_>) {
    write_with(&[], bill);
}

/// The same, with the lines of some conditions written although nobody speaks of them: the resource itself does.
pub(crate) fn write_with(said: &[&str], bill: &mut Bill<'_, '_>) {
    let here = |row: &&Row| {
        bill.resource.address.ty == row.ty
            && (row.when.is_empty() || said.contains(&row.when) || bill.says(row.when))
    };
    for row in ROWS.iter().filter(here).collect::<Vec<_>>() {
        let quantity = match row.quantity {
            "hours" => Quantity::fixed(HOURS),
            number if number.parse::<u32>().is_ok() => {
                Quantity::fixed(number.parse::<u32>().unwrap_or_default())
            }
            assumption => bill.assume(assumption),
        };
        bill.line(row.line, &row.rate, quantity);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::assumption::Assumption;

    #[test]
    fn rows_are_sorted_and_say_how_much() {
        assert_eq!(ROWS.len() + 1, include_str!("../data/simple.tsv").lines().count());
        assert!(ROWS.is_sorted_by_key(|row| row.ty));
        for row in ROWS.iter() {
            let number = row.quantity == "hours" || row.quantity.parse::<u32>().is_ok();
            assert!(
                number || Assumption::find(row.quantity).is_some(),
                "{}: {}",
                row.ty,
                row.quantity
            );
        }
    }
}
