//! The comments of all tools in one comment of the language, each with the line it stands on.

use super::comment::Comment;
use super::{own, peers};

/// An order to be silent, and where in the comment it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Told {
    pub(super) comment: Comment,
    /// Lines below the comment's first one.
    pub(super) line: u32,
    /// First and last byte of that line in the comment, blanks around it left out.
    pub(super) bytes: (usize, usize),
    /// It is the first word of its line.
    pub(super) leads: bool,
}

/// What a comment orders, if anything. `text` is the comment as written, with its `#`, `//` or `/* */`.
pub(super) fn comments(text: &str) -> Vec<Told> {
    let mut found = Vec::new();
    let mut start = 0;
    for (written, line) in text.split_inclusive('\n').zip(0..) {
        let first = start + (written.len() - written.trim_start().len());
        let bytes = (first, first + written.trim().len());
        start += written.len();
        let body = written.trim().trim_start_matches(['#', '/', '*']).trim_end_matches("*/").trim();
        let theirs = peers::trivy(body).into_iter();
        let others = own::read(body).into_iter().chain(peers::checkov(body));
        let all = others.map(|comment| (comment, false)).chain(theirs);
        found.extend(all.map(|(comment, leads)| Told { comment, line, bytes, leads }));
    }
    // tflint takes one of each comment and counts its lines from the comment's first.
    let end = text.trim_end().len();
    let bytes = (0, text.lines().next().map_or(end, |line| line.trim_end().len()));
    let told = |comment| Told { comment, line: 0, bytes, leads: false };
    found.extend(peers::tflint(text).map(told));
    found
}

#[cfg(test)]
mod tests {
    use super::super::comment::Tool;
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn lines_of_a_long_comment() {
        let text = "/* words\n   checkov:skip=CKV_AWS_1:é\n   trivy:ignore:AWS-0001 */";
        let found = comments(text);
        let told: Vec<_> =
            found.iter().map(|t| (t.line, text.get(t.bytes.0..t.bytes.1).unwrap())).collect();
        assert_eq!(told, [(1, "checkov:skip=CKV_AWS_1:é"), (2, "trivy:ignore:AWS-0001 */")]);
    }

    #[test]
    fn words_are_no_orders() {
        for text in
            ["# see banana:ignore and checkov:skip", "# banana: a fruit", "# tflint", "/**/", "#"]
        {
            assert_eq!(comments(text), [], "{text}");
        }
    }

    /// Pieces that the grammars are made of, in any order.
    fn noise() -> impl Strategy<Value = String> {
        let piece = prop::sample::select(vec![
            "#",
            "//",
            "/*",
            "*/",
            " ",
            "\n",
            "\r\n",
            "\t",
            "banana:ignore",
            "banana:",
            "-file",
            "[",
            "]",
            ",",
            "=",
            "\"",
            "\\",
            ":",
            "*",
            "for",
            "until",
            "reason",
            "VPC001",
            "2027-01-31",
            "é",
            "module.a[\"b c\"]",
            "checkov:skip=",
            "trivy:",
            "tfsec:",
            "ignore",
            "exp",
            "ws",
            "tflint-ignore: ",
            "tflint-ignore-file: ",
            "all",
        ]);
        prop::collection::vec(piece, 0..24).prop_map(|pieces| pieces.concat())
    }

    proptest! {
        #[test]
        fn whatever_is_written_has_its_place(text in noise()) {
            for told in comments(&text) {
                let written = text.get(told.bytes.0..told.bytes.1);
                prop_assert!(written.is_some_and(|line| !line.contains('\n')), "{told:?}");
                let lines = u32::try_from(text.matches('\n').count()).unwrap();
                prop_assert!(told.line <= lines);
                // What is obeyed names something, and a day in it is one.
                let comment = told.comment;
                prop_assert!(comment.flaw.is_some() || !comment.ids.is_empty());
                prop_assert!(comment.ids.iter().all(|id| comment.flaw.is_some() || !id.is_empty()));
            }
        }

        #[test]
        fn what_is_quoted_is_read_as_it_was_meant(reason in "[ -~é]{0,30}[!-~]", path in "[a-z]{1,8}", value in "[ -~]{0,12}") {
            let quote = |text: &str| text.replace('\\', "\\\\").replace('"', "\\\"");
            let text = format!(
                "# banana:ignore[A][{path}=\"{}\"] reason=\"{}\" until=2027-01-31",
                quote(&value),
                quote(&reason)
            );
            let found = comments(&text);
            let ours: Vec<_> = found.iter().filter(|told| told.comment.tool == Tool::Banana).collect();
            let [told] = ours.as_slice() else { return Err(TestCaseError::fail(format!("{found:?}"))) };
            prop_assert_eq!(&told.comment.flaw, &None);
            prop_assert_eq!(told.comment.reason.as_deref(), Some(reason.as_str()));
            prop_assert_eq!(&told.comment.conditions, &[(path, value)]);
        }
    }
}
