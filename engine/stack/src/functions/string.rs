//! Strings: `chomp`, `endswith`, `indent`, `join`, `lower`, `split`, `startswith`, `strcontains`, `strrev`, `substr`, `title`, `trim…`,
//! `upper`.

use super::call::strings;
use super::{Call, Function, Outcome, Parameter, Returns, Trouble, Want};
use crate::value::Value;
use unicode_segmentation::UnicodeSegmentation;

pub(super) const STR: Parameter = Parameter::new("str", Want::String);
const STRING: Returns = Returns::Always(Want::String);
const BOOL: Returns = Returns::Always(Want::Bool);

const fn text(name: &'static str, run: fn(&Call<'_>) -> Outcome) -> Function {
    Function::new(name, &[STR], STRING, run).never_null()
}

pub(super) const FUNCTIONS: &[Function] = &[
    text("chomp", |c| Ok(Value::string(c.str(0)?.trim_end_matches(['\r', '\n'])))),
    Function::new("endswith", &[STR, Parameter::new("suffix", Want::String)], BOOL, |c| {
        Ok(Value::bool(c.str(0)?.ends_with(c.str(1)?)))
    })
    .never_null(),
    Function::new("indent", &[Parameter::new("spaces", Want::Number), STR], STRING, indent)
        .never_null(),
    Function::new("join", &[Parameter::new("separator", Want::String)], STRING, join)
        .rest(Parameter::new("lists", Want::ListOfString))
        .never_null(),
    Function::new("lower", &[STR.dynamic()], STRING, |c| Ok(Value::string(lower(c.str(0)?))))
        .never_null(),
    Function::new(
        "split",
        &[Parameter::new("separator", Want::String), STR],
        Returns::Always(Want::ListOfString),
        split,
    )
    .never_null(),
    Function::new(
        "startswith",
        &[STR.unknown(), Parameter::new("prefix", Want::String)],
        BOOL,
        starts_with,
    )
    .never_null(),
    Function::new("strcontains", &[STR, Parameter::new("substr", Want::String)], BOOL, |c| {
        Ok(Value::bool(c.str(0)?.contains(c.str(1)?)))
    }),
    Function::new("strrev", &[STR.dynamic()], STRING, |c| {
        Ok(Value::string(c.str(0)?.graphemes(true).rev().collect::<String>()))
    })
    .never_null(),
    Function::new(
        "substr",
        &[
            STR.dynamic(),
            Parameter::new("offset", Want::Number).dynamic(),
            Parameter::new("length", Want::Number).dynamic(),
        ],
        STRING,
        substr,
    )
    .never_null(),
    text("title", |c| Ok(Value::string(title(c.str(0)?)))),
    Function::new("trim", &[STR, Parameter::new("cutset", Want::String)], STRING, |c| {
        let cut = c.str(1)?;
        Ok(Value::string(c.str(0)?.trim_matches(|ch| cut.contains(ch))))
    })
    .never_null(),
    Function::new("trimprefix", &[STR, Parameter::new("prefix", Want::String)], STRING, |c| {
        let text = c.str(0)?;
        Ok(Value::string(text.strip_prefix(c.str(1)?).unwrap_or(text)))
    })
    .never_null(),
    text("trimspace", |c| Ok(Value::string(c.str(0)?.trim()))),
    Function::new("trimsuffix", &[STR, Parameter::new("suffix", Want::String)], STRING, |c| {
        let text = c.str(0)?;
        Ok(Value::string(text.strip_suffix(c.str(1)?).unwrap_or(text)))
    })
    .never_null(),
    Function::new("upper", &[STR.dynamic()], STRING, |c| Ok(Value::string(upper(c.str(0)?))))
        .never_null(),
];

/// The longest string that a function may make, in bytes.
pub(super) const LONGEST: usize = 16 << 20;

fn indent(call: &Call<'_>) -> Outcome {
    let (spaces, text) = (call.int(0)?, call.str(1)?);
    let Ok(spaces) = usize::try_from(spaces) else {
        return Err("the number of spaces cannot be negative".into());
    };
    let lines = text.matches('\n').count();
    if lines.saturating_mul(spaces) > LONGEST {
        return Err(Trouble::argument(0, "the result would be too long"));
    }
    let pad = if lines == 0 { String::new() } else { " ".repeat(spaces) };
    Ok(Value::string(text.replace('\n', &format!("\n{pad}"))))
}

