//! Findings, estimates and plans as people and machines read them. One format a file.
//!
//! A format never judges: it prints what the rooms above decided.

mod bill;
mod bill_json;
mod bill_markdown;
mod change_text;
mod check_report;
mod checks_json;
mod diagnostics_json;
mod estimate_text;
mod events_json;
mod findings_json;
mod findings_text;
mod github;
mod gitlab;
mod junit;
mod markdown;
mod place;
mod plan_json;
mod plan_text;
mod rules_markdown;
mod sarif;
mod simulation_markdown;
mod simulation_text;
mod snippet;
mod style;
mod totals_text;
mod unified;
mod what_if_text;

pub use bill::{Bill, bill_text};
pub use bill_json::bill_json;
pub use bill_markdown::bill_markdown;
pub use change_text::change_text;
pub use check_report::CheckReport;
pub use diagnostics_json::{diagnostic, diagnostics_json};
pub use estimate_text::{estimate_text, total_text};
pub use events_json::{Hook, Line};
pub use findings_json::{Rows, findings_json, findings_json_lines};
pub use findings_text::{findings_text, summary_text};
pub use github::github;
pub use gitlab::gitlab;
pub use junit::junit;
pub use markdown::markdown;
pub use place::{Outside, Repository};
pub use plan_json::plan_json;
pub use plan_text::plan_text;
pub use rules_markdown::{rule_page, rules_book, rules_index};
pub use sarif::sarif;
pub use simulation_markdown::{simulated_change_markdown, simulation_markdown};
pub use simulation_text::{simulated_change_text, simulation_text};
pub use snippet::{Trouble, problem, problems};
pub use style::{Paint, Style};
pub use totals_text::totals_text;
pub use unified::unified_diff;
pub use what_if_text::what_if_text;
