//! What the provider refuses before it plans: values that no API takes, arguments that exclude or need each other.

mod combination;
mod container_definitions;

use crate::functions;
use crate::value::Str;
use crate::{Kind, Value};
use ipnet::IpNet;
use regex::Regex;
use schema::{Group, Schema, Test, Together, closest};
use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::{LazyLock, Mutex};
use syntax::{Report, Span};

/// Judges a configuration object by the checks of its type. What is unknown is not judged.
pub(super) fn check(schema: &Schema, config: &Value, header: Span, reports: &mut Vec<Report>) {
    let checks = schema.checks();
    for check in &checks.values {
        let path: Vec<&str> = check.path.split('.').collect();
        let name = path.last().copied().unwrap_or_default();
        walk(config, &path, &mut |value| {
            if let Some((why, help)) = refuse(&check.test, value) {
                let shown =
                    if value.is_sensitive() { "(sensitive)".to_owned() } else { shown(value) };
                let text = format!("`{name}` of `{}` is `{shown}`, {why}", schema.name);
                let report = Report::error("invalid-value", text);
                let report = report.at(value.blame.at.unwrap_or(header), "not accepted");
                reports.push(match help {
                    Some(help) => report.help(help),
                    None => report,
                });
            }
        });
    }
    for group in &checks.groups {
        reports.extend(judge(schema, group, config, header));
    }
}

/// Judges the configuration of a resource by what its type refuses in code.
pub(super) fn check_resource(
    schema: &Schema,
    config: &Value,
    header: Span,
    reports: &mut Vec<Report>,
) {
    if schema.name == "aws_ecs_task_definition"
        && let Some(value) = config.get("container_definitions")
        && let Some(why) = value.as_str().and_then(container_definitions::refuse)
    {
        let text = format!("`container_definitions` of `{}` {why}", schema.name);
        let report = Report::error("invalid-value", text);
        reports.push(report.at(value.blame.at.unwrap_or(header), "not accepted"));
    }
    for (name, value) in config.get("timeouts").into_iter().flat_map(Value::entries) {
        if value.as_str().is_some_and(|text| !functions::is_duration(text)) {
            let text = format!("the timeout `{name}` of `{}` is `{}`", schema.name, shown(value));
            let report = Report::error("invalid-value", format!("{text}, which is no duration"));
            let report = report.at(value.blame.at.unwrap_or(header), "not accepted");
            reports.push(report.help("write hours, minutes and seconds as in `1h30m`"));
        }
    }
    reports.extend(combination::check(schema.name, config, header));
}

/// Every known value at a path; of a collection, its elements.
fn walk(value: &Value, path: &[&str], f: &mut dyn FnMut(&Value)) {
    match (&value.kind, path.split_first()) {
        (Kind::Null(_) | Kind::Unknown(_), _) => {}
        (Kind::Object(_), Some((name, rest))) => {
            if let Some(inner) = value.get(name) {
                walk(inner, rest, f);
            }
        }
        (Kind::List(..) | Kind::Set(..) | Kind::Tuple(_), _) => {
            value.elements().for_each(|element| walk(element, path, f));
        }
        (_, None) => f(value),
        (_, Some(_)) => {}
    }
}

fn shown(value: &Value) -> String {
    let text = value.as_str().map_or_else(|| value.to_json().to_string(), str::to_owned);
    match text.char_indices().nth(60) {
        Some((end, _)) => format!("{}…", text.get(..end).unwrap_or_default()),
        None => text,
    }
}

