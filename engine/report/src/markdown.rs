//! A comment for a pull request. A hidden marker lets a bot find its own comment again; GitHub takes 65,536 characters.

use crate::check_report::{is_failure, sentence};
use crate::{CheckReport, Outside};
use check::{Finding, Severity, Verdict};
use std::fmt::Write;

const MOST: usize = 65_536;
/// What the last lines need.
const TAIL: usize = 600;

/// The whole comment, ending in a line break.
pub fn markdown(report: &CheckReport<'_>) -> Result<String, Outside> {
    let mut text = String::from("<!-- banana:check -->\n### banana check\n\n");
    let of = |severity| report.shown().filter(|f| is_failure(f) && f.severity == severity).count();
    let counts: Vec<String> = [Severity::Critical, Severity::High, Severity::Medium, Severity::Low]
        .into_iter()
        .filter_map(|severity| Some((severity, of(severity))).filter(|(_, count)| *count > 0))
        .map(|(severity, count)| format!("{count} {}", severity.name()))
        .collect();
    let found = if counts.is_empty() { "no findings".to_owned() } else { counts.join(", ") };
    let summary = report.summary;
    let _ = writeln!(text, "**{found}**; {} undecided, {} passed\n", summary.unknown, summary.pass);
    let mut room = Room::new(text);
    let failures: Vec<&Finding> = report.shown().filter(|f| is_failure(f)).collect();
    if !failures.is_empty() {
        room.add(
            "| severity | rule | resource | place | finding |\n| --- | --- | --- | --- | --- |\n",
        );
    }
    for finding in failures {
        room.row(&format!(
            "| {} | `{}` {} | {} | {} | {} |\n",
            finding.severity.name(),
            finding.rule,
            finding.name,
            code(&finding.address),
            place(report, finding)?,
            cell(&sentence(finding)),
        ));
    }
    let undecided: Vec<&Finding> =
        report.open().filter(|f| f.verdict == Verdict::Unknown).collect();
    if !undecided.is_empty() && room.has_all() {
        room.open("undecided", "| rule | resource | why |\n| --- | --- | --- |\n");
        for finding in undecided {
            room.row(&format!(
                "| `{}` {} | {} | {} |\n",
                finding.rule,
                finding.name,
                code(&finding.address),
                cell(&sentence(finding)),
            ));
        }
        room.shut();
    }
    Ok(room.close(""))
}

/// The text, and what did not fit in it.
#[derive(Debug)]
pub(crate) struct Room {
    text: String,
    characters: usize,
    left_out: usize,
}

impl Room {
    pub(crate) fn new(text: String) -> Self {
        Self { characters: text.chars().count(), text, left_out: 0 }
    }

    /// Nothing was left out so far.
    pub(crate) fn has_all(&self) -> bool {
        self.left_out == 0
    }

    /// Begins a part that is folded away.
    pub(crate) fn open(&mut self, summary: &str, head: &str) {
        self.add(&format!("\n<details><summary>{summary}</summary>\n\n{head}"));
    }

    /// Ends it.
    pub(crate) fn shut(&mut self) {
        self.text += "\n</details>\n";
    }

    /// The whole text, with what is said at its end.
    pub(crate) fn close(mut self, end: &str) -> String {
        if self.left_out > 0 {
            let _ = writeln!(
                self.text,
                "\n{} more rows are left out: see the whole report.",
                self.left_out
            );
        }
        self.text + end
    }

    pub(crate) fn add(&mut self, text: &str) {
        self.text += text;
        self.characters += text.chars().count();
    }

    pub(crate) fn row(&mut self, row: &str) {
        if self.left_out > 0 || self.characters + row.chars().count() + TAIL > MOST {
            self.left_out += 1;
        } else {
            self.add(row);
        }
    }
}

fn place(report: &CheckReport<'_>, finding: &Finding) -> Result<String, Outside> {
    let file = report.file(&finding.site.file)?;
    Ok(file.map_or_else(String::new, |file| code(&format!("{file}:{}", finding.site.line))))
}

/// Between backticks, more of them than the text has in a row.
pub(crate) fn code(text: &str) -> String {
    let longest = text.split(|c| c != '`').map(str::len).max().unwrap_or(0);
    let fence = "`".repeat(longest + 1);
    let pad = if longest > 0 { " " } else { "" };
    format!("{fence}{pad}{}{pad}{fence}", text.replace('|', "\\|").replace('\n', " "))
}

/// A table's cell: signs that Markdown or HTML would read are escaped.
pub(crate) fn cell(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    let mut quoted = false;
    for c in text.chars() {
        match c {
            '`' => {
                quoted = !quoted;
                escaped.push(c);
            }
            '|' => escaped += "\\|",
            '\n' | '\r' => escaped.push(' '),
            '<' if !quoted => escaped += "&lt;",
            '*' | '_' | '[' | ']' if !quoted => {
                escaped.push('\\');
                escaped.push(c);
            }
            c => escaped.push(c),
        }
    }
    escaped
}
