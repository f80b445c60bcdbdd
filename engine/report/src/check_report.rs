//! What `check` found, for whichever format.

use crate::{Outside, Repository, Rows};
use check::{Finding, Rule, Summary, Verdict};
use syntax::{Report, Sources};

/// Everything that a format may show.
#[derive(Clone, Copy, Debug)]
pub struct CheckReport<'a> {
    /// How many of each verdict.
    pub summary: &'a Summary,
    /// All findings, the worst first.
    pub findings: &'a [Finding],
    /// Which of them are shown.
    pub rows: Rows,
    /// The rules that judged.
    pub rules: &'a [Rule],
    /// Trouble with the stack itself.
    pub reports: &'a [Report],
    /// The files read.
    pub sources: &'a Sources,
    /// Where the files are kept.
    pub repository: &'a Repository,
}

impl<'a> CheckReport<'a> {
    /// The findings that are shown.
    pub(crate) fn shown(&self) -> impl Iterator<Item = &'a Finding> + use<'a> {
        let rows = self.rows;
        self.findings.iter().filter(move |finding| rows.shows(finding))
    }

    /// Those that somebody has to look at: neither passed nor silenced.
    pub(crate) fn open(&self) -> impl Iterator<Item = &'a Finding> + use<'a> {
        self.shown().filter(|f| f.verdict != Verdict::Pass && f.suppressed.is_none())
    }

    /// The rule that a finding is of.
    pub(crate) fn rule(&self, finding: &Finding) -> Option<&'a Rule> {
        self.rules.iter().find(|rule| rule.meta.code == finding.rule)
    }

    /// A file's name in the repository; `None` for a finding that no file decides.
    pub(crate) fn file(&self, name: &str) -> Result<Option<String>, Outside> {
        if name.is_empty() { Ok(None) } else { self.repository.name(name).map(Some) }
    }
}

/// What a finding says, with its witness, or the reason why it is not decided.
pub(crate) fn sentence(finding: &Finding) -> String {
    let mut text = match (finding.verdict, &finding.reason) {
        (Verdict::Unknown, Some(reason)) if finding.message.is_empty() => reason.clone(),
        (Verdict::Unknown, Some(reason)) => format!("{}: {reason}", finding.message),
        _ if finding.message.is_empty() => finding.name.replace('-', " "),
        _ => finding.message.clone(),
    };
    if let Some(witness) = &finding.witness {
        text = format!("{text} ({witness})");
    }
    text
}

/// A fail that nobody silenced.
pub(crate) fn is_failure(finding: &Finding) -> bool {
    finding.verdict == Verdict::Fail && finding.suppressed.is_none()
}
