//! banana's own comments.
//!
//! ```text
//! comment    = "banana:ignore" [ "-file" ] "[" rule { "," rule } "]" [ "[" value { "," value } "]" ] { setting }
//! rule       = code or name, "*" for any text
//! value      = path "=" ( word | string )
//! setting    = blank ( "for" | "until" | "reason" ) "=" ( word | string )
//! ```
//!
//! What starts like one and is none is said to be wrong; it never silences anything.

use super::comment::{Comment, Flaw, Tool};
use super::date::is_day;
use nom::branch::alt;
use nom::bytes::complete::{is_not, tag, take_while1};
use nom::character::complete::{anychar, char, space0};
use nom::combinator::{recognize, verify};
use nom::multi::{fold_many0, many1_count, separated_list1};
use nom::sequence::{delimited, preceded, separated_pair};
use nom::{IResult, Parser};
use std::borrow::Cow;

const EXAMPLE: &str = "write `banana:ignore[RULE] reason=\"…\"`";

/// All in one line of a comment, its `#` left out.
pub(super) fn read(body: &str) -> Vec<Comment> {
    let mut found = Vec::new();
    let mut left = body;
    let mut first = true;
    while let Some(text) = start(left, std::mem::take(&mut first)) {
        let (after, comment) = one(text);
        found.push(comment);
        left = after;
    }
    found
}

/// Where the next one starts. At the start of the comment anything that is addressed to banana counts; further on, only what can be
/// nothing else.
fn start(text: &str, leading: bool) -> Option<&str> {
    let addressed = text
        .strip_prefix("banana:")
        .is_some_and(|rest| rest.trim_start().starts_with("ignore") || is_word(rest));
    if leading && addressed {
        return Some(text);
    }
    let mut found = text.match_indices("banana:ignore");
    let at = found.find_map(|(at, mark)| {
        let rest = text.get(at + mark.len()..)?;
        (rest.starts_with('[') || rest.starts_with("-file[")).then_some(at)
    });
    text.get(at?..)
}

fn is_word(rest: &str) -> bool {
    rest.starts_with(|c: char| c.is_ascii_alphabetic())
}

/// Reads one, and what follows it.
fn one(text: &str) -> (&str, Comment) {
    let mut comment = Comment::new(Tool::Banana, Vec::new());
    let left = match fill(text, &mut comment) {
        Ok(left) => left,
        Err(flaw) => {
            comment.flaw = Some(flaw);
            ""
        }
    };
    (left, comment)
}

fn fill<'t>(text: &'t str, comment: &mut Comment) -> Result<&'t str, Flaw> {
    let (left, verb) = verb(text).map_err(|_| {
        Flaw::new("there is a blank after `banana:`", "write `banana:ignore[RULE]` without it")
    })?;
    comment.file = match verb {
        "ignore" => false,
        "ignore-file" => true,
        other => return Err(Flaw::new(format!("there is no `banana:{other}`"), EXAMPLE)),
    };
    let (left, ids) = listed(left)
        .ok_or_else(|| Flaw::new(format!("`banana:{verb}` does not say which rules"), EXAMPLE))?;
    comment.ids = ids.split(',').map(|id| id.trim().to_owned()).collect();
    if comment.ids.iter().any(|id| id.is_empty() || id.contains([' ', '\t', '"', '='])) {
        let flaw = format!("`[{ids}]` is no list of rules");
        return Err(Flaw::new(flaw, "put codes or names there, commas between them"));
    }
    let mut left = left;
    if left.starts_with('[') {
        let (after, conditions) = conditions(left).map_err(|_| {
            let flaw = "the second brackets hold no attribute values";
            Flaw::new(flaw, "write `[from_port=22, protocol=\"tcp\"]`, names of blocks with dots: `ingress.from_port`")
        })?;
        comment.conditions = conditions;
        left = after;
    }
    settings(left, comment)
}

