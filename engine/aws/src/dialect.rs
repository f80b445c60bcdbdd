//! How a JSON service spells what Terraform's arguments and blocks hold.

use crate::args::Args;
use crate::draft::Draft;
use crate::wire::Members;
use schema::{Attribute, Block, Body, Nesting};
use serde_json::{Value as Json, json};
use stack::{Kind, Type, Value};

/// The spelling of one resource type. A name without an entry keeps its words: `cpu_architecture` is `cpuArchitecture`.
pub(crate) struct Dialect {
    /// The resource type.
    pub(crate) ty: &'static str,
    /// `CpuArchitecture` instead.
    pub(crate) capital: bool,
    /// Terraform's name, the API's, with dots where it lies deeper, and the form of the value.
    pub(crate) names: &'static [(&'static str, &'static str, Form)],
}

/// What a value looks like in the API.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Form {
    /// The same; a block that stands once at most is an object, another is a list.
    Same,
    /// A list, though the block stands once at most.
    List,
    /// A list of objects for a map, with these members for key and value.
    Pairs(&'static str, &'static str),
    /// `ENABLED` and `DISABLED` for a bool.
    Switch,
    /// A number for a text.
    Number,
    /// A number that is left out when it is zero.
    Positive,
}

impl Dialect {
    /// What the API wants to hear of these arguments and blocks. What is not given is left out.
    pub(crate) fn members(&self, args: Args<'_>, names: &[&str]) -> Members {
        let mut members = Members::new();
        if let Some(schema) = schema::resource(self.ty) {
            for (name, value) in self.spoken(args.0, schema.body) {
                if names.contains(&name) {
                    let (path, _) = self.spelling(name);
                    place(&mut members, &path, value);
                }
            }
        }
        members
    }

    /// The same, with an empty list for lists that are to be emptied.
    pub(crate) fn changed(&self, args: Args<'_>, names: &[&str]) -> Members {
        let mut members = self.members(args, names);
        for block in schema::resource(self.ty).iter().flat_map(|schema| &schema.body.blocks) {
            let (path, form) = self.spelling(block.name);
            if names.contains(&block.name)
                && is_list(block, form)
                && find(&members, &path).is_none()
            {
                place(&mut members, &path, json!([]));
            }
        }
        members
    }

    /// Writes what the API says of these arguments and blocks. What means the same stays as it stands; a bool or a number that the
    /// API does not mention stays too.
    pub(crate) fn write(&self, draft: &mut Draft, names: &[&'static str], answer: &Json) {
        let (Some(schema), Json::Object(answer)) = (schema::resource(self.ty), answer) else {
            return;
        };
        for name in names {
            let (path, form) = self.spelling(name);
            let heard = find(answer, &path);
            if let Some(attribute) = schema.body.attribute(name) {
                match heard.and_then(|heard| of_attribute(heard, form)) {
                    Some(json) => put(draft, name, json),
                    None if attribute.ty == schema::Type::String => drop(draft.text(name, None)),
                    None if matches!(attribute.ty, schema::Type::Bool | schema::Type::Number) => {}
                    None => put(draft, name, Json::Null),
                }
            } else if let Some(block) = schema.body.block(name) {
                put(draft, name, heard.map_or(json!([]), |heard| self.of_block(heard, block)));
            }
        }
    }

    /// The same for blocks that the API does not always mention.
    pub(crate) fn write_mentioned(&self, draft: &mut Draft, names: &[&'static str], answer: &Json) {
        let is_there = |name: &&'static str| {
            answer.as_object().is_some_and(|answer| find(answer, &self.spelling(name).0).is_some())
        };
        let there: Vec<_> = names.iter().copied().filter(is_there).collect();
        self.write(draft, &there, answer);
    }

    fn spelling(&self, name: &str) -> (String, Form) {
        match self.names.iter().find(|(ours, ..)| *ours == name) {
            Some((_, theirs, form)) => ((*theirs).to_owned(), *form),
            None => (words(name, self.capital), Form::Same),
        }
    }

    /// Each argument and block that is given.
    fn spoken<'b>(&self, value: &Value, body: &'b Body) -> Vec<(&'static str, Json)> {
        let attributes = body.attributes.iter().filter_map(|attribute| {
            let (_, form) = self.spelling(attribute.name);
            Some((attribute.name, to_attribute(value.get(attribute.name)?, form)?))
        });
        let blocks = body.blocks.iter().filter_map(|block: &'b Block| {
            let objects =
                value.get(block.name)?.elements().map(|element| self.object(element, block.body()));
            let objects: Vec<_> = objects.collect();
            let json = match is_list(block, self.spelling(block.name).1) {
                true if objects.is_empty() => return None,
                true => Json::Array(objects),
                false => objects.into_iter().next()?,
            };
            Some((block.name, json))
        });
        attributes.chain(blocks).collect()
    }

    fn object(&self, value: &Value, body: &Body) -> Json {
        let mut members = Members::new();
        for (name, json) in self.spoken(value, body) {
            place(&mut members, &self.spelling(name).0, json);
        }
        Json::Object(members)
    }

    fn of_block(&self, heard: &Json, block: &Block) -> Json {
        let objects: &[Json] = match heard {
            Json::Array(objects) => objects,
            Json::Null => &[],
            one => std::slice::from_ref(one),
        };
        let is_set = block.nesting == Nesting::Set;
        objects.iter().map(|object| self.of_object(object, block.body(), is_set)).collect()
    }

    fn of_object(&self, heard: &Json, body: &Body, in_set: bool) -> Json {
        let empty = Members::new();
        let heard = heard.as_object().unwrap_or(&empty);
        let attributes = body.attributes.iter().map(|attribute| {
            let (path, form) = self.spelling(attribute.name);
            let json = find(heard, &path).and_then(|json| of_attribute(json, form));
            (attribute.name.to_owned(), json.unwrap_or_else(|| unset(attribute, in_set)))
        });
        let blocks = body.blocks.iter().map(|block| {
            let inner = find(heard, &self.spelling(block.name).0);
            (block.name.to_owned(), inner.map_or(json!([]), |inner| self.of_block(inner, block)))
        });
        Json::Object(attributes.chain(blocks).collect())
    }
}

