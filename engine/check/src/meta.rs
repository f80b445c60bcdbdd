//! What a rule says about itself.

use crate::{Context, CustomRule, Fix, Row};
use serde::{Deserialize, Serialize};
use syntax::Report;

/// How bad it is when a rule fails.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// Good practice.
    Low,
    /// It will hurt one day.
    Medium,
    /// It breaks, or an attacker needs one more step.
    High,
    /// An attacker needs no more.
    Critical,
}

impl Severity {
    /// Its name, lower case.
    pub fn name(self) -> &'static str {
        match self {
            Self::Low => "low",
            Self::Medium => "medium",
            Self::High => "high",
            Self::Critical => "critical",
        }
    }
}

/// What a rule says about itself.
#[derive(Clone, Copy, Debug)]
pub struct Meta {
    /// Letters of the service and a number: `ECS002`. Never used twice.
    pub code: &'static str,
    /// For people, and the name of the rule's file: `task-public-ip`.
    pub name: &'static str,
    /// How bad it is when it fails.
    pub severity: Severity,
    /// The resource types it judges; for variables and providers `variable` and `provider`.
    pub resources: &'static [&'static str],
    /// The same check's ids in checkov, trivy (tfsec) and tflint.
    pub aliases: &'static [&'static str],
    /// Controls it serves: standard and number, such as `("FSBP", "ECS.2")`.
    pub controls: &'static [(&'static str, &'static str)],
    /// The version it came with.
    pub since: &'static str,
    /// Where the facts stand.
    pub links: &'static [&'static str],
}

/// A rule.
#[derive(Clone, Copy, Debug)]
pub struct Rule {
    /// What it says about itself.
    pub meta: &'static Meta,
    /// Its page, in Markdown: what, why, how to fix, examples, limits.
    pub docs: &'static str,
    /// Its file: `rules/ecs/task_public_ip.rs`.
    pub source: &'static str,
    /// What puts right what it fails, where that is always the same.
    pub fix: Option<&'static Fix>,
    /// Judges everything it is about.
    pub judge: Judge,
}

/// How a rule is written.
#[derive(Clone, Copy, Debug)]
pub enum Judge {
    /// In Rust.
    Native(for<'a> fn(&'a Context<'a>, &'static Meta) -> Vec<Row<'a>>),
    /// In HCL, by a user.
    Custom(&'static CustomRule),
}

impl Rule {
    /// Judges everything it is about. `Err` tells of an error in a user's rule.
    pub(crate) fn rows<'a>(&self, context: &'a Context<'a>) -> Result<Vec<Row<'a>>, Box<Report>> {
        match self.judge {
            Judge::Native(judge) => Ok(judge(context, self.meta)),
            Judge::Custom(rule) => rule.judge(context, self.meta),
        }
    }

    /// The first line of its page, without the `#`.
    pub fn summary(&self) -> &'static str {
        self.docs.lines().next().unwrap_or_default().trim_start_matches('#').trim()
    }
}
