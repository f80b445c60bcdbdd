//! What must hold: validations, preconditions, postconditions, checks.

use super::Resolver;
use super::dependencies::Need;
use super::node::{ModuleId, Repetition, Slot, What};
use super::scope::View;
use crate::load::{Condition, Resource, Statement};
use crate::{
    Checked, CheckedInstance, Held, Key, Marks, ModulePath, ModuleStep, Subject, Type, Value, eval,
};
use std::collections::BTreeMap;
use syntax::{Level, Report, Span};

/// What came of conditions: by module and subject without keys, then by instance.
pub(super) type All = BTreeMap<(ModulePath, Subject), BTreeMap<(ModulePath, Key), Vec<Held>>>;

/// One condition in its place.
struct Asked<'a> {
    module: ModuleId,
    subject: Subject,
    key: Key,
    condition: &'a Condition,
    repetition: Option<Repetition>,
    this: Option<Value>,
    code: &'static str,
    level: Level,
    /// What is at fault when it does not hold.
    at: Span,
}

impl<'a> Resolver<'a> {
    /// Judges every condition of a module instance.
    pub(super) fn check(&mut self, module: ModuleId) {
        let path = self.module(module).map(|m| unkeyed(&m.path)).unwrap_or_default();
        let declared = self.config(module).into_iter().flat_map(|c| c.resources.values());
        for one in declared.filter(|resource| has_conditions(resource)) {
            self.checked.entry((path.clone(), subject(one))).or_default();
        }
        let asked = self.asked(module);
        for one in asked {
            let mut needs: Vec<Need> = Vec::new();
            self.expression(module, &one.condition.test, &mut needs);
            self.expression(module, &one.condition.message, &mut needs);
            for (node, _) in needs {
                self.demand(node);
            }
            let (held, found) = self.judge(&one);
            self.reports.extend(found);
            let span = one.condition.test.span();
            self.note(one, held);
            if self.exhausted {
                break;
            }
            if !self.total.is_left() {
                self.stop("this condition", Some(span));
                break;
            }
        }
    }

    fn asked(&self, module: ModuleId) -> Vec<Asked<'a>> {
        let mut asked = Vec::new();
        let Some(config) = self.config(module) else { return asked };
        let plain = |subject: &Subject, condition, code, at| Asked {
            module,
            subject: subject.clone(),
            key: Key::None,
            condition,
            repetition: None,
            this: None,
            code,
            level: Level::Error,
            at,
        };
        for (at, (name, variable)) in config.variables.iter().enumerate() {
            let subject = Subject::Variable(name.clone());
            let place = match self.argument(module, at) {
                Some((_, argument)) => argument.span(),
                None => variable.header,
            };
            let all = variable.validations.iter();
            asked.extend(all.map(|c| plain(&subject, c, "variable-validation", place)));
        }
        for (name, output) in &config.outputs {
            let subject = Subject::Output(name.clone());
            let all = output.preconditions.iter();
            asked.extend(all.map(|c| plain(&subject, c, "precondition", c.test.span())));
        }
        let all = config.resources.values().enumerate();
        for (at, declared) in all.filter(|(_, resource)| has_conditions(resource)) {
            let subject = subject(declared);
            let Some(Slot::Resource(instances)) = self.slot(module, What::Resource(at)) else {
                continue;
            };
            let Some(Slot::Keys(keys)) = self.slot(module, What::Keys(at)) else { continue };
            for (resource, repetition) in instances.all.iter().zip(keys) {
                let here = |condition: &'a Condition, code, this| Asked {
                    key: resource.address.key.clone(),
                    repetition: Some(repetition.clone()),
                    this,
                    ..plain(&subject, condition, code, condition.test.span())
                };
                asked.extend(declared.preconditions.iter().map(|c| here(c, "precondition", None)));
                let this = Some(resource.value.clone());
                let after = declared.postconditions.iter();
                asked.extend(after.map(|c| here(c, "postcondition", this.clone())));
            }
        }
        for statement in &config.statements {
            if let Statement::Check { name, asserts } = statement {
                let subject = Subject::Check(name.clone());
                asked.extend(asserts.iter().map(|c| Asked {
                    level: Level::Warning,
                    ..plain(&subject, c, "check-failed", c.test.span())
                }));
            }
        }
        asked
    }

    /// Keeps what came of a condition.
    fn note(&mut self, one: Asked<'_>, held: Held) {
        let path = self.module(one.module).map(|m| m.path.clone()).unwrap_or_default();
        let instances = self.checked.entry((unkeyed(&path), one.subject)).or_default();
        instances.entry((path, one.key)).or_default().push(held);
    }

    /// Everything that is demanded, by address.
    pub(super) fn checked(&mut self) -> Vec<Checked> {
        let all = std::mem::take(&mut self.checked).into_iter();
        let checked = all.map(|((module, subject), instances)| {
            let instances = instances.into_iter();
            let instances =
                instances.map(|((module, key), held)| CheckedInstance { module, key, held });
            Checked { module, subject, instances: instances.collect() }
        });
        checked.collect()
    }

    fn judge(&self, one: &Asked<'_>) -> (Held, Vec<Report>) {
        let view = View {
            resolver: self,
            module: one.module,
            repetition: one.repetition.as_ref(),
            this: one.this.as_ref(),
        };
        let Condition { test, message, header } = one.condition;
        let (value, mut reports) = eval::evaluate(&test.tree, test.id, &view);
        let value_is_wrong = !reports.is_empty();
        let value = match value.convert(&Type::Bool) {
            Ok(value) if value.is_null() => Err("is null".to_owned()),
            Ok(value) => Ok(value.as_bool()),
            Err(why) => Err(format!("is no bool: {why}")),
        };
        let held = match value {
            Err(why) => {
                let text = format!("this condition {why}");
                let report =
                    Report::error("bad-condition", text).at(test.span(), "not true or false");
                reports.push(report);
                Held::Wrong
            }
            Ok(Some(false)) => {
                let (message, found) = eval::evaluate(&message.tree, message.id, &view);
                reports.extend(found);
                let hidden = message.deep_marks().has(Marks::SENSITIVE);
                let text =
                    message.as_str().filter(|_| !hidden).unwrap_or("a condition does not hold");
                let message = text.trim().to_owned();
                let text = match &one.subject {
                    Subject::Check(name) => format!("check `{name}`: {message}"),
                    _ => message.clone(),
                };
                let mut report = Report::error(one.code, text)
                    .at(one.at, "does not hold")
                    .also(*header, "demanded here");
                report.level = one.level;
                reports.push(report);
                Held::No(message)
            }
            Ok(Some(true)) => Held::Yes,
            Ok(None) if value_is_wrong => Held::Wrong,
            Ok(None) => Held::Unknown,
        };
        if one.level == Level::Warning {
            for report in &mut reports {
                report.level = Level::Warning;
            }
        }
        (held, reports)
    }
}

fn has_conditions(resource: &Resource) -> bool {
    !resource.preconditions.is_empty() || !resource.postconditions.is_empty()
}

fn subject(declared: &Resource) -> Subject {
    Subject::Resource(declared.mode, declared.ty.clone(), declared.name.clone())
}

/// The module as it is written, whichever instance of it.
fn unkeyed(path: &ModulePath) -> ModulePath {
    let step = |step: &ModuleStep| ModuleStep { name: step.name.clone(), key: Key::None };
    ModulePath(path.0.iter().map(step).collect())
}
