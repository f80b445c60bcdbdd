//! `aws_acm_certificate`: the names that must be validated are known before the certificate is requested.

use super::{edit, replace};
use crate::{Kind, Origin, Type, Value};
use std::sync::Arc;

/// Adds the domain to the alternative names, and plans one validation option a name.
pub(super) fn domains(value: Value) -> Value {
    let text = |name: &str| value.get(name).and_then(Value::as_str).map(str::to_owned);
    let (Some(domain), Some(names)) = (text("domain_name"), value.get("subject_alternative_names"))
    else {
        return value;
    };
    let imported = value.get("private_key").is_some_and(|key| !key.is_null());
    if imported || !(names.is_unknown() || names.is_wholly_known()) {
        return value;
    }
    let written = names.elements().filter_map(Value::as_str);
    let mut all: Vec<String> = written.map(str::to_owned).chain([domain]).collect();
    all.sort_unstable();
    all.dedup();
    let names = Value::set(Type::String, all.iter().map(|name| Value::string(name.as_str())));
    let value = edit(value, &["subject_alternative_names"], &|old| replace(&old, names.clone()));
    edit(value, &["domain_validation_options"], &|old| options(old, &all))
}

fn options(old: Value, names: &[String]) -> Value {
    let Kind::Unknown(unknown) = &old.kind else { return old };
    let Type::Set(element) = &unknown.ty else { return old };
    let one = |name: &String| {
        let Type::Object(object) = &**element else { return old.clone() };
        Value::object(object.attributes.iter().map(|(attribute, ty)| {
            let value = match attribute.as_str() {
                "domain_name" => Value::string(name.as_str()),
                _ => Value::unknown(ty.clone(), within(&unknown.origin, attribute)),
            };
            (attribute.clone(), value)
        }))
    };
    replace(&old, Value::set((**element).clone(), names.iter().map(one)))
}

/// An attribute of some element of what `origin` decides.
fn within(origin: &Origin, attribute: &crate::Str) -> Origin {
    use crate::value::Step;
    match origin {
        Origin::Resource { address, path } => {
            let steps = path.iter().cloned().chain([Step::Any, Step::Attr(attribute.clone())]);
            Origin::Resource { address: Arc::clone(address), path: steps.collect() }
        }
        other => other.clone(),
    }
}
