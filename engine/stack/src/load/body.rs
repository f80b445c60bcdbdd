//! One way to read a body, whatever it was written in: native syntax, JSON, and override files laid over it.

use crate::Str;
use crate::eval::{self, Traversal};
use std::sync::{Arc, OnceLock};
use syntax::{BodyId, Expr, ExprId, Span, Tree};

/// An expression and the tree it lives in.
#[derive(Clone, Debug)]
pub(crate) struct Expression {
    pub(crate) tree: Arc<Tree>,
    pub(crate) id: ExprId,
    /// Found when first asked for: the graph asks more than once.
    references: OnceLock<Vec<Traversal>>,
}

impl Expression {
    /// An expression of a tree.
    pub(crate) fn new(tree: &Arc<Tree>, id: ExprId) -> Self {
        Self { tree: Arc::clone(tree), id, references: OnceLock::new() }
    }

    /// Every reference in it, by place.
    pub(crate) fn references(&self) -> &[Traversal] {
        self.references.get_or_init(|| eval::references(&self.tree, self.id))
    }

    /// Where it stands.
    pub(crate) fn span(&self) -> Span {
        self.tree.span(self.id)
    }

    /// Another expression of the same tree.
    pub(crate) fn part(&self, id: ExprId) -> Self {
        Self::new(&self.tree, id)
    }

    /// Its source text.
    pub(crate) fn text(&self) -> &str {
        self.tree.expr_text(self.id)
    }

    /// The string it is, when it is a literal one.
    pub(crate) fn literal(&self) -> Option<Str> {
        self.tree.literal(self.id)
    }
}

/// A body: the one first written, then those of override files that are laid over it.
#[derive(Clone, Debug)]
pub(crate) struct Body(Vec<Layer>);

#[derive(Clone, Debug)]
enum Layer {
    Native(Arc<Tree>, BodyId),
    /// The root of a JSON file.
    JsonFile(Arc<Tree>),
    /// Objects, merged.
    Json(Arc<Tree>, Vec<ExprId>),
}

/// `name = expr`
#[derive(Clone, Debug)]
pub(crate) struct Attribute {
    pub(crate) name: Str,
    pub(crate) name_span: Span,
    pub(crate) value: Expression,
}

/// `kind "label" { … }`
#[derive(Clone, Debug)]
pub(crate) struct Block {
    pub(crate) kind: Str,
    pub(crate) labels: Vec<(Str, Span)>,
    pub(crate) body: Body,
    /// From the type to the last label.
    pub(crate) header: Span,
    /// The whole block.
    pub(crate) span: Span,
}

/// What a body holds, in the order written.
#[derive(Clone, Debug, Default)]
pub(crate) struct Content {
    pub(crate) attributes: Vec<Attribute>,
    pub(crate) blocks: Vec<Block>,
}

/// Tells how many labels a kind of block has; `None` for what is an attribute. Only JSON has to ask.
pub(crate) type Labels<'a> = &'a dyn Fn(&str) -> Option<usize>;

impl Body {
    /// The top level of a file.
    pub(crate) fn file(tree: &Arc<Tree>) -> Self {
        match tree.format() {
            syntax::Format::Native => Self(vec![Layer::Native(Arc::clone(tree), tree.root_id())]),
            syntax::Format::Json => Self(vec![Layer::JsonFile(Arc::clone(tree))]),
        }
    }

    /// Lays an override file's body over this one.
    pub(crate) fn overlay(&mut self, other: Self) {
        self.0.extend(other.0);
    }

    /// Attributes and blocks; an override's attribute replaces the one of its name, its blocks those of their kind.
    pub(crate) fn content(&self, labels: Labels<'_>) -> Content {
        let mut layers = self.0.iter().map(|layer| layer.content(labels));
        let mut content = layers.next().unwrap_or_default();
        for layer in layers {
            content.overlay(layer);
        }
        content
    }
}

impl Content {
    fn overlay(&mut self, over: Self) {
        for attribute in over.attributes {
            match self.attributes.iter_mut().find(|a| a.name == attribute.name) {
                Some(old) => *old = attribute,
                None => self.attributes.push(attribute),
            }
        }
        self.blocks.retain(|old| !over.blocks.iter().any(|new| new.replaces(old)));
        for block in over.blocks {
            let settings = |b: &&mut Block| b.kind == block.kind && block.kind == "lifecycle";
            match self.blocks.iter_mut().find(settings) {
                Some(old) => old.body.overlay(block.body),
                None => self.blocks.push(block),
            }
        }
    }

    /// An attribute by name; the last one when it was written twice.
    pub(crate) fn attribute(&self, name: &str) -> Option<&Attribute> {
        self.attributes.iter().rfind(|a| a.name == name)
    }

