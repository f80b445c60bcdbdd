//! What the comments say. Each tool's own grammar, as its source reads it.

use crate::Meta;
use nom::branch::alt;
use nom::bytes::complete::{is_not, tag, take_till, take_while, take_while1};
use nom::character::complete::{char, space0, space1};
use nom::combinator::{map, opt, rest};
use nom::multi::{many0, separated_list1};
use nom::sequence::{delimited, preceded};
use nom::{IResult, Parser};

/// Whose grammar a comment is written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Tool {
    /// `banana:ignore[ECS002] until=2027-01-31 reason="…"`, `banana:ignore-file[…]`
    Banana,
    /// `checkov:skip=CKV_AWS_1:reason`
    Checkov,
    /// `trivy:ignore:AVD-AWS-0107[attr=value] exp:2027-01-31`, `tfsec:ignore:…`
    Trivy,
    /// `tflint-ignore: rule, rule # reason`, `tflint-ignore-file: …`
    Tflint,
}

impl Tool {
    /// Its name.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Banana => "banana",
            Self::Checkov => "checkov",
            Self::Trivy => "trivy",
            Self::Tflint => "tflint",
        }
    }
}

/// One order to be silent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Comment {
    /// Whose grammar it is.
    pub(super) tool: Tool,
    /// The rules it names, as written; `*` stands for any text.
    pub(super) ids: Vec<String>,
    /// It speaks for the whole file.
    pub(super) file: bool,
    /// The reason it gives.
    pub(super) reason: Option<String>,
    /// `2027-01-31`: its last day (trivy's: the first day without it).
    pub(super) until: Option<String>,
    /// Attributes that the resource must have: path and value.
    pub(super) conditions: Vec<(String, String)>,
}

impl Comment {
    fn new(tool: Tool, ids: Vec<String>) -> Self {
        Self { tool, ids, file: false, reason: None, until: None, conditions: Vec::new() }
    }

    /// True when it speaks of a rule: by code or name in our grammar, by the rule's aliases in others'.
    pub(super) fn names(&self, meta: &Meta) -> bool {
        let ours = [meta.code, meta.name];
        let theirs = meta.aliases.iter().copied().filter(|alias| whose(alias) == self.tool);
        match self.tool {
            Tool::Banana => self.name_one_of(ours),
            Tool::Tflint => {
                self.name_one_of(theirs.clone())
                    || (self.ids.iter().any(|id| id == "all") && theirs.count() > 0)
            }
            Tool::Checkov | Tool::Trivy => self.name_one_of(theirs),
        }
    }

    fn name_one_of<'a>(&self, names: impl IntoIterator<Item = &'a str>) -> bool {
        names.into_iter().any(|name| self.ids.iter().any(|id| glob(&plain(id), &plain(name))))
    }

    /// True when it has not ended.
    pub(super) fn counts(&self, today: Option<&str>) -> bool {
        let Some(until) = &self.until else { return true };
        let well_formed = until.len() == 10
            && until.bytes().enumerate().all(|(at, byte)| match at {
                4 | 7 => byte == b'-',
                _ => byte.is_ascii_digit(),
            });
        let Some(today) = today.filter(|_| well_formed) else { return false };
        match self.tool {
            Tool::Trivy => today < until.as_str(),
            _ => today <= until.as_str(),
        }
    }
}

/// The tool that an alias belongs to, by its form.
fn whose(alias: &str) -> Tool {
    if alias.starts_with("CKV") {
        Tool::Checkov
    } else if alias.starts_with("aws_") || alias.starts_with("terraform_") {
        Tool::Tflint
    } else {
        Tool::Trivy
    }
}

/// Ids compare without case, and trivy's with or without `AVD-`.
fn plain(id: &str) -> String {
    let upper = id.trim().to_ascii_uppercase();
    upper.strip_prefix("AVD-").map(str::to_owned).unwrap_or(upper)
}

/// Matches a text against a pattern in which `*` stands for any run of characters.
pub(crate) fn glob(pattern: &str, text: &str) -> bool {
    let mut pieces = pattern.split('*');
    let Some(mut left) = pieces.next().and_then(|first| text.strip_prefix(first)) else {
        return false;
    };
    let Some(last) = pieces.next_back() else { return left.is_empty() };
    for piece in pieces {
        match left.split_once(piece) {
            Some((_, after)) => left = after,
            None => return false,
        }
    }
    left.ends_with(last)
}

/// What a comment orders, if anything. `text` is the comment as written, with its `#`, `//` or `/* */`.
pub(super) fn comment(text: &str) -> Vec<Comment> {
    let mut found = Vec::new();
    for line in text.lines() {
        let body = line.trim().trim_start_matches(['#', '/', '*']).trim_end_matches("*/").trim();
        found.extend(anywhere(body, own));
        found.extend(anywhere(body, checkov));
        found.extend(anywhere(body, tflint));
        found.extend(trivy(body));
    }
    found
}

