//! A saved plan: what was checked, priced and shown is what will be applied, or nothing is.
//!
//! The file does not hold objects to apply. It binds a run to everything its plan came from; apply plans again from the same inputs and goes on only
//! when each of them, and the result, is the same.

mod digest;

use crate::{Options, Pattern, Plan};
use serde::{Deserialize, Serialize};
use serde_json::Value as Json;
use stack::{Marks, Str, Variable, VariableArgument};
use std::collections::{BTreeMap, BTreeSet};
use syntax::Sources;

/// How a plan was made, as it was typed: what a later run needs to make it again.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Recipe {
    /// The stack's path.
    pub stack: String,
    /// `terraform.workspace`
    pub workspace: String,
    /// The state's path, where one was given.
    pub state: Option<String>,
    /// Where a backend keeps the state: `s3://bucket/key`; `None` for a file.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub place: Option<String>,
    /// AWS was read first.
    pub refresh: bool,
}

/// Everything that a saved plan is bound to.
#[derive(Clone, Copy, Debug)]
pub struct Bound<'a> {
    /// How it was made.
    pub recipe: &'a Recipe,
    /// All files that were read.
    pub sources: &'a Sources,
    /// Root module variables.
    pub variables: &'a BTreeMap<Str, Variable>,
    /// What the check came to, in any stable words.
    pub findings: &'a str,
    /// What it will cost, in any stable words.
    pub estimate: &'a str,
    /// The AWS account; empty when nobody asked AWS.
    pub account: &'a str,
    /// The region.
    pub region: &'a str,
    /// The plan.
    pub plan: &'a Plan,
}

/// A saved plan.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Saved {
    banana_plan: u32,
    seal: String,
    parts: Parts,
}

/// What is sealed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Parts {
    recipe: Recipe,
    account: String,
    region: String,
    /// `None`: there was no state.
    state: Option<StateId>,
    destroy: bool,
    refresh_only: bool,
    targets: Vec<String>,
    exclude: Vec<String>,
    replace: Vec<String>,
    findings: String,
    estimate: String,
    /// Each file with the hash of its text.
    sources: BTreeMap<String, String>,
    /// The values of variables that are no secrets.
    variables: BTreeMap<String, Json>,
    /// Variables that are secrets: their values must be given again, and be the same.
    secrets: BTreeMap<String, String>,
    /// For people: each address with what is done to it.
    actions: BTreeMap<String, String>,
    /// The hash of all changes with all their values.
    changes: String,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct StateId {
    lineage: String,
    serial: u64,
}

/// A part that is not what it was when the plan was saved: lower case, in a sentence.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct Moved(String);

/// A file that is no saved plan.
#[derive(Debug, thiserror::Error)]
pub enum SavedError {
    /// It is something else, or was cut.
    #[error("this is no saved plan of banana: {0}")]
    Shape(serde_json::Error),
    /// It was saved by another version.
    #[error("this plan has format version {0}, and this banana reads version 1: plan again")]
    Version(u32),
    /// Somebody changed it.
    #[error("the plan's seal is broken: the file was changed after it was saved; plan again")]
    Broken,
}

impl Saved {
    /// Seals a plan that was made with these options.
    pub fn new(bound: &Bound<'_>, options: &Options<'_>) -> Self {
        let parts = Parts::new(bound, options);
        Self { banana_plan: 1, seal: digest::of(&parts), parts }
    }

    /// The file's bytes. Meant for its owner only: objects' names and values of variables are in it.
    pub fn write(&self) -> Vec<u8> {
        // Strings, numbers and maps with string keys always print.
        let mut bytes = serde_json::to_vec_pretty(self).unwrap_or_default();
        bytes.push(b'\n');
        bytes
    }

    /// Reads a file, and checks that nobody touched it.
    pub fn read(bytes: &[u8]) -> Result<Self, SavedError> {
        let saved: Self = serde_json::from_slice(bytes).map_err(SavedError::Shape)?;
        if saved.banana_plan != 1 {
            return Err(SavedError::Version(saved.banana_plan));
        }
        if saved.seal != digest::of(&saved.parts) {
            return Err(SavedError::Broken);
        }
        Ok(saved)
    }

    /// True when everything is still as it was; otherwise each thing that moved.
    pub fn verify(&self, now: &Bound<'_>, options: &Options<'_>) -> Result<(), Vec<Moved>> {
        let moved = self.parts.differences(&Parts::new(now, options));
        if moved.is_empty() { Ok(()) } else { Err(moved) }
    }

    /// The options that the plan was made with; the world is the caller's.
    pub fn options<'w>(&self, world: &'w dyn stack::World) -> Options<'w> {
        let read = |texts: &[String]| texts.iter().filter_map(|text| text.parse().ok()).collect();
        Options {
            targets: read(&self.parts.targets),
            exclude: read(&self.parts.exclude),
            replace: read(&self.parts.replace),
            destroy: self.parts.destroy,
            refresh_only: self.parts.refresh_only,
            drift: Vec::new(),
            world,
            imported: BTreeMap::new(),
        }
    }

    /// The variables that the file knows, as arguments. Those of [`Saved::secrets`] must be given beside them.
    pub fn arguments(&self) -> Vec<VariableArgument> {
        let brought = |(name, value): (&String, &Json)| {
            VariableArgument::Expression(name.clone(), expression(&value.to_string()))
        };
        self.parts.variables.iter().map(brought).collect()
    }

    /// The names of the variables that are secrets.
    pub fn secrets(&self) -> impl Iterator<Item = &str> {
        self.parts.secrets.keys().map(String::as_str)
    }

    /// How the plan was made.
    pub fn recipe(&self) -> &Recipe {
        &self.parts.recipe
    }

    /// The account that the plan was made for; empty when AWS was not asked.
    pub fn account(&self) -> &str {
        &self.parts.account
    }

    /// The region that the plan was made for.
    pub fn region(&self) -> &str {
        &self.parts.region
    }
}

