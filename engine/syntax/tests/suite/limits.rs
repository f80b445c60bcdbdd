//! Hostile input: deep, long, wide. All of it ends soon, with a report and a tree that can be walked.

use crate::show;
use banana_syntax::{FileId, Report, Tree, parse, parse_expression, parse_json, parse_template};

/// Openings, what stands within, closings.
const NESTS: [(&str, &str, &str); 13] = [
    ("[", "1", "]"),
    ("(", "1", ")"),
    ("{a=", "1", "}"),
    ("f(", "1", ")"),
    ("a[", "1", "]"),
    ("\"${", "1", "}\""),
    ("\"%{if a}", "b", "%{endif}\""),
    ("[for a in ", "b", " : a]"),
    ("{for a in b : a => ", "1", "}"),
    ("a ? b : ", "c", ""),
    ("a ? ", "b", " : c"),
    ("<<E\n${", "1", "}\nE\n"),
    ("(1 + ", "1", ")"),
];

fn nested((open, inner, close): (&str, &str, &str), levels: usize) -> (Tree, Vec<Report>) {
    // A directive's text is template text, not an expression: nest strings through `${ }`.
    let (open, close) = if open.starts_with("\"%") {
        (format!("{open}${{"), format!("}}{close}"))
    } else {
        (open.to_owned(), close.to_owned())
    };
    let text = format!("x = {}{inner}{}\ny = 2\n", open.repeat(levels), close.repeat(levels));
    parse(FileId(0), &text.into())
}

#[test]
fn five_hundred_and_twelve_levels_are_read() {
    for nest in NESTS {
        let (tree, reports) = nested(nest, 512);
        assert_eq!(reports, [], "{nest:?}");
        assert_eq!(tree.attributes(tree.root()).len(), 2);
    }
    let blocks = format!("{}{}", "a {\n".repeat(512), "}\n".repeat(512));
    assert_eq!(show::problems(&blocks), [""; 0]);
}

#[test]
fn a_hundred_thousand_levels_are_refused() {
    for nest in NESTS {
        let (_, reports) = nested(nest, 100_000);
        assert_eq!(reports[0].code, "too-deep", "{nest:?}");
    }
    for text in ["a {\n".repeat(100_000), "a {\n".repeat(100_000) + &"}\n".repeat(100_000)] {
        let (_, reports) = parse(FileId(0), &text.into());
        assert_eq!(reports[0].code, "too-deep");
    }
    let json = format!("{{\"a\":{}", "[".repeat(100_000));
    assert_eq!(parse_json(FileId(0), &json.into()).1[0].code, "too-deep");
    let template = "%{ if a }".repeat(100_000);
    assert_eq!(parse_template(FileId(0), &template.into()).1[0].code, "too-deep");
}

#[test]
fn chains_make_no_towers() {
    let fine =
        ["1 + ".repeat(1_000) + "1", "a".to_owned() + &".b".repeat(1_000), "!".repeat(1_000) + "a"];
    for text in fine {
        let (_, reports) = parse_expression(FileId(0), &text.into());
        assert_eq!(reports, []);
    }
    let towers = [
        "1 + ".repeat(100_000) + "1",
        "a".to_owned() + &".b".repeat(100_000),
        "a".to_owned() + &"[0]".repeat(100_000),
        "a".to_owned() + &"[*]".repeat(100_000),
        "!".repeat(100_000) + "a",
    ];
    for text in towers {
        let (tree, reports) = parse(FileId(0), &format!("x = {text}\ny = 1\n").into());
        assert_eq!(reports.len(), 1);
        assert_eq!(reports[0].code, "too-deep");
        // What is left can be walked by recursion, given some room.
        let walk = move || show::body(&tree, tree.root());
        let room = std::thread::Builder::new().stack_size(64 << 20);
        room.spawn(walk).unwrap().join().unwrap();
    }
}

#[test]
fn wide_bodies_and_objects_take_linear_time() {
    use std::fmt::Write;
    let mut text = String::from("x = {\n");
    for i in 0..100_000 {
        writeln!(text, "  key{i} = \"value{i}\"").unwrap();
    }
    text.push_str("}\n");
    for i in 0..100_000 {
        writeln!(text, "name{i} = {i}").unwrap();
    }
    let started = std::time::Instant::now();
    let (tree, reports) = parse(FileId(0), &text.into());
    assert_eq!(reports, []);
    assert_eq!(tree.attributes(tree.root()).len(), 100_001);
    // Milliseconds when built for speed; quadratic time would be minutes.
    assert!(started.elapsed().as_secs() < 20);
}

#[test]
fn odd_bytes_are_bounded() {
    for text in
        ["\0".repeat(100_000), "$".repeat(100_000), "\"\\".repeat(50_000), "<<A\n".repeat(50_000)]
    {
        let (tree, reports) = parse(FileId(0), &text.as_str().into());
        assert!(!reports.is_empty());
        assert_eq!(tree.text(), text);
    }
}
