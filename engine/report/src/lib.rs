//! Findings, estimates and plans as people and machines read them. One format a file.
//!
//! A format never judges: it prints what the rooms above decided.

mod diagnostics_json;
mod estimate_json;
mod estimate_text;
mod findings_json;
mod findings_text;
mod plan_json;
mod plan_text;
mod snippet;
mod style;

pub use diagnostics_json::{diagnostic, diagnostics_json};
pub use estimate_json::estimate_json;
pub use estimate_text::{estimate_text, total_text};
pub use findings_json::{Rows, findings_json};
pub use findings_text::{findings_text, summary_text};
pub use plan_json::plan_json;
pub use plan_text::{plan_summary, plan_text};
pub use snippet::{Trouble, problem, problems};
pub use style::{Paint, Style};
