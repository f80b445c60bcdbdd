//! # A secret stands in user data
//!
//! The start script holds an AWS key, a private key, or a password in letters.
//!
//! **Why.** Whoever may describe the instance, and every process on it, reads user data.
//!
//! **Fix.** Give the instance a role, and let the script fetch secrets from Secrets Manager.
//!
//! ```hcl,fail
//! resource "aws_instance" "web" {
//!   ami           = "ami-1"
//!   instance_type = "t3.micro"
//!   user_data     = "export AWS_ACCESS_KEY_ID=AKIAIOSFODNN7EXAMPLE"
//! }
//! ```
//!
//! ```hcl,pass
//! resource "aws_instance" "web" {
//!   ami           = "ami-1"
//!   instance_type = "t3.micro"
//!   user_data     = "echo hello"
//! }
//! ```
//!
//! ```hcl,unknown
//! variable "script" {
//!   type = string
//! }
//!
//! resource "aws_instance" "web" {
//!   ami           = "ami-1"
//!   instance_type = "t3.micro"
//!   user_data     = var.script
//! }
//! ```

use check::{Check, Instance, Meta, Severity};
use model::{At, Attr};

/// What the rule says about itself.
pub const META: Meta = Meta {
    code: "EC2002",
    name: "secret-in-user-data",
    severity: Severity::Critical,
    resources: &["aws_instance", "aws_launch_configuration", "aws_launch_template"],
    aliases: &[
        "CKV_AWS_46",
        "AVD-AWS-0029",
        "aws-autoscaling-no-public-ip",
        "aws-ec2-no-secrets-in-user-data",
        "AVD-AWS-0129",
        "aws-autoscaling-no-secrets-in-user-data",
        "aws-ec2-no-secrets-in-launch-template-user-data",
        "443488f5-c734-460b-a36d-5b3f330174dc",
        "AC_AWS_0168",
        "AC_AWS_0170",
        "0b93729a-d882-4803-bdc3-ac429a21f158",
        "AVD-AWS-0122",
        "aws-autoscaling-no-sensitive-info",
    ],
    controls: &[],
    since: "0.1.0",
    links: &[
        "https://registry.terraform.io/providers/hashicorp/aws/5.100.0/docs/resources/instance",
    ],
};

/// The text behind base64; `None` when it is none.
fn decoded(text: &str) -> Option<String> {
    let mut bits = 0u32;
    let mut held = 0u32;
    let mut bytes = Vec::new();
    for c in text.trim_end_matches('=').bytes() {
        let six = match c {
            b'A'..=b'Z' => c - b'A',
            b'a'..=b'z' => c - b'a' + 26,
            b'0'..=b'9' => c - b'0' + 52,
            b'+' => 62,
            b'/' => 63,
            _ => return None,
        };
        bits = bits << 6 | u32::from(six);
        held += 6;
        if held >= 8 {
            held -= 8;
            bytes.extend(u8::try_from(bits >> held & 0xff));
        }
        bits &= (1 << held) - 1;
    }
    String::from_utf8(bytes).ok()
}

/// True for `export DB_PASSWORD="…"`: a secret by its name, given in letters.
fn gives_password(line: &str) -> bool {
    let Some((name, value)) = line.trim().trim_start_matches("export ").split_once('=') else {
        return false;
    };
    let name = name.trim().to_ascii_uppercase();
    let value = value.trim().trim_matches(['"', '\'', '\\']);
    let secret =
        ["PASSWORD", "PASSWD", "SECRET", "TOKEN", "API_KEY"].iter().any(|end| name.ends_with(end));
    secret && !value.is_empty() && !value.starts_with(['$', '<', '{', '`']) && !name.contains(' ')
}

/// Whether a text holds a key: an AWS key id or secret, or a private key.
pub(crate) fn holds_key(text: &str) -> bool {
    if text.contains("PRIVATE KEY-----") {
        return true;
    }
    let is_word = |c: char| c.is_ascii_alphanumeric() || c == '/' || c == '+';
    text.split(|c| !is_word(c)).any(|word| {
        let id = word.len() == 20
            && (word.starts_with("AKIA") || word.starts_with("ASIA"))
            && word.chars().all(|c| c.is_ascii_uppercase() || c.is_ascii_digit());
        let mixed = word.len() == 40
            && word.chars().any(|c| c.is_ascii_uppercase())
            && word.chars().any(|c| c.is_ascii_lowercase())
            && word.chars().any(|c| c.is_ascii_digit());
        id || mixed && text.to_ascii_lowercase().contains("secret")
    })
}

/// Judges an instance.
pub fn check<'a>(it: &Instance<'a>, check: &mut Check<'a>) {
    for name in ["user_data", "user_data_base64"] {
        let At { path, attr } = it.as_written().text(name).is(|text| {
            let secret = |text: &str| holds_key(text) || text.lines().any(gives_password);
            secret(text) || decoded(text).is_some_and(|text| secret(&text))
        });
        match attr {
            Attr::Known(true, value) => {
                check.fail(value, path, "a key stands in user data").secret();
            }
            Attr::Unknown(value) => {
                check.unknown(value, path, "it is not known whether a key stands in user data");
            }
            _ => {}
        }
    }
}
