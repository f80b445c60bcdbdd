//! Every construct of the native syntax.

use crate::show::{file, problems, value};
use banana_syntax::{FileId, parse};
use std::sync::Arc;

#[test]
fn literals_and_references() {
    assert_eq!(value("null"), "null");
    assert_eq!(value("true"), "true");
    assert_eq!(value("1.5e3"), "1.5e3");
    assert_eq!(value("007"), "007");
    assert_eq!(value("truely"), "truely");
    assert_eq!(value("var.a-b.c"), "(. (. var a-b) c)");
    assert_eq!(value("naïve.日本語"), "(. naïve 日本語)");
    assert_eq!(value("_x"), "_x");
}

#[test]
fn precedence_is_terraforms() {
    assert_eq!(value("a || b && c"), "(Or a (And b c))");
    assert_eq!(value("a && b == c"), "(And a (Equal b c))");
    assert_eq!(value("a == b < c"), "(Equal a (Less b c))");
    assert_eq!(value("a < b + c"), "(Less a (Add b c))");
    assert_eq!(value("a + b * c"), "(Add a (Multiply b c))");
    assert_eq!(value("a * b + c"), "(Add (Multiply a b) c)");
    assert_eq!(value("-a * b"), "(Multiply (Negate a) b)");
    assert_eq!(value("!a.b[0] == c"), "(Equal (Not (at (. a b) 0)) c)");
    assert_eq!(value("- -1"), "(Negate (Negate 1))");
    assert_eq!(value("!!a"), "(Not (Not a))");
}

#[test]
fn operators_of_one_precedence_lean_left() {
    assert_eq!(value("a - b - c"), "(Subtract (Subtract a b) c)");
    assert_eq!(value("a / b % c * d"), "(Multiply (Modulo (Divide a b) c) d)");
    assert_eq!(value("a != b == c"), "(Equal (NotEqual a b) c)");
    assert_eq!(value("a >= b > c <= d"), "(LessEqual (Greater (GreaterEqual a b) c) d)");
}

#[test]
fn conditionals_lean_right() {
    assert_eq!(value("a ? b : c ? d : e"), "(? a b (? c d e))");
    assert_eq!(value("a ? b ? c : d : e"), "(? a (? b c d) e)");
    assert_eq!(value("a || b ? 1 : 2 + 3"), "(? (Or a b) 1 (Add 2 3))");
}

#[test]
fn traversals() {
    assert_eq!(value("a[b].c[\"d\"]"), "(at (. (at a b) c) <\"d\">)");
    assert_eq!(value("a.0.b"), "(. (at a 0) b)");
    assert_eq!(value("f(x)[0].y"), "(. (at (f x) 0) y)");
    assert_eq!(value("(a).b"), "(. (paren a) b)");
    assert_eq!(value("[1, 2][0]"), "(at [1 2] 0)");
    assert_eq!(value("{ a = 1 }.a"), "(. {a 1} a)");
}

#[test]
fn what_follows_a_full_splat_is_its_body() {
    assert_eq!(value("a[*].b[0].c"), "([*] a (. (at (. it b) 0) c))");
    assert_eq!(value("a[*]"), "([*] a it)");
    assert_eq!(value("a[*].b[*].c"), "([*] a ([*] (. it b) (. it c)))");
}

#[test]
fn an_attribute_splat_takes_names_only() {
    assert_eq!(value("a.*.b.c[0]"), "(at (.* a (. (. it b) c)) 0)");
    assert_eq!(value("a.*.b.0.c"), "(.* a (. (at (. it b) 0) c))");
    assert_eq!(value("a.*.b[*].c"), "([*] (.* a (. it b)) (. it c))");
}

#[test]
fn calls() {
    assert_eq!(value("f()"), "(f )");
    assert_eq!(value("f(1, [2],)"), "(f 1 [2])");
    assert_eq!(value("f(xs...)"), "(f... xs)");
    assert_eq!(value("f(1, xs...)"), "(f... 1 xs)");
    assert_eq!(value("true(1)"), "(true 1)");
    assert_eq!(value("provider::aws::arn_parse(x)"), "(provider::aws::arn_parse x)");
    assert_eq!(value("core :: upper ( x )"), "(core::upper x)");
}

#[test]
fn collections() {
    assert_eq!(value("[]"), "[]");
    assert_eq!(value("[1, 2, ]"), "[1 2]");
    assert_eq!(value("{}"), "{}");
    assert_eq!(
        value("{ a = 1, \"b\" : 2\n (c) = 3, d.e = 4\n}"),
        "{a 1 <\"b\"> 2 (paren c) 3 (. d e) 4}"
    );
    assert_eq!(value("{ a = 1, a = 2 }"), "{a 1 a 2}");
    assert_eq!(value("{ true = 1, 1 = 2, \"${x}\" = 3 }"), "{true 1 1 2 <$x> 3}");
    assert_eq!(value("{ a ? b : c = 1 }"), "{(? a b c) 1}");
}

#[test]
fn for_expressions() {
    assert_eq!(value("[for x in xs : x.id]"), "(for x xs : (. x id))");
    assert_eq!(value("[for i, x in xs : x if i > 0]"), "(for i,x xs : x if (Greater i 0))");
    assert_eq!(value("{for k, v in m : k => v...}"), "(for k,v m : k => v...)");
    assert_eq!(
        value("{for v in m : v => 1 if v != null}"),
        "(for v m : v => 1 if (NotEqual v null))"
    );
}

