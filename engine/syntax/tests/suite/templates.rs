//! Templates: escapes, sequences, directives, heredocs, `~` and `<<-`. What is expected was read off Terraform 1.11.4.

use crate::show::{self, file, problems, value};
use banana_syntax::{FileId, parse_template};
use std::sync::Arc;

fn template(text: &str) -> String {
    let (tree, reports) = parse_template(FileId(0), &Arc::from(text));
    assert_eq!(reports, [], "{text}");
    show::expr(&tree, tree.attributes(tree.root())[0].expr)
}

#[test]
fn plain_strings_have_one_part_or_none() {
    assert_eq!(value(r#""""#), "<>");
    assert_eq!(value(r#""a b""#), r#"<"a b">"#);
    assert_eq!(value(r##""# // /* { }""##), r##"<"# // /* { }">"##);
}

#[test]
fn escapes() {
    assert_eq!(value(r#""\n\r\t\"\\""#), r#"<"\n\r\t\"\\">"#);
    assert_eq!(value(r#""\u00e9\U0001F600""#), "<\"é😀\">");
    assert_eq!(value(r#""$${a} %%{b}""#), r#"<"${a} %{b}">"#);
    assert_eq!(value(r#""$ % $$ %% $a {""#), r#"<"$ % $$ %% $a {">"#);
    // From left to right: the first sign is itself, then the escape.
    assert_eq!(value(r#""$$${a}""#), r#"<"$${a}">"#);
    assert_eq!(value(r#""%%%{a}""#), r#"<"%%{a}">"#);
    assert_eq!(value(r#""$%{if a}b%{endif}""#), r#"<"$" %if a ["b"] []>"#);
}

#[test]
fn bad_escapes_are_pointed_at() {
    assert_eq!(
        problems("a = \"x\\q\\y\"\n"),
        ["1:7 `\\q` is no escape sequence", "1:9 `\\y` is no escape sequence"]
    );
    assert_eq!(problems("a = \"\\u12\"\n"), ["1:6 `\\u12` is no escape sequence"]);
    assert_eq!(problems("a = \"\\ud800\"\n"), ["1:6 `\\ud800` is no escape sequence"]);
    assert_eq!(problems("a = \"\\${b}\"\n"), ["1:6 `\\$` is no escape sequence"]);
}

#[test]
fn interpolation() {
    assert_eq!(value(r#""${a}""#), "<$a>");
    assert_eq!(value(r#""x${a}y${b}""#), r#"<"x" $a "y" $b>"#);
    assert_eq!(value(r#""${"${"a"}"}""#), r#"<$<$<"a">>>"#);
    assert_eq!(value(r#""${ { a = "}" }.a }""#), r#"<$(. {a <"}">} a)>"#);
    assert_eq!(value("\"${a\n+\nb}\""), "<$(Add a b)>");
}

#[test]
fn directives() {
    assert_eq!(value(r#""%{if a}b%{else}c%{endif}d""#), r#"<%if a ["b"] ["c"] "d">"#);
    assert_eq!(value(r#""%{ for k, v in m }${k}%{ endfor }""#), "<%for k,v m [$k]>");
    assert_eq!(
        value(r#""%{if a}%{for b in c}%{if d}e%{endif}%{endfor}%{endif}""#),
        r#"<%if a [%for b c [%if d ["e"] []]] []>"#
    );
}

#[test]
fn tildes_trim_the_text_beside_them() {
    assert_eq!(value(r#""a  ${~ b ~}  c""#), r#"<"a" $b "c">"#);
    assert_eq!(value(r#""a\n ${~ b }""#), r#"<"a" $b>"#);
    assert_eq!(
        value(r#""a %{~ if b ~} c %{~ else ~} d %{~ endif ~} e""#),
        r#"<"a" %if b ["c"] ["d"] "e">"#
    );
    // A template with an empty text beside the value is a string, not the value.
    assert_eq!(value(r#""${ a ~} ""#), r#"<$a "">"#);
}

#[test]
fn heredocs() {
    assert_eq!(file("a = <<EOT\nb\n c\nEOT\n"), r#"a = <"b\n c\n">"#);
    assert_eq!(file("a = <<EOT\nEOT\nb = 1\n"), "a = <>; b = 1");
    assert_eq!(file("a = <<EOT\n\\n \"q\" $${b} %%{c}\nEOT\n"), r#"a = <"\\n \"q\" ${b} %{c}\n">"#);
    assert_eq!(file("a = <<EOT\n${b} c\nEOT\n"), r#"a = <$b " c\n">"#);
    assert_eq!(file("a = <<EOT\r\nb\r\nEOT\r\n"), r#"a = <"b\r\n">"#);
    assert_eq!(file("a = [<<A\nx\nA\n, <<B\ny\nB\n]\n"), r#"a = [<"x\n"> <"y\n">]"#);
    assert_eq!(file("a = f(<<-A\n  x\n  A\n)\n"), r#"a = (f <"x\n">)"#);
}

#[test]
fn the_end_marker_stands_alone_between_blanks() {
    assert_eq!(
        file("a = <<EOT\nEOTS\n EOT x\n  EOT \t\nb = 1\n"),
        r#"a = <"EOTS\n EOT x\n">; b = 1"#
    );
    assert_eq!(file("a = <<A\n${<<B\nA\nB\n}\nA\n"), r#"a = <$<"A\n"> "\n">"#);
    assert_eq!(problems("a = <<EOT\nb\nEOT"), ["1:5 the heredoc `EOT` is never closed"]);
    assert_eq!(problems("a = <<EOT x\n"), ["1:5 expected a value, found `<`"]);
}

#[test]
fn a_dash_takes_the_common_indentation() {
    assert_eq!(file("a = <<-E\n    b\n      c\n    E\n"), r#"a = <"b\n  c\n">"#);
    assert_eq!(file("a = <<-E\n\tb\n\n\t\tc\n  E\n"), r#"a = <"b\n\n\tc\n">"#);
    assert_eq!(file("a = <<-E\n    b\n  ${c}\n    E\n"), r#"a = <"  b\n" $c "\n">"#);
    assert_eq!(file("a = <<-E\n    b\n${c}\n    E\n"), r#"a = <"    b\n" $c "\n">"#);
    // A line that starts with a value has no blanks of its own; blanks of values do not count.
    assert_eq!(
        file("a = <<-E\n  ${\"  \"}b\n    c\n  E\n"),
        r#"a = <$<"  "> "b\n  c\n">"#.replace("<$", "<\"\" $")
    );
}

#[test]
fn after_a_tilde_at_a_lines_end_the_next_line_keeps_its_indentation() {
    let text = "a = <<-E\n    %{ for b in c ~}\n    ${b}\n    %{ endfor ~}\n    E\n";
    assert_eq!(file(text), r#"a = <"" %for b c ["    " $b "\n"] "">"#);
}

#[test]
fn a_whole_text_is_a_template() {
    assert_eq!(template(""), "<>");
    assert_eq!(template("a\n\"b\" \\n ${c}\n"), r#"<"a\n\"b\" \\n " $c "\n">"#);
    assert_eq!(template("%{ if a ~}\nb\n%{ endif ~}\n"), r#"<%if a ["b\n"] [] "">"#);
    assert_eq!(template("$"), r#"<"$">"#);
}

#[test]
fn directives_must_match() {
    assert_eq!(problems("a = \"%{if b}\"\n"), ["1:6 `%{ if }` is never closed"]);
    assert_eq!(problems("a = \"%{endif}\"\n"), ["1:6 `%{ endif }` closes nothing here"]);
    assert_eq!(
        problems("a = \"%{if b}%{else}%{else}%{endif}\"\n"),
        ["1:20 `%{ else }` closes nothing here"]
    );
    assert_eq!(
        problems("a = \"%{for b in c}%{else}%{endfor}\"\n"),
        ["1:19 `%{ else }` closes nothing here"]
    );
    assert_eq!(problems("a = \"%{while b}\"\n"), ["1:8 expected a directive, found `while`"]);
}

#[test]
fn a_label_is_a_plain_string() {
    assert_eq!(problems("a \"b${c}d\" {\n}\n"), ["1:5 a label is a plain string"]);
}
