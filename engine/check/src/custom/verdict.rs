//! A rule's expressions on one instance, and what they come to.

use super::CustomRule;
use super::names::{Names, is_about};
use crate::judge::Check;
use crate::path::along;
use crate::{Context, Meta, Row, origin};
use rayon::prelude::*;
use stack::eval::{StaticKey, evaluate, references};
use stack::value::Kind;
use stack::{Resource, ResourceId, Type, Value};
use std::fmt::Write;
use syntax::{ExprId, Level, Report, Span};

impl CustomRule {
    /// Judges every instance that the rule is about. `Err` holds what is wrong with the rule itself.
    pub(crate) fn judge<'a>(
        &'a self,
        context: &'a Context<'a>,
        meta: &'static Meta,
    ) -> Result<Vec<Row<'a>>, Box<Report>> {
        let resources = &context.stack().resources;
        let judged: Vec<Result<Vec<Row<'a>>, Box<Report>>> = resources
            .par_iter()
            .zip(0..u32::try_from(resources.len()).unwrap_or(u32::MAX))
            .filter(|(resource, _)| is_about(self, resource))
            .map(|(resource, id)| {
                let names = Names { rule: self, context, id: ResourceId(id), resource, each: None };
                self.instance(context, meta, names)
            })
            .collect();
        Ok(judged.into_iter().collect::<Result<Vec<_>, _>>()?.into_iter().flatten().collect())
    }

    fn instance<'a>(
        &self,
        context: &'a Context<'a>,
        meta: &'static Meta,
        mut names: Names<'_>,
    ) -> Result<Vec<Row<'a>>, Box<Report>> {
        let Some(resource) = context.stack().resource(names.id) else { return Ok(Vec::new()) };
        let mut check = Check::new(
            context,
            meta,
            resource.address.to_string(),
            Some(resource),
            Some(resource.header),
        );
        let mut judged = self.for_each.is_some();
        match self.for_each {
            None => judged |= self.one(&mut check, resource, &names)?,
            Some(each) => {
                let all = self.value(each, &names)?;
                if all.is_unknown() {
                    let why =
                        format!("it is not known how many there are to judge: {}", self.summary);
                    self.undecided(&mut check, resource, &all, None, why);
                }
                if matches!(all.kind, Kind::Bool(_) | Kind::Number(_) | Kind::String(_)) {
                    let (ty, address) = (all.ty().friendly(), &resource.address);
                    let message = format!(
                        "this must be a list, a set, a map or an object, and is of type {ty} (judging `{address}`)"
                    );
                    let report = Report::error("not-repeatable", message);
                    return Err(Box::new(report.at(self.tree.span(each), "has no elements")));
                }
                for (key, value) in elements(&all) {
                    names.each = Some((key, value));
                    self.one(&mut check, resource, &names)?;
                }
            }
        }
        Ok(if judged { check.finish() } else { Vec::new() })
    }

    /// Judges an instance, or one of the things that `for_each` names in it; false when `when` leaves it out.
    fn one<'a>(
        &self,
        check: &mut Check<'a>,
        resource: &'a Resource,
        names: &Names<'_>,
    ) -> Result<bool, Box<Report>> {
        let when = match self.when {
            None => None,
            Some(when) => {
                let value = self.value(when, names)?;
                match self.truth(&value, when, names)? {
                    Some(false) => return Ok(false),
                    Some(true) => None,
                    None => Some(value),
                }
            }
        };
        let value = self.value(self.condition, names)?;
        let holds = self.truth(&value, self.condition, names)?;
        let open = match (holds, when) {
            (Some(true), _) => return Ok(true),
            (Some(false), None) => {
                let (at, path) = self.blamed(resource, names);
                let message = self.message(names)?;
                check.fail(at, path, message);
                return Ok(true);
            }
            (_, Some(when)) => when,
            (None, None) => value,
        };
        let message = format!("it is not known whether this holds here: {}", self.summary);
        self.undecided(check, resource, &open, Some(names), message);
        Ok(true)
    }

    /// A verdict that the unknown parts of a value keep open.
    fn undecided<'a>(
        &self,
        check: &mut Check<'a>,
        resource: &'a Resource,
        open: &Value,
        names: Option<&Names<'_>>,
        message: String,
    ) {
        let (at, path) = match names {
            Some(names) => self.blamed(resource, names),
            None => {
                self.read_by(self.for_each, resource).unwrap_or((&resource.value, String::new()))
            }
        };
        let sources = &check.stack().sources;
        let text = |span: Span| {
            let own = (span.file == self.tree.file())
                .then(|| self.tree.text().get(span.start as usize..span.end as usize));
            own.flatten().unwrap_or_else(|| sources.text(span)).to_owned()
        };
        let open = origin::explain(open, &text);
        let row = check.unknown(at, path, message);
        if let Some(open) = open {
            row.reason = Some(open.reason);
            row.settled_by = open.settled_by;
        }
    }

    /// The value of an expression, marks and all.
    fn value(&self, expr: ExprId, names: &Names<'_>) -> Result<Value, Box<Report>> {
        let (value, reports) = evaluate(&self.tree, expr, names);
        match reports.into_iter().find(|report| report.level == Level::Error) {
            None => Ok(value),
            Some(report) => {
                let message = format!("{} (judging `{}`)", report.message, names.resource.address);
                Err(Box::new(Report { message, ..report }))
            }
        }
    }

    /// True, false, or not known.
    fn truth(
        &self,
        value: &Value,
        expr: ExprId,
        names: &Names<'_>,
    ) -> Result<Option<bool>, Box<Report>> {
        let (value, _) = value.clone().unmark_deep();
        let wrong = |what: &str| {
            let message = format!(
                "this must be true or false, and is {what} (judging `{}`)",
                names.resource.address
            );
            let report = Report::error("not-a-condition", message)
                .at(self.tree.span(expr), "must be a condition");
            Box::new(report)
        };
        if value.is_null() {
            return Err(wrong("null"));
        }
        let flag = value
            .convert(&Type::Bool)
            .map_err(|_| wrong(&format!("of type {}", value.ty().friendly())))?;
        Ok(flag.as_bool())
    }

    /// What is the matter: the rule's words where they can be said.
    fn message(&self, names: &Names<'_>) -> Result<String, Box<Report>> {
        let value = self.value(self.error_message, names)?;
        let tellable = !value.is_sensitive() && value.is_wholly_known();
        let text = value.convert(&Type::String).ok().filter(|_| tellable);
        let text = text.as_ref().and_then(Value::as_str).filter(|text| !text.trim().is_empty());
        Ok(text.unwrap_or(self.summary).trim().to_owned())
    }

    /// The value to blame, and its path: what `attribute` says, or what the condition reads of the instance first.
    fn blamed<'a>(&self, resource: &'a Resource, names: &Names<'_>) -> (&'a Value, String) {
        if let Some(path) = &self.attribute {
            let at = along(&resource.value, path).pop().unwrap_or(&resource.value);
            return (at, path.clone());
        }
        if let Some((key, _)) = &names.each
            && let Some((whole, path)) = self.read_by(self.for_each, resource)
        {
            return part(whole, path, key);
        }
        let found = self.read_by(Some(self.condition), resource);
        let found = found.or_else(|| self.read_by(self.when, resource));
        found.unwrap_or((&resource.value, String::new()))
    }

    /// The first part of the instance that an expression reads.
    fn read_by<'a>(
        &self,
        expr: Option<ExprId>,
        resource: &'a Resource,
    ) -> Option<(&'a Value, String)> {
        let all = references(&self.tree, expr?);
        let to = all.iter().find(|to| to.root == "self" && !to.steps.is_empty())?;
        let (mut value, mut path) = (&resource.value, String::new());
        for step in &to.steps {
            let (next, text) = match &step.key {
                StaticKey::Name(name) | StaticKey::Key(name) => {
                    let next = value.get(name);
                    (next, format!("{}{name}", if path.is_empty() { "" } else { "." }))
                }
                StaticKey::Index(at) => {
                    (usize::try_from(*at).ok().and_then(|at| value.index(at)), format!("[{at}]"))
                }
            };
            let Some(next) = next else { break };
            value = next;
            let _ = write!(path, "{text}");
        }
        Some((value, path))
    }
}

/// What `for_each` goes through: keys and values of maps and objects, positions and elements of the rest. The parts of a secret are
/// secrets.
fn elements(all: &Value) -> Vec<(Value, Value)> {
    let marked = |value: Value| value.with_marks(all.marks);
    let pair = |key: Value, value: &Value| (marked(key), marked(value.clone()));
    match &all.kind {
        Kind::Map(..) | Kind::Object(_) => {
            all.entries().map(|(key, value)| pair(Value::string(key.clone()), value)).collect()
        }
        _ => (0_i64..).zip(all.elements()).map(|(at, it)| pair(Value::number(at), it)).collect(),
    }
}

/// An element of what `for_each` goes through.
fn part<'a>(whole: &'a Value, path: String, key: &Value) -> (&'a Value, String) {
    let at = key.as_i64().and_then(|at| usize::try_from(at).ok());
    match (key.as_str(), at) {
        (Some(key), _) => match whole.get(key) {
            Some(value) => (value, format!("{path}[{key:?}]")),
            None => (whole, path),
        },
        (None, Some(at)) => match whole.index(at) {
            Some(value) => (value, format!("{path}[{at}]")),
            None => (whole, path),
        },
        _ => (whole, path),
    }
}
