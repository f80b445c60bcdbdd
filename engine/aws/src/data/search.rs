//! What a search is narrowed by, and that it finds one object.

use crate::args::Args;
use crate::failure;
use crate::tags::Tags;
use aws_sdk_ec2::types::Filter;
use plan::{Failure, FailureKind};

/// EC2's filters: its names of arguments that are texts, tags, and `filter` as it is written. `None` where nothing narrows the search,
/// as the API takes no empty list.
pub(super) fn filters(args: Args<'_>, named: &[(&str, &str)]) -> Option<Vec<Filter>> {
    let one = |name: &str, value: String| Filter::builder().name(name).values(value).build();
    let texts = named.iter().filter_map(|(theirs, ours)| Some(one(theirs, args.text(ours)?)));
    let tags = args.map("tags").into_iter().map(|(key, value)| one(&format!("tag:{key}"), value));
    let written = args.blocks("filter").map(|block| {
        let values = Some(block.strings("values"));
        Filter::builder().set_name(block.text("name")).set_values(values).build()
    });
    Some(texts.chain(tags).chain(written).collect()).filter(|all: &Vec<_>| !all.is_empty())
}

/// The id that is asked for, as the API takes ids. One that nothing has is no failure there: the search finds nothing.
pub(super) fn ids(args: Args<'_>, name: &str) -> Option<Vec<String>> {
    args.text(name).map(|id| vec![id])
}

/// An object with these tags is one that `tags` asks for.
pub(super) fn tagged(args: Args<'_>, tags: &Tags) -> bool {
    args.map("tags").iter().all(|(key, value)| tags.get(key) == Some(value))
}

/// The one object that was found: `what` it is, how it `narrows` down to one, and each one's name.
pub(super) fn only<T>(
    what: &str,
    narrows: &str,
    all: Vec<T>,
    name: impl Fn(&T) -> Option<&str>,
) -> Result<T, Failure> {
    let count = all.len();
    let mut names: Vec<&str> = all.iter().filter_map(&name).take(3).collect();
    if count > names.len() {
        names.push("…");
    }
    let several = format!("more than one {what} matches: {}", names.join(", "));
    let mut all = all.into_iter();
    match (all.next(), count) {
        (Some(one), 1) => Ok(one),
        (None, _) => Err(none(what)),
        (Some(_), _) => Err(Failure {
            kind: FailureKind::Invalid,
            help: Some(format!("name one, or narrow the search, by {narrows}")),
            ..failure::internal(several)
        }),
    }
}

/// Nothing is as it is asked for.
pub(super) fn none(what: &str) -> Failure {
    Failure { kind: FailureKind::NotFound, ..failure::internal(format!("no {what} matches")) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(found: &[&'static str]) -> Result<&'static str, Failure> {
        only("VPC", "`id` or `tags`", found.to_vec(), |id| Some(*id))
    }

    #[test]
    fn one_is_found_or_it_is_said_why_not() {
        assert_eq!(of(&["vpc-1"]).ok(), Some("vpc-1"));
        let none = of(&[]).unwrap_err();
        assert_eq!((none.kind, none.message.as_str()), (FailureKind::NotFound, "no VPC matches"));
        let several = of(&["vpc-1", "vpc-2"]).unwrap_err();
        assert_eq!(several.kind, FailureKind::Invalid);
        assert_eq!(several.message, "more than one VPC matches: vpc-1, vpc-2");
        assert!(of(&["a", "b", "c", "d"]).unwrap_err().message.ends_with("a, b, c, …"));
    }
}
