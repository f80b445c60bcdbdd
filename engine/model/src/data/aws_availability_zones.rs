//! `aws_availability_zones`: the zones of the region, as said or as assumed.
//! <https://registry.terraform.io/providers/hashicorp/aws/5.100.0/docs/data-sources/availability_zones>

use super::{Offline, answered, is_written, text};
use stack::value::Origin;
use stack::{Str, Type, Value};

/// Filters that every usual zone passes.
const HARMLESS: [(&str, &str); 3] = [
    ("opt-in-status", "opt-in-not-required"),
    ("state", "available"),
    ("zone-type", "availability-zone"),
];

pub(super) fn read(world: &Offline, config: &Value, region: Option<&Str>) -> Option<Value> {
    let region = region?;
    if config
        .get("all_availability_zones")
        .is_some_and(|all| all.as_bool() != Some(false) && !all.is_null())
        || is_written(config, "exclude_zone_ids")
        || !matches!(text(config, "state"), None | Some("available"))
        || !config
            .get("filter")
            .is_none_or(|filter| filter.elements().all(is_harmless) && !filter.is_unknown())
    {
        return None;
    }
    let all = world.zones.clone().unwrap_or_else(|| {
        ["a", "b", "c"].iter().map(|zone| Str::from(format!("{region}{zone}"))).collect()
    });
    let excluded = config.get("exclude_names").filter(|names| !names.is_null());
    if excluded.is_some_and(|names| !names.is_wholly_known()) {
        return None;
    }
    let out: Vec<&str> =
        excluded.into_iter().flat_map(Value::elements).filter_map(Value::as_str).collect();
    let mut names: Vec<Str> =
        all.into_iter().filter(|name| !out.contains(&name.as_str())).collect();
    names.sort();
    let unknown = |ty| Value::unknown(ty, Origin::Apply("the zones of the account".into()));
    Some(answered(
        config,
        [
            ("id", Value::string(region.clone())),
            ("names", Value::list(Type::String, names.into_iter().map(Value::string))),
            ("zone_ids", unknown(Type::list(Type::String))),
            ("group_names", unknown(Type::set(Type::String))),
        ],
    ))
}

fn is_harmless(filter: &Value) -> bool {
    let Some(name) = text(filter, "name") else { return false };
    let values: Option<Vec<&str>> =
        filter.get("values").map(|values| values.elements().filter_map(Value::as_str).collect());
    HARMLESS.iter().any(|(harmless, value)| {
        *harmless == name && values.as_deref().is_some_and(|values| values.contains(value))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(world: &Offline, config: &Value) -> Option<Vec<String>> {
        let answer = read(world, config, Some(&"eu-west-3".into()))?;
        let names = answer.get("names").unwrap();
        Some(names.elements().map(|name| name.as_str().unwrap().to_owned()).collect())
    }

    fn strings(all: &[&str]) -> Value {
        Value::set(Type::String, all.iter().map(|text| Value::string(*text)))
    }

    fn filter(name: &str, value: &str) -> Value {
        let filter = Value::object([("name", Value::string(name)), ("values", strings(&[value]))]);
        Value::object([("filter", Value::tuple([filter]))])
    }

    #[test]
    fn three_zones_are_assumed_unless_said() {
        let empty = Value::object([("state", Value::string("available"))]);
        let assumed = names(&Offline::default(), &empty).unwrap();
        assert_eq!(assumed, ["eu-west-3a", "eu-west-3b", "eu-west-3c"]);
        let said = Offline { zones: Some(vec!["x".into(), "b".into()]), ..Offline::default() };
        assert_eq!(names(&said, &empty).unwrap(), ["b", "x"]);
        let less = Value::object([("exclude_names", strings(&["eu-west-3b"]))]);
        assert_eq!(names(&Offline::default(), &less).unwrap(), ["eu-west-3a", "eu-west-3c"]);
    }

    #[test]
    fn what_takes_an_account_stays_unknown() {
        let world = Offline::default();
        assert_eq!(
            read(&world, &Value::object([("state", Value::null(Type::String))]), None),
            None
        );
        for config in [
            Value::object([("all_availability_zones", Value::bool(true))]),
            Value::object([("exclude_zone_ids", strings(&["euw3-az1"]))]),
            Value::object([("state", Value::string("impaired"))]),
            filter("group-name", "eu-west-3-lax-1"),
            filter("opt-in-status", "opted-in"),
        ] {
            assert_eq!(names(&world, &config), None, "{config:?}");
        }
        assert!(names(&world, &filter("opt-in-status", "opt-in-not-required")).is_some());
    }
}