/// The first place in a line where a parser succeeds.
fn anywhere<'a>(
    line: &'a str,
    parser: impl Fn(&'a str) -> IResult<&'a str, Comment>,
) -> Option<Comment> {
    line.char_indices()
        .filter_map(|(at, _)| line.get(at..))
        .find_map(|text| parser(text).ok().map(|(_, found)| found))
}

/// `banana:ignore[ECS002, SG*] until=2027-01-31 reason="public site"`
fn own(input: &str) -> IResult<&str, Comment> {
    let id = || preceded(space0, is_not(",] \t"));
    let (input, _) = tag("banana:ignore")(input)?;
    let (input, file) = opt(tag("-file")).parse(input)?;
    let ids = separated_list1((space0, char(',')), id());
    let (input, ids) = delimited(char('['), ids, (space0, char(']'))).parse(input)?;
    let quoted = delimited(char('"'), take_till(|c| c == '"'), char('"'));
    let word = alt((quoted, is_not(" \t\"")));
    let key = alt((tag("until"), tag("reason")));
    let (input, pairs) = many0((preceded(space1, key), preceded(char('='), word))).parse(input)?;
    let value = |name: &str| {
        pairs.iter().find(|(key, _)| *key == name).map(|(_, value)| (*value).to_owned())
    };
    let ids = ids.into_iter().map(str::to_owned).collect();
    let comment = Comment {
        file: file.is_some(),
        until: value("until"),
        reason: value("reason"),
        ..Comment::new(Tool::Banana, ids)
    };
    Ok((input, comment))
}

/// `checkov:skip=CKV_AWS_1,CKV_AWS_2:reason`; without ids it names nothing.
fn checkov(input: &str) -> IResult<&str, Comment> {
    let tool = alt((tag("checkov:skip="), tag("bridgecrew:skip="), tag("cortex:skip=")));
    let id = take_while1(|c: char| c.is_ascii_alphanumeric() || "_-".contains(c));
    let reason = preceded(char(':'), rest);
    let (input, (_, _, ids, reason)) =
        (tool, take_while(|c| c == ' '), separated_list1(char(','), id), opt(reason))
            .parse(input)?;
    let ids = ids.into_iter().map(str::to_owned).collect();
    Ok((input, Comment { reason: said(reason), ..Comment::new(Tool::Checkov, ids) }))
}

/// `tflint-ignore: rule, rule # reason`: exactly one space after the colon.
fn tflint(input: &str) -> IResult<&str, Comment> {
    let (input, (_, file, _)) =
        (tag("tflint-ignore"), opt(tag("-file")), tag(": ")).parse(input)?;
    let (input, ids) = is_not("*/#")(input)?;
    let reason = map(rest, |rest: &str| rest.trim_start_matches(['#', '/']));
    let (input, reason) = opt(reason).parse(input)?;
    let ids = ids.split(',').map(|id| id.trim().to_owned()).filter(|id| !id.is_empty()).collect();
    let comment =
        Comment { file: file.is_some(), reason: said(reason), ..Comment::new(Tool::Tflint, ids) };
    Ok((input, comment))
}

fn said(reason: Option<&str>) -> Option<String> {
    reason.map(str::trim).filter(|reason| !reason.is_empty()).map(str::to_owned)
}

/// Every word of the line by itself: `trivy:ignore:ID[attr=value,attr=value]:exp:2027-01-31:ws:prod`. A workspace is not
/// known here, so what is for one workspace is not honoured.
fn trivy(line: &str) -> Vec<Comment> {
    line.split(' ').filter_map(|word| trivy_word(word).ok()?.1).collect()
}

