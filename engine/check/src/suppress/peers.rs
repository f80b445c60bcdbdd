//! Comments written for checkov, trivy (tfsec) and tflint, as their own sources read them. They are taken from comments only, though
//! checkov and trivy would also take them out of strings and heredocs.

use super::comment::{Comment, Flaw, Tool};
use super::date::is_day;
use nom::branch::alt;
use nom::bytes::complete::{is_not, tag, take_while, take_while1};
use nom::character::complete::char;
use nom::combinator::{opt, rest};
use nom::multi::separated_list1;
use nom::sequence::preceded;
use nom::{IResult, Parser};

/// The first place in a text where a parser succeeds.
fn anywhere<'t, T>(text: &'t str, parser: impl Fn(&'t str) -> IResult<&'t str, T>) -> Option<T> {
    text.char_indices()
        .filter_map(|(at, _)| text.get(at..))
        .find_map(|text| parser(text).ok().map(|(_, found)| found))
}

fn said(reason: Option<&str>) -> Option<String> {
    reason.map(str::trim).filter(|reason| !reason.is_empty()).map(str::to_owned)
}

/// `checkov:skip=CKV_AWS_1,CKV_AWS_2:reason`: the first of a line. Without ids it names nothing.
pub(super) fn checkov(line: &str) -> Option<Comment> {
    let (ids, reason) = anywhere(line, checkov_here)?;
    let ids: Vec<String> = ids?.into_iter().map(str::to_owned).collect();
    Some(Comment { reason: said(reason), ..Comment::new(Tool::Checkov, ids) })
}

type Skip<'t> = (Option<Vec<&'t str>>, Option<&'t str>);

fn checkov_here(text: &str) -> IResult<&str, Skip<'_>> {
    let tool = alt((tag("checkov:skip="), tag("bridgecrew:skip="), tag("cortex:skip=")));
    let id = take_while1(|c: char| c.is_ascii_alphanumeric() || "_-".contains(c));
    let ids = opt(separated_list1(char(','), id));
    let reason = opt(preceded(char(':'), rest));
    preceded((tool, take_while(|c| c == ' ')), (ids, reason)).parse(text)
}

/// `tflint-ignore: rule, rule # reason`: exactly one space after the colon, one in each comment.
pub(super) fn tflint(comment: &str) -> Option<Comment> {
    let here = |file| move |text| tflint_here(text, file);
    let (file, (ids, reason)) = anywhere(comment, here(false))
        .map(|found| (false, found))
        .or_else(|| anywhere(comment, here(true)).map(|found| (true, found)))?;
    let ids = ids.split(',').map(|id| id.trim().to_owned()).filter(|id| !id.is_empty());
    let ids: Vec<String> = ids.collect();
    (!ids.is_empty()).then(|| Comment { file, reason, ..Comment::new(Tool::Tflint, ids) })
}

fn tflint_here(text: &str, file: bool) -> IResult<&str, (&str, Option<String>)> {
    let mark = if file { "tflint-ignore-file: " } else { "tflint-ignore: " };
    let (left, ids) = preceded(tag(mark), is_not("\n*/#")).parse(text)?;
    let reason = left.lines().next().map(|line| line.trim_start_matches(['#', '/']));
    let reason = said(reason.map(|reason| reason.trim_end_matches("*/")));
    Ok(("", (ids, reason)))
}

/// Every word of the line by itself, with whether it is the first: `trivy:ignore:ID[attr=value,attr=value]:exp:2027-01-31:ws:prod`.
pub(super) fn trivy(line: &str) -> Vec<(Comment, bool)> {
    let words = line.split(' ').filter(|word| !word.trim_start_matches(['#', '/', '*']).is_empty());
    words.enumerate().filter_map(|(at, word)| Some((trivy_word(word)?, at == 0))).collect()
}

