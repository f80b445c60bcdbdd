//! Counting, and the table.

use crate::judge::{Answer, Judged as Verdicts};
use crate::label::{Label, Place};
use std::collections::BTreeMap;
use std::fmt::Write;

/// Labels that are wrong, and why: the rows of a Markdown table `| id | from | address | why |`.
pub(crate) struct Judged(Vec<[String; 3]>);

impl Judged {
    /// Reads the table. A cell `*` stands for anything.
    pub(crate) fn read(text: &str) -> Self {
        let rows = text.lines().filter_map(|line| {
            let cells: Vec<&str> =
                line.split('|').map(|cell| cell.trim().trim_matches('`')).collect();
            let [_, id, from, address, _, ..] = cells.as_slice() else { return None };
            Some([*id, *from, *address].map(str::to_owned))
        });
        Self(rows.collect())
    }

    /// True when a label is judged to be wrong.
    fn has(&self, label: &Label) -> bool {
        let address = label.address.as_deref().unwrap_or("whole");
        self.0.iter().any(|[id, from, at]| {
            *id == label.id && (from == "*" || *from == label.from) && (at == "*" || at == address)
        })
    }
}

/// Counts of one rule or source.
#[derive(Clone, Copy, Default)]
struct Counts {
    right_fails: usize,
    wrong_fails: usize,
    right_passes: usize,
    missed: usize,
    unknown: usize,
    wrong_labels: usize,
}

impl Counts {
    fn add(&mut self, fails: bool, answer: Answer, excused: bool) -> bool {
        let agrees = match (fails, answer) {
            (_, Answer::Unknown) => {
                self.unknown += 1;
                return true;
            }
            (true, Answer::Fails) => &mut self.right_fails,
            (false, Answer::Passes) => &mut self.right_passes,
            _ if excused => {
                self.wrong_labels += 1;
                return true;
            }
            (false, Answer::Fails) => {
                self.wrong_fails += 1;
                return false;
            }
            (true, Answer::Passes) => {
                self.missed += 1;
                return false;
            }
        };
        *agrees += 1;
        true
    }

    fn line(self, name: &str) -> String {
        let share = |part: usize, other: usize| {
            let whole = part + other;
            if whole == 0 {
                return "-".to_owned();
            }
            let tenths = part * 1000 / whole;
            format!("{}.{}", tenths / 10, tenths % 10)
        };
        format!(
            "{name:<44} {:>5} {:>5} {:>5} {:>5} {:>5} {:>5} {:>7} {:>7}\n",
            self.right_fails,
            self.wrong_fails,
            self.right_passes,
            self.missed,
            self.unknown,
            self.wrong_labels,
            share(self.right_fails, self.wrong_fails),
            share(self.right_fails, self.missed),
        )
    }
}

/// Runs everything, and prints counts for each source and rule, and each disagreement.
pub(crate) fn table(labels: &[Label], judged: &Judged) -> String {
    let mut stacks: BTreeMap<&Place, Verdicts> = BTreeMap::new();
    let mut sources: BTreeMap<&str, Counts> = BTreeMap::new();
    let mut rules: BTreeMap<&str, Counts> = BTreeMap::new();
    let mut unmapped: BTreeMap<(&str, &str), usize> = BTreeMap::new();
    let mut gone: BTreeMap<&str, usize> = BTreeMap::new();
    let mut wrong = String::new();
    for label in labels {
        let mapped =
            banana_rules::ALL.iter().filter(|rule| rule.meta.aliases.contains(&label.id.as_str()));
        let mapped: Vec<_> = mapped.collect();
        let codes: Vec<&str> = mapped.iter().map(|rule| rule.meta.code).collect();
        if codes.is_empty() {
            *unmapped.entry((label.source, &label.id)).or_default() += 1;
            continue;
        }
        let verdicts = stacks.entry(&label.stack).or_insert_with(|| Verdicts::of(&label.stack));
        let data = label.address.as_ref().map(|address| format!("data.{address}"));
        let address = match (&label.address, &data) {
            (Some(address), Some(data)) if !verdicts.has(address) && verdicts.has(data) => {
                data.as_str().into()
            }
            (address, _) => address.as_deref(),
        };
        if address.is_some_and(|address| !verdicts.has(address)) {
            *gone.entry(label.source).or_default() += 1;
            let _ = writeln!(
                wrong,
                "no such resource: {} {} {}",
                label.id,
                label.from,
                address.unwrap_or_default()
            );
            continue;
        }
        let answer = verdicts.answer(&codes, address);
        let excused = judged.has(label);
        let agrees = sources.entry(label.source).or_default().add(label.fails, answer, excused);
        for rule in &mapped {
            rules.entry(rule.meta.name).or_default().add(label.fails, answer, excused);
        }
        if answer == Answer::Unknown {
            let says = if label.fails { "fails" } else { "passes" };
            let at = address.unwrap_or("whole");
            let _ = writeln!(
                wrong,
                "open, peer {says}: {} {} {at} [{}]",
                label.id,
                label.from,
                codes.join(" ")
            );
        }
        if !agrees {
            let says = if label.fails { "peer fails, we pass" } else { "peer passes, we fail" };
            let whole = match &label.stack {
                Place::Text(text) if address.is_none() => {
                    format!("\n{}", text.trim_end().replace('\n', "\n    "))
                }
                _ => String::new(),
            };
            let _ = writeln!(
                wrong,
                "{says}: {} {} {} [{}]{whole}",
                label.id,
                label.from,
                address.unwrap_or("whole"),
                codes.join(" "),
            );
        }
    }
    let head = format!(
        "{:<44} {:>5} {:>5} {:>5} {:>5} {:>5} {:>5} {:>7} {:>7}\n",
        "", "TP", "FP", "TN", "FN", "open", "label", "prec.", "recall"
    );
    let mut out = format!("{wrong}\n{head}");
    for (name, counts) in &rules {
        out += &counts.line(name);
    }
    out += "\n";
    for (name, counts) in &sources {
        out += &counts.line(name);
    }
    let _ = writeln!(out, "\nresources that the stack does not have: {gone:?}");
    let _ = writeln!(
        out,
        "ids without a rule: {} ({} labels)",
        unmapped.len(),
        unmapped.values().sum::<usize>()
    );
    for ((source, id), count) in &unmapped {
        let _ = writeln!(out, "  {source} {id}: {count}");
    }
    out
}
