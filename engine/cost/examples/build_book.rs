//! Rebuilds the embedded price book: `cargo run -p banana-cost --example build_book -- OUT CSV...`.
//!
//! The CSV files have the columns of [`banana_cost::book::COLUMNS`]. The same rows give the same bytes.

use banana_cost::book::{encode, read_csv};
use std::process::ExitCode;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let Some((out, inputs)) = arguments.split_first().filter(|(_, inputs)| !inputs.is_empty())
    else {
        return fail("usage: build_book OUT CSV...");
    };
    let mut rows = Vec::new();
    for input in inputs {
        let read = std::fs::read_to_string(input).map_err(|e| e.to_string());
        match read.and_then(|text| read_csv(&text).map_err(|e| e.to_string())) {
            Ok(more) => rows.extend(more),
            Err(error) => return fail(&format!("{input}: {error}")),
        }
    }
    for row in &mut rows {
        row.source = citation(&row.source).into();
    }
    match encode(rows) {
        Ok(bytes) => match std::fs::write(out, &bytes) {
            Ok(()) => ExitCode::SUCCESS,
            Err(error) => fail(&format!("{out}: {error}")),
        },
        Err(error) => fail(&error.to_string()),
    }
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
