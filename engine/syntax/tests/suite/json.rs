//! HCL's JSON syntax.

use crate::show;
use banana_syntax::{Expr, FileId, Format, Tree, parse_json};
use proptest::prelude::*;
use serde_json::Value;
use std::sync::Arc;

fn file(text: &str) -> String {
    let (tree, reports) = parse_json(FileId(0), &Arc::from(text));
    assert_eq!(reports, [], "{text}");
    assert_eq!(tree.format(), Format::Json);
    show::body(&tree, tree.root())
}

fn problems(text: &str) -> Vec<String> {
    let (_, reports) = parse_json(FileId(0), &Arc::from(text));
    reports.iter().map(|report| show::problem(text, report)).collect()
}

#[test]
fn properties_of_the_root_are_attributes() {
    assert_eq!(
        file(r#"{"resource": {"aws_vpc": {"a": {"n": 1, "l": [true, null]}}}, "//": "c"}"#),
        r#"resource = {<"aws_vpc"> {<"a"> {<"n"> 1 <"l"> [true null]}}}; // = <"c">"#
    );
    assert_eq!(file("{}"), "");
}

#[test]
fn an_array_of_objects_reads_as_one() {
    assert_eq!(file(r#"[{"a": 1}, {"b": 2}]"#), "a = 1; b = 2");
    assert_eq!(file("[]"), "");
}

#[test]
fn strings_and_keys_are_templates() {
    assert_eq!(file(r#"{"a": "${b.c}", "d": "x$${e}"}"#), r#"a = <$(. b c)>; d = <"x${e}">"#);
    assert_eq!(
        file(r#"{"a": {"k-${b}": "%{if c}d%{endif}"}}"#),
        r#"a = {<"k-" $b> <%if c ["d"] []>}"#
    );
    assert_eq!(file(r#"{"a": "${f(\"b\", \"\\n\")}"}"#), r#"a = <$(f <"b"> <"\n">)>"#);
}

#[test]
fn numbers() {
    assert_eq!(file(r#"{"a": -1.5e+3, "b": 0, "c": 1E2}"#), "a = (Negate 1.5e+3); b = 0; c = 1E2");
    assert_eq!(problems(r#"{"a": 01}"#), ["1:7 `01` is not a number in JSON"]);
    assert_eq!(problems(r#"{"a": .5, "b": 1., "c": -}"#).len(), 3);
    // Digits may be escaped in a template; they still are the number's text.
    assert_eq!(file(r#"{"a": "${4\u0032}"}"#), "a = <$42>");
}

#[test]
fn escapes_are_jsons() {
    assert_eq!(
        file(r#"{"a": "\"\\\/\b\f\n\r\t\u00e9\ud83d\ude00"}"#),
        "a = <\"\\\"\\\\/\\u{8}\\u{c}\\n\\r\\té😀\">"
    );
    assert_eq!(problems(r#"{"a": "\q"}"#), ["1:8 `\\q` cannot stand in a JSON string"]);
    assert_eq!(problems("{\"a\": \"x\ty\"}"), ["1:9 `\\t` cannot stand in a JSON string"]);
}

#[test]
fn spans_point_into_the_file_through_escapes() {
    let text = r#"{"k": "\t\"\u00e9${a.b} ${c}"}"#;
    let (tree, _) = parse_json(FileId(0), &Arc::from(text));
    let shown: Vec<&str> = names(&tree).into_iter().map(|at| text.get(at..=at).unwrap()).collect();
    assert_eq!(shown, ["a", "c"]);
    assert_eq!(problems(r#"{"k": "\n${a +}"}"#), ["1:15 expected a value, found `}`"]);
}

fn names(tree: &Tree) -> Vec<usize> {
    let Expr::Template(parts) = tree.expr(tree.attributes(tree.root())[0].expr) else { panic!() };
    let id = |part: &banana_syntax::Part| match part {
        banana_syntax::Part::Interpolation(id) => Some(tree.span(*id).start as usize),
        _ => None,
    };
    tree.parts(parts).iter().filter_map(id).collect()
}

#[test]
fn several_problems_are_found() {
    let text = "{\n\"a\": [1 2],\n\"b\": tru,\n\"c\" 3,\n\"d\": {\"e\": 1,},\n\"f\": \"x\n}";
    assert_eq!(
        problems(text),
        [
            "2:9 expected `,` or `]`, found `2`",
            "3:6 expected a value, found `t`",
            "4:5 expected `:`, found `3`",
            "5:13 a comma before the `}`",
            "6:6 the string is not closed on its line",
        ]
    );
}

#[test]
fn only_json_is_json() {
    assert_eq!(problems(""), ["1:1 expected `{`, found the end of the file"]);
    assert_eq!(problems("a = 1"), ["1:1 expected `{`, found `a`"]);
    assert_eq!(problems("{} x"), ["1:4 expected the end of the file, found `x`"]);
    assert_eq!(problems("{\"a\": [1}"), ["1:9 expected `,` or `]`, found `}`"]);
    assert_eq!(problems("{\"a\": {"), ["1:7 the object is never closed"]);
}

/// Any JSON value whose strings hold no template.
fn json() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i32>().prop_map(Value::from),
        any::<f32>().prop_filter_map("no number", |n| serde_json::Number::from_f64(n.into())
            .map(Value::from)),
        "[^$%]{0,8}".prop_map(Value::from),
    ];
    leaf.prop_recursive(4, 32, 5, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..5).prop_map(Value::from),
            prop::collection::btree_map("[^$%]{0,6}", inner, 0..5)
                .prop_map(|m| Value::Object(m.into_iter().collect())),
        ]
    })
}

/// What a tree without templates says, read back.
fn read(tree: &Tree, id: banana_syntax::ExprId) -> Value {
    match tree.expr(id) {
        Expr::Null => Value::Null,
        Expr::Bool(value) => value.into(),
        Expr::Number | Expr::Unary(..) => serde_json::from_str(tree.expr_text(id)).unwrap(),
        Expr::Template(_) => tree.literal(id).unwrap().as_str().into(),
        Expr::Tuple(items) => tree.list(items).iter().map(|id| read(tree, *id)).collect(),
        Expr::Object(items) => {
            let pairs = tree.list(items).chunks(2);
            Value::Object(
                pairs
                    .map(|p| (tree.literal(p[0]).unwrap().to_string(), read(tree, p[1])))
                    .collect(),
            )
        }
        other => panic!("{other:?}"),
    }
}

proptest! {
    #[test]
    fn agrees_with_serde_json(value in json(), pretty in any::<bool>()) {
        let whole = serde_json::json!({ "value": value });
        let text = if pretty { serde_json::to_string_pretty(&whole) } else { serde_json::to_string(&whole) };
        let (tree, reports) = parse_json(FileId(0), &Arc::from(text.unwrap()));
        prop_assert_eq!(reports, []);
        prop_assert_eq!(read(&tree, tree.attributes(tree.root())[0].expr), value);
    }

    #[test]
    fn refuses_what_serde_json_refuses(text in r#"\{"a":[\[\]{}",:0-9a-z\\ .-]{0,12}\}"#) {
        prop_assume!(!text.contains(['$', '%']));
        let (_, reports) = parse_json(FileId(0), &Arc::from(text.as_str()));
        prop_assert_eq!(reports.is_empty(), serde_json::from_str::<Value>(&text).is_ok(), "{}", text);
    }
}