/// Why a value does not pass, and how to fix it.
fn refuse(test: &Test, value: &Value) -> Option<(String, Option<String>)> {
    let string = value.as_str();
    let unless = |good: bool, why: &str| (!good).then(|| (why.to_owned(), None));
    match test {
        Test::OneOf { words, exact } => {
            let word = string.map_or_else(|| value.to_json().to_string(), str::to_owned);
            let same = |known: &String| {
                if *exact { *known == word } else { known.eq_ignore_ascii_case(&word) }
            };
            if words.iter().any(same) {
                return None;
            }
            let in_other_case = words.iter().find(|known| known.eq_ignore_ascii_case(&word));
            let like = in_other_case.map(String::as_str);
            let like = like.or_else(|| closest(&word, words.iter().map(String::as_str)));
            let help = like.map(|like| format!("did you mean `{like}`?"));
            Some((format!("which is none of {}", list(words)), help))
        }
        Test::NoneOf(words) => unless(
            !words.iter().any(|word| Some(word.as_str()) == string),
            "which is not allowed here",
        ),
        Test::Range(low, high) => {
            let number = value.as_f64().or_else(|| string?.parse().ok())?;
            let good =
                low.is_none_or(|low| number >= low) && high.is_none_or(|high| number <= high);
            (!good).then(|| (bounds("a number", *low, *high), None))
        }
        Test::Length(low, high) => {
            let length = u64::try_from(string?.len()).unwrap_or(u64::MAX);
            unless(
                (*low..=*high).contains(&length),
                &format!("which is not {low} to {high} characters long"),
            )
        }
        Test::Match(pattern) => {
            let written = value.as_f64().map(|_| value.to_json().to_string());
            let shown = string.or(written.as_deref())?;
            unless(matches(pattern, shown), &format!("which does not match `{pattern}`"))
        }
        Test::Unlike(pattern) => {
            unless(!matches(pattern, string?), &format!("which matches `{pattern}`, and must not"))
        }
        Test::Arn => unless(is_arn(string?), "which is no ARN").map(|(why, _)| {
            (why, Some("an ARN looks like `arn:aws:service:region:account:resource`".into()))
        }),
        Test::Cidr { canonical } => {
            let Ok(network) = string?.parse::<IpNet>() else {
                return Some(("which is no network in CIDR notation".into(), None));
            };
            let meant = network.trunc();
            (*canonical && meant != network).then(|| {
                let help = format!("did you mean `{meant}`?");
                ("which has address bits beyond its prefix".into(), Some(help))
            })
        }
        Test::Prefix(least, most) => {
            let Ok(network) = string?.parse::<IpNet>() else { return None };
            unless(
                (*least..=*most).contains(&network.prefix_len()),
                &format!("whose prefix is not {least} to {most} bits long"),
            )
        }
        Test::Address => unless(string?.parse::<IpAddr>().is_ok(), "which is no IP address"),
        Test::Json => {
            let read = serde_json::from_str::<serde_json::Value>(string.filter(|s| !s.is_empty())?);
            read.err().map(|why| (format!("which is no JSON: {why}"), None))
        }
        Test::Policy => match serde_json::from_str::<serde_json::Value>(string?) {
            Ok(json) => unless(json.is_object(), "which is no JSON object, as a policy must be"),
            Err(why) => Some((format!("which is no JSON: {why}"), None)),
        },
        Test::Time => unless(
            string?.parse::<jiff::Timestamp>().is_ok(),
            "which is no time like `2030-01-31T00:00:00Z`",
        ),
        Test::Account => unless(
            string?.len() == 12 && string?.bytes().all(|b| b.is_ascii_digit()),
            "which is no account: twelve digits",
        ),
    }
}

fn list(words: &[String]) -> String {
    let shown: Vec<String> = words.iter().take(12).map(|word| format!("`{word}`")).collect();
    let rest = words.len().saturating_sub(shown.len());
    let more = if rest == 0 { String::new() } else { format!(" and {rest} more") };
    shown.join(", ") + &more
}

fn bounds(what: &str, low: Option<f64>, high: Option<f64>) -> String {
    match (low, high) {
        (Some(low), Some(high)) => format!("which is not {what} from {low} to {high}"),
        (Some(low), None) => format!("which is less than {low}"),
        (None, Some(high)) => format!("which is more than {high}"),
        (None, None) => format!("which is not {what}"),
    }
}

