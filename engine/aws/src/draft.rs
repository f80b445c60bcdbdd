//! An object in the making: it starts as planned, or as the state knew it, and ends in the schema's shape, wholly known.

use crate::failure;
use plan::Failure;
use serde_json::{Map, Value as Json};
use stack::value::JsonError;
use stack::{Str, Type, Value};
use std::collections::BTreeMap;

/// An object in the making.
#[derive(Clone, Debug)]
pub(crate) struct Draft {
    ty: Type,
    fields: BTreeMap<Str, Value>,
    misfit: Option<(&'static str, JsonError)>,
    mark: Option<String>,
}

impl Draft {
    /// Starts from what is known of an object of this type.
    pub(crate) fn new(ty: &Type, known: &Value) -> Self {
        let fields = known.entries().map(|(name, value)| (name.clone(), value.clone())).collect();
        Self { ty: ty.clone(), fields, misfit: None, mark: None }
    }

    /// Starts from what is planned for an object that exists: what the plan leaves open stays as it was.
    pub(crate) fn over(ty: &Type, planned: &Value, prior: &Value) -> Self {
        let mut draft = Self::new(ty, planned);
        for (name, value) in &mut draft.fields {
            if let Some(old) = prior.get(name).filter(|_| !value.is_wholly_known()) {
                *value = old.clone();
            }
        }
        draft
    }

    /// Sets an attribute, or a block as an array of objects, as the API has it. What is equal to what stands there keeps its
    /// place in the sources and its marks; what is new takes the marks over.
    pub(crate) fn set(&mut self, name: &'static str, json: impl Into<Json>) -> &mut Self {
        let ty = self.ty.attribute(name).unwrap_or(&Type::Dynamic);
        match Value::from_json(ty, &json.into()) {
            Ok(new) => match self.fields.get(name).map(|old| old.clone().unmark_deep()) {
                Some((old, _)) if old == new => {}
                Some((_, marks)) => drop(self.fields.insert(name.into(), new.with_marks(marks))),
                None => drop(self.fields.insert(name.into(), new)),
            },
            Err(error) => self.misfit = self.misfit.take().or(Some((name, error))),
        }
        self
    }

    /// Sets a text that the API may leave out. Where nothing was and nothing is, null and the empty text both stay.
    pub(crate) fn text(&mut self, name: &'static str, text: Option<&str>) -> &mut Self {
        match (text.filter(|text| !text.is_empty()), self.str(name)) {
            (Some(text), _) => self.set(name, text),
            (None, Some("")) => self,
            (None, _) => self.set(name, Json::Null),
        }
    }

    /// Writes the zero of its type for what is null in an attribute, as deep as its type goes: so Terraform's SDK tells what a data
    /// source found and what was not said.
    pub(crate) fn fill(&mut self, name: &'static str) {
        let Some(ty) = self.ty.attribute(name).cloned() else { return };
        let said = self.get(name).map_or(Json::Null, Value::to_json);
        self.set(name, filled(&ty, said));
    }

    /// Remembers that the object still carries the tag of the create that made it, and with which value.
    pub(crate) fn set_mark(&mut self, mark: Option<String>) {
        self.mark = mark;
    }

    /// The value of that tag.
    pub(crate) fn mark(&self) -> Option<&str> {
        self.mark.as_deref()
    }

    /// What stands there now.
    pub(crate) fn get(&self, name: &str) -> Option<&Value> {
        self.fields.get(name)
    }

    /// The text that stands there now.
    pub(crate) fn str(&self, name: &str) -> Option<&str> {
        self.get(name)?.as_str()
    }

    /// The object as it stands, in the schema's shape: what was never decided is null, or an empty list where blocks stand.
    pub(crate) fn value(&self) -> Value {
        let Type::Object(object) = &self.ty else { return Value::null(self.ty.clone()) };
        Value::object(object.attributes.iter().map(|(name, ty)| {
            let value = match self.fields.get(name) {
                Some(value) if value.is_wholly_known() => value.clone(),
                Some(value) => settled(value),
                None => Value::null(ty.clone()),
            };
            (name.clone(), value)
        }))
    }

