//! Attributes of any type: a state stores them with the type that they have, as `{"value": …, "type": …}`.

use serde_json::{Map, Value as Json};
use stack::Type;
use std::sync::Arc;

/// The attributes without that wrapping, and the shape with the types that it held.
pub(super) fn unwrapped(shape: Type, mut attributes: Map<String, Json>) -> (Type, Json) {
    let Type::Object(mut object) = shape else { return (shape, attributes.into()) };
    let any = object.attributes.iter().filter(|(_, ty)| matches!(ty, Type::Dynamic));
    let names: Vec<_> = any.map(|(name, _)| name.clone()).collect();
    for name in names {
        let Some(stored) = attributes.get_mut(name.as_str()) else { continue };
        let fields = stored.as_object().filter(|fields| fields.len() == 2);
        let parts = fields.and_then(|f| Some((read(f.get("type")?)?, f.get("value")?.clone())));
        if let Some((ty, value)) = parts {
            *stored = value;
            Arc::make_mut(&mut object).attributes.insert(name, ty);
        }
    }
    (Type::Object(object), attributes.into())
}

/// A type in Terraform's JSON notation: `["list", "string"]`.
pub(crate) fn read(json: &Json) -> Option<Type> {
    Some(match json {
        Json::String(name) => match name.as_str() {
            "dynamic" => Type::Dynamic,
            "bool" => Type::Bool,
            "number" => Type::Number,
            "string" => Type::String,
            _ => return None,
        },
        Json::Array(parts) => match (parts.first()?.as_str()?, parts.get(1)?) {
            ("list", of) => Type::list(read(of)?),
            ("set", of) => Type::set(read(of)?),
            ("map", of) => Type::map(read(of)?),
            ("tuple", Json::Array(of)) => {
                Type::tuple(of.iter().map(read).collect::<Option<Vec<_>>>()?)
            }
            ("object", Json::Object(of)) => {
                let all = of.iter().map(|(name, ty)| Some((name.as_str(), read(ty)?)));
                Type::object(all.collect::<Option<Vec<_>>>()?)
            }
            _ => return None,
        },
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_type_is_read_as_it_is_written() {
        for text in
            ["any", "list(set(map(number)))", "tuple([string, bool])", "object({ a = string })"]
        {
            let ty: Type = text.parse().unwrap();
            assert_eq!(read(&ty.to_json()), Some(ty));
        }
        for wrong in [json!("text"), json!(["list"]), json!(["object", ["a"]]), json!(7), json!([])]
        {
            assert_eq!(read(&wrong), None, "{wrong}");
        }
    }
}
