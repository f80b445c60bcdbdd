//! JSON in and out.

use super::{Kind, Marks, Number, Origin, Str, Type, Value};
use serde_json::{Map, Value as Json};

/// A JSON value that does not fit the type it is read as.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{path}: {message}")]
pub struct JsonError {
    /// Where in the document, as a path: `.tags["a"]`; empty for the whole.
    pub path: String,
    /// What is wrong.
    pub message: String,
}

impl Value {
    /// As plan and state files write it: unknown parts and infinities are null, sets are arrays, marks are left out.
    pub fn to_json(&self) -> Json {
        match &self.kind {
            Kind::Null(_) | Kind::Unknown(_) => Json::Null,
            Kind::Bool(b) => Json::Bool(*b),
            Kind::Number(n) => n.to_string().parse().map_or(Json::Null, Json::Number),
            Kind::String(text) => Json::String(text.to_string()),
            Kind::Set(..) if self.is_undecided() => Json::Null,
            Kind::List(..) | Kind::Set(..) | Kind::Tuple(_) => {
                self.elements().map(Self::to_json).collect()
            }
            Kind::Map(..) | Kind::Object(_) => {
                self.entries().map(|(name, value)| (name.to_string(), value.to_json())).collect()
            }
        }
    }

    /// Which parts are unknown, in the shape of a plan's `after_unknown`: `true` where unknown; known entries of objects and maps are left out.
    pub fn unknown_mask(&self) -> Json {
        self.mask(&|value| value.is_unknown() || value.is_undecided())
    }

    /// Which parts are unknown, those inside sets and maps too: what a plan says of what the provider's older types have not seen.
    pub fn unknown_elements_mask(&self) -> Json {
        self.mask(&Self::is_unknown)
    }

    /// A set, a map, or a list of anything but objects, with an unknown element: the provider's older types (terraform-plugin-sdk)
    /// plan it as unknown.
    pub fn is_undecided(&self) -> bool {
        let plain = match &self.kind {
            Kind::Set(..) | Kind::Map(..) => true,
            Kind::List(of, _) => of.is_primitive(),
            _ => false,
        };
        plain && self.children().any(Self::is_unknown)
    }

    /// Which parts are sensitive, in the shape of a plan's `after_sensitive`.
    pub fn sensitive_mask(&self) -> Json {
        self.mask(&|value| value.marks.has(Marks::SENSITIVE))
    }

    fn mask(&self, is: &dyn Fn(&Self) -> bool) -> Json {
        if is(self) {
            return Json::Bool(true);
        }
        match &self.kind {
            Kind::List(..) | Kind::Set(..) | Kind::Tuple(_) => {
                self.elements().map(|value| value.mask(is)).collect()
            }
            Kind::Map(..) | Kind::Object(_) => self
                .entries()
                .map(|(name, value)| (name.to_string(), value.mask(is)))
                .filter(|(_, mask)| *mask != Json::Bool(false))
                .collect(),
            // Nothing in a collection that is not known yet is marked.
            Kind::Unknown(unknown) => match unknown.ty {
                Type::List(_) | Type::Set(_) | Type::Tuple(_) => Json::Array(Vec::new()),
                Type::Map(_) | Type::Object(_) => Json::Object(Map::new()),
                _ => Json::Bool(false),
            },
            _ => Json::Bool(false),
        }
    }

    /// Reads a value of a type. `any` takes the type that the document implies: arrays are tuples, objects are objects.
    /// Strings that spell a number or bool are taken where one is wanted; attributes that are left out are null.
    pub fn from_json(ty: &Type, json: &Json) -> Result<Self, JsonError> {
        read(ty, json, &mut Vec::new()).map_err(|(path, message)| JsonError { path, message })
    }

    /// Reads a value whose parts that `unknown` (in the shape of `after_unknown`) marks are unknown.
    pub fn from_planned_json(
        ty: &Type,
        json: &Json,
        unknown: &Json,
        origin: &Origin,
    ) -> Result<Self, JsonError> {
        Ok(Self::from_json(ty, json)?.masked(unknown, origin))
    }

    fn masked(self, unknown: &Json, origin: &Origin) -> Self {
        match unknown {
            Json::Bool(true) => {
                Self { marks: self.marks, ..Self::unknown(self.ty(), origin.clone()) }
            }
            Json::Array(masks) => {
                let mut masks = masks.iter();
                let kind = self.kind.map_parts(|part| match masks.next() {
                    Some(mask) => part.masked(mask, origin),
                    None => part,
                });
                Self { kind, ..self }
            }
            Json::Object(masks) => {
                let names: Vec<Str> = self.entries().map(|(name, _)| name.clone()).collect();
                let mut names = names.into_iter();
                let kind = self.kind.map_parts(|part| {
                    match names.next().and_then(|n| masks.get(n.as_str())) {
                        Some(mask) => part.masked(mask, origin),
                        None => part,
                    }
                });
                Self { kind, ..self }
            }
            _ => self,
        }
    }
}

