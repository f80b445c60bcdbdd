//! What was found before and is put up with: a text file, a finding a line, that outlives moves of the code.
//!
//! ```text
//! # banana baseline, version 1
//! # stack: live/prod
//! FINGERPRINT fail|unknown CODE NAME ADDRESS [PATH]
//! ```
//!
//! Only the fingerprint, the verdict and the code decide; the rest is for people.

use crate::{Finding, Outcome, Site, Suppressed, Verdict};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::{self, Write};

/// What the first line starts with.
const TITLE: &str = "# banana baseline, version ";
const VERSION: &str = "1";
const STACK: &str = "# stack: ";
/// How the file is told to people who open it.
const NOTE: &str = "# Known findings, which do not fail `banana check --baseline`. `banana baseline` writes them; lines may be taken out.";

/// Known findings of one stack.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Baseline {
    /// The stack's path from the root of its repository, where there is one.
    pub stack: Option<String>,
    /// By fingerprint.
    entries: BTreeMap<String, Entry>,
}

/// A known finding.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// It was a fail, not only an open question.
    pub fail: bool,
    /// The rule's code.
    pub rule: String,
    /// The rule's name, whom the finding is about, and the attribute.
    pub about: String,
    /// The line it stands in; 0 before it is written.
    pub line: u32,
}

/// Why a text is no baseline.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Malformed {
    /// 1-based.
    pub line: u32,
    /// What is wrong there.
    pub message: String,
}

impl fmt::Display for Malformed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {}: {}", self.line, self.message)
    }
}

impl std::error::Error for Malformed {}

impl Baseline {
    /// The findings that are open: fails and unknowns that nothing silences.
    pub fn of(findings: &[Finding], stack: Option<String>) -> Self {
        let open = findings.iter().filter(|finding| is_open(finding));
        let entries = open.map(|finding| {
            let path = if finding.path.is_empty() { "" } else { " " };
            let about = format!("{} {}{path}{}", finding.name, finding.address, finding.path);
            let fail = finding.verdict == Verdict::Fail;
            let entry =
                Entry { fail, rule: finding.rule.to_owned(), about: one_line(&about), line: 0 };
            (finding.fingerprint.clone(), entry)
        });
        Self { stack, entries: entries.collect() }
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    /// True without any.
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// Those of another one that are not in this one.
    pub fn lacks<'b>(&self, other: &'b Self) -> Vec<&'b Entry> {
        let missing = other.entries.iter().filter(|(print, _)| !self.entries.contains_key(*print));
        missing.map(|(_, entry)| entry).collect()
    }

    /// Takes over entries of another one.
    pub fn take_over(&mut self, other: &Self, which: impl Fn(&Entry) -> bool) {
        let taken = other.entries.iter().filter(|(_, entry)| which(entry));
        for (print, entry) in taken {
            self.entries.entry(print.clone()).or_insert_with(|| entry.clone());
        }
    }

    /// Takes out what is not in another one, and says what.
    pub fn keep_only(&mut self, other: &Self) -> Vec<Entry> {
        let mut gone = Vec::new();
        self.entries.retain(|print, entry| {
            let stays = other.entries.get(print).is_some_and(|now| entry.fail || !now.fail);
            if !stays {
                gone.push(entry.clone());
            }
            stays
        });
        gone
    }

    /// Silences what is known in an outcome, and gives back what does not occur in it. `file` is the baseline's name.
    pub fn silence<'b>(&'b self, outcome: &mut Outcome, file: &str) -> Vec<&'b Entry> {
        let mut left: BTreeMap<&str, &Entry> =
            self.entries.iter().map(|(print, entry)| (print.as_str(), entry)).collect();
        outcome.silence(|finding| {
            let known = self.entries.get(&finding.fingerprint)?;
            // What could not be decided before and is wrong now is not known.
            if finding.verdict == Verdict::Fail && !known.fail {
                return None;
            }
            left.remove(finding.fingerprint.as_str());
            let site = Site {
                file: file.to_owned(),
                line: known.line,
                column: 1,
                end_line: known.line,
                end_column: 1,
                span: None,
            };
            let reason = Some("it is in the baseline".to_owned());
            Some(Suppressed { origin: "baseline", reason, site })
        });
        left.into_values().collect()
    }

    /// True when next to nothing in it is about anything that a stack has: it is another one's. A few lines prove nothing.
    pub fn is_foreign(&self, addresses: &BTreeSet<String>) -> bool {
        const FEWEST: usize = 5;
        let known = |entry: &&Entry| {
            let (_, about) = entry.about.split_once(' ').unwrap_or_default();
            let ends = about.match_indices(' ').map(|(at, _)| at).chain([about.len()]);
            ends.filter_map(|end| about.get(..end)).any(|address| addresses.contains(address))
        };
        self.len() >= FEWEST && self.entries.values().filter(known).count() * 10 < self.len()
    }

    /// Reads a file.
    pub fn read(text: &str) -> Result<Self, Malformed> {
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        let mut lines = (1..).zip(text.lines());
        let title = lines.next().map_or("", |(_, line)| line.trim_end());
        match title.strip_prefix(TITLE) {
            Some(VERSION) => {}
            Some(other) => {
                let message =
                    format!("version `{other}` is not {VERSION}, which this banana reads");
                return Err(Malformed { line: 1, message });
            }
            None => {
                let message =
                    format!("no baseline starts so; the first line is `{TITLE}{VERSION}`");
                return Err(Malformed { line: 1, message });
            }
        }
        let mut baseline = Self::default();
        for (line, text) in lines {
            let text = text.trim_end();
            if let Some(stack) = text.strip_prefix(STACK) {
                baseline.stack = Some(stack.to_owned());
            }
            if text.is_empty() || text.starts_with('#') {
                continue;
            }
            let wrong = |message: String| Malformed { line, message };
            let (print, entry) = entry(text, line).map_err(wrong)?;
            if let Some(first) = baseline.entries.insert(print, entry) {
                return Err(wrong(format!("the same finding as in line {}", first.line)));
            }
        }
        Ok(baseline)
    }

    /// Writes a file: by rule, then by what is found.
    pub fn write(&self) -> String {
        let mut text = format!("{TITLE}{VERSION}\n");
        if let Some(stack) = &self.stack {
            let _ = writeln!(text, "{STACK}{stack}");
        }
        text += NOTE;
        text.push('\n');
        let mut entries: Vec<_> = self.entries.iter().collect();
        entries.sort_by_key(|(print, entry)| (&entry.rule, &entry.about, *print));
        for (print, Entry { fail, rule, about, .. }) in entries {
            let verdict = if *fail { "fail" } else { "unknown" };
            let _ = writeln!(text, "{print} {verdict} {rule} {about}");
        }
        text
    }
}