/// In a set, what is not set is zero, as Terraform's SDK has it.
fn unset(attribute: &Attribute, in_set: bool) -> Json {
    match attribute.ty {
        schema::Type::String if in_set => json!(""),
        schema::Type::Bool if in_set => json!(false),
        _ => Json::Null,
    }
}

fn is_list(block: &Block, form: Form) -> bool {
    form == Form::List || block.max != Some(1)
}

/// `network_mode` is `networkMode`, or `NetworkMode`.
fn words(name: &str, capital: bool) -> String {
    let mut upper = capital;
    name.chars()
        .filter_map(|c| match c {
            '_' => {
                upper = true;
                None
            }
            c if std::mem::take(&mut upper) => Some(c.to_ascii_uppercase()),
            c => Some(c),
        })
        .collect()
}

/// Sets a member that may lie deeper: `host.sourcePath`.
fn place(members: &mut Members, path: &str, value: Json) {
    match path.split_once('.') {
        None => drop(members.insert(path.to_owned(), value)),
        Some((first, rest)) => {
            if let Json::Object(inner) = members.entry(first).or_insert_with(|| json!({})) {
                place(inner, rest, value);
            }
        }
    }
}

fn find<'j>(members: &'j Members, path: &str) -> Option<&'j Json> {
    let (first, rest) =
        path.split_once('.').map_or((path, None), |(first, rest)| (first, Some(rest)));
    let found = members.get(first).filter(|json| !json.is_null())?;
    match rest {
        None => Some(found),
        Some(rest) => find(found.as_object()?, rest),
    }
}

fn to_attribute(value: &Value, form: Form) -> Option<Json> {
    if !value.is_wholly_known() || value.is_null() || value.as_str() == Some("") {
        return None;
    }
    let is_collection = !matches!(value.ty(), Type::Bool | Type::Number | Type::String);
    if is_collection && value.is_empty() {
        return None;
    }
    Some(match form {
        Form::Switch => json!(if value.as_bool()? { "ENABLED" } else { "DISABLED" }),
        Form::Number => json!(value.as_str()?.parse::<f64>().ok()?),
        Form::Positive => value.as_i64().filter(|number| *number > 0).map(Json::from)?,
        Form::Pairs(key, item) => {
            value.entries().map(|(k, v)| json!({key: k.to_string(), item: v.to_json()})).collect()
        }
        Form::Same | Form::List => value.to_json(),
    })
}

fn of_attribute(heard: &Json, form: Form) -> Option<Json> {
    Some(match form {
        Form::Switch => json!(heard.as_str()? == "ENABLED"),
        Form::Number => json!(heard.as_f64()?.to_string()),
        Form::Pairs(key, item) => {
            let pair =
                |pair: &Json| Some((pair.get(key)?.as_str()?.to_owned(), pair.get(item)?.clone()));
            Json::Object(heard.as_array()?.iter().filter_map(pair).collect())
        }
        Form::Same | Form::List | Form::Positive => heard.clone(),
    })
}

/// Sets what means something else than what stands there.
fn put(draft: &mut Draft, name: &'static str, json: Json) {
    let same = draft.get(name).filter(|old| old.is_wholly_known()).is_some_and(|old| {
        Value::from_json(&old.ty(), &json).is_ok_and(|new| essence(&new) == essence(old))
    });
    if !same {
        draft.set(name, json);
    }
}

/// The value without what is not set: null, zero, false, the empty text and empty collections are one. As deep as the schema.
fn essence(value: &Value) -> Json {
    match &value.kind {
        Kind::Bool(false) | Kind::Null(_) | Kind::Unknown(_) => Json::Null,
        Kind::Number(number) if number.is_zero() => Json::Null,
        Kind::String(text) if text.is_empty() => Json::Null,
        Kind::Object(_) | Kind::Map(..) => {
            let entries = value.entries().map(|(name, value)| (name.to_string(), essence(value)));
            let given: Members = entries.filter(|(_, value)| !value.is_null()).collect();
            if given.is_empty() { Json::Null } else { Json::Object(given) }
        }
        Kind::Set(..) | Kind::List(..) | Kind::Tuple(_) => {
            let mut elements: Vec<Json> = value.elements().map(essence).collect();
            if matches!(value.kind, Kind::Set(..)) {
                elements.sort_by_cached_key(Json::to_string);
            }
            if elements.is_empty() { Json::Null } else { Json::Array(elements) }
        }
        _ => value.to_json(),
    }
}
