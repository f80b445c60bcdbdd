//! Reads SARIF as its standard has it: a structural check of every log that the suite makes, and of what structure cannot say.

use serde_json::{Map, Value};
use std::collections::{BTreeMap, BTreeSet};

mod refused;

const SHAPE: &str = include_str!("shape.txt");

/// An object's properties.
#[derive(Debug, Default)]
struct Shape<'t> {
    types: BTreeMap<&'t str, &'t str>,
    required: Vec<&'t str>,
    one_of: Vec<&'t str>,
}

fn shapes() -> BTreeMap<&'static str, Shape<'static>> {
    let mut shapes: BTreeMap<&str, Shape<'_>> = BTreeMap::new();
    for line in SHAPE.lines().filter(|line| !line.is_empty() && !line.starts_with('#')) {
        let (name, rest) = line.split_once(' ').unwrap();
        if let Some(names) = rest.strip_prefix("one-of ") {
            shapes.entry(name).or_default().one_of = names.split(' ').collect();
            continue;
        }
        let (object, property) = name.split_once('.').unwrap();
        let shape = shapes.entry(object).or_default();
        if let Some(property) = property.strip_suffix('!') {
            shape.required.push(property);
        }
        shape.types.insert(property.trim_end_matches('!'), rest);
    }
    shapes
}

/// Everything that is wrong with a log, each with its path.
pub(crate) fn faults(log: &Value) -> Vec<String> {
    let shapes = shapes();
    let mut faults = Vec::new();
    check(log, "log", "log", &shapes, &mut faults);
    if faults.is_empty() {
        meaning(log, &mut faults);
    }
    faults
}

fn check(
    value: &Value,
    ty: &str,
    path: &str,
    shapes: &BTreeMap<&str, Shape<'_>>,
    faults: &mut Vec<String>,
) {
    let mut wrong = |why: &str| faults.push(format!("{path}: {why}"));
    let (ty, unique) = ty.strip_suffix(" unique").map_or((ty, false), |ty| (ty, true));
    if let Some(inner) = ty.strip_prefix('[').and_then(|ty| ty.strip_suffix(']')) {
        let Some(items) = value.as_array() else { return wrong("no array") };
        let distinct: BTreeSet<String> = items.iter().map(Value::to_string).collect();
        if unique && distinct.len() < items.len() {
            wrong("two elements are alike");
        }
        for (at, item) in items.iter().enumerate() {
            check(item, inner, &format!("{path}[{at}]"), shapes, faults);
        }
    } else if let Some(inner) = ty.strip_prefix('{').and_then(|ty| ty.strip_suffix('}')) {
        let Some(object) = value.as_object() else { return wrong("no object") };
        for (name, item) in object {
            check(item, inner, &format!("{path}.{name}"), shapes, faults);
        }
    } else if let Some(shape) = shapes.get(ty) {
        let Some(object) = value.as_object() else { return wrong("no object") };
        properties(object, shape, path, shapes, faults);
    } else if ty == "bag" {
        let Some(bag) = value.as_object() else { return wrong("no property bag") };
        // Of its properties only one is the standard's.
        if let Some(tags) = bag.get("tags") {
            check(tags, "[text] unique", &format!("{path}.tags"), shapes, faults);
        }
    } else if let Some(least) = ty.strip_prefix("int>=") {
        let least: i64 = least.parse().unwrap();
        if value.as_i64().is_none_or(|number| number < least) {
            wrong(&format!("no whole number from {least} on"));
        }
    } else {
        let text = value.as_str();
        match ty {
            "text" if text.is_none() => wrong("no text"),
            "bool" if !value.is_boolean() => wrong("neither true nor false"),
            "uri" if !text.is_some_and(is_absolute) => wrong("no absolute URI"),
            "reference" if !text.is_some_and(is_reference) => wrong("no URI reference"),
            "text" | "bool" | "uri" | "reference" => {}
            words if text.is_none_or(|text| words.split('|').all(|word| word != text)) => {
                wrong(&format!("none of {words}"));
            }
            _ => {}
        }
    }
}

