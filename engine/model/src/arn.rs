//! Amazon Resource Names: `arn:partition:service:region:account:resource`.
//! Format: <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html>

use nom::bytes::complete::{tag, take_while};
use nom::character::complete::char;
use nom::combinator::{rest, verify};
use nom::sequence::terminated;
use nom::{IResult, Parser};

/// An ARN, taken apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Arn<'a> {
    /// `aws`, `aws-cn`, `aws-us-gov`
    pub partition: &'a str,
    /// `ecs`
    pub service: &'a str,
    /// `eu-west-3`; empty for global services.
    pub region: &'a str,
    /// Twelve digits; empty where names are global, `aws` for what AWS owns.
    pub account: &'a str,
    /// All the rest: `cluster/banana`.
    pub resource: &'a str,
}

impl<'a> Arn<'a> {
    /// Takes an ARN apart; `None` for text that is none.
    pub fn parse(text: &'a str) -> Option<Self> {
        let field = || {
            terminated(take_while(|c: char| c != ':'), char::<&str, nom::error::Error<&str>>(':'))
        };
        let parsed: IResult<&str, _> = (
            tag("arn:"),
            verify(field(), |s: &str| !s.is_empty()),
            verify(field(), |s: &str| !s.is_empty()),
            field(),
            field(),
            verify(rest, |s: &str| !s.is_empty()),
        )
            .parse(text);
        let (_, (_, partition, service, region, account, resource)) = parsed.ok()?;
        Some(Self { partition, service, region, account, resource })
    }

    /// What stands after the last `/` or `:` of the resource: its name, for most types.
    pub fn name(&self) -> &'a str {
        self.resource.rsplit(['/', ':']).next().unwrap_or(self.resource)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts() {
        let arn = Arn::parse("arn:aws:ecs:eu-west-3:123456789012:service/banana/front").unwrap();
        assert_eq!((arn.service, arn.region, arn.account), ("ecs", "eu-west-3", "123456789012"));
        assert_eq!((arn.resource, arn.name()), ("service/banana/front", "front"));
        let arn = Arn::parse("arn:aws-cn:s3:::bucket/key:with:colons").unwrap();
        assert_eq!(
            (arn.partition, arn.region, arn.resource),
            ("aws-cn", "", "bucket/key:with:colons")
        );
    }

    #[test]
    fn not_an_arn() {
        for text in [
            "",
            "arn:",
            "arn:aws",
            "arn:aws:s3::",
            "arn:aws:s3:::",
            "arn::s3:::b",
            "urn:aws:s3:::b",
        ] {
            assert_eq!(Arn::parse(text), None, "{text}");
        }
    }
}