fn join(call: &Call<'_>) -> Outcome {
    let separator = call.str(0)?;
    let lists = call.arguments.get(1..).unwrap_or_default();
    if lists.is_empty() {
        return Err(Trouble::new("at least one list is required"));
    }
    if lists.iter().any(|list| !list.is_wholly_known()) {
        return Ok(call.unknown());
    }
    let mut items = Vec::new();
    for (at, list) in lists.iter().enumerate() {
        for (i, element) in list.elements().enumerate() {
            let text = element.as_str().ok_or_else(|| {
                Trouble::argument(at + 1, format!("element {i} is null and cannot be joined"))
            })?;
            items.push(text);
        }
    }
    let length: usize = items.iter().map(|text| text.len() + separator.len()).sum();
    if length > LONGEST {
        return Err(Trouble::new("the result would be too long"));
    }
    Ok(Value::string(items.join(separator)))
}

fn split(call: &Call<'_>) -> Outcome {
    let (separator, text) = (call.str(0)?, call.str(1)?);
    if separator.is_empty() {
        let mut buffer = [0; 4];
        return Ok(strings(text.chars().map(|c| c.encode_utf8(&mut buffer).to_owned())));
    }
    Ok(strings(text.split(separator)))
}

fn starts_with(call: &Call<'_>) -> Outcome {
    let prefix = call.str(1)?;
    let Some(unknown) = call.at(0)?.as_unknown() else {
        return Ok(Value::bool(call.str(0)?.starts_with(prefix)));
    };
    let known = unknown.refinement.prefix.as_str();
    if prefix.is_empty() || !known.is_empty() && known.starts_with(prefix) {
        return Ok(Value::bool(true));
    }
    if !known.is_empty() && known.len() >= prefix.len() {
        return Ok(Value::bool(false));
    }
    Ok(call.unknown())
}

/// What people see as characters: `offset` from the start, or from the end when negative, and at most `length` of them.
fn substr(call: &Call<'_>) -> Outcome {
    let (text, offset, length) = (call.str(0)?, call.int(1)?, call.int(2)?);
    let clusters: Vec<&str> = text.graphemes(true).collect();
    let total = i64::try_from(clusters.len()).unwrap_or(i64::MAX);
    if offset >= 0 && length == 0 {
        return Ok(Value::string(""));
    }
    let start = if offset < 0 { (offset + total).max(0) } else { offset.min(total) };
    let start = usize::try_from(start).unwrap_or(0);
    let rest = clusters.get(start..).unwrap_or_default();
    // From the end, no length at all means all of the rest, as in Terraform.
    let count = match usize::try_from(length) {
        Ok(0) | Err(_) => rest.len(),
        Ok(length) => length.min(rest.len()),
    };
    Ok(Value::string(rest.get(..count).unwrap_or_default().concat()))
}

/// Go changes case letter by letter: what becomes several letters elsewhere (`ß`) stays.
pub(super) fn upper(text: &str) -> String {
    text.chars().map(|c| single(c, c.to_uppercase())).collect()
}

fn lower(text: &str) -> String {
    text.chars().map(|c| if c == 'İ' { 'i' } else { single(c, c.to_lowercase()) }).collect()
}

fn single(c: char, mut mapped: impl Iterator<Item = char>) -> char {
    match (mapped.next(), mapped.next()) {
        (Some(one), None) => one,
        _ => c,
    }
}

/// The first letter of every word in title case; words are parted by anything but letters, digits, `_` and `'`… as Go sees them.
fn title(text: &str) -> String {
    let mut previous = ' ';
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        out.push(if parts_words(previous) { title_case(c) } else { c });
        previous = c;
    }
    out
}

fn parts_words(c: char) -> bool {
    if c.is_ascii() {
        return !(c.is_ascii_alphanumeric() || c == '_');
    }
    !(c.is_alphabetic() || c.is_numeric()) && c.is_whitespace()
}

/// Digraphs have a title case of their own.
fn title_case(c: char) -> char {
    match c {
        'Ǆ' | 'ǅ' | 'ǆ' => 'ǅ',
        'Ǉ' | 'ǈ' | 'ǉ' => 'ǈ',
        'Ǌ' | 'ǋ' | 'ǌ' => 'ǋ',
        'Ǳ' | 'ǲ' | 'ǳ' => 'ǲ',
        c => single(c, c.to_uppercase()),
    }
}