/// Patterns are compiled once. One that this engine does not know lets everything pass.
fn matches(pattern: &str, text: &str) -> bool {
    static KNOWN: LazyLock<Mutex<HashMap<Str, Option<Regex>>>> = LazyLock::new(Mutex::default);
    let Ok(mut known) = KNOWN.lock() else { return true };
    let regex = known.entry(pattern.into()).or_insert_with(|| functions::go_regex(pattern));
    regex.as_ref().is_none_or(|regex| regex.is_match(text))
}

/// As the provider reads ARNs: six parts, each of which may be empty but the first two and the last.
fn is_arn(text: &str) -> bool {
    if text.is_empty() {
        return true;
    }
    let parts: Vec<&str> = text.splitn(6, ':').collect();
    let ["arn", partition, _, region, account, resource] = parts.as_slice() else { return false };
    let words = |text: &str| {
        text.split('-').all(|w| {
            !w.is_empty() && w.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit())
        })
    };
    let digits = account.len() == 12 && account.bytes().all(|b| b.is_ascii_digit());
    let known = ["", "aws", "aws-managed", "third-party", "aws-marketplace"].contains(account);
    partition.starts_with("aws")
        && (region.is_empty() || words(region))
        && (digits || known || account.starts_with("cw"))
        && !resource.is_empty()
}

/// Whether an argument is written.
enum Written<'a> {
    Yes(&'a Value),
    No,
    /// It is unknown, or there are several blocks on the way to it.
    Undecided,
}

fn written<'a>(config: &'a Value, path: &str) -> Written<'a> {
    let mut value = config;
    for name in path.split('.') {
        if let Some(elements) = value.as_slice() {
            match elements {
                [] => return Written::No,
                [only] => value = only,
                _ => return Written::Undecided,
            }
        }
        if value.is_unknown() {
            return Written::Undecided;
        }
        let Some(inner) = value.get(name) else { return Written::No };
        value = inner;
    }
    match &value.kind {
        Kind::Unknown(_) => Written::Undecided,
        Kind::Null(_) => Written::No,
        Kind::List(..) | Kind::Set(..) | Kind::Map(..) if value.is_empty() => Written::No,
        _ => Written::Yes(value),
    }
}

fn judge(schema: &Schema, group: &Group, config: &Value, header: Span) -> Option<Report> {
    let ty = schema.name;
    let (mut present, mut undecided): (Vec<(&str, &Value)>, bool) = (Vec::new(), false);
    for path in &group.members {
        let found = match config.get(path) {
            // An argument that is an empty list is written; no blocks are not.
            Some(empty) if empty.is_empty() && schema.body.attribute(path).is_some() => {
                Written::Yes(empty)
            }
            _ => written(config, path),
        };
        match found {
            Written::Yes(value) => present.push((path, value)),
            Written::Undecided => undecided = true,
            Written::No => {}
        }
    }
    let inside = group.members.first().and_then(|path| path.rsplit_once('.'));
    let outside =
        inside.is_some_and(|(block, _)| !matches!(written(config, block), Written::Yes(_)));
    if outside {
        return None;
    }
    let names = || -> Vec<String> { group.members.iter().map(|&path| path.to_owned()).collect() };
    let place = |value: &Value| value.place().at.unwrap_or(header);
    match (group.rule, present.as_slice()) {
        (Together::ExactlyOne | Together::AtMostOne, [(a, first), (b, second), ..]) => {
            let text = format!("`{a}` and `{b}` of `{ty}` exclude each other");
            let report = Report::error("conflicting-arguments", text);
            let report = report.at(place(first), format!("`{a}` here"));
            Some(report.also(place(second), format!("`{b}` here")).help("keep one of them"))
        }
        (Together::ExactlyOne | Together::AtLeastOne, []) if !undecided => {
            let text = format!("`{ty}` needs one of {}", list(&names()));
            Some(Report::error("needs-argument", text).at(header, "none of them is written"))
        }
        (Together::Needs, [(name, value), ..])
            if !undecided
                && group.members.first() == Some(name)
                && present.len() < group.members.len() =>
        {
            let text = format!("`{name}` of `{ty}` needs all of {}", list(&names()));
            Some(Report::error("needs-argument", text).at(place(value), "not alone"))
        }
        _ => None,
    }
}