type Failure = (String, String);

fn read(ty: &Type, json: &Json, path: &mut Vec<String>) -> Result<Value, Failure> {
    let wrong = |path: &[String]| {
        let message = format!("{} is required, not {}", ty.friendly(), name_of(json));
        Err((path.concat(), message))
    };
    match (ty, json) {
        (_, Json::Null) => Ok(Value::null(ty.without_optional())),
        (Type::Dynamic, _) => implied(json, path),
        (Type::Bool, Json::Bool(b)) => Ok(Value::bool(*b)),
        (Type::Bool, Json::String(text)) => match text.as_str() {
            "true" => Ok(Value::bool(true)),
            "false" => Ok(Value::bool(false)),
            _ => wrong(path),
        },
        (Type::Number, Json::Number(n)) => number(n.as_str(), path),
        (Type::Number, Json::String(text)) => number(text, path),
        (Type::String, Json::String(text)) => Ok(Value::string(text.as_str())),
        (Type::String, Json::Number(n)) => Ok(Value::string(n.as_str())),
        (Type::String, Json::Bool(b)) => Ok(Value::string(b.to_string())),
        (Type::List(of), Json::Array(items)) => {
            Ok(Value::list(of.without_optional(), array(items, |_| of, path)?))
        }
        (Type::Set(of), Json::Array(items)) => {
            Ok(Value::set(of.without_optional(), array(items, |_| of, path)?))
        }
        (Type::Tuple(of), Json::Array(items)) if of.len() == items.len() => {
            Ok(Value::tuple(array(items, |i| of.get(i).unwrap_or(&Type::Dynamic), path)?))
        }
        (Type::Map(of), Json::Object(entries)) => {
            let mut read_entries = Vec::with_capacity(entries.len());
            for (name, json) in entries {
                read_entries.push((key(name), step(format!("[{name:?}]"), of, json, path)?));
            }
            Ok(Value::map(of.without_optional(), read_entries))
        }
        (Type::Object(of), Json::Object(entries)) => {
            let mut attributes = Vec::with_capacity(of.attributes.len());
            for (name, ty) in &of.attributes {
                let json = entries.get(name.as_str()).unwrap_or(&Json::Null);
                attributes.push((name.clone(), step(format!(".{name}"), ty, json, path)?));
            }
            Ok(Value::object(attributes))
        }
        _ => wrong(path),
    }
}

fn implied(json: &Json, path: &mut Vec<String>) -> Result<Value, Failure> {
    match json {
        Json::Null => Ok(Value::null(Type::Dynamic)),
        Json::Bool(b) => Ok(Value::bool(*b)),
        Json::Number(n) => number(n.as_str(), path),
        Json::String(text) => Ok(Value::string(text.as_str())),
        Json::Array(items) => Ok(Value::tuple(array(items, |_| &Type::Dynamic, path)?)),
        Json::Object(entries) => {
            let mut attributes = Vec::with_capacity(entries.len());
            for (name, json) in entries {
                let value = step(format!(".{name}"), &Type::Dynamic, json, path)?;
                attributes.push((key(name), value));
            }
            Ok(Value::object(attributes))
        }
    }
}

fn array<'t>(
    items: &[Json],
    ty: impl Fn(usize) -> &'t Type,
    path: &mut Vec<String>,
) -> Result<Vec<Value>, Failure> {
    items.iter().enumerate().map(|(i, json)| step(format!("[{i}]"), ty(i), json, path)).collect()
}

fn step(name: String, ty: &Type, json: &Json, path: &mut Vec<String>) -> Result<Value, Failure> {
    path.push(name);
    let value = read(ty, json, path)?;
    path.pop();
    Ok(value)
}

fn number(text: &str, path: &[String]) -> Result<Value, Failure> {
    let wrong = |_| (path.concat(), format!("a number is required, not `{text}`"));
    text.parse::<Number>().map(Value::number).map_err(wrong)
}

/// A name in NFC, as all strings are.
fn key(name: &str) -> Str {
    match Value::string(name).kind {
        Kind::String(text) => text,
        _ => name.into(),
    }
}

fn name_of(json: &Json) -> &'static str {
    match json {
        Json::Null => "null",
        Json::Bool(_) => "bool",
        Json::Number(_) => "number",
        Json::String(_) => "string",
        Json::Array(_) => "an array",
        Json::Object(_) => "an object",
    }
}
