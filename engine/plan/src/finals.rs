//! From what was planned to what is applied: the values are final now.

use crate::merge::{Ignore, Merged, carried, ignored, merge};
use crate::planning::{keeps, show};
use crate::{Action, Change, Object};
use stack::value::Step;
use stack::{Type, Value};
use syntax::Report;

impl Change {
    /// The object to make, from what is written (`config`) and what a create would plan (`fresh`), both with final values: the very rules
    /// that the plan followed.
    pub fn last(&self, config: &Value, fresh: Value) -> Value {
        let Some(before) = &self.before else { return fresh };
        let (config, fresh) = match &self.ignore {
            Some(Ignore::All) if self.action == Action::Update => return before.clone(),
            Some(Ignore::Paths(paths)) if self.action == Action::Update => {
                ignored(paths, config, &fresh, before)
            }
            _ => (config.clone(), fresh),
        };
        match self.action {
            Action::Update => match merge(&self.address, &config, &fresh, before) {
                Merged::Same(value) | Merged::Changed(value) => value,
                Merged::Replaced(_) => fresh,
            },
            _ => fresh,
        }
    }

    /// Checks that the final object still says all that the plan showed: what was known is the same, what was unknown may be anything.
    pub fn check(&self, last: &Value) -> Result<(), Box<Report>> {
        let Some(planned) = &self.after else { return Ok(()) };
        let null = Value::null(Type::Dynamic);
        let moved =
            planned.entries().find(|(name, part)| !keeps(part, last.get(name).unwrap_or(&null)));
        let Some((name, _)) = moved else { return Ok(()) };
        let path = show(&[Step::Attr(name.clone())]);
        let message = format!("`{path}` of `{}` is not what the plan showed", self.address);
        let report =
            Report::error("plan-moved", message).help("plan again: something changed since");
        Err(Box::new(match self.header {
            Some(header) => report.at(header, "planned here"),
            None => report,
        }))
    }

    /// What AWS has answered with, where what was planned as a secret is one.
    pub fn answered(planned: &Value, value: &Value) -> Value {
        carried(value, planned)
    }

    /// The object to store once AWS has answered with `value`: secrets stay secrets.
    pub fn made(&self, planned: &Value, value: &Value) -> Object {
        let mut object = Object::new(self.schema_version, &Self::answered(planned, value));
        object.dependencies.clone_from(&self.dependencies);
        object.create_before_destroy = self.create_before_destroy;
        object
    }
}

impl Object {
    /// Takes over what a read found: secrets that `before` knew stay secrets, and what AWS never tells again stays as it was.
    pub fn refresh(&mut self, before: &Value, found: &Value) {
        self.set(&carried(found, before));
    }
}
