//! # A secret stands in a container's plain environment
//!
//! An environment variable whose name says secret (`PASSWORD`, `TOKEN`, `API_KEY` …) and that holds a plain value, or a value
//! that looks like an AWS access key, a private key or another well-known token.
//!
//! **Why.** The task definition is readable by everyone who may describe it, stays readable in all its old revisions, and is
//! copied into the state file and the plan.
//!
//! **Fix.** Keep the secret in Secrets Manager or Parameter Store and pass it by `secrets = [{ name = …, valueFrom = <arn> }]`.
//! Then change it: what was in a task definition is known.
//!
//! ```hcl,fail
//! resource "aws_ecs_task_definition" "front" {
//!   family = "front"
//!   container_definitions = jsonencode([{
//!     name        = "front"
//!     image       = "example.com/front:1"
//!     environment = [{ name = "DB_PASSWORD", value = "correct horse battery staple" }]
//!   }])
//! }
//! ```
//!
//! ```hcl,pass
//! resource "aws_ecs_task_definition" "front" {
//!   family = "front"
//!   container_definitions = jsonencode([{
//!     name        = "front"
//!     image       = "example.com/front:1"
//!     environment = [{ name = "TOKEN_LIFETIME", value = "3600" }]
//!     secrets = [{
//!       name      = "DB_PASSWORD"
//!       valueFrom = "arn:aws:secretsmanager:eu-west-3:123456789012:secret:db-AbCdEf"
//!     }]
//!   }])
//! }
//! ```
//!
//! ```hcl,unknown
//! variable "db_password" {
//!   type = string
//! }
//!
//! resource "aws_ecs_task_definition" "front" {
//!   family = "front"
//!   container_definitions = jsonencode([{
//!     name        = "front"
//!     image       = "example.com/front:1"
//!     environment = [{ name = "DB_PASSWORD", value = var.db_password }]
//!   }])
//! }
//! ```
//!
//! **Limits.** Values that only point at a secret (an ARN, a path, an address) pass, as do numbers and booleans.

use check::{Check, Meta, Severity};
use model::{Attr, EcsTaskDefinition};

/// What the rule says about itself.
pub const META: Meta = Meta {
    code: "ECS004",
    name: "plain-text-secret",
    severity: Severity::High,
    resources: &["aws_ecs_task_definition"],
    aliases: &["AVD-AWS-0036", "aws-ecs-no-plaintext-secrets", "AC_AWS_0095"],
    controls: &[("FSBP", "ECS.8")],
    since: "0.1.0",
    links: &[
        "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/specifying-sensitive-data.html",
    ],
};

/// Words of a name that say secret.
const SECRET: [&str; 12] = [
    "PASSWORD",
    "PASSWD",
    "PASSPHRASE",
    "SECRET",
    "TOKEN",
    "APIKEY",
    "API_KEY",
    "PRIVATE_KEY",
    "ACCESS_KEY",
    "CREDENTIAL",
    "ENCRYPTION_KEY",
    "SIGNING_KEY",
];
/// Ends of a name that say it only points at one, or speaks about one.
const HARMLESS: [&str; 14] = [
    "_ARN",
    "_FILE",
    "_PATH",
    "_NAME",
    "_URL",
    "_URI",
    "_ENDPOINT",
    "_LIFETIME",
    "_TTL",
    "_EXPIRY",
    "_LENGTH",
    "_HEADER",
    "_TYPE",
    "_REGION",
];
const OPEN: &str = "it is not known whether the environment holds secrets";

/// Judges a task definition.
pub fn check<'a>(task: &EcsTaskDefinition<'a>, check: &mut Check<'a>) {
    for (at, container) in check.containers(task, OPEN) {
        let path = format!("container_definitions[{at}].environment");
        if let Attr::Unknown(value) = container.environment {
            check.unknown(value, path.clone(), OPEN);
        }
        for (at, variable) in container.environment.elements().iter().enumerate() {
            let Attr::Known(variable, _) = variable else {
                check.unknown(variable.value(), format!("{path}[{at}]"), OPEN);
                continue;
            };
            let name = variable.name.known().map_or("", |name| name.as_str());
            let path = format!("{path}[{at}].value");
            let value = variable.value.value();
            match &variable.value {
                Attr::Known(text, _)
                    if looks_secret(text) || (says_secret(name) && is_plain(text)) =>
                {
                    let message = format!("`{name}` holds a secret in plain text");
                    check.fail(value, path, message).evidence(name).secret();
                }
                Attr::Unknown(_) if says_secret(name) && value.is_sensitive() => {
                    let message = format!("`{name}` will hold a secret in plain text");
                    check.fail(value, path, message).evidence(name).secret();
                }
                Attr::Unknown(_) if says_secret(name) => {
                    let message =
                        format!("it is not known whether `{name}` is a secret or points at one");
                    check.unknown(value, path, message);
                }
                _ => {}
            }
        }
    }
}

fn says_secret(name: &str) -> bool {
    let name = name.to_ascii_uppercase().replace('-', "_");
    SECRET.iter().any(|word| name.contains(word)) && !HARMLESS.iter().any(|end| name.ends_with(end))
}

/// True for text that is more than a switch, a number, or the way to a secret.
fn is_plain(text: &str) -> bool {
    let text = text.trim();
    let switch =
        ["", "true", "false", "none", "null"].iter().any(|word| text.eq_ignore_ascii_case(word));
    let pointer = ["arn:", "http://", "https://", "/", "secretsmanager:", "ssm:"];
    !switch && text.parse::<f64>().is_err() && !pointer.iter().any(|start| text.starts_with(start))
}

/// True for text in the form of a well-known secret.
pub(crate) fn looks_secret(text: &str) -> bool {
    let key = |prefix: &str, len: usize| {
        text.match_indices(prefix).any(|(at, _)| {
            let rest = text.get(at + prefix.len()..).unwrap_or("");
            rest.chars().take_while(char::is_ascii_alphanumeric).count() >= len
        })
    };
    // IAM's unique id prefixes of access keys; GitHub's and Slack's token prefixes; PEM.
    key("AKIA", 16)
        || key("ASIA", 16)
        || key("ghp_", 36)
        || key("xoxb-", 10)
        || (text.contains("-----BEGIN") && text.contains("PRIVATE KEY-----"))
}
