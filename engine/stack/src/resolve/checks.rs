//! What must hold: validations, preconditions, postconditions, checks.

use super::Resolver;
use super::dependencies::Need;
use super::node::{ModuleId, Repetition, Slot, What};
use super::scope::View;
use crate::load::{Condition, Resource, Statement};
use crate::{Marks, Str, Type, Value, eval};
use syntax::{Level, Report, Span};

/// One condition in its place.
struct Asked<'a> {
    module: ModuleId,
    condition: &'a Condition,
    repetition: Option<Repetition>,
    this: Option<Value>,
    code: &'static str,
    level: Level,
    /// The `check` block's name.
    check: Option<&'a Str>,
    /// What is at fault when it does not hold.
    at: Span,
}

impl<'a> Resolver<'a> {
    /// Judges every condition of a module instance.
    pub(super) fn check(&mut self, module: ModuleId) {
        let asked = self.asked(module);
        for one in asked {
            let mut needs: Vec<Need> = Vec::new();
            self.expression(module, &one.condition.test, &mut needs);
            self.expression(module, &one.condition.message, &mut needs);
            for (node, _) in needs {
                self.demand(node);
            }
            let found = self.judge(&one);
            self.reports.extend(found);
            if self.exhausted {
                break;
            }
            if !self.total.is_left() {
                self.stop("this condition", Some(one.condition.test.span()));
                break;
            }
        }
    }

    fn asked(&self, module: ModuleId) -> Vec<Asked<'a>> {
        let mut asked = Vec::new();
        let Some(config) = self.config(module) else { return asked };
        let plain = |condition, code, at| Asked {
            module,
            condition,
            repetition: None,
            this: None,
            code,
            level: Level::Error,
            check: None,
            at,
        };
        for (at, variable) in config.variables.values().enumerate() {
            let place = match self.argument(module, at) {
                Some((_, argument)) => argument.span(),
                None => variable.header,
            };
            let all = variable.validations.iter();
            asked.extend(all.map(|c| plain(c, "variable-validation", place)));
        }
        for output in config.outputs.values() {
            let all = output.preconditions.iter();
            asked.extend(all.map(|c| plain(c, "precondition", c.test.span())));
        }
        let has_conditions =
            |r: &Resource| !r.preconditions.is_empty() || !r.postconditions.is_empty();
        let all = config.resources.values().enumerate();
        for (at, declared) in all.filter(|(_, resource)| has_conditions(resource)) {
            let Some(Slot::Resource(instances)) = self.slot(module, What::Resource(at)) else {
                continue;
            };
            let Some(Slot::Keys(keys)) = self.slot(module, What::Keys(at)) else { continue };
            for (resource, repetition) in instances.all.iter().zip(keys) {
                let here = |condition: &'a Condition, code, this| Asked {
                    repetition: Some(repetition.clone()),
                    this,
                    ..plain(condition, code, condition.test.span())
                };
                asked.extend(declared.preconditions.iter().map(|c| here(c, "precondition", None)));
                let this = Some(resource.value.clone());
                let after = declared.postconditions.iter();
                asked.extend(after.map(|c| here(c, "postcondition", this.clone())));
            }
        }
        for statement in &config.statements {
            if let Statement::Check { name, asserts } = statement {
                asked.extend(asserts.iter().map(|c| Asked {
                    level: Level::Warning,
                    check: Some(name),
                    ..plain(c, "check-failed", c.test.span())
                }));
            }
        }
        asked
    }

    fn judge(&self, one: &Asked<'_>) -> Vec<Report> {
        let view = View {
            resolver: self,
            module: one.module,
            repetition: one.repetition.as_ref(),
            this: one.this.as_ref(),
        };
        let Condition { test, message, header } = one.condition;
        let (value, mut reports) = eval::evaluate(&test.tree, test.id, &view);
        let value = match value.convert(&Type::Bool) {
            Ok(value) if value.is_null() => Err("is null".to_owned()),
            Ok(value) => Ok(value.as_bool()),
            Err(why) => Err(format!("is no bool: {why}")),
        };
        match value {
            Err(why) => {
                let text = format!("this condition {why}");
                let report =
                    Report::error("bad-condition", text).at(test.span(), "not true or false");
                reports.push(report);
            }
            Ok(Some(false)) => {
                let (message, found) = eval::evaluate(&message.tree, message.id, &view);
                reports.extend(found);
                let hidden = message.deep_marks().has(Marks::SENSITIVE);
                let text =
                    message.as_str().filter(|_| !hidden).unwrap_or("a condition does not hold");
                let text = match one.check {
                    Some(name) => format!("check `{name}`: {}", text.trim()),
                    None => text.trim().to_owned(),
                };
                let mut report = Report::error(one.code, text)
                    .at(one.at, "does not hold")
                    .also(*header, "demanded here");
                report.level = one.level;
                reports.push(report);
            }
            Ok(_) => {}
        }
        if one.level == Level::Warning {
            for report in &mut reports {
                report.level = Level::Warning;
            }
        }
        reports
    }
}
