//! Regular expressions: `regex`, `regexall`, `replace`.

mod syntax;

use super::string::{LONGEST, STR};
use super::{Call, Function, Outcome, Parameter, Returns, Trouble, Want};
use crate::value::{Str, Type, Value};
use regex::{Captures, Regex, RegexBuilder};

const PATTERN: Parameter = Parameter::new("pattern", Want::String);
const TEXT: Parameter = Parameter::new("string", Want::String);

pub(super) const FUNCTIONS: &[Function] = &[
    Function::new("regex", &[PATTERN, TEXT], Returns::From(shape), first).never_null(),
    Function::new("regexall", &[PATTERN, TEXT], Returns::From(|a| shape(a).map(Type::list)), all)
        .never_null(),
    Function::new(
        "replace",
        &[STR, Parameter::new("substr", Want::String), Parameter::new("replace", Want::String)],
        Returns::Always(Want::String),
        replace,
    )
    .never_null(),
];

/// The type of a match: the text, or its groups as a tuple or, when they have names, as an object.
fn shape(arguments: &[Value]) -> Result<Type, Trouble> {
    let Some(pattern) = arguments.first().and_then(Value::as_str) else {
        return Ok(Type::Dynamic);
    };
    let (regex, _) = compile(pattern)?;
    let groups: Vec<Option<&str>> = regex.capture_names().skip(1).collect();
    let named = groups.iter().flatten().count();
    match named {
        0 if groups.is_empty() => Ok(Type::String),
        0 => Ok(Type::tuple(groups.iter().map(|_| Type::String))),
        _ if named == groups.len() => {
            Ok(Type::object(groups.iter().flatten().map(|name| (*name, Type::String))))
        }
        _ => Err(Trouble::argument(0, "groups with names and groups without cannot be mixed")),
    }
}

/// The memory that a compiled pattern may take, in bytes, and what it costs to compile one as large: few need the second.
const SIZES: [(usize, u64); 2] = [(256 << 10, 4_000), (2 << 20, 1_000_000)];
/// Bytes that a search passes over for one unit of effort.
const A_UNIT: usize = 16;

/// A pattern of the provider's, in Go's syntax; `None` when this engine cannot read it.
pub(crate) fn go_regex(pattern: &str) -> Option<Regex> {
    compile(pattern).ok().map(|(regex, _)| regex)
}

/// Compiles a pattern in Go's syntax, and says what that takes.
fn compile(pattern: &str) -> Result<(Regex, u64), Trouble> {
    let wrong =
        |why: String| Trouble::argument(0, format!("`{pattern}` is not a valid pattern: {why}"));
    let translated = syntax::translate(pattern).map_err(wrong)?;
    for (size, cost) in SIZES {
        match RegexBuilder::new(&translated).size_limit(size).build() {
            Ok(regex) => return Ok((regex, cost)),
            Err(regex::Error::CompiledTooBig(_)) => {}
            // The last line of its message says what; the lines before draw the pattern.
            Err(e) => {
                let text = e.to_string();
                let last = text.lines().last().unwrap_or("").trim_start_matches("error: ");
                return Err(wrong(last.to_owned()));
            }
        }
    }
    let [_, (_, cost)] = SIZES;
    Err(Trouble { cost, ..wrong("it is too large".to_owned()) })
}

/// Compiles a pattern for a search in a text.
fn search(pattern: &str, call: &Call<'_>) -> Result<Regex, Trouble> {
    let (regex, cost) = compile(pattern)?;
    call.environment.spend(cost)?;
    Ok(regex)
}

/// Spends what it takes to go on from a match: the next search may look at all that is left.
fn pass(found: &Captures<'_>, text: &str, call: &Call<'_>) -> Result<(), Trouble> {
    let left = text.len() - found.get(0).map_or(0, |whole| whole.start());
    Ok(call.environment.spend((left / A_UNIT) as u64)?)
}

fn first(call: &Call<'_>) -> Outcome {
    let text = call.str(1)?;
    let found = search(call.str(0)?, call)?.captures(text);
    let found = found.map(|found| result(&found, &call.returns));
    found.ok_or_else(|| "the pattern matches no part of the string".into())
}

fn all(call: &Call<'_>) -> Outcome {
    let Type::List(of) = &call.returns else { return Ok(call.unknown()) };
    let text = call.str(1)?;
    let regex = search(call.str(0)?, call)?;
    let mut results = Vec::new();
    for found in regex.captures_iter(text) {
        pass(&found, text, call)?;
        results.push(result(&found, of));
    }
    Ok(Value::list((**of).clone(), results))
}

/// One match in the shape of its pattern; a group that took no part is null.
fn result(found: &Captures<'_>, ty: &Type) -> Value {
    let group = |text: Option<regex::Match<'_>>| {
        text.map_or_else(|| Value::null(Type::String), |text| Value::string(text.as_str()))
    };
    match ty {
        Type::Object(of) => {
            Value::object(of.attributes.keys().map(|name| (name.clone(), group(found.name(name)))))
        }
        Type::Tuple(_) => Value::tuple(found.iter().skip(1).map(group)),
        _ => group(found.get(0)),
    }
}

/// A plain text, or a pattern between slashes.
fn replace(call: &Call<'_>) -> Outcome {
    let (text, wanted, with) = (call.str(0)?, call.str(1)?, call.str(2)?);
    let pattern = wanted.strip_prefix('/').and_then(|p| p.strip_suffix('/'));
    let too_long = || Trouble::new("the result would be too long");
    let Some(pattern) = pattern.filter(|_| wanted.len() > 1) else {
        let count = text.matches(wanted).count();
        if count.saturating_mul(with.len()) > LONGEST {
            return Err(too_long());
        }
        return Ok(Value::string(text.replace(wanted, with)));
    };
    let regex = search(pattern, call).map_err(|t| t.message)?;
    let mut out = String::new();
    let mut end = 0;
    for found in regex.captures_iter(text) {
        let Some(whole) = found.get(0) else { continue };
        pass(&found, text, call)?;
        out.push_str(text.get(end..whole.start()).unwrap_or(""));
        found.expand(with, &mut out);
        end = whole.end();
        if out.len() > LONGEST {
            return Err(too_long());
        }
    }
    out.push_str(text.get(end..).unwrap_or(""));
    Ok(Value::string(Str::from(out)))
}
