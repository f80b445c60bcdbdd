//! What holds of any expression, template or module, broken or not. The fuzz targets judge by the same laws.

use super::memory::Memory;
use banana_stack::eval::{Environment, Resolved, Scope, Traversal, evaluate, references};
use banana_stack::{Marks, Options, Origin, Str, Type, Value};
use std::path::Path;
use std::sync::Arc;
use syntax::{FileId, Level, Report, Tree, parse};

/// An expression, read and evaluated as `banana eval` does.
pub(crate) fn expression(text: &str) {
    evaluated(&Memory::new(FILES), text);
}

/// A template, as `templatefile` reads it.
pub(crate) fn template(text: &str) {
    let files = Memory::new(FILES).with_bytes("t.tftpl", text.as_bytes());
    let names = ["s", "n", "b", "l", "m", "o", "u", "secret"];
    let names: Vec<String> = names.iter().map(|name| format!("{name} = var.{name}")).collect();
    let call = format!("templatefile(\"t.tftpl\", {{ {} }})", names.join(", "));
    evaluated(&files, &call);
}

/// A module in JSON syntax, and the values of its variables.
pub(crate) fn module(text: &str) {
    for file in ["main.tf.json", "terraform.tfvars.json"] {
        let given = "variable \"a\" { type = map(string) }\nvariable \"b\" { default = [] }\n";
        let stack = Memory::new([("given.tf", given), (file, text)]).resolve(&Options::default());
        for report in &stack.reports {
            let places = report.at.iter().chain(&report.related);
            for label in places {
                let text = stack.sources.get(label.span.file).map(|file| Arc::clone(file.text()));
                let range = label.span.start as usize..label.span.end as usize;
                assert!(text.is_some_and(|text| text.get(range).is_some()), "{report:?}");
            }
        }
    }
}

/// What the functions that read files find.
const FILES: [(&str, &str); 4] = [
    ("a.txt", "one\ntwo\n"),
    ("a.json", "{\"a\": [1, true, null]}"),
    ("a.tftpl", "%{ for x in l ~}\n${x}\n%{ endfor ~}\n"),
    ("b/c.csv", "a,b\n1,2\n"),
];

fn evaluated(files: &Memory, expression: &str) {
    let text: Arc<str> = format!("value = {expression}\n").into();
    let (tree, reports) = parse(FileId(0), &text);
    if reports.iter().any(|report| report.level == Level::Error) {
        return;
    }
    let Some(attribute) = tree.attributes(tree.root()).first() else { return };
    let names = Names(files);
    if references(&tree, attribute.expr).iter().any(|to| names.resolve(to).is_err()) {
        return;
    }
    let (value, reports) = evaluate(&tree, attribute.expr, &names);
    placed(&tree, &reports);
    // Nothing that shows a value may fail.
    let shown = (value.to_json().to_string(), value.ty().to_json(), value.deep_marks());
    let masks = (value.unknown_elements_mask(), value.sensitive_mask());
    let (again, more) = evaluate(&tree, attribute.expr, &names);
    assert_eq!(reports, more, "{text}");
    assert_eq!(
        (shown, masks),
        (
            (again.to_json().to_string(), again.ty().to_json(), again.deep_marks()),
            (again.unknown_elements_mask(), again.sensitive_mask())
        ),
        "{text}"
    );
}

/// Every report points into the text.
fn placed(tree: &Tree, reports: &[Report]) {
    for report in reports {
        assert!(report.at.is_some(), "{report:?}");
        for label in report.at.iter().chain(&report.related) {
            let range = label.span.start as usize..label.span.end as usize;
            assert!(tree.text().get(range).is_some(), "{report:?}");
        }
    }
}

/// One variable of each kind.
struct Names<'a>(&'a Memory);

impl Scope for Names<'_> {
    fn resolve(&self, to: &Traversal) -> Result<Resolved, Box<Report>> {
        let strings = || ["b", "a", "a"].map(Value::string);
        let name = to.steps.first().and_then(|step| step.name());
        let value = match (to.root.as_str(), name.map(Str::as_str)) {
            ("var", Some("s")) => Value::string("text"),
            ("var", Some("n")) => Value::number(7_i64),
            ("var", Some("b")) => Value::bool(true),
            ("var", Some("l")) => Value::list(Type::String, strings()),
            ("var", Some("m")) => Value::map(Type::String, ["x", "y"].into_iter().zip(strings())),
            ("var", Some("o")) => {
                Value::object([("a", Value::number(1_i64)), ("b", Value::null(Type::String))])
            }
            ("var", Some("u")) => Value::unknown(Type::String, Origin::Variable("u".into())),
            ("var", Some("d")) => Value::unknown(Type::Dynamic, Origin::Variable("d".into())),
            ("var", Some("secret")) => Value::string("hush").with_marks(Marks::SENSITIVE),
            ("path", Some("module")) => Value::string("."),
            _ => {
                let report = Report::error("unknown-name", "there is no such name");
                return Err(Box::new(report.at(to.span, "here")));
            }
        };
        Ok(Resolved::new(value, 1))
    }

    fn environment(&self) -> Environment<'_> {
        let mut environment = Environment::new(self.0, Path::new(""));
        environment.plan_time = Some("2024-01-01T00:00:00Z");
        environment
    }
}
