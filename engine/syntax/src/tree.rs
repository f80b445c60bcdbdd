//! The tree of one file: index arenas, 32-bit spans, interned names.
//!
//! Expressions live in one vector and name each other by [`ExprId`]; nothing is boxed. Every node keeps its byte range,
//! so a finding can point at it and a fix can replace it.

use crate::names::Texts;
use crate::{FileId, Span};
use ecow::EcoString;
use std::sync::Arc;

/// A name or literal of one [`Tree`]. Names are interned: the same name has the same symbol. Literals are not.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Symbol(pub u32);

/// An expression of one [`Tree`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ExprId(pub u32);

/// A body of one [`Tree`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct BodyId(pub u32);

/// A `for` expression of one [`Tree`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ForId(pub u32);

/// A run of expressions; for objects: key, value, key, value …
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct List {
    pub(crate) start: u32,
    pub(crate) len: u32,
}

/// A run of template parts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct PartList {
    pub(crate) start: u32,
    pub(crate) len: u32,
}

/// A run of attributes; see [`Tree::attributes`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Attributes {
    pub(crate) start: u32,
    pub(crate) len: u32,
}

/// A run of blocks; see [`Tree::blocks`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Blocks {
    pub(crate) start: u32,
    pub(crate) len: u32,
}

/// A run of labels; see [`Tree::labels`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Labels {
    pub(crate) start: u32,
    pub(crate) len: u32,
}

/// Which syntax the file was written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// HCL native syntax.
    Native,
    /// HCL's JSON syntax: a block is an object-valued attribute, and the schema decides which is which. Every property of the
    /// root object is an [`Attribute`] of the root body. Strings are templates.
    Json,
}

/// An expression.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Expr {
    /// `null`
    Null,
    /// `true`, `false`
    Bool(bool),
    /// A number; its digits are the node's text.
    Number,
    /// A quoted string or heredoc, with escapes decoded, indentation and `~` applied. A plain string has one literal part or none.
    Template(PartList),
    /// The root of a reference: `var`, `local`, `each`, `aws_vpc` …
    Name(Symbol),
    /// `on.name`
    Attr {
        /// What is looked into.
        on: ExprId,
        /// The attribute.
        name: Symbol,
    },
    /// `on[key]`; also the legacy `on.0`, whose key is a number node.
    Index {
        /// What is looked into.
        on: ExprId,
        /// The key.
        key: ExprId,
    },
    /// `on[*]…` (full) or `on.*…`: `body` is evaluated once an element, with [`Expr::SplatItem`] standing for it.
    Splat {
        /// The sequence.
        on: ExprId,
        /// What follows the star.
        body: ExprId,
        /// `[*]` rather than `.*`.
        full: bool,
    },
    /// The element that the innermost enclosing splat looks at.
    SplatItem,
    /// `name(args…)`; a namespaced name keeps its colons: `provider::aws::arn_parse`.
    Call {
        /// The function.
        name: Symbol,
        /// Its arguments.
        args: List,
        /// The last argument carries `...`.
        expand: bool,
    },
    /// `[a, b]`
    Tuple(List),
    /// `{ k = v }`; a bare-word key is a [`Expr::Name`], a parenthesised one a [`Expr::Parens`].
    Object(List),
    /// `[for …]` or `{for …}`
    For(ForId),
    /// `!a`, `-a`
    Unary(UnaryOp, ExprId),
    /// `a + b`
    Binary(BinaryOp, ExprId, ExprId),
    /// `test ? then : otherwise`
    Conditional {
        /// The condition.
        test: ExprId,
        /// When true.
        then: ExprId,
        /// When false.
        otherwise: ExprId,
    },
    /// `(a)`
    Parens(ExprId),
    /// A hole left by recovery; the report was made already.
    Missing,
}

/// A unary operator.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum UnaryOp {
    /// `!`
    Not,
    /// `-`
    Negate,
}

/// A binary operator.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names say it")]
pub enum BinaryOp {
    Or,
    And,
    Equal,
    NotEqual,
    Less,
    LessEqual,
    Greater,
    GreaterEqual,
    Add,
    Subtract,
    Multiply,
    Divide,
    Modulo,
}

/// A `for` expression: `[for key, value in collection : key_expr => value_expr if test]`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ForExpr {
    /// Name of the key, when two names are given.
    pub key_name: Option<Symbol>,
    /// Name of the value.
    pub value_name: Symbol,
    /// What is walked.
    pub collection: ExprId,
    /// For an object result: the key.
    pub key: Option<ExprId>,
    /// The value.
    pub value: ExprId,
    /// `value...`
    pub group: bool,
    /// `if test`
    pub test: Option<ExprId>,
}

/// A piece of a template.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// Text, decoded.
    Literal(Symbol),
    /// `${expr}`
    Interpolation(ExprId),
    /// `%{if test}then%{else}otherwise%{endif}`
    If {
        /// The condition.
        test: ExprId,
        /// When true.
        then: PartList,
        /// When false.
        otherwise: PartList,
    },
    /// `%{for key, value in collection}body%{endfor}`
    For {
        /// Name of the key, when two names are given.
        key_name: Option<Symbol>,
        /// Name of the value.
        value_name: Symbol,
        /// What is walked.
        collection: ExprId,
        /// What is repeated.
        body: PartList,
    },
}

/// `name = expr`
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Attribute {
    /// The name.
    pub name: Symbol,
    /// Where the name stands.
    pub name_span: Span,
    /// The value.
    pub expr: ExprId,
    /// From the name to the end of the value.
    pub span: Span,
}

