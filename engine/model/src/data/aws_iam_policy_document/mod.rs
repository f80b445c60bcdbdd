//! `aws_iam_policy_document`: the document that its blocks and source documents make, byte for byte as provider 5.100.0 prints it.
//! <https://registry.terraform.io/providers/hashicorp/aws/5.100.0/docs/data-sources/iam_policy_document>
//!
//! With an unknown argument the text is unknown, but the document that it would be stays with it
//! ([`stack::Blame::document`]), holes and all, so that a policy can be judged around them.

mod blocks;
mod document;
mod print;
mod source;

use super::crc32::crc32;
use super::{Refused, answered};
use document::Document;
use stack::value::Origin;
use stack::{Blame, Kind, Type, Value};

pub(super) fn read(config: &Value) -> Result<Value, Refused> {
    let mut document = Document::default();
    for (at, source) in documents(config, "source_policy_documents") {
        let what = || format!("`source_policy_documents[{at}]`");
        let more = source::read(source).map_err(|why| Refused(format!("{}: {why}", what())))?;
        if let Some(sid) = document.shared_sid(&more) {
            let why = "two source documents must not both name a statement so";
            return Err(Refused(format!("{} repeats the Sid `{sid}`: {why}", what())));
        }
        document.merge(more);
    }
    let own = blocks::read(config);
    if let Some(sid) = own.repeated_sid() {
        return Err(Refused(format!(
            "two statements have the Sid `{sid}`: a Sid is unique in its policy"
        )));
    }
    document.merge(own);
    for (at, source) in documents(config, "override_policy_documents") {
        let more = source::read(source)
            .map_err(|why| Refused(format!("`override_policy_documents[{at}]`: {why}")))?;
        document.merge(more);
    }
    Ok(answer(config, &document.value()))
}

/// The documents of a list, those that are empty text left out.
fn documents<'v>(config: &'v Value, name: &str) -> impl Iterator<Item = (usize, &'v Value)> {
    let list = config.get(name);
    let whole = list.filter(|list| list.is_unknown());
    let each = list.into_iter().flat_map(Value::elements).chain(whole);
    each.enumerate().filter(|(_, value)| value.as_str() != Some(""))
}

fn answer(config: &Value, document: &Value) -> Value {
    let marks = config.deep_marks();
    let blame = Blame { document: None, ..document.place().clone() }.of(document.clone());
    if !config.is_wholly_known() {
        let hole = || {
            Value::unknown_not_null(Type::String, Origin::Derived(config.origins().into()))
                .with_marks(marks)
        };
        let text = || hole().with_blame(blame.clone());
        return answered(config, [("id", hole()), ("json", text()), ("minified_json", text())]);
    }
    let json = print::indented(document);
    let id = crc32(json.as_bytes()).to_string();
    let text = |text| Value::string(text).with_marks(marks).with_blame(blame.clone());
    let version = match config.get("version") {
        Some(version) if !version.is_null() => version.clone(),
        _ => Value::string(document::VERSION),
    };
    answered(
        config,
        [
            ("id", Value::string(id)),
            ("json", text(json)),
            ("minified_json", text(print::minified(document))),
            ("version", version),
            ("statement", statements(config)),
        ],
    )
}

/// The statement blocks as the provider hands them back: defaults filled in, empty for what is not written.
fn statements(config: &Value) -> Value {
    let Some(blocks) = config.get("statement") else { return Value::null(Type::Dynamic) };
    if blocks.is_empty() {
        return Value { kind: Kind::Null(blocks.ty()), ..blocks.clone() };
    }
    let fill = |block: &Value| {
        let Kind::Object(attributes) = &block.kind else { return block.clone() };
        let filled = attributes.iter().map(|(name, value)| {
            let value = match (name.as_str(), value.is_null(), value.ty()) {
                ("effect", true, _) => Value::string("Allow"),
                ("sid", true, _) => Value::string(""),
                (_, true, Type::Set(element)) => Value::set((*element).clone(), []),
                _ => value.clone(),
            };
            (name.clone(), value)
        });
        Value { kind: Value::object(filled).kind, ..block.clone() }
    };
    let filled = blocks.elements().map(fill);
    match &blocks.kind {
        Kind::List(element, _) => {
            Value { kind: Value::list(element.clone(), filled).kind, ..blocks.clone() }
        }
        _ => blocks.clone(),
    }
}