fn trivy_word(word: &str) -> IResult<&str, Option<Comment>> {
    let (word, _) = take_while(|c| "#/*".contains(c)).parse(word)?;
    let (pairs, _) = alt((tag("trivy:"), tag("tfsec:"))).parse(word)?;
    let pieces: Vec<&str> = pairs.split(':').collect();
    let pair = |key: &str| {
        pieces.chunks_exact(2).find_map(|pair| match pair {
            [name, value] if *name == key => Some(*value),
            _ => None,
        })
    };
    let Some(id) = pair("ignore").filter(|_| pair("ws").is_none()) else { return Ok(("", None)) };
    let (rest, name) = is_not("[")(id)?;
    let condition = (is_not("=,]"), preceded(char('='), is_not(",]")));
    let list = delimited(char('['), separated_list1(char(','), condition), char(']'));
    let (_, conditions): (&str, Option<Vec<(&str, &str)>>) = opt(list).parse(rest)?;
    let conditions = conditions.into_iter().flatten();
    Ok((
        "",
        Some(Comment {
            until: pair("exp").map(str::to_owned),
            conditions: conditions.map(|(path, value)| (path.into(), value.into())).collect(),
            ..Comment::new(Tool::Trivy, vec![name.to_owned()])
        }),
    ))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Severity;

    fn one(text: &str) -> Comment {
        let found = comment(text);
        assert_eq!(found.len(), 1, "{text}: {found:?}");
        found.into_iter().next().unwrap()
    }

    #[test]
    fn ours() {
        let found = one("# banana:ignore[ECS002, SG*] until=2027-01-31 reason=\"public site\"");
        assert_eq!(found.ids, ["ECS002", "SG*"]);
        assert_eq!(found.until.as_deref(), Some("2027-01-31"));
        assert_eq!(found.reason.as_deref(), Some("public site"));
        assert!(!found.file && one("// banana:ignore-file[ECS002]").file);
        assert_eq!(comment("# banana:ignore ECS002"), []);
        assert_eq!(comment("# banana:ignore[]"), []);
    }

    #[test]
    fn checkovs() {
        let found = one("  #checkov:skip=CKV_AWS_20,CKV2_AWS_1:The bucket is public: a site");
        assert_eq!(found.ids, ["CKV_AWS_20", "CKV2_AWS_1"]);
        assert_eq!(found.reason.as_deref(), Some("The bucket is public: a site"));
        assert_eq!(one("/* see below bridgecrew:skip=CKV_AWS_1 */").ids, ["CKV_AWS_1"]);
        assert_eq!(comment("# checkov:skip=:no id"), []);
    }

    #[test]
    fn trivys() {
        let found = one("#trivy:ignore:AVD-AWS-0107[protocol=tcp,from_port=22]:exp:2027-01-31");
        assert_eq!(found.ids, ["AVD-AWS-0107"]);
        assert_eq!(found.conditions[1], ("from_port".into(), "22".into()));
        assert_eq!(found.until.as_deref(), Some("2027-01-31"));
        let found = comment("# tfsec:ignore:aws-s3-enable-logging tfsec:ignore:AWS002");
        assert_eq!(found.len(), 2);
        assert_eq!(comment("# trivy:ignore:AWS-0107:ws:prod"), []);
    }

    #[test]
    fn tflints() {
        let found = one("# tflint-ignore: aws_instance_invalid_type, all # why");
        assert_eq!(found.ids, ["aws_instance_invalid_type", "all"]);
        assert_eq!(found.reason.as_deref(), Some("why"));
        assert!(one("# tflint-ignore-file: all").file);
        assert_eq!(comment("# tflint-ignore:all"), []);
    }

    #[test]
    fn which_rules() {
        const META: Meta = Meta {
            code: "SG001",
            name: "open-admin-port",
            severity: Severity::Critical,
            resources: &[],
            aliases: &["CKV_AWS_24", "AVD-AWS-0107", "aws-ec2-no-public-ingress-sgr"],
            controls: &[],
            since: "0.1",
            links: &[],
        };
        for (text, named) in [
            ("banana:ignore[SG001]", true),
            ("banana:ignore[sg*]", true),
            ("banana:ignore[open-*-port]", true),
            ("banana:ignore[SG002]", false),
            ("banana:ignore[CKV_AWS_24]", false),
            ("checkov:skip=CKV_AWS_24", true),
            ("checkov:skip=CKV_AWS_2", false),
            ("trivy:ignore:avd-aws-0107", true),
            ("trivy:ignore:AWS-0107", true),
            ("trivy:ignore:*", true),
            ("tfsec:ignore:aws-ec2-no-public-ingress-sgr", true),
            ("tflint-ignore: all", false),
        ] {
            assert_eq!(one(text).names(&META), named, "{text}");
        }
    }

    #[test]
    fn ends() {
        let ours = one("banana:ignore[X] until=2027-01-31");
        let theirs = one("trivy:ignore:X:exp:2027-01-31");
        for (today, us, them) in [
            (Some("2027-01-30"), true, true),
            (Some("2027-01-31"), true, false),
            (Some("2027-02-01"), false, false),
            (None, false, false),
        ] {
            assert_eq!((ours.counts(today), theirs.counts(today)), (us, them), "{today:?}");
        }
        assert!(!one("banana:ignore[X] until=soon").counts(Some("2000-01-01")));
    }

    #[test]
    fn globs() {
        for (pattern, text, matches) in [
            ("*", "", true),
            ("A*C", "ABC", true),
            ("A*C", "AC", true),
            ("A*C", "ACB", false),
            ("A*B*C", "AxBxC", true),
            ("AB*BA", "ABA", false),
            ("A", "A", true),
            ("A", "AB", false),
        ] {
            assert_eq!(glob(pattern, text), matches, "{pattern} {text}");
        }
    }
}
