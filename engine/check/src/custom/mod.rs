//! Rules that users write: in HCL, with conditions in Terraform's own expression language.

mod declaration;
mod example;
mod names;
mod read;
mod seen;
mod verdict;

use crate::Rule;
use stack::eval::references;
use std::sync::Arc;
use syntax::{ExprId, Report, Sources, Span, Tree};

pub use example::Example;
pub(crate) use names::Graph;

/// Rules from files, with the texts that they and their errors stand in.
#[derive(Debug)]
pub struct CustomRules {
    /// The rules, by file and place.
    pub rules: Vec<Rule>,
    /// Their files.
    pub sources: Sources,
    /// What is wrong with the files. A rule that something is wrong with is not among the rules.
    pub reports: Vec<Report>,
}

/// Files of rules are numbered from here, so that places in them are told apart from places in a stack.
const FIRST_FILE: u32 = 1 << 31;

/// The names that stand for sums of a bill.
const MONEY: [&str; 2] = ["cost", "bill"];

impl Default for CustomRules {
    fn default() -> Self {
        let sources = Sources::numbered_from(FIRST_FILE);
        Self { rules: Vec::new(), sources, reports: Vec::new() }
    }
}

impl CustomRules {
    /// Reads files, each with its name and its text. `taken` are the rules that there are already: no code or name is used twice.
    ///
    /// What is read stays for the life of the process, as the rules in Rust do.
    pub fn read(files: impl IntoIterator<Item = (String, String)>, taken: &[Rule]) -> Self {
        let mut all = Self::default();
        for (name, text) in files {
            let file = all.sources.add(name, text);
            read::file(file, taken, &mut all);
        }
        all
    }
}

/// A rule as it is written.
#[derive(Debug)]
pub struct CustomRule {
    /// Its file.
    tree: Arc<Tree>,
    /// `rule "name"`
    header: Span,
    /// `match`: types, in which `*` stands for any text.
    types: Vec<String>,
    /// `for_each`: what is judged one by one.
    for_each: Option<ExprId>,
    /// `when`: whether it is judged at all.
    when: Option<ExprId>,
    /// `condition`: what must be true.
    condition: ExprId,
    /// `error_message`: what is the matter when it is not.
    error_message: ExprId,
    /// `attribute`: the path to blame, where it is not what the condition reads first.
    attribute: Option<String>,
    /// One sentence: what is the matter, whatever the instance.
    summary: &'static str,
    /// `fail`, `pass` and `unknown` blocks.
    examples: Vec<Example>,
}

impl CustomRule {
    /// Its own tests.
    pub fn examples(&self) -> &[Example] {
        &self.examples
    }

    /// True when it asks what things cost: the bill must be made then.
    pub fn reads_the_bill(&self) -> bool {
        let asks = |expr| references(&self.tree, expr).iter().any(|to| MONEY.contains(&&*to.root));
        self.expressions().any(asks)
    }

    /// All that is evaluated.
    fn expressions(&self) -> impl Iterator<Item = ExprId> {
        let always = [self.condition, self.error_message];
        [self.for_each, self.when].into_iter().flatten().chain(always)
    }

    /// `rule "name"`, where it stands.
    pub fn header(&self) -> Span {
        self.header
    }
}
