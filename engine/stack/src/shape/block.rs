//! Nested blocks, written out or by `dynamic`, to a list, set, map or single object.

use super::config::config;
use super::types;
use crate::eval::{self, Environment, Resolved, Scope, Traversal};
use crate::load::{Attribute as Written, Block, Content};
use crate::{Blame, Kind, Origin, Str, Type, Value};
use schema::{Attribute, Body, Nesting};
use syntax::{Expr, Report, Span};

/// One kind of block in a body.
pub(super) struct Blocks<'a> {
    name: &'static str,
    nesting: Nesting,
    min: usize,
    max: Option<usize>,
    inside: Inside<'a>,
}

/// What stands inside.
enum Inside<'a> {
    Body(&'static Body),
    /// The object type of an attribute that is written as blocks.
    Type(&'a schema::Type),
}

/// The blocks found: each an object, or unknown how many.
enum Found {
    Known(Vec<Value>),
    Unknown(Origin),
}

impl<'a> Blocks<'a> {
    pub(super) fn of_block(block: &schema::Block) -> Self {
        Self {
            name: block.name,
            nesting: block.nesting,
            min: block.min as usize,
            max: block.max.map(|max| max as usize),
            inside: Inside::Body(block.body()),
        }
    }

    /// Blocks that make an attribute of type list or set of objects.
    pub(super) fn of_attribute(attribute: &'a Attribute) -> Self {
        let (nesting, element) = match &attribute.ty {
            schema::Type::Set(element) => (Nesting::Set, &**element),
            schema::Type::List(element) => (Nesting::List, &**element),
            other => (Nesting::List, other),
        };
        Self { name: attribute.name, nesting, min: 0, max: None, inside: Inside::Type(element) }
    }

    fn element(&self) -> Type {
        match &self.inside {
            Inside::Body(body) => types::of_body(body),
            Inside::Type(ty) => types::of(ty),
        }
    }

    /// Reads all blocks of this kind.
    pub(super) fn read(
        &self,
        scope: &dyn Scope,
        content: &Content,
        place: &str,
        header: Span,
        reports: &mut Vec<Report>,
    ) -> Value {
        let written: Vec<&Block> =
            content.blocks.iter().filter(|b| b.makes() == self.name).collect();
        let mut all = Vec::new();
        let mut unknown = None;
        for block in &written {
            match self.one(scope, block, reports) {
                Found::Known(found) => all.extend(found),
                Found::Unknown(origin) => unknown = Some(origin),
            }
        }
        let blame = written.first().map_or(header, |block| block.header);
        if let Some(origin) = unknown {
            return self.undecided(origin).with_blame(Blame::at(blame));
        }
        if all.len() < self.min {
            let text = format!("{place} needs {} `{}`", blocks(self.min), self.name);
            let report = Report::error("missing-block", text);
            reports.push(report.at(header, format!("{} written", all.len())));
        }
        if let Some(max) = self.max.filter(|max| all.len() > *max) {
            let text = format!("{place} takes at most {} `{}`", blocks(max), self.name);
            let at = written.get(max).or(written.last()).map_or(header, |block| block.header);
            reports.push(Report::error("too-many-blocks", text).at(at, "one too many"));
        }
        self.collect(all).with_blame(Blame::at(blame))
    }

    fn collect(&self, all: Vec<Value>) -> Value {
        match self.nesting {
            Nesting::Single => {
                all.into_iter().next().unwrap_or_else(|| Value::null(self.element()))
            }
            Nesting::List => Value::list(self.element(), all),
            Nesting::Set => Value::set(self.element(), all),
            Nesting::Map => Value::map(self.element(), std::iter::empty::<(Str, Value)>()),
        }
    }

    /// Blocks of which nobody knows how many there are.
    fn undecided(&self, origin: Origin) -> Value {
        let element = self.element();
        let ty = match self.nesting {
            Nesting::List => Type::list(element),
            Nesting::Set => Type::set(element),
            Nesting::Map => Type::map(element),
            Nesting::Single => element,
        };
        Value::unknown(ty, origin)
    }

    fn one(&self, scope: &dyn Scope, block: &Block, reports: &mut Vec<Report>) -> Found {
        if block.kind != "dynamic" {
            if let Some((_, label)) = block.labels.first() {
                let text = format!("a `{}` block has no labels", self.name);
                reports.push(Report::error("bad-labels", text).at(*label, "not expected here"));
            }
            let content = self.content(block);
            return Found::Known(vec![self.object(scope, &content, block.header, reports)]);
        }
        let content = block.body.content(&|kind| (kind == "content").then_some(0));
        let mut inner = content.blocks("content");
        let (Some(body), Some(for_each)) = (inner.next(), content.attribute("for_each")) else {
            let text =
                format!("`dynamic \"{}\"` needs `for_each` and a `content` block", self.name);
            reports.push(Report::error("bad-dynamic", text).at(block.header, "incomplete"));
            return Found::Known(Vec::new());
        };
        for extra in inner {
            let text = "a `dynamic` block has one `content` block";
            reports.push(Report::error("bad-dynamic", text).at(extra.header, "another one"));
        }
        for extra in &content.attributes {
            if !["for_each", "iterator", "labels"].contains(&extra.name.as_str()) {
                let text = format!("`dynamic` has no argument `{}`", extra.name);
                reports.push(
                    Report::error("unknown-attribute", text)
                        .at(extra.name_span, "not expected here"),
                );
            }
        }
        if let Some(labels) = content.attribute("labels") {
            let text = format!("a `{}` block has no labels", self.name);
            reports.push(Report::error("bad-dynamic", text).at(labels.name_span, "labels"));
        }
        let iterator = match content.attribute("iterator") {
            Some(written) => iterator(written, reports),
            None => Some(Str::from(self.name)),
        };
        let Some(iterator) = iterator else { return Found::Known(Vec::new()) };
        let expression = &for_each.value;
        let (over, found) = eval::evaluate(&expression.tree, expression.id, scope);
        reports.extend(found);
        let inner = self.content(body);
        let pairs = match pairs(&over) {
            Ok(pairs) => pairs,
            Err(Some(origin)) => match &self.inside {
                Inside::Body(_) => return Found::Unknown(origin),
                Inside::Type(_) => {
                    let value = Value::unknown(Type::Dynamic, origin.clone());
                    let scope = Iteration { outer: scope, name: &iterator, value };
                    let phantom = self.object(&scope, &inner, block.header, reports);
                    return Found::Known(vec![obscured(&phantom, &origin)]);
                }
            },
            Err(None) => {
                let what = if over.is_null() {
                    "null".into()
                } else {
                    format!("a {}", over.ty().friendly())
                };
                let text = format!("`for_each` of `dynamic \"{}\"` is {what}", self.name);
                let report =
                    Report::error("bad-for-each", text).at(expression.span(), "this `for_each`");
                reports.push(
                    report.help("it takes a list, set, map or object; use `[]` for no block"),
                );
                return Found::Known(Vec::new());
            }
        };
        let each = |(key, value): (Value, Value)| {
            let value = Value::object([("key", key), ("value", value)]).with_marks(over.marks);
            let scope = Iteration { outer: scope, name: &iterator, value };
            self.object(&scope, &inner, block.header, reports)
        };
        Found::Known(pairs.into_iter().map(each).collect())
    }

    fn content(&self, block: &Block) -> Content {
        block.body.content(&|kind| match (kind, &self.inside) {
            ("dynamic", _) => Some(1),
            (_, Inside::Body(body)) => body.block(kind).map(|_| 0),
            _ => None,
        })
    }

    fn object(
        &self,
        scope: &dyn Scope,
        content: &Content,
        header: Span,
        reports: &mut Vec<Report>,
    ) -> Value {
        let place = format!("`{}`", self.name);
        match &self.inside {
            Inside::Body(body) => config(scope, content, body, &place, header, reports),
            Inside::Type(ty) => {
                let body = as_body(ty);
                config(scope, content, &body, &place, header, reports)
            }
        }
    }
}

/// An object type as if it were a block's body: every attribute may be left out.
fn as_body(ty: &schema::Type) -> Body {
    let attributes = match ty {
        schema::Type::Object(attributes) => attributes.as_slice(),
        _ => &[],
    };
    let attribute = |(name, ty): &(&'static str, schema::Type)| Attribute {
        name,
        ty: ty.clone(),
        required: false,
        optional: true,
        computed: false,
        sensitive: false,
        deprecated: false,
        write_only: false,
    };
    let attributes = attributes.iter().map(attribute).collect();
    Body { attributes, blocks: Vec::new(), number: usize::MAX }
}

fn blocks(count: usize) -> String {
    if count == 1 { "one block".into() } else { format!("{count} blocks") }
}

fn iterator(written: &Written, reports: &mut Vec<Report>) -> Option<Str> {
    let value = &written.value;
    match value.tree.expr(value.id) {
        Expr::Name(name) => Some(value.tree.name(name).into()),
        _ => value.literal().or_else(|| {
            let text = "`iterator` must be a single word";
            reports.push(Report::error("bad-dynamic", text).at(value.span(), "not a word"));
            None
        }),
    }
}

/// What a `dynamic` block walks, as keys and values; the origin when it is unknown, nothing when it cannot be walked.
fn pairs(over: &Value) -> Result<Vec<(Value, Value)>, Option<Origin>> {
    match &over.kind {
        Kind::List(_, all) | Kind::Tuple(all) => {
            let index = |at: usize| Value::number(i64::try_from(at).unwrap_or(i64::MAX));
            Ok(all.iter().enumerate().map(|(at, value)| (index(at), value.clone())).collect())
        }
        Kind::Set(_, all) => Ok(all.iter().map(|value| (value.clone(), value.clone())).collect()),
        Kind::Map(_, entries) | Kind::Object(entries) => {
            let key = |key: &Str, value: &Value| {
                (Value::string(key.clone()).with_blame(value.place().clone()), value.clone())
            };
            Ok(entries.iter().map(|(k, v)| key(k, v)).collect())
        }
        Kind::Unknown(unknown) => Err(Some(unknown.origin.clone())),
        _ => Err(None),
    }
}

/// The one object that stands for unknown many, as Terraform has it: whatever is written is unknown.
fn obscured(object: &Value, origin: &Origin) -> Value {
    let attribute = |(name, value): (&Str, &Value)| {
        let value = match &value.kind {
            Kind::Null(_) => value.clone(),
            _ => Value::unknown(value.ty(), origin.clone()).with_blame(value.blame.clone()),
        };
        (name.clone(), value)
    };
    Value::object(object.entries().map(attribute)).with_blame(object.blame.clone())
}

/// A scope with the iterator of a `dynamic` block.
struct Iteration<'a> {
    outer: &'a dyn Scope,
    name: &'a Str,
    value: Value,
}

impl Scope for Iteration<'_> {
    fn resolve(&self, to: &Traversal) -> Result<Resolved, Box<Report>> {
        if to.root == *self.name {
            return Ok(Resolved::new(self.value.clone(), 0));
        }
        self.outer.resolve(to)
    }

    fn environment(&self) -> Environment<'_> {
        self.outer.environment()
    }
}
