//! Hashes of strings and files, `bcrypt`, `rsadecrypt` and UUIDs.

mod rsa;

use super::filesystem::read;
use super::string::STR;
use super::{Call, Function, Outcome, Parameter, Returns, Trouble, Want};
use crate::value::{Origin, Type, Value};
use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use md5::Md5;
use sha1::Sha1;
use sha2::{Digest, Sha256, Sha512};
use std::fmt::Write;
use uuid::Uuid;

/// The SHA-1 of bytes, in hexadecimal.
pub(crate) fn sha1_of(bytes: &[u8]) -> String {
    hex(&Sha1::digest(bytes))
}

const PATH: &[Parameter] = &[Parameter::new("path", Want::String)];
const STRING: Returns = Returns::Always(Want::String);

const fn of_text(name: &'static str, run: fn(&Call<'_>) -> Outcome) -> Function {
    Function::new(name, &[STR], STRING, run).never_null()
}

const fn of_file(name: &'static str, run: fn(&Call<'_>) -> Outcome) -> Function {
    Function::new(name, PATH, STRING, run).never_null()
}

pub(super) const FUNCTIONS: &[Function] = &[
    of_text("base64sha256", |c| text(c, |b| BASE64_STANDARD.encode(Sha256::digest(b)))),
    of_text("base64sha512", |c| text(c, |b| BASE64_STANDARD.encode(Sha512::digest(b)))),
    Function::new("bcrypt", &[STR], STRING, bcrypt)
        .rest(Parameter::new("cost", Want::Number))
        .never_null(),
    of_file("filebase64sha256", |c| file(c, |b| BASE64_STANDARD.encode(Sha256::digest(b)))),
    of_file("filebase64sha512", |c| file(c, |b| BASE64_STANDARD.encode(Sha512::digest(b)))),
    of_file("filemd5", |c| file(c, |b| hex(&Md5::digest(b)))),
    of_file("filesha1", |c| file(c, |b| hex(&Sha1::digest(b)))),
    of_file("filesha256", |c| file(c, |b| hex(&Sha256::digest(b)))),
    of_file("filesha512", |c| file(c, |b| hex(&Sha512::digest(b)))),
    of_text("md5", |c| text(c, |b| hex(&Md5::digest(b)))),
    Function::new(
        "rsadecrypt",
        &[Parameter::new("ciphertext", Want::String), Parameter::new("privatekey", Want::String)],
        STRING,
        rsa_decrypt,
    )
    .never_null(),
    of_text("sha1", |c| text(c, |b| hex(&Sha1::digest(b)))),
    of_text("sha256", |c| text(c, |b| hex(&Sha256::digest(b)))),
    of_text("sha512", |c| text(c, |b| hex(&Sha512::digest(b)))),
    Function::new("uuid", &[], STRING, uuid_v4).never_null(),
    Function::new(
        "uuidv5",
        &[Parameter::new("namespace", Want::String), Parameter::new("name", Want::String)],
        STRING,
        uuid_v5,
    )
    .never_null(),
];

fn text(call: &Call<'_>, hash: fn(&[u8]) -> String) -> Outcome {
    Ok(Value::string(hash(call.str(0)?.as_bytes())))
}

fn file(call: &Call<'_>, hash: fn(&[u8]) -> String) -> Outcome {
    Ok(Value::string(hash(&read(call.str(0)?, call.environment)?)))
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut out, byte| {
        let _ = write!(out, "{byte:02x}");
        out
    })
}

/// A value that only exists once something is applied: until then who asks for it is all that is known.
pub(super) fn at_apply(name: &str) -> Value {
    Value::unknown_not_null(Type::String, Origin::Apply(name.into()))
}

/// Random salt makes the result another one each time: it is known when applied.
fn bcrypt(call: &Call<'_>) -> Outcome {
    let cost = match call.arguments.len() {
        0 | 1 => 10,
        2 => call.int(1)?,
        _ => return Err("one or two arguments are needed".into()),
    };
    let Some(salt) = call.environment.host.random() else { return Ok(at_apply("bcrypt")) };
    let cost = u32::try_from(cost).ok().filter(|cost| (4..=31).contains(cost));
    let cost = cost.ok_or_else(|| Trouble::argument(1, "the cost must be from 4 to 31"))?;
    let text = call.str(0)?;
    if text.len() > 72 {
        return Err(Trouble::argument(0, "bcrypt takes at most 72 bytes"));
    }
    let hashed = bcrypt::hash_with_salt(text, cost, salt).map_err(|e| e.to_string())?;
    Ok(Value::string(hashed.format_for_version(bcrypt::Version::TwoA)))
}

#[expect(clippy::unnecessary_wraps, reason = "all functions have this shape")]
fn uuid_v4(call: &Call<'_>) -> Outcome {
    Ok(match call.environment.host.random() {
        Some(random) => {
            Value::string(uuid::Builder::from_random_bytes(random).into_uuid().to_string())
        }
        None => at_apply("uuid"),
    })
}

fn uuid_v5(call: &Call<'_>) -> Outcome {
    let namespace = match call.str(0)? {
        "dns" => Uuid::NAMESPACE_DNS,
        "url" => Uuid::NAMESPACE_URL,
        "oid" => Uuid::NAMESPACE_OID,
        "x500" => Uuid::NAMESPACE_X500,
        other => Uuid::parse_str(other)
            .map_err(|_| format!("`{other}` is no namespace: use dns, url, oid, x500 or a UUID"))?,
    };
    Ok(Value::string(Uuid::new_v5(&namespace, call.str(1)?.as_bytes()).to_string()))
}

fn rsa_decrypt(call: &Call<'_>) -> Outcome {
    let cipher = BASE64_STANDARD
        .decode(call.str(0)?)
        .map_err(|_| Trouble::argument(0, "it must be base64"))?;
    let key = rsa::Key::read(call.str(1)?).map_err(|why| Trouble::argument(1, why))?;
    let plain = key.decrypt(&cipher)?;
    let plain = String::from_utf8(plain).map_err(|_| "what was encrypted is not text in UTF-8")?;
    Ok(Value::string(plain))
}