/// `banana:` and a word
fn verb(text: &str) -> IResult<&str, &str> {
    let word = take_while1(|c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_');
    preceded(tag("banana:"), word).parse(text)
}

fn settings<'t>(text: &'t str, comment: &mut Comment) -> Result<&'t str, Flaw> {
    let mut left = text;
    loop {
        let blank = left.starts_with([' ', '\t']);
        let rest = left.trim_start();
        let ends = ["#", "//", "*/", "banana:ignore"];
        if rest.is_empty() || ends.iter().any(|end| rest.starts_with(end)) {
            return Ok(rest);
        }
        let word = rest.split([' ', '\t']).next().unwrap_or_default();
        let unknown = || {
            let name = word.split('=').next().unwrap_or(word);
            let near = schema::closest(name, ["for", "until", "reason"]);
            let help = near.map_or_else(
                || "write `reason=\"…\"`, `until=2027-01-31` or `for=ADDRESS`".to_owned(),
                |near| format!("did you mean `{near}=`?"),
            );
            Flaw::new(format!("`{word}` is no setting of a suppression"), help)
        };
        let (after, (key, value)) = setting(rest).map_err(|_| unknown())?;
        if !after.is_empty() && !after.starts_with([' ', '\t']) {
            return Err(unknown());
        }
        let value = value.into_owned();
        let slot = match key {
            "for" => &mut comment.instances,
            "until" => &mut comment.until,
            "reason" => &mut comment.reason,
            _ => return Err(unknown()),
        };
        if !blank {
            return Err(Flaw::new(format!("there is no blank before `{key}=`"), "put one there"));
        }
        if key == "until" && !is_day(&value) {
            let flaw = format!("`until={value}` is no day");
            return Err(Flaw::new(flaw, "write year, month and day: `until=2027-01-31`"));
        }
        if key == "for" && value.is_empty() {
            let help = "write an address as findings show it: `for=module.web[\"a\"]`";
            return Err(Flaw::new("`for` names no instance", help));
        }
        if slot.is_some() {
            return Err(Flaw::new(format!("`{key}` is there twice"), "keep one of them"));
        }
        *slot = Some(value).filter(|text| !text.trim().is_empty());
        left = after;
    }
}

/// `[` text `]`
fn listed(text: &str) -> Option<(&str, &str)> {
    let (ids, left) = text.strip_prefix('[')?.split_once(']')?;
    (!ids.trim().is_empty()).then_some((left, ids))
}