/// JSON as an expression of the language, which it is but for templates and two escapes.
fn expression(json: &str) -> String {
    let mut text = String::with_capacity(json.len());
    let mut chars = json.chars().peekable();
    while let Some(c) = chars.next() {
        match (c, chars.peek()) {
            ('\\', Some('b')) => text.push_str("\\u0008"),
            ('\\', Some('f')) => text.push_str("\\u000c"),
            ('\\', Some(escaped)) => text.extend([c, *escaped]),
            ('$' | '%', Some('{')) => {
                text.extend([c, c]);
                continue;
            }
            _ => {
                text.push(c);
                continue;
            }
        }
        chars.next();
    }
    text
}

impl Parts {
    fn new(bound: &Bound<'_>, options: &Options<'_>) -> Self {
        let plan = bound.plan;
        let prior = &plan.prior;
        let (lineage, serial) = (prior.lineage.clone(), prior.serial);
        // Values from the command line and the environment are bound as variables.
        let spoken = |name: &str| name.starts_with("-var ") || name.starts_with("TF_VAR_");
        let files = bound.sources.iter().filter(|(_, file)| !spoken(file.name()));
        let given = || bound.variables.iter().filter(|(_, v)| v.given);
        let secret = |v: &Variable| v.sensitive || v.value.deep_marks().has(Marks::SENSITIVE);
        let public = given().filter(|(_, v)| !secret(v));
        let hidden = given().filter(|(_, v)| secret(v));
        let touched = plan.changes.iter().filter(|c| c.action != crate::Action::NoOp);
        let texts = |all: &[Pattern]| all.iter().map(ToString::to_string).collect();
        Self {
            recipe: bound.recipe.clone(),
            account: bound.account.to_owned(),
            region: bound.region.to_owned(),
            state: (!prior.is_new()).then_some(StateId { lineage, serial }),
            destroy: options.destroy,
            refresh_only: options.refresh_only,
            targets: texts(&options.targets),
            exclude: texts(&options.exclude),
            replace: texts(&options.replace),
            findings: bound.findings.to_owned(),
            estimate: bound.estimate.to_owned(),
            sources: files.map(|(_, f)| (f.name().to_owned(), digest::text(f.text()))).collect(),
            variables: public.map(|(n, v)| (n.to_string(), v.value.to_json())).collect(),
            secrets: hidden.map(|(n, v)| (n.to_string(), digest::secret(n, &v.value))).collect(),
            actions: touched
                .map(|c| {
                    let key =
                        c.deposed.as_ref().map(|k| format!(" (deposed {k})")).unwrap_or_default();
                    (format!("{}{key}", c.address), c.action.names().join(", "))
                })
                .collect(),
            changes: digest::changes(plan),
        }
    }

    fn differences(&self, now: &Self) -> Vec<Moved> {
        let mut moved = Vec::new();
        let mut unless = |same: bool, text: String| {
            if !same {
                moved.push(Moved(text));
            }
        };
        unless(
            self.account == now.account,
            format!("the plan is for account `{}`, and this is `{}`", self.account, now.account),
        );
        unless(
            self.region == now.region,
            format!("the plan is for region `{}`, and this is `{}`", self.region, now.region),
        );
        unless(self.state == now.state, match (&self.state, &now.state) {
            (None, _) => "the plan is a first one, and there is a state now: it was applied already, or something else was".into(),
            (Some(_), None) => "the state that the plan was made from is gone".into(),
            (Some(a), Some(b)) if a.lineage != b.lineage => "the plan was made from another state".into(),
            (Some(a), Some(b)) => format!("the state was written since: serial {} then, {} now", a.serial, b.serial),
        });
        let place = |p: &Self| p.recipe.place.clone().unwrap_or_else(|| "a file".into());
        unless(
            self.recipe.place == now.recipe.place,
            format!(
                "the plan is for the state in {}, and this one is in {}",
                place(self),
                place(now)
            ),
        );
        let options = |p: &Self| {
            let parts = [&p.targets, &p.exclude, &p.replace].map(Clone::clone);
            (p.recipe.clone(), p.destroy, p.refresh_only, parts)
        };
        unless(options(self) == options(now), "the plan was made with other options".into());
        for name in names(&self.sources, &now.sources) {
            let text = match (self.sources.get(name), now.sources.get(name)) {
                (Some(_), None) => format!("`{name}` is gone"),
                (None, Some(_)) => format!("`{name}` is new"),
                _ => format!("`{name}` was changed"),
            };
            unless(false, text);
        }
        for name in names(&self.variables, &now.variables) {
            unless(false, format!("variable `{name}` has another value"));
        }
        for name in names(&self.secrets, &now.secrets) {
            unless(
                false,
                format!("secret variable `{name}` is missing or has another value: give it again"),
            );
        }
        unless(self.findings == now.findings, "the check comes to something else now".into());
        unless(
            self.estimate == now.estimate,
            format!("the bill was {}, and is {} now", self.estimate, now.estimate),
        );
        unless(
            self.changes == now.changes,
            "the same inputs plan something else now: what exists was changed since".into(),
        );
        moved
    }
}

/// The names whose values differ.
fn names<'a, T: PartialEq>(
    a: &'a BTreeMap<String, T>,
    b: &'a BTreeMap<String, T>,
) -> BTreeSet<&'a str> {
    let all = a.keys().chain(b.keys()).map(String::as_str);
    all.filter(|name| a.get(*name) != b.get(*name)).collect()
}