#[test]
fn lines_do_not_count_within_brackets() {
    assert_eq!(file("a = (1\n+\n2)\n"), "a = (paren (Add 1 2))");
    assert_eq!(file("a = f(\n1\n,\n2\n)\n"), "a = (f 1 2)");
    assert_eq!(file("a = [\n1 # one\n, 2\n]\n"), "a = [1 2]");
    assert_eq!(file("a = b[\n0\n]\n"), "a = (at b 0)");
    assert_eq!(file("a = \"${\nb\n}\"\n"), "a = <$b>");
}

#[test]
fn lines_do_not_count_within_a_for_object() {
    // The shape that many modules use and one other parser refuses.
    let text = "a = { for k, v in m : k => v ? 1 :\n 2\n if\n v }\nb = 1\n";
    assert_eq!(file(text), "a = (for k,v m : k => (? v 1 2) if v); b = 1");
    assert_eq!(file("a = {\n# c\nfor k in m : k\n=> 1 }\n"), "a = (for k m : k => 1)");
}

#[test]
fn lines_count_within_an_object_even_inside_parentheses() {
    assert_eq!(file("a = f({\n b = 1\n c = 2\n})\n"), "a = (f {b 1 c 2})");
    let problems = problems("a = f({ b = 1 +\n 2 })\n");
    assert_eq!(problems.first().unwrap(), "1:16 expected a value, found the end of the line");
}

#[test]
fn a_whole_expression_may_span_lines() {
    assert_eq!(value("\n1 +\n2\n"), "(Add 1 2)");
    assert_eq!(value("[\n1,\n]"), "[1]");
}

#[test]
fn blocks() {
    assert_eq!(file("a {}\n"), "a {}");
    assert_eq!(file("a \"b\" c {\n}\n"), "a \"b\" \"c\" {}");
    assert_eq!(file("a { b = 1 }\n"), "a {b = 1}");
    assert_eq!(file("a {\n b = 1\n c \"d\" {\n e = 2\n }\n}\n"), "a {b = 1; c \"d\" {e = 2}}");
    assert_eq!(file("a \"x\\ty \\u00e9 $${z}\" {\n}\n"), "a \"x\\ty é ${z}\" {}");
    assert_eq!(file("a {}"), "a {}");
    assert_eq!(file("for {\n in = 1\n}\n"), "for {in = 1}");
}

#[test]
fn spans_say_where_things_stand() {
    let text = "a \"b\" {\n  c = d.e\n}\n";
    let (tree, _) = parse(FileId(7), &Arc::from(text));
    let at = |span: banana_syntax::Span| {
        assert_eq!(span.file, FileId(7));
        text.get(span.start as usize..span.end as usize).unwrap()
    };
    let block = tree.blocks(tree.root())[0];
    let body = tree.body(block.body);
    assert_eq!(at(block.kind_span), "a");
    assert_eq!(at(tree.labels(&block)[0].span), "\"b\"");
    assert_eq!(at(block.header), "a \"b\"");
    assert_eq!(at(block.span), "a \"b\" {\n  c = d.e\n}");
    assert_eq!(at(body.span), "\n  c = d.e\n");
    assert_eq!(at(tree.attributes(body)[0].name_span), "c");
    assert_eq!(at(tree.attributes(body)[0].span), "c = d.e");
    assert_eq!(at(tree.span(tree.attributes(body)[0].expr)), "d.e");
    assert_eq!(at(tree.root().span), text);
}

#[test]
fn comments_and_line_ends() {
    assert_eq!(file("# c\n// d\n/* e\n */ a = 1 # f\n"), "a = 1");
    assert_eq!(file("a = /* c */ 1 /* d */\nb {/* e */}\n"), "a = 1; b {}");
    assert_eq!(file("a = 1\r\nb { # c\r\n c = 2\r\n}\r\n"), "a = 1; b {c = 2}");
    assert_eq!(file("\u{feff}a = 1\n"), "a = 1");
    assert_eq!(file("a = 1 // no end"), "a = 1");
    assert_eq!(file(""), "");
    assert_eq!(file("#"), "");
}

#[test]
fn numbers_are_one_token_or_an_error() {
    assert_eq!(value("1.e5"), "1.e5");
    assert_eq!(value("1e400"), "1e400");
    assert_eq!(problems("a = 10.0.0.0\n"), ["1:5 `10.0.0.0` is not a number"]);
    assert_eq!(problems("a = 1e5e5\n"), ["1:5 `1e5e5` is not a number"]);
    assert_eq!(problems("a = 0x10\n"), ["1:6 expected the end of the line, found `x10`"]);
}

#[test]
fn an_attribute_stands_once_in_a_body() {
    let (_, reports) = parse(FileId(0), &Arc::from("a = 1\nb { a = 2 }\na = 3\na = 4\n"));
    assert_eq!(reports.len(), 2);
    assert_eq!(reports[0].code, "duplicate-attribute");
    assert_eq!(reports[0].message, "`a` is set twice");
    assert_eq!(reports[0].at.as_ref().unwrap().span.start, 18);
    assert_eq!(reports[0].related[0].span.start, 0);
    assert_eq!(reports[1].related[0].span.start, 0);
}