fn properties(
    object: &Map<String, Value>,
    shape: &Shape<'_>,
    path: &str,
    shapes: &BTreeMap<&str, Shape<'_>>,
    faults: &mut Vec<String>,
) {
    for name in shape.required.iter().filter(|name| !object.contains_key(**name)) {
        faults.push(format!("{path}: lacks `{name}`"));
    }
    if !shape.one_of.is_empty() && shape.one_of.iter().all(|name| !object.contains_key(*name)) {
        faults.push(format!("{path}: lacks one of {:?}", shape.one_of));
    }
    for (name, value) in object {
        let path = format!("{path}.{name}");
        match shape.types.get(name.as_str()) {
            Some(ty) => check(value, ty, &path, shapes, faults),
            None => faults.push(format!("{path}: there is no such property")),
        }
    }
}

fn is_absolute(text: &str) -> bool {
    let Some((scheme, rest)) = text.split_once(':') else { return false };
    scheme.starts_with(|c: char| c.is_ascii_alphabetic()) && !rest.is_empty() && is_escaped(text)
}

/// RFC 3986: a colon in the first part would end a scheme.
fn is_reference(text: &str) -> bool {
    is_escaped(text) && (is_absolute(text) || !text.split('/').next().unwrap_or("").contains(':'))
}

fn is_escaped(text: &str) -> bool {
    let allowed = |b: &u8| b.is_ascii_alphanumeric() || b"-._~:/?#[]@!$&'()*+,;=%".contains(b);
    let hex = |text: &str| text.len() >= 2 && text.bytes().take(2).all(|b| b.is_ascii_hexdigit());
    text.bytes().all(|b| allowed(&b)) && text.split('%').skip(1).all(hex)
}

/// What the standard says in words: numbers that point somewhere, ends after starts, levels that go with kinds; and what a reader of a
/// repository's log needs: files named from its root.
fn meaning(log: &Value, faults: &mut Vec<String>) {
    for (at, run) in items(log, "runs").enumerate() {
        let rules: Vec<&Value> = items(&run["tool"]["driver"], "rules").collect();
        let bases = run["originalUriBaseIds"].as_object();
        let mut prints = BTreeSet::new();
        for (nth, result) in items(run, "results").enumerate() {
            let mut wrong =
                |why: &str| faults.push(format!("log.runs[{at}].results[{nth}]: {why}"));
            let index = result["ruleIndex"].as_u64().and_then(|index| usize::try_from(index).ok());
            if index
                .is_some_and(|index| rules.get(index).is_none_or(|r| r["id"] != result["ruleId"]))
            {
                wrong("its rule is another one");
            }
            let is_fail = result["kind"].as_str().is_none_or(|kind| kind == "fail");
            if !is_fail && result["level"] != "none" {
                wrong("what is no fail has no level");
            }
            if is_fail && result["level"] == "none" {
                wrong("a fail has a level");
            }
            if is_fail || result["kind"] == "open" {
                for (_, print) in result["partialFingerprints"].as_object().into_iter().flatten() {
                    if !prints.insert(print.to_string()) {
                        wrong("another result has its fingerprint");
                    }
                }
            }
            let suppressed = items(result, "suppressions").map(|one| &one["location"]);
            let places = items(result, "locations").chain(items(result, "relatedLocations"));
            for location in places.chain(suppressed) {
                place(location, bases, &mut wrong);
            }
            let ids: Vec<_> =
                items(result, "relatedLocations").map(|one| one["id"].to_string()).collect();
            if ids.iter().collect::<BTreeSet<_>>().len() < ids.len() {
                wrong("two related locations have one id");
            }
        }
    }
}

fn place(location: &Value, bases: Option<&Map<String, Value>>, wrong: &mut dyn FnMut(&str)) {
    let place = &location["physicalLocation"];
    let region = &place["region"];
    let number = |name: &str| region[name].as_u64();
    let (start, end) = (number("startLine"), number("endLine"));
    let columns = (number("startColumn"), number("endColumn"));
    let same_line = end.is_none() || start == end;
    if end < start && end.is_some() || same_line && columns.1 < columns.0 && columns.1.is_some() {
        wrong("it ends before it starts");
    }
    let artifact = &place["artifactLocation"];
    if let Some(base) = artifact["uriBaseId"].as_str()
        && !bases.is_some_and(|bases| bases.contains_key(base))
    {
        wrong("its base is not told");
    }
    if let Some(uri) = artifact["uri"].as_str()
        && (uri.starts_with('/') || is_absolute(uri) || uri.split('/').any(|part| part == ".."))
    {
        wrong("its file is not named from the root");
    }
}

fn items<'v>(value: &'v Value, name: &str) -> impl Iterator<Item = &'v Value> {
    value[name].as_array().into_iter().flatten()
}
