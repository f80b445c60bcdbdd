//! Broken files: what is said, where, and what is left of the tree.

use crate::show::{problems, rest};
use banana_syntax::{FileId, Report, parse};
use std::sync::Arc;

fn only(text: &str) -> Report {
    let (_, mut reports) = parse(FileId(0), &Arc::from(text));
    assert_eq!(reports.len(), 1, "{reports:#?}");
    reports.remove(0)
}

fn shown(text: &str, label: &banana_syntax::Label) -> String {
    let span = label.span;
    format!("{}: {}", text.get(span.start as usize..span.end as usize).unwrap(), label.text)
}

#[test]
fn independent_problems_are_all_found() {
    let text = r#"
resource "aws_vpc" "a" {
  cidr_block = "10.0.0.0/16
  tags = {
    Name =
    Env  = "x"
  }
}
resource "aws_subnet" "b" {
  vpc_id = aws_vpc.a.
  cidrs  = [1, 2
  count  = 10.0.0.0/8
}
variable "x" {
  type: string
  default = foo(1, 2
}
output "o" {
  value = "${var.x"
}
"#;
    assert_eq!(
        problems(text),
        [
            "3:16 the string is not closed on its line",
            "5:11 expected a value, found the end of the line",
            "10:22 expected an attribute's name, found the end of the line",
            "11:12 the list is never closed",
            "12:12 `10.0.0.0` is not a number",
            "15:7 expected `=`, found `:`",
            "16:13 the call is never closed",
            "19:19 expected `}`, found a string",
        ]
    );
    assert_eq!(
        rest(text),
        "resource \"aws_vpc\" \"a\" {cidr_block = <\"10.0.0.0/16\">; tags = {Name _ Env <\"x\">}}; \
         resource \"aws_subnet\" \"b\" {vpc_id = (. aws_vpc a); cidrs = [1 2]; count = (Divide 10.0.0.0 8)}; \
         variable \"x\" {default = (foo 1 2)}; output \"o\" {value = <$(. var x)>}"
    );
}

#[test]
fn one_list_can_have_several_problems() {
    assert_eq!(
        problems("a = [1 2, +, 3]\nb = {\n c 1\n d = ]\n e = 2\n}\n"),
        [
            "1:8 expected `,` or `]`, found `2`",
            "1:11 expected a value, found `+`",
            "3:4 expected `=` or `:`, found `1`",
            "4:6 expected a value, found `]`",
        ]
    );
}

#[test]
fn an_unclosed_block_names_the_likely_place() {
    let text = "a {\n  b {\n    c = 1\n}\n\nd {\n}\n";
    let report = only(text);
    assert_eq!(report.message, "the block is never closed");
    assert_eq!(shown(text, report.at.as_ref().unwrap()), "a: this block");
    assert_eq!(
        shown(text, &report.related[0]),
        "}: this stands further left than the block that it closes"
    );
    assert_eq!(shown(text, &report.related[1]), "b: that block");

    let text = "a {\n  b = 1\n\nc {\n}\n";
    let report = only(text);
    assert_eq!(shown(text, &report.related[0]), "c: a `}` seems to be missing before this line");
    assert_eq!(report.help.as_deref(), Some("add the missing `}`"));
}

#[test]
fn an_unclosed_bracket_ends_where_the_next_attribute_starts() {
    let text = "a = f([1,\n  2\nd = 4\n";
    let report = only(text);
    assert_eq!(report.message, "the list is never closed");
    assert_eq!(shown(text, &report.related[0]), "d: this is not part of it any more");
    assert_eq!(rest(text), "a = (f [1 2]); d = 4");
}

#[test]
fn an_unclosed_heredoc_names_the_line_that_nearly_ends_it() {
    let text = "a = f(<<EOT\nb\n  EOT)\nc = 1\n";
    let report = only(text);
    assert_eq!(report.message, "the heredoc `EOT` is never closed");
    assert_eq!(shown(text, &report.related[0]), "EOT)\n: more than the marker");
    let text = "a = <<EOT\nb\nEOT";
    assert_eq!(shown(text, &only(text).related[0]), "EOT: this line does not end");
}

#[test]
fn braces_out_of_place() {
    assert_eq!(problems("a\n{\n  b = 1\n}\n"), ["1:2 expected `{`, found the end of the line"]);
    assert_eq!(problems("a {}\n}\nb = 1\n"), ["2:1 expected an attribute or a block, found `}`"]);
    assert_eq!(problems("a { b = 1, c = 2 }\nd = 1\n"), ["1:10 expected `}`, found `,`"]);
    assert_eq!(problems("a { b {} }\nd = 1\n"), ["1:7 expected `=`, found `{`"]);
    assert_eq!(problems("a { b = 1\n}\nd = 1\n"), ["1:10 expected `}`, found the end of the line"]);
    assert_eq!(problems("a {} b {}\n"), ["1:6 expected the end of the line, found `b`"]);
    assert_eq!(rest("a {\n b = 1 }\nc = 2\n"), "c = 2; a {b = 1}");
}

#[test]
fn strangers() {
    assert_eq!(
        problems("a = 'x'\nb = 1 & 2\n\"c\" = 3\nd = 1,\ne = 2\n"),
        [
            "1:5 expected a value, found `'`",
            "2:7 expected the end of the line, found `&`",
            "3:1 expected an attribute or a block, found a string",
            "4:6 expected the end of the line, found `,`",
        ]
    );
    assert_eq!(problems("a = 1\0\n"), ["1:6 expected the end of the line, found `\\u{0}`"]);
    assert_eq!(problems("a = /* b\n"), ["1:5 expected a value, found `/* b\\n`"]);
    assert_eq!(
        problems("a = x ? 1\nb = if c then d\n"),
        [
            "1:10 expected `:`, found the end of the line",
            "2:8 expected the end of the line, found `c`",
        ]
    );
}

#[test]
fn for_slips() {
    assert_eq!(
        problems("a = [for x in y : k => x]\n"),
        ["1:19 a `for` between `[ ]` makes a list, which has no keys"]
    );
    assert_eq!(
        problems("a = {for x in y : x}\n"),
        ["1:19 a `for` between `{ }` makes an object, which needs keys"]
    );
    assert_eq!(
        problems("a = [for x in y : x...]\n"),
        ["1:20 a `for` between `[ ]` cannot group with `...`"]
    );
    assert_eq!(problems("a = [for x, y, z in w : x]\n"), ["1:14 expected `in`, found `,`"]);
    assert_eq!(problems("a = x.0.1\n"), ["1:7 `0.1` reads as one number, not as two indexes"]);
    assert_eq!(problems("a = x.*.y.*\n"), ["1:11 expected an attribute's name, found `*`"]);
    assert_eq!(problems("a = p::f\n"), ["1:9 expected `(`, found the end of the line"]);
}

#[test]
fn long_texts_are_not_repeated() {
    let text = format!("a = {}\n", "1.".repeat(50_000) + "1");
    assert!(only(&text).message.len() < 100);
}

#[test]
fn hopeless_files_make_a_hundred_reports() {
    assert_eq!(problems(&"a = ]\n".repeat(5_000)).len(), 100);
}
