//! Strings with `${…}`, `%{if}` and `%{for}`.

use super::Evaluator;
use super::blame::{computed, origin_of};
use super::holes;
use super::iteration::walk;
use crate::value::{Blame, Marks, Origin, Refinement, Str, Type, Value};
use std::sync::Arc;
use syntax::{ExprId, Part, PartList, Report, Span, Symbol};
use unicode_segmentation::UnicodeSegmentation;

/// The most of a known prefix that is kept, in bytes; Terraform's own figure.
const LONGEST_PREFIX: usize = 128;

/// A template while it is put together.
#[derive(Default)]
struct Text {
    known: String,
    /// What is known behind the last unknown part.
    tail: String,
    /// The whole with a mark for each unknown part, once there is one.
    outline: String,
    /// Parts that are unknown, or whose type is not decided.
    unknown: Vec<Value>,
    marks: Marks,
    /// What was interpolated: their places tell where the text comes from.
    operands: Vec<Value>,
    failed: bool,
}

impl Evaluator<'_> {
    pub(super) fn template(&mut self, expr: ExprId, parts: PartList) -> Value {
        let tree = self.tree;
        let span = tree.span(expr);
        match tree.parts(parts) {
            // `"${x}"` is x itself, whatever its type.
            [Part::Interpolation(inner)] => self.eval(*inner),
            [] => Value::string("").with_blame(Blame::at(span)),
            [Part::Literal(text)] => Value::string(tree.name(*text)).with_blame(Blame::at(span)),
            _ => {
                let (value, operands) = self.text(parts, Some(span));
                let document = value.blame.document.clone();
                let mut blame = computed(span, &operands);
                blame.document = blame.document.or(document);
                value.with_blame(blame)
            }
        }
    }

    /// The text of some parts, and what was interpolated.
    fn text(&mut self, parts: PartList, at: Option<Span>) -> (Value, Vec<Value>) {
        let tree = self.tree;
        let mut text = Text::default();
        let mark = self.reports.len();
        for part in tree.parts(parts) {
            match *part {
                Part::Literal(literal) => {
                    let literal = tree.name(literal);
                    if self.effort.write(literal.len()) {
                        text.append(literal);
                    }
                }
                Part::Interpolation(expr) => {
                    let value = self.eval(expr);
                    text.operands.push(value.clone());
                    self.add(&mut text, value, tree.span(expr));
                }
                Part::If { test, then, otherwise } => {
                    let value = self.branches(test, then, otherwise);
                    self.add(&mut text, value, tree.span(test));
                }
                Part::For { key_name, value_name, collection, body } => {
                    let value = self.repeated(key_name, value_name, collection, body);
                    self.add(&mut text, value, tree.span(collection));
                }
            }
            text.failed = text.failed || self.failed_since(mark);
        }
        let value = text.value(&Blame { at, ..Blame::default() });
        (value, text.operands)
    }

    fn add(&mut self, text: &mut Text, value: Value, span: Span) {
        if value.is_null() {
            let message = "a null value cannot be part of a text";
            let help = "give it a value, or use `coalesce` with a default";
            self.report("invalid-interpolation", span, message, "null", help);
            return;
        }
        text.marks = text.marks.with(value.marks);
        if value.is_unknown() {
            text.hole(value);
            return;
        }
        match value.convert(&Type::String) {
            Ok(string) => {
                // Where nothing is left, whatever is evaluated next says so.
                if let Some(string) = string.as_str()
                    && self.effort.write(string.len())
                {
                    text.append(string);
                }
            }
            Err(e) => {
                let message = format!("this value cannot be part of a text: {e}");
                let help = "take a part of it, or write it out with `jsonencode` or `join`";
                self.report("invalid-interpolation", span, message, "not a text", help);
            }
        }
    }

    fn branches(&mut self, test: ExprId, then: PartList, otherwise: PartList) -> Value {
        let span = self.tree.span(test);
        let then = self.text_apart(then);
        let otherwise = self.text_apart(otherwise);
        self.choose((test, span), (span, span), then, otherwise)
    }

    fn text_apart(&mut self, parts: PartList) -> (Value, Vec<Report>) {
        let mark = self.reports.len();
        let (value, _) = self.text(parts, None);
        (value, self.reports.split_off(mark))
    }

    fn repeated(
        &mut self,
        key_name: Option<Symbol>,
        value_name: Symbol,
        collection: ExprId,
        body: PartList,
    ) -> Value {
        let open = |value: &Value, marks| {
            Value::unknown(Type::String, origin_of([value])).with_marks(marks)
        };
        let (collection, marks) = match self.collection(collection) {
            Ok(found) => found,
            Err(value) => return open(&value, value.marks),
        };
        let Some(walked) = walk(&collection, marks) else { return open(&collection, marks) };
        let mut joined = String::new();
        let mut all = marks;
        let mut unknown: Option<Value> = None;
        for item in walked.items {
            let (turn, _) = self.with_locals(key_name, value_name, item, |me| me.text(body, None));
            all = all.with(turn.marks);
            match turn.as_str() {
                Some(text) => joined.push_str(text),
                None => unknown = unknown.or(Some(turn)),
            }
        }
        match unknown {
            Some(turn) => open(&turn, marks),
            None => Value::string(joined).with_marks(all),
        }
    }
}

impl Text {
    fn append(&mut self, known: &str) {
        if self.unknown.is_empty() {
            self.known.push_str(known);
        } else {
            self.tail.push_str(known);
            self.outline.push_str(known);
        }
    }

    fn hole(&mut self, unknown: Value) {
        if self.unknown.is_empty() {
            self.outline.clone_from(&self.known);
        }
        self.outline.push_str(&holes::hole(self.unknown.len()));
        self.unknown.push(unknown);
        self.tail.clear();
    }

    fn value(&self, blame: &Blame) -> Value {
        if self.unknown.is_empty() {
            return Value::string(self.known.as_str()).with_marks(self.marks);
        }
        let mut refinement = Refinement::not_null();
        if !self.failed {
            refinement.prefix = safe_prefix(&self.known);
            refinement.suffix = safe_suffix(&self.tail);
        }
        let origin =
            if has_holes(&self.unknown) { Origin::Error } else { origin_of(&self.unknown) };
        let mut value = Value::refined(Type::String, origin, refinement).with_marks(self.marks);
        value.blame.document = holes::document(&self.outline, &self.unknown, blame).map(Arc::new);
        value
    }
}

fn has_holes(values: &[Value]) -> bool {
    values.iter().all(|v| v.as_unknown().is_some_and(|u| matches!(u.origin, Origin::Error)))
}

/// What is certain to stay when something is appended: not the last character, since an accent may follow and change it, unless
/// it is one of the separators that go-cty trusts.
pub(crate) fn safe_prefix(known: &str) -> Str {
    let mut end = known.len().min(LONGEST_PREFIX);
    while !known.is_char_boundary(end) {
        end -= 1;
    }
    let text = known.get(..end).unwrap_or("");
    let last = text.graphemes(true).next_back().unwrap_or("");
    let certain = last.len() == 1 && SEPARATORS.contains(last);
    let text = if certain { text } else { text.strip_suffix(last).unwrap_or(text) };
    Value::string(text).as_str().unwrap_or("").into()
}

/// What is certain to stay behind something: as it is, unless it starts with what could join the character before it.
pub(super) fn safe_suffix(known: &str) -> Str {
    if known.starts_with(|first: char| first.is_ascii()) { known.into() } else { Str::new() }
}

/// Characters that no following one can change.
const SEPARATORS: &str = "-_:;/\\,.(){}[]|?!~ \t@#$%^&*+\"'";
