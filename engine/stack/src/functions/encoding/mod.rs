//! `base64decode`, `base64encode`, `base64gzip`, `csvdecode`, `textdecodebase64`, `textencodebase64`, `urlencode`.

mod csv;
mod gzip;
mod text;

use super::string::STR;
use super::{Call, Function, Outcome, Parameter, Returns, Trouble, Want};
use crate::value::{Str, Type, Value};
use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use std::fmt::Write as _;

const STRING: Returns = Returns::Always(Want::String);
const ENCODING: Parameter = Parameter::new("encoding", Want::String);

pub(super) const FUNCTIONS: &[Function] = &[
    Function::new("base64decode", &[STR.marked().unknown()], STRING, base64_decode).never_null(),
    Function::new("base64encode", &[STR], STRING, |c| {
        Ok(Value::string(BASE64_STANDARD.encode(c.str(0)?)))
    })
    .never_null(),
    Function::new("base64gzip", &[STR], STRING, |c| {
        Ok(Value::string(BASE64_STANDARD.encode(gzip::compress(c.str(0)?.as_bytes()))))
    })
    .never_null(),
    Function::new("csvdecode", &[STR], Returns::From(csv_type), csv_decode).never_null(),
    Function::new(
        "textdecodebase64",
        &[Parameter::new("source", Want::String), ENCODING],
        STRING,
        text_decode,
    )
    .never_null(),
    Function::new(
        "textencodebase64",
        &[Parameter::new("string", Want::String), ENCODING],
        STRING,
        text_encode,
    )
    .never_null(),
    Function::new("urlencode", &[STR], STRING, |c| Ok(Value::string(url(c.str(0)?)))).never_null(),
];

/// Standard base64; line breaks are skipped, as Go does.
fn from_base64(text: &str) -> Option<Vec<u8>> {
    let text: String = text.chars().filter(|c| !matches!(c, '\r' | '\n')).collect();
    BASE64_STANDARD.decode(text).ok()
}

fn base64_decode(call: &Call<'_>) -> Outcome {
    let value = call.at(0)?;
    if value.is_unknown() {
        return Ok(call.unknown().with_marks(value.marks));
    }
    let bytes = from_base64(call.str(0)?).ok_or("the string is not base64")?;
    let text = String::from_utf8(bytes).map_err(|_| "what was encoded is not text in UTF-8")?;
    Ok(Value::string(text).with_marks(value.marks))
}

/// The header line gives the attributes.
fn csv_type(arguments: &[Value]) -> Result<Type, Trouble> {
    let Some(text) = arguments.first().and_then(Value::as_str) else { return Ok(Type::Dynamic) };
    let header = csv::records(text).next().ok_or("the header line is missing")??;
    let mut sorted = header.clone();
    sorted.sort();
    if let Some([name, _]) = sorted.array_windows().find(|[a, b]| a == b) {
        return Err(format!("two columns have the name `{name}`").into());
    }
    Ok(Type::list(Type::object(header.into_iter().map(|name| (name, Type::String)))))
}

fn csv_decode(call: &Call<'_>) -> Outcome {
    let Type::List(of) = &call.returns else { return Ok(call.unknown()) };
    let mut records = csv::records(call.str(0)?);
    let header: Vec<Str> = match records.next() {
        Some(header) => header?.into_iter().map(Str::from).collect(),
        None => return Err("the header line is missing".into()),
    };
    let mut rows = Vec::new();
    for record in records {
        let fields = record?;
        if fields.len() != header.len() {
            let message =
                format!("row {} has {} fields, not {}", rows.len() + 1, fields.len(), header.len());
            return Err(message.into());
        }
        let fields = fields.into_iter().map(Value::string);
        rows.push(Value::object(header.iter().cloned().zip(fields)));
    }
    Ok(Value::list((**of).clone(), rows))
}

fn text_decode(call: &Call<'_>) -> Outcome {
    let encoding = text::Encoding::find(call.str(1)?).map_err(|why| Trouble::argument(1, why))?;
    let bytes =
        from_base64(call.str(0)?).ok_or_else(|| Trouble::argument(0, "it is not base64"))?;
    let text = encoding
        .decode(&bytes)
        .ok_or_else(|| Trouble::argument(0, "it holds bytes that the encoding does not define"))?;
    Ok(Value::string(text))
}

fn text_encode(call: &Call<'_>) -> Outcome {
    let encoding = text::Encoding::find(call.str(1)?).map_err(|why| Trouble::argument(1, why))?;
    let bytes = encoding.encode(call.str(0)?).ok_or_else(|| {
        Trouble::argument(0, "it holds characters that the encoding does not have")
    })?;
    Ok(Value::string(BASE64_STANDARD.encode(bytes)))
}

/// As in the query part of a URL: a blank is `+`, and only letters, digits and `-_.~` stay.
fn url(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for byte in text.bytes() {
        match byte {
            b' ' => out.push('+'),
            b'-' | b'_' | b'.' | b'~' => out.push(char::from(byte)),
            b if b.is_ascii_alphanumeric() => out.push(char::from(b)),
            b => {
                let _ = write!(out, "%{b:02X}");
            }
        }
    }
    out
}
