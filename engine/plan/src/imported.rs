//! An object on its way from AWS into a state that does not know it.

use crate::shape;
use schema::Rule;
use stack::{Type, Value};

/// The object of a type of which nothing is known but what an import calls it; `None` for a type without a schema.
pub fn named(ty: &str, id: &str) -> Option<Value> {
    let Type::Object(whole) = shape::of_type(ty)? else { return None };
    let blocks = &schema::resource(ty)?.body.blocks;
    Some(Value::object(whole.attributes.iter().map(|(name, part)| {
        let is_block = blocks.iter().any(|block| name == block.name);
        let value = match part {
            _ if name == "id" => Value::string(id),
            Type::List(of) if is_block => Value::list((**of).clone(), []),
            Type::Set(of) if is_block => Value::set((**of).clone(), []),
            _ => Value::null(part.clone()),
        };
        (name.clone(), value)
    })))
}

/// The object as a read found it, with the provider's defaults for what AWS does not tell of it, such as `skip_destroy`.
pub fn completed(ty: &str, object: &Value) -> Value {
    let planned = schema::resource(ty).map(schema::Schema::planned).unwrap_or_default();
    let default = |name: &str, value: &Value| {
        let entry = planned.iter().find(|entry| entry.path == name)?;
        let Rule::Default(json) = &entry.rule else { return None };
        Value::from_json(&value.ty(), json).ok().filter(|_| value.is_null())
    };
    Value::object(
        object.entries().map(|(name, value)| {
            (name.clone(), default(name, value).unwrap_or_else(|| value.clone()))
        }),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_is_known_but_the_name() {
        let group = named("aws_security_group", "sg-1").unwrap();
        assert_eq!(group.get("id").unwrap().as_str(), Some("sg-1"));
        assert!(group.get("name").unwrap().is_null());
        assert!(group.get("timeouts").unwrap().is_null());
        let service = named("aws_ecs_service", "a").unwrap();
        assert!(!service.get("load_balancer").unwrap().is_null(), "blocks are none, not null");
        assert!(named("nothing", "a").is_none());
    }

    #[test]
    fn what_aws_does_not_tell_has_the_providers_default() {
        let group =
            completed("aws_cloudwatch_log_group", &named("aws_cloudwatch_log_group", "a").unwrap());
        assert_eq!(group.get("skip_destroy").unwrap().as_bool(), Some(false));
        assert!(group.get("kms_key_id").unwrap().is_null());
        let told = Value::object([("retention_in_days", Value::number(7_i64))]);
        let told = completed("aws_cloudwatch_log_group", &told);
        assert_eq!(told.get("retention_in_days").unwrap().as_i64(), Some(7));
    }
}