/// A block label.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LabelName {
    /// The label, decoded.
    pub name: Symbol,
    /// Where it stands, quotes included.
    pub span: Span,
}

/// `kind "label" { … }`
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Block {
    /// The block's type: `resource`, `ingress` …
    pub kind: Symbol,
    /// Where the type stands.
    pub kind_span: Span,
    /// Its labels.
    pub labels: Labels,
    /// What it holds.
    pub body: BodyId,
    /// From the type to the last label: what Terraform points at.
    pub header: Span,
    /// The whole block, closing brace included.
    pub span: Span,
}

/// Attributes and blocks, each in the order written. Duplicates are kept and reported.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Body {
    /// `name = expr`
    pub attributes: Attributes,
    /// `kind { … }`
    pub blocks: Blocks,
    /// Everything between the braces, or the whole file.
    pub span: Span,
}

/// An expression and its byte range.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Node {
    pub(crate) expr: Expr,
    pub(crate) start: u32,
    pub(crate) end: u32,
}

/// One file's tree. Cheap to share: put it in an `Arc`.
#[derive(Debug)]
pub struct Tree {
    pub(crate) file: FileId,
    pub(crate) format: Format,
    pub(crate) text: Arc<str>,
    pub(crate) root: BodyId,
    pub(crate) bodies: Box<[Body]>,
    pub(crate) attributes: Box<[Attribute]>,
    pub(crate) blocks: Box<[Block]>,
    pub(crate) labels: Box<[LabelName]>,
    pub(crate) exprs: Box<[Node]>,
    pub(crate) lists: Box<[ExprId]>,
    pub(crate) parts: Box<[Part]>,
    pub(crate) fors: Box<[ForExpr]>,
    pub(crate) names: Texts,
    /// Digits of numbers that are not the text of their place: JSON strings may escape them.
    pub(crate) numbers: Vec<(ExprId, EcoString)>,
}

impl Tree {
    /// The file this tree was read from.
    pub fn file(&self) -> FileId {
        self.file
    }

    /// The syntax it was written in.
    pub fn format(&self) -> Format {
        self.format
    }

    /// The whole source text.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The id of the top-level body.
    pub fn root_id(&self) -> BodyId {
        self.root
    }

    /// The top-level body.
    pub fn root(&self) -> &Body {
        self.body(self.root)
    }

    /// A body.
    pub fn body(&self, id: BodyId) -> &Body {
        static EMPTY: Body = Body {
            attributes: Attributes { start: 0, len: 0 },
            blocks: Blocks { start: 0, len: 0 },
            span: Span { file: FileId(0), start: 0, end: 0 },
        };
        self.bodies.get(id.0 as usize).unwrap_or(&EMPTY)
    }

    /// A body's attributes, in the order written.
    pub fn attributes(&self, of: &Body) -> &[Attribute] {
        let Attributes { start, len } = of.attributes;
        self.attributes.get(start as usize..(start + len) as usize).unwrap_or_default()
    }

    /// A body's blocks, in the order written.
    pub fn blocks(&self, of: &Body) -> &[Block] {
        let Blocks { start, len } = of.blocks;
        self.blocks.get(start as usize..(start + len) as usize).unwrap_or_default()
    }

    /// A block's labels.
    pub fn labels(&self, of: &Block) -> &[LabelName] {
        let Labels { start, len } = of.labels;
        self.labels.get(start as usize..(start + len) as usize).unwrap_or_default()
    }

    /// An expression; ids of another tree read as [`Expr::Missing`].
    pub fn expr(&self, id: ExprId) -> Expr {
        self.exprs.get(id.0 as usize).map_or(Expr::Missing, |node| node.expr)
    }

    /// Where an expression stands.
    pub fn span(&self, id: ExprId) -> Span {
        let (start, end) =
            self.exprs.get(id.0 as usize).map_or((0, 0), |node| (node.start, node.end));
        Span::new(self.file, start, end)
    }

    /// The source text of an expression.
    pub fn expr_text(&self, id: ExprId) -> &str {
        if let Ok(at) = self.numbers.binary_search_by_key(&id, |(id, _)| *id) {
            return self.numbers.get(at).map_or("", |(_, digits)| digits);
        }
        let span = self.span(id);
        self.text.get(span.start as usize..span.end as usize).unwrap_or("")
    }

    /// The expressions of a list.
    pub fn list(&self, list: List) -> &[ExprId] {
        self.lists.get(list.start as usize..(list.start + list.len) as usize).unwrap_or_default()
    }

    /// The parts of a template.
    pub fn parts(&self, parts: PartList) -> &[Part] {
        self.parts.get(parts.start as usize..(parts.start + parts.len) as usize).unwrap_or_default()
    }

    /// A `for` expression.
    pub fn for_expr(&self, id: ForId) -> Option<&ForExpr> {
        self.fors.get(id.0 as usize)
    }

    /// A name or literal.
    pub fn name(&self, symbol: Symbol) -> &str {
        self.names.get(symbol, &self.text)
    }

    /// The string an expression is, when it is a template of literals only: `"a"`, not `"${x}"`.
    pub fn literal(&self, id: ExprId) -> Option<EcoString> {
        match self.expr(id) {
            Expr::Template(parts) => match self.parts(parts) {
                [] => Some(EcoString::new()),
                [Part::Literal(text)] => Some(self.name(*text).into()),
                _ => None,
            },
            _ => None,
        }
    }
}
