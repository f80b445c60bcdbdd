//! `count` and `for_each` to instances.

use super::Resolver;
use super::node::{ModuleId, Node, Repetition, What};
use crate::eval::origin_of;
use crate::load::{Expression, Repeat};
use crate::{Blame, Key, Kind, Mode, Origin, Str, Type, Value};
use std::sync::Arc;
use syntax::{Report, Span};

/// More instances than any stack has; a larger count is a slip.
const MOST_INSTANCES: i64 = 10_000;

impl Resolver<'_> {
    pub(super) fn keys(
        &self,
        module: ModuleId,
        at: usize,
        reports: &mut Vec<Report>,
    ) -> Vec<Repetition> {
        let config = self.config(module);
        let Some((_, resource)) = config.and_then(|c| c.resources.get_index(at)) else {
            return Vec::new();
        };
        self.instances(module, &resource.repeat, reports)
    }

    /// The instances that a `count` or `for_each` makes. Unknown: one that stands for all.
    pub(super) fn instances(
        &self,
        module: ModuleId,
        repeat: &Repeat,
        reports: &mut Vec<Report>,
    ) -> Vec<Repetition> {
        match repeat {
            Repeat::Once => vec![Repetition::default()],
            Repeat::Count(by) => {
                let value = self.evaluate(module, by, None, reports);
                let applied = self.awaits_apply(module, by, &value);
                count(by, value, applied, reports)
            }
            Repeat::ForEach(by) => {
                let value = self.evaluate(module, by, None, reports);
                let applied = self.awaits_apply(module, by, &value);
                for_each(by, &value, applied, reports)
            }
        }
    }
}

impl Resolver<'_> {
    /// True when only apply can tell the value: a managed resource decides it, not a variable or data source. Of a condition the value
    /// does not tell what decides; there the references do.
    fn awaits_apply(&self, module: ModuleId, by: &Expression, value: &Value) -> bool {
        let origins = value.origins();
        if origins.iter().any(is_applied) {
            return true;
        }
        let mut needs = Vec::new();
        self.expression(module, by, &mut needs);
        origins.iter().any(is_conditional)
            && self.resources_behind(&needs).into_iter().any(|node| self.is_managed(node))
    }

    fn is_managed(&self, node: Node) -> bool {
        let What::Resource(at) = node.what else { return false };
        let config = self.config(node.module);
        let declared = config.and_then(|c| c.resources.get_index(at));
        declared.is_some_and(|(_, resource)| resource.mode == Mode::Managed)
    }
}

fn count(
    by: &Expression,
    value: Value,
    applied: bool,
    reports: &mut Vec<Report>,
) -> Vec<Repetition> {
    let span = by.span();
    let (value, marks) = value.unmark();
    let mut wrong = |text: &str| {
        let report = Report::error("bad-count", text).at(span, "this `count`");
        reports.push(report.help("`count` takes a whole number, zero or more"));
        Vec::new()
    };
    if value.is_null() {
        return wrong("`count` is null");
    }
    let blame = value.blame.clone();
    let value = match value.convert(&Type::Number) {
        Ok(value) => value,
        Err(why) => return wrong(&format!("`count` is no number: {why}")),
    };
    if marks.has(crate::Marks::EPHEMERAL) {
        return wrong("`count` derives from an ephemeral value");
    }
    if value.is_unknown() {
        unknown("count", &value, applied, span, reports);
        let origin = Origin::Repetition { by: span, decider: Arc::new(origin_of([&value])) };
        let index = Value::unknown_not_null(Type::Number, origin);
        return vec![Repetition { key: Key::Unknown, index: Some(index), each: None }];
    }
    let Some(number) = value.as_i64().filter(|n| *n >= 0) else {
        return wrong("`count` must be a whole number, zero or more");
    };
    if number > MOST_INSTANCES {
        return wrong(&format!("`count` is {number}, more than {MOST_INSTANCES} instances"));
    }
    let one = |n: i64| {
        let index = Value::number(n).with_blame(blame.clone());
        Repetition { key: Key::Int(n.unsigned_abs()), index: Some(index), each: None }
    };
    (0..number).map(one).collect()
}

