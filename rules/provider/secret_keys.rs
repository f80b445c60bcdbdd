//! # AWS keys stand in a file
//!
//! An access key or secret key is written in a variable file, as a variable's default, or in the provider block. Marking the
//! variable `sensitive` hides it from the terminal, not from the file.
//!
//! **Why.** Files are committed, copied, backed up and mailed. The key works from anywhere, for as long as nobody takes it back,
//! for everything its user may do.
//!
//! **Fix.** Take both out of the stack: the provider finds credentials by itself (SSO, a role, `AWS_PROFILE`, the environment).
//! Then deactivate the key in IAM: what was in a file is known.
//!
//! ```hcl,fail
//! variable "aws_secret_key" {
//!   type      = string
//!   sensitive = true
//!   default   = "an example, and no key"
//! }
//!
//! provider "aws" {
//!   region     = "eu-west-3"
//!   secret_key = var.aws_secret_key
//! }
//! ```
//!
//! ```hcl,pass
//! variable "region" {
//!   type    = string
//!   default = "eu-west-3"
//! }
//!
//! provider "aws" {
//!   region = var.region
//! }
//! ```
//!
//! ```hcl,unknown
//! variable "aws_secret_key" {
//!   type = string
//! }
//!
//! provider "aws" {
//!   region     = "eu-west-3"
//!   secret_key = var.aws_secret_key
//! }
//! ```
//!
//! **Limits.** Values given on the command line or by the environment are in no file and pass. The key itself is never shown.

use check::{Check, Meta, Setting, Severity};
use model::field;
use stack::{Origin, Value};

/// What the rule says about itself.
pub const META: Meta = Meta {
    code: "AWS001",
    name: "secret-keys",
    severity: Severity::Critical,
    resources: &["variable", "provider"],
    aliases: &["CKV_AWS_41"],
    controls: &[],
    since: "0.1.0",
    links: &["https://docs.aws.amazon.com/IAM/latest/UserGuide/securing_access-keys.html"],
};

/// Arguments of the provider that are secrets.
const SECRETS: [&str; 3] = ["access_key", "secret_key", "token"];

/// Judges a variable, or a provider's configuration.
pub fn check<'a>(setting: &Setting<'a>, check: &mut Check<'a>) {
    match setting {
        Setting::Variable { name, value, .. } => variable(name, value, check),
        Setting::Provider(provider) if provider.name == "aws" => {
            for name in SECRETS {
                argument(name, field(&provider.value, name), check);
            }
        }
        Setting::Provider(_) => {}
    }
}

fn variable<'a>(name: &str, value: &'a Value, check: &mut Check<'a>) {
    let named = is_key_name(name);
    if value.is_unknown() && named {
        let message = format!("it is not known where the key in variable `{name}` will come from");
        check.unknown(value, "", message);
        return;
    }
    let Some(text) = value.as_str().filter(|text| !text.is_empty()) else { return };
    let key = named || is_access_key(text);
    if key && value.blame.at.is_some() {
        let message = format!("variable `{name}` holds an AWS key, in a file");
        check.fail(value, "", message).secret();
    }
}

fn argument<'a>(name: &str, value: &'a Value, check: &mut Check<'a>) {
    let unknown_variable =
        value.as_unknown().is_some_and(|unknown| matches!(unknown.origin, Origin::Variable(_)));
    if unknown_variable {
        check.unknown(value, name, "it is not known where the provider's keys will come from");
        return;
    }
    // What came through a variable is reported at the variable.
    let direct = value.blame.via.is_none() && value.blame.at.is_some();
    if direct && value.as_str().is_some_and(|text| !text.is_empty()) {
        let message = format!("the provider's `{name}` is written in a file");
        check.fail(value, name, message).secret();
    }
}

/// True for a variable that is called as AWS keys are.
fn is_key_name(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    ["access_key", "secret_key", "access_key_id", "secret_access_key", "session_token"]
        .iter()
        .any(|end| name == *end || name.strip_suffix(end).is_some_and(|start| start.ends_with('_')))
}

/// True for the id of an access key: IAM's prefix for long-lived or temporary ones, and sixteen more characters.
/// <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html#identifiers-unique-ids>
fn is_access_key(text: &str) -> bool {
    let rest = text.strip_prefix("AKIA").or_else(|| text.strip_prefix("ASIA"));
    rest.is_some_and(|rest| {
        rest.len() == 16 && rest.bytes().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit())
    })
}