fn is_open(finding: &Finding) -> bool {
    finding.verdict != Verdict::Pass && finding.suppressed.is_none()
}

/// Keys of instances may hold line breaks, which are escaped; nothing else may break the line.
fn one_line(text: &str) -> String {
    text.replace(['\n', '\r'], " ")
}

fn entry(text: &str, line: u32) -> Result<(String, Entry), String> {
    let mut words = text.splitn(4, ' ');
    let print = words.next().unwrap_or_default();
    if print.len() != 32 || !print.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f')) {
        return Err(format!("`{print}` is no fingerprint: 32 digits, 0 to 9 and a to f"));
    }
    let fail = match words.next().unwrap_or_default() {
        "fail" => true,
        "unknown" => false,
        other => return Err(format!("`{other}` is no verdict: `fail` or `unknown`")),
    };
    let rule = words.next().unwrap_or_default();
    if rule.is_empty() || !rule.bytes().all(|b| b.is_ascii_alphanumeric() || b"-_.".contains(&b)) {
        return Err(format!("`{rule}` is no rule's code"));
    }
    let about = words.next().unwrap_or_default().to_owned();
    Ok((print.to_owned(), Entry { fail, rule: rule.to_owned(), about, line }))
}

impl Outcome {
    /// Silences the open findings that a reason is found for, and counts anew.
    pub fn silence(&mut self, mut reason: impl FnMut(&Finding) -> Option<Suppressed>) {
        for finding in self.findings.iter_mut().filter(|finding| is_open(finding)) {
            finding.suppressed = reason(finding);
            finding.fix = finding.fix.take().filter(|_| finding.suppressed.is_none());
        }
        self.summary = crate::Summary::of(&self.findings);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PRINT: &str = "0123456789abcdef0123456789abcdef";

    #[test]
    fn what_is_written_is_read() {
        let text = format!(
            "{TITLE}1\n{STACK}live/prod\n{NOTE}\n{PRINT} fail VPC001 open aws_vpc.a[\"x y\"] b.c\n{} unknown VPC002 other aws_vpc.b\n",
            PRINT.replace('0', "f")
        );
        let baseline = Baseline::read(&text).unwrap();
        assert_eq!((baseline.len(), baseline.stack.as_deref()), (2, Some("live/prod")));
        assert_eq!(baseline.write(), text);
        assert_eq!(Baseline::read(&Baseline::default().write()).unwrap(), Baseline::default());
    }

    #[test]
    fn what_is_wrong_has_its_line() {
        let title = format!("{TITLE}1\n# words\n\n");
        for (text, line, word) in [
            (String::new(), 1, "no baseline starts so"),
            ("{}".into(), 1, "no baseline starts so"),
            (format!("{TITLE}2\n"), 1, "version `2`"),
            (format!("{title}{PRINT}"), 4, "no verdict"),
            (format!("{title}{PRINT} pass A"), 4, "`pass` is no verdict"),
            (format!("{title}{PRINT} fail"), 4, "no rule's code"),
            (format!("{title}{PRINT} fail A/B"), 4, "no rule's code"),
            (format!("{title}0123 fail A"), 4, "no fingerprint"),
            (format!("{title}{} fail A", PRINT.to_uppercase()), 4, "no fingerprint"),
            (format!("{title}<<<<<<< HEAD"), 4, "no fingerprint"),
            (
                format!("{title}{PRINT} fail A b\n{PRINT} fail A b"),
                5,
                "the same finding as in line 4",
            ),
        ] {
            let wrong = Baseline::read(&text).unwrap_err();
            assert_eq!(wrong.line, line, "{text}");
            assert!(wrong.message.contains(word), "{text}: {wrong}");
        }
    }

    #[test]
    fn another_stacks_baseline() {
        let line = |at: u32| format!("{at:032x} fail A open aws_vpc.v{at} x\n");
        let lines = format!("{TITLE}1\n{}", (0..9).map(line).collect::<String>());
        let baseline = Baseline::read(&lines).unwrap();
        assert_eq!(baseline.len(), 9);
        let of = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect();
        assert!(baseline.is_foreign(&of(&["aws_eip.a", "aws_vpc.v"])));
        assert!(!baseline.is_foreign(&of(&["aws_vpc.v3"])));
    }
}