/// `[path=value, path="value"]`
fn conditions(text: &str) -> IResult<&str, Vec<(String, String)>> {
    let path = is_not("=,[]\" \t");
    let value = alt((quoted, is_not(",]\" \t").map(Cow::Borrowed)));
    let pair = separated_pair(path, delimited(space0, char('='), space0), value);
    let pair =
        pair.map(|(path, value): (&str, Cow<'_, str>)| (path.to_owned(), value.into_owned()));
    let comma = delimited(space0, char(','), space0);
    delimited((char('['), space0), separated_list1(comma, pair), (space0, char(']'))).parse(text)
}

/// `key=value`
fn setting(text: &str) -> IResult<&str, (&str, Cow<'_, str>)> {
    let key = take_while1(|c: char| c.is_ascii_alphabetic());
    separated_pair(key, char('='), alt((quoted, bare))).parse(text)
}

/// `"text"`, in which `\"` and `\\` stand for `"` and `\`.
fn quoted(text: &str) -> IResult<&str, Cow<'_, str>> {
    let piece =
        alt((preceded(char('\\'), alt((char('"'), char('\\')))), verify(anychar, |c| *c != '"')));
    let inside = fold_many0(piece, String::new, |mut text, c| {
        text.push(c);
        text
    });
    delimited(char('"'), inside.map(Cow::Owned), char('"')).parse(text)
}

/// A word; strings in it belong to it: `module.web["a b"]`.
fn bare(text: &str) -> IResult<&str, Cow<'_, str>> {
    let piece = alt((recognize(quoted), is_not(" \t\"")));
    recognize(many1_count(piece)).map(Cow::Borrowed).parse(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn one(text: &str) -> Comment {
        let mut found = read(text);
        assert_eq!(found.len(), 1, "{text}: {found:?}");
        found.remove(0)
    }

    #[test]
    fn all_settings() {
        let found =
            one("banana:ignore[ECS002, SG*] until=2027-01-31 reason=\"public \\\"site\\\"\"");
        assert_eq!((found.flaw, found.ids), (None, vec!["ECS002".into(), "SG*".into()]));
        assert_eq!(found.until.as_deref(), Some("2027-01-31"));
        assert_eq!(found.reason.as_deref(), Some("public \"site\""));
        assert!(!found.file && one("banana:ignore-file[ECS002]").file);
        assert_eq!(one("banana:ignore[X] reason=why").reason.as_deref(), Some("why"));
        assert_eq!(one("banana:ignore[X] reason=\" \"").reason, None);
    }

    #[test]
    fn instances_and_values() {
        for text in [
            "banana:ignore[X] for=module.web[\"a b\"].aws_subnet.c[0]",
            "banana:ignore[X] for=\"module.web[\\\"a b\\\"].aws_subnet.c[0]\"",
        ] {
            let found = one(text);
            assert_eq!(found.flaw, None);
            assert_eq!(found.instances.as_deref(), Some("module.web[\"a b\"].aws_subnet.c[0]"));
        }
        let found = one("banana:ignore[X][ingress.from_port=22, protocol = \"t,]p\"] reason=a");
        assert_eq!(found.flaw, None);
        let pair = |path: &str, value: &str| (path.to_owned(), value.to_owned());
        assert_eq!(found.conditions, [pair("ingress.from_port", "22"), pair("protocol", "t,]p")]);
        assert_eq!(found.reason.as_deref(), Some("a"));
    }

    #[test]
    fn several_on_a_line() {
        let found = read("banana:ignore[A] reason=a banana:ignore[B] reason=b # checkov:skip=C");
        let ids: Vec<&str> = found.iter().map(|one| one.ids[0].as_str()).collect();
        assert_eq!(ids, ["A", "B"]);
        assert!(found.iter().all(|one| one.flaw.is_none()));
        assert_eq!(one("checkov:skip=C:see above banana:ignore[A]").ids, ["A"]);
    }

    #[test]
    fn what_is_wrong() {
        for (text, word) in [
            ("banana:ignore", "does not say which rules"),
            ("banana:ignore ECS002", "does not say which rules"),
            ("banana:ignore [ECS002]", "does not say which rules"),
            ("banana:ignore[]", "does not say which rules"),
            ("banana:ignore[ECS002", "does not say which rules"),
            ("banana: ignore[ECS002]", "a blank after"),
            ("banana:skip[ECS002]", "no `banana:skip`"),
            ("banana:ignore[A,,B]", "no list of rules"),
            ("banana:ignore[A B]", "no list of rules"),
            ("banana:ignore[A][B]", "no attribute values"),
            ("banana:ignore[A][b=\"c]", "no attribute values"),
            ("banana:ignore[A] because it is public", "`because` is no setting"),
            ("banana:ignore[A] untill=2027-01-31", "`untill=2027-01-31` is no setting"),
            ("banana:ignore[A] until=2027-02-30", "`until=2027-02-30` is no day"),
            ("banana:ignore[A] until=soon", "`until=soon` is no day"),
            ("banana:ignore[A] until=", "is no setting"),
            ("banana:ignore[A] reason=\"open", "is no setting"),
            ("banana:ignore[A] reason=\"a\"b", "is no setting"),
            ("banana:ignore[A] reason=a reason=b", "twice"),
            ("banana:ignore[A] for=\"\"", "names no instance"),
            ("banana:ignore[A]reason=a", "no blank before"),
        ] {
            let flaw = one(text).flaw.unwrap_or_else(|| panic!("{text}"));
            assert!(flaw.message.contains(word), "{text}: {flaw:?}");
            assert!(!flaw.help.is_empty());
        }
    }
}
