//! `aws_region`: the provider's region, or the one that is named.
//! <https://registry.terraform.io/providers/hashicorp/aws/5.100.0/docs/data-sources/region>

use super::region::description;
use super::{answered, is_written, partition, text};
use stack::{Str, Value};

pub(super) fn read(config: &Value, region: Option<&Str>) -> Option<Value> {
    let endpoint = text(config, "endpoint");
    let region = match (text(config, "name"), endpoint) {
        (Some(name), _) => name,
        (None, Some(endpoint)) => endpoint.strip_prefix("ec2.")?.split('.').next()?,
        (None, None) if !is_written(config, "name") && !is_written(config, "endpoint") => region?,
        (None, None) => return None,
    };
    let endpoint = format!("ec2.{region}.{}", partition(region).suffix);
    Some(answered(
        config,
        [
            ("id", Value::string(region)),
            ("name", Value::string(region)),
            ("endpoint", Value::string(endpoint)),
            ("description", Value::string(description(region)?)),
        ],
    ))
}

#[cfg(test)]
mod tests {
    use super::*;
    use stack::Type;

    #[test]
    fn the_region_is_the_providers_or_the_one_named() {
        let none = Value::null(Type::String);
        let empty = Value::object([("name", none.clone()), ("endpoint", none.clone())]);
        let paris = read(&empty, Some(&"eu-west-3".into())).unwrap();
        assert_eq!(paris.get("description").unwrap().as_str(), Some("Europe (Paris)"));
        assert_eq!(paris.get("endpoint").unwrap().as_str(), Some("ec2.eu-west-3.amazonaws.com"));
        assert_eq!(read(&empty, None), None);
        let named = Value::object([("name", Value::string("cn-north-1")), ("endpoint", none)]);
        let named = read(&named, Some(&"eu-west-3".into())).unwrap();
        assert_eq!(
            named.get("endpoint").unwrap().as_str(),
            Some("ec2.cn-north-1.amazonaws.com.cn")
        );
    }
}
