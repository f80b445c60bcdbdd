//! Rebuilds the embedded price book: `cargo run -p banana-cost --example build_book -- OUT INPUT...`.
//!
//! An input is a CSV with the columns of [`banana_cost::book::COLUMNS`], or a packed book (`.bin`). The CSV files together
//! replace the prices of the books key by key. The same rows give the same bytes.

use banana_cost::book::{Book, Row, encode, read_csv};
use std::collections::BTreeSet;
use std::path::Path;
use std::process::ExitCode;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let Some((out, inputs)) = arguments.split_first().filter(|(_, inputs)| !inputs.is_empty())
    else {
        return fail("usage: build_book OUT INPUT...");
    };
    let (mut packed, mut fresh) = (Vec::new(), Vec::new());
    for input in inputs {
        let is_book = Path::new(input).extension().is_some_and(|extension| extension == "bin");
        let rows = if is_book { &mut packed } else { &mut fresh };
        match read(input, is_book) {
            Ok(more) => rows.extend(more),
            Err(error) => return fail(&format!("{input}: {error}")),
        }
    }
    let replaced: BTreeSet<String> = fresh.iter().map(Row::key).collect();
    packed.retain(|row| !replaced.contains(&row.key()));
    packed.extend(fresh);
    let written = encode(packed)
        .map_err(|error| error.to_string())
        .and_then(|bytes| std::fs::write(out, bytes).map_err(|error| format!("{out}: {error}")));
    match written {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => fail(&error),
    }
}

fn read(input: &str, is_book: bool) -> Result<Vec<Row>, String> {
    let bytes = std::fs::read(input).map_err(|error| error.to_string())?;
    if is_book {
        return Book::read(bytes).map(|book| book.rows().collect()).map_err(|e| e.to_string());
    }
    let text = String::from_utf8(bytes).map_err(|error| error.to_string())?;
    let mut rows = read_csv(&text).map_err(|error| error.to_string())?;
    for row in &mut rows {
        row.source = citation(&row.source).into();
    }
    Ok(rows)
}

/// A source without the collector's own catalogue number (`indexed file id 123; `), which leads nobody anywhere.
fn citation(source: &str) -> String {
    let Some((before, after)) = source.split_once("indexed file id ") else { return source.into() };
    let after = after.trim_start_matches(|c: char| c.is_ascii_digit());
    let after = after.strip_prefix("; ").unwrap_or(after);
    format!("{before}{after}").replace(" in  (", " (").replace("()", "").trim().to_owned()
}

#[expect(clippy::print_stderr, reason = "a tool of this repository, run by hand")]
fn fail(message: &str) -> ExitCode {
    eprintln!("{message}");
    ExitCode::FAILURE
}