    /// Blocks of a kind.
    pub(crate) fn blocks<'a>(&'a self, kind: &'a str) -> impl Iterator<Item = &'a Block> {
        self.blocks.iter().filter(move |b| b.kind == kind)
    }

    /// The blocks alone.
    pub(crate) fn without_attributes(&self) -> Self {
        Self { attributes: Vec::new(), blocks: self.blocks.clone() }
    }

    /// Takes an attribute out.
    pub(crate) fn take(&mut self, name: &str) -> Option<Expression> {
        let at = self.attributes.iter().rposition(|a| a.name == name)?;
        Some(self.attributes.remove(at).value)
    }
}

impl Block {
    /// What the block makes: `dynamic "x"` makes `x`.
    pub(crate) fn makes(&self) -> &str {
        match self.labels.first() {
            Some((label, _)) if self.kind == "dynamic" => label,
            _ => &self.kind,
        }
    }

    fn replaces(&self, old: &Self) -> bool {
        self.kind != "lifecycle" && self.makes() == old.makes()
    }
}

impl Layer {
    fn content(&self, labels: Labels<'_>) -> Content {
        match self {
            Self::Native(tree, body) => native(tree, *body),
            Self::JsonFile(tree) => {
                let mut content = Content::default();
                for a in tree.attributes(tree.root()) {
                    let name = tree.name(a.name).into();
                    json_property(tree, name, a.name_span, a.expr, labels, &mut content);
                }
                content
            }
            Self::Json(tree, objects) => {
                let mut content = Content::default();
                for object in objects {
                    for (name, span, value) in properties(tree, *object) {
                        json_property(tree, name, span, value, labels, &mut content);
                    }
                }
                content
            }
        }
    }
}

fn native(tree: &Arc<Tree>, body: BodyId) -> Content {
    let body = tree.body(body);
    let attributes = tree.attributes(body).iter().map(|a| Attribute {
        name: tree.name(a.name).into(),
        name_span: a.name_span,
        value: Expression::new(tree, a.expr),
    });
    let blocks = tree.blocks(body).iter().map(|b| Block {
        kind: tree.name(b.kind).into(),
        labels: tree.labels(b).iter().map(|l| (tree.name(l.name).into(), l.span)).collect(),
        body: Body(vec![Layer::Native(Arc::clone(tree), b.body)]),
        header: b.header,
        span: b.span,
    });
    Content { attributes: attributes.collect(), blocks: blocks.collect() }
}

/// The properties of a JSON object; nothing for anything else.
fn properties(tree: &Tree, object: ExprId) -> impl Iterator<Item = (Str, Span, ExprId)> {
    let list = match tree.expr(object) {
        Expr::Object(list) => tree.list(list),
        _ => &[],
    };
    list.chunks_exact(2).filter_map(|pair| {
        let [key, value] = pair else { return None };
        Some((tree.literal(*key)?, tree.span(*key), *value))
    })
}

/// A JSON property is a comment (`//`), an attribute, or blocks, as the schema says.
fn json_property(
    tree: &Arc<Tree>,
    name: Str,
    span: Span,
    value: ExprId,
    labels: Labels<'_>,
    content: &mut Content,
) {
    if name == "//" {
        return;
    }
    let Some(count) = labels(&name) else {
        let value = Expression::new(tree, value);
        content.attributes.push(Attribute { name, name_span: span, value });
        return;
    };
    let mut level = vec![(Vec::new(), value)];
    for _ in 0..count {
        let mut next = Vec::new();
        for (labels, value) in level {
            for object in elements(tree, value) {
                for (label, label_span, inner) in properties(tree, object) {
                    let mut labels: Vec<(Str, Span)> = labels.clone();
                    labels.push((label, label_span));
                    next.push((labels, inner));
                }
            }
        }
        level = next;
    }
    for (labels, value) in level {
        for object in elements(tree, value) {
            if !matches!(tree.expr(object), Expr::Object(_)) {
                continue;
            }
            let header = labels.last().map_or(span, |(_, last)| span.to(*last));
            content.blocks.push(Block {
                kind: name.clone(),
                labels: labels.clone(),
                body: Body(vec![Layer::Json(Arc::clone(tree), vec![object])]),
                header,
                span: header.to(tree.span(object)),
            });
        }
    }
}

/// An array's elements, or the value itself.
fn elements(tree: &Tree, value: ExprId) -> Vec<ExprId> {
    match tree.expr(value) {
        Expr::Tuple(list) => tree.list(list).to_vec(),
        _ => vec![value],
    }
}