fn for_each(
    by: &Expression,
    value: &Value,
    applied: bool,
    reports: &mut Vec<Report>,
) -> Vec<Repetition> {
    let span = by.span();
    let mut wrong = |text: &str, help: &str| {
        let report = Report::error("bad-for-each", text).at(span, "this `for_each`");
        reports.push(report.help(help));
        Vec::new()
    };
    if value.is_sensitive() {
        let help = "instance keys are shown everywhere; use `nonsensitive(…)` on what is no secret";
        return wrong("`for_each` derives from a sensitive value", help);
    }
    if value.marks.has(crate::Marks::EPHEMERAL) {
        return wrong("`for_each` derives from an ephemeral value", "use a value that is kept");
    }
    let blame = |value: &Value| {
        if value.place().at.is_some() { value.place().clone() } else { Blame::at(span) }
    };
    let one = |key: &Str, value: &Value| Repetition {
        key: Key::Str(key.clone()),
        index: None,
        each: Some((Value::string(key.clone()).with_blame(blame(value)), value.clone())),
    };
    match &value.kind {
        Kind::Map(_, entries) | Kind::Object(entries) => {
            entries.iter().map(|(key, value)| one(key, value)).collect()
        }
        Kind::Set(_, elements) => {
            if elements.iter().any(Value::is_unknown) {
                return symbolic(value, Type::String, applied, span, reports);
            }
            let key = |element: &Value| match &element.kind {
                Kind::String(key) => Some(one(key, element)),
                _ => None,
            };
            let keys: Option<Vec<Repetition>> = elements.iter().map(key).collect();
            let text = "`for_each` is a set of something other than strings, or holds null";
            keys.unwrap_or_else(|| wrong(text, "use a map, or a set of strings"))
        }
        Kind::Unknown(unknown) => {
            let element = match &unknown.ty {
                Type::Set(_) => Type::String,
                Type::Map(of) => (**of).clone(),
                Type::Dynamic | Type::Object(_) => Type::Dynamic,
                other => {
                    let text = format!("`for_each` is a {}", other.friendly());
                    return wrong(&text, "it takes a map or a set of strings");
                }
            };
            symbolic(value, element, applied, span, reports)
        }
        Kind::Null(_) => {
            wrong("`for_each` is null", "use an empty map or set for no instance: `{}`")
        }
        Kind::List(..) | Kind::Tuple(_) => {
            let text = format!("`for_each` is a {}", value.ty().friendly());
            wrong(&text, "wrap it: `toset(…)`")
        }
        _ => {
            let text = format!("`for_each` is a {}", value.ty().friendly());
            wrong(&text, "it takes a map or a set of strings")
        }
    }
}

fn symbolic(
    by: &Value,
    element: Type,
    applied: bool,
    span: Span,
    reports: &mut Vec<Report>,
) -> Vec<Repetition> {
    unknown("for_each", by, applied, span, reports);
    let origin = Origin::Repetition { by: span, decider: Arc::new(origin_of([by])) };
    let key = Value::unknown_not_null(Type::String, origin.clone());
    let value = if element == Type::String && matches!(by.ty(), Type::Set(_)) {
        key.clone()
    } else {
        Value::unknown(element, origin)
    };
    vec![Repetition { key: Key::Unknown, index: None, each: Some((key, value)) }]
}

/// Terraform refuses to plan instances that only a created resource can count. What variables and data sources decide is merely
/// not known here, and what an error left open was reported already.
fn unknown(word: &str, value: &Value, applied: bool, span: Span, reports: &mut Vec<Report>) {
    if value.origins().iter().any(is_error) {
        return;
    }
    let text = format!("`{word}` is not known, so one instance stands for all");
    let report = if applied {
        Report::error("unknown-repetition", text).help(
            "make it depend on variables and literals only; what AWS decides is known after apply",
        )
    } else {
        Report::warning("unknown-repetition", text)
    };
    reports.push(report.at(span, "only known when applied"));
}

fn is_error(origin: &Origin) -> bool {
    match origin {
        Origin::Error => true,
        Origin::Derived(origins) => origins.iter().any(is_error),
        _ => false,
    }
}

fn is_conditional(origin: &Origin) -> bool {
    match origin {
        Origin::Conditional { .. } => true,
        Origin::Derived(origins) => origins.iter().any(is_conditional),
        _ => false,
    }
}

fn is_applied(origin: &Origin) -> bool {
    match origin {
        Origin::Resource { address, .. } => address.mode == Mode::Managed,
        Origin::Apply(_) => true,
        Origin::Derived(origins) => origins.iter().any(is_applied),
        _ => false,
    }
}