    /// The object; an error when something that the API said does not fit the schema.
    pub(crate) fn finish(self) -> Result<Value, Failure> {
        match &self.misfit {
            None => Ok(self.value()),
            Some((name, error)) => Err(failure::internal(format!(
                "the API's `{name}` does not fit the schema: {error}"
            ))),
        }
    }
}

fn filled(ty: &Type, said: Json) -> Json {
    match (ty, said) {
        (Type::Bool, Json::Null) => false.into(),
        (Type::Number, Json::Null) => 0.into(),
        (Type::String, Json::Null) => "".into(),
        (Type::List(_) | Type::Set(_), Json::Null) => Json::Array(Vec::new()),
        (Type::Map(_), Json::Null) => Json::Object(Map::new()),
        (Type::List(of) | Type::Set(of), Json::Array(all)) => {
            all.into_iter().map(|one| filled(of, one)).collect()
        }
        (Type::Object(object), Json::Object(mut members)) => {
            let attributes = object.attributes.iter().map(|(name, ty)| {
                let said = members.remove(name.as_str()).unwrap_or_default();
                (name.to_string(), filled(ty, said))
            });
            Json::Object(attributes.collect())
        }
        (_, said) => said,
    }
}

/// The value with null, or nothing, for what is still unknown: an interrupted create can be written down as it stands.
fn settled(value: &Value) -> Value {
    let (ty, marks) = (value.ty(), value.deep_marks());
    let known = match (value.is_unknown(), &ty) {
        (true, Type::List(of)) => Value::list((**of).clone(), []),
        (true, Type::Set(of)) => Value::set((**of).clone(), []),
        (true, _) => Value::null(ty),
        (false, _) => Value::from_json(&ty, &value.to_json()).unwrap_or_else(|_| Value::null(ty)),
    };
    known.with_marks(marks)
}

#[cfg(test)]
mod tests {
    use super::*;
    use stack::{Marks, Origin};

    fn ty() -> Type {
        plan::shape::of_type("aws_lb_target_group").unwrap()
    }

    #[test]
    fn the_end_has_every_attribute_and_nothing_unknown() {
        let planned = Value::object([
            ("port", Value::number(80_i64)),
            ("id", Value::unknown(Type::String, Origin::default())),
            (
                "health_check",
                Value::unknown(ty().attribute("health_check").unwrap().clone(), Origin::default()),
            ),
        ]);
        let mut draft = Draft::new(&ty(), &planned);
        draft.set("arn", "a").set("load_balancer_arns", Json::from(vec!["b", "a"]));
        let done = draft.finish().unwrap();
        assert!(done.is_wholly_known());
        assert_eq!(
            done.len(),
            plan::shape::of_type("aws_lb_target_group").map(|ty| match ty {
                Type::Object(object) => object.attributes.len(),
                _ => 0,
            })
        );
        let arns = done.get("load_balancer_arns").unwrap();
        assert_eq!(arns.index(0).unwrap().as_str(), Some("a"), "sets are sorted");
        assert!(done.get("id").unwrap().is_null());
        assert!(done.get("health_check").unwrap().is_empty());
        assert_eq!(done.get("port").unwrap().as_i64(), Some(80));
    }

    #[test]
    fn a_misfit_is_an_error_not_a_panic() {
        let mut draft = Draft::new(&ty(), &Value::object::<&str>([]));
        draft.set("port", "eighty");
        assert!(draft.finish().unwrap_err().message.contains("`port`"));
    }

    #[test]
    fn marks_outlive_what_the_api_says() {
        let planned = Value::object([("name", Value::string("a").with_marks(Marks::SENSITIVE))]);
        let mut draft = Draft::new(&ty(), &planned);
        draft.set("name", "b");
        assert!(draft.get("name").unwrap().is_sensitive());
    }

    #[test]
    fn what_a_plan_leaves_open_stays_as_it_was() {
        let prior = Value::object([("arn", Value::string("a")), ("port", Value::number(80_i64))]);
        let planned = Value::object([
            ("arn", Value::unknown(Type::String, Origin::default())),
            ("port", Value::number(81_i64)),
        ]);
        let draft = Draft::over(&ty(), &planned, &prior);
        assert_eq!(draft.str("arn"), Some("a"));
        assert_eq!(draft.get("port").unwrap().as_i64(), Some(81));
    }
}