fn trivy_word(word: &str) -> Option<Comment> {
    let word = word.trim().trim_start_matches(['#', '/', '*']);
    let pairs = ["trivy:", "tfsec:"].iter().find_map(|tool| word.strip_prefix(tool))?;
    let pieces: Vec<&str> = pairs.split(':').collect();
    // Of two with one key the later one counts.
    let pair = |key: &str| {
        pieces.chunks_exact(2).rev().find_map(|pair| match pair {
            [name, value] if *name == key => Some(*value),
            _ => None,
        })
    };
    let (id, conditions) = pair("ignore").map(|id| id.split_once('[').unwrap_or((id, "")))?;
    if id.is_empty() {
        return None;
    }
    let conditions = conditions.strip_suffix(']').unwrap_or(conditions).split(',');
    let conditions = conditions
        .filter_map(|pair| pair.split_once('=').filter(|(_, value)| !value.contains('=')))
        .map(|(path, value)| (path.to_owned(), value.to_owned()));
    let until = pair("exp").map(str::to_owned);
    let flaw = until.as_ref().filter(|day| !is_day(day)).map(|day| {
        Flaw::new(format!("`exp:{day}` is no day"), "write year, month and day: `exp:2027-01-31`")
    });
    Some(Comment {
        until,
        flaw,
        conditions: conditions.collect(),
        workspace: pair("ws").map(str::to_owned),
        ..Comment::new(Tool::Trivy, vec![id.to_owned()])
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn checkovs() {
        let one = |text: &str| checkov(text).unwrap();
        let found = one("checkov:skip=CKV_AWS_20,CKV2_AWS_1:The bucket is public: a site");
        assert_eq!(found.ids, ["CKV_AWS_20", "CKV2_AWS_1"]);
        assert_eq!(found.reason.as_deref(), Some("The bucket is public: a site"));
        assert_eq!(one("see below bridgecrew:skip=  CKV_AWS_1").ids, ["CKV_AWS_1"]);
        assert_eq!(one("cortex:skip=BC_AWS-1 and more").ids, ["BC_AWS-1"]);
        assert_eq!(one("checkov:skip=CKV_1 checkov:skip=CKV_2").ids, ["CKV_1"]);
        for none in ["checkov:skip=:no id", "checkov:skip=", "checkov: skip=CKV_1", "checkov:skip"]
        {
            assert_eq!(checkov(none), None, "{none}");
        }
    }

    #[test]
    fn trivys() {
        let one = |text: &str| trivy(text).remove(0).0;
        let found =
            one("trivy:ignore:AVD-AWS-0107[protocol=tcp,ingress.from_port=22]:exp:2027-01-31");
        assert_eq!(found.ids, ["AVD-AWS-0107"]);
        assert_eq!(found.conditions[1], ("ingress.from_port".into(), "22".into()));
        assert_eq!(found.until.as_deref(), Some("2027-01-31"));
        assert_eq!(found.flaw, None);
        let found = trivy("why tfsec:ignore:aws-s3-enable-logging #tfsec:ignore:AWS002");
        assert_eq!(found.iter().map(|(_, leads)| *leads).collect::<Vec<_>>(), [false, false]);
        assert!(trivy("trivy:ignore:A # why")[0].1);
        assert_eq!(
            one("trivy:exp:2027-01-31:ignore:A:ws:dev-*").workspace.as_deref(),
            Some("dev-*")
        );
        assert!(one("trivy:ignore:A:exp:2027-1-31").flaw.is_some());
        for none in
            ["trivy: ignore:A", "trivy:ignore", "trivy:ignore:", "trivy:A", "xtrivy:ignore:A"]
        {
            assert_eq!(trivy(none), [], "{none}");
        }
    }

    #[test]
    fn tflints() {
        let one = |text: &str| tflint(text).unwrap();
        let found = one("# tflint-ignore: aws_instance_invalid_type, all # why");
        assert_eq!(found.ids, ["aws_instance_invalid_type", "all"]);
        assert_eq!(found.reason.as_deref(), Some("why"));
        assert!(one("# tflint-ignore-file: all").file);
        assert_eq!(one("/* tflint-ignore: a */").ids, ["a"]);
        assert_eq!(one("/* words\n tflint-ignore: a\n tflint-ignore: b */").ids, ["a"]);
        assert_eq!(tflint("# tflint-ignore:all"), None);
        // A second space is part of the list, as tflint trims its entries.
        assert_eq!(one("# tflint-ignore:  all").ids, ["all"]);
    }
}
