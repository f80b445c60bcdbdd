//! # A key lasts for ever and stands in the state
//!
//! The stack makes an access key without encrypting it, or a second one for the same user.
//!
//! **Why.** Everybody who reads the state has it, and nothing ends it.
//!
//! **Fix.** Use a role; at least set `pgp_key`, and keep one key a user.
//!
//! ```hcl,fail
//! resource "aws_iam_access_key" "key" {
//!   user = "build"
//! }
//! ```
//!
//! ```hcl,pass
//! resource "aws_iam_access_key" "key" {
//!   user    = "build"
//!   pgp_key = "keybase:ada"
//! }
//! ```
//!
//! ```hcl,unknown
//! variable "pgp" {
//!   type = string
//! }
//!
//! resource "aws_iam_access_key" "key" {
//!   user    = "build"
//!   pgp_key = var.pgp
//! }
//! ```

use check::{Check, Instance, Meta, Severity};
use model::Attr;

/// What the rule says about itself.
pub const META: Meta = Meta {
    code: "IAM022",
    name: "access-key",
    severity: Severity::Medium,
    resources: &["aws_iam_access_key"],
    aliases: &[
        "7081f85c-b94d-40fd-8b45-a4f1cac75e46",
        "AC_AWS_0133",
        "AVD-AWS-0167",
        "aws-iam-limit-user-access-keys",
        "3561130e-9c5f-485b-9e16-2764c82763e5",
    ],
    controls: &[],
    since: "0.1.0",
    links: &[
        "https://registry.terraform.io/providers/hashicorp/aws/5.100.0/docs/resources/iam_access_key",
    ],
};

/// Judges a key.
pub fn check<'a>(it: &Instance<'a>, check: &mut Check<'a>) {
    let active = it.text("status").is_null_or(|status| status == "Active");
    check.require(
        it.is_set("pgp_key").or_else(!active),
        "the key stands in the state",
        "the key is encrypted in the state",
    );
    let user = it.text("user").attr;
    let mut others =
        Instance::all(check.model(), "aws_iam_access_key").filter(|other| other.id < it.id);
    let second = others.any(|other| {
        let same = other.text("user").attr;
        match (&user, &same) {
            (Attr::Known(a, _), Attr::Known(b, _)) => a == b,
            _ => check
                .model()
                .refers(user.value())
                .is_some_and(|id| check.model().refers(same.value()) == Some(id)),
        }
    });
    if second {
        check.fail(user.value(), "user", "the user has another key already");
    }
}
