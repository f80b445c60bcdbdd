//! Programs made up from nothing: a model, the text it may be written as, and the tree that text must give.

use proptest::collection::vec;
use proptest::prelude::*;
use std::fmt::Write;

/// An expression.
#[derive(Clone, Debug)]
pub(crate) enum Model {
    Word(&'static str),
    Number(String),
    Name(String),
    Text(Vec<Piece>),
    Heredoc(Vec<Piece>),
    Attr(Box<Model>, String),
    Index(Box<Model>, Box<Model>),
    Splat(Box<Model>, Vec<String>),
    Call(String, Vec<Model>, bool),
    Tuple(Vec<Model>),
    Object(Vec<(Model, Model)>),
    For {
        names: Vec<String>,
        of: Box<Model>,
        key: Option<Box<Model>>,
        value: Box<Model>,
        group: bool,
        test: Option<Box<Model>>,
    },
    Unary(char, Box<Model>),
    Binary(usize, Box<Model>, Box<Model>),
    Conditional(Box<[Model; 3]>),
    Parens(Box<Model>),
}

/// A piece of a template.
#[derive(Clone, Debug)]
pub(crate) enum Piece {
    Text(String),
    Value(Model),
    If(Model, Vec<Piece>, Vec<Piece>),
    For(String, Model, Vec<Piece>),
}

/// An attribute or a block.
#[derive(Clone, Debug)]
pub(crate) enum Item {
    Attribute(Model),
    Block(String, Vec<(String, bool)>, Vec<Item>),
}

/// Sign, name in the tree, how tight it binds.
const OPERATORS: [(&str, &str, u8); 13] = [
    ("||", "Or", 1),
    ("&&", "And", 2),
    ("==", "Equal", 3),
    ("!=", "NotEqual", 3),
    ("<", "Less", 4),
    ("<=", "LessEqual", 4),
    (">", "Greater", 4),
    (">=", "GreaterEqual", 4),
    ("+", "Add", 5),
    ("-", "Subtract", 5),
    ("*", "Multiply", 6),
    ("/", "Divide", 6),
    ("%", "Modulo", 6),
];

fn tightness(model: &Model) -> u8 {
    match model {
        Model::Conditional(_) | Model::Heredoc(_) => 0,
        Model::Binary(op, ..) => OPERATORS[*op].2,
        Model::Unary(..) => 7,
        Model::Word(_) | Model::Number(_) | Model::Splat(..) | Model::Text(_) => 8,
        _ => 9,
    }
}

/// The model, in parentheses when it binds less tight than its place needs.
fn fit(model: Model, needed: u8) -> Model {
    if tightness(&model) < needed { Model::Parens(Box::new(model)) } else { model }
}

fn name() -> impl Strategy<Value = String> {
    // The words of `for` and `if` are names like others, but not everywhere.
    "[a-z_][a-z0-9_-]{0,5}|é[a-z]{1,2}".prop_filter("a keyword", |name| {
        !["for", "in", "if", "else", "endif", "endfor", "true", "false", "null"]
            .contains(&name.as_str())
    })
}

fn pieces(inner: BoxedStrategy<Model>, text: &'static str) -> BoxedStrategy<Vec<Piece>> {
    let leaf = prop_oneof![
        3 => text.prop_map(Piece::Text),
        2 => inner.clone().prop_map(Piece::Value),
    ];
    let piece = leaf.prop_recursive(2, 8, 3, move |piece| {
        let some = || vec(piece.clone(), 0..3).prop_map(joined);
        prop_oneof![
            (inner.clone(), some(), some())
                .prop_map(|(test, then, other)| Piece::If(test, then, other)),
            (name(), inner.clone(), some()).prop_map(|(name, of, body)| Piece::For(name, of, body)),
        ]
    });
    vec(piece, 0..4).prop_map(joined).boxed()
}

/// Without empty texts, texts beside texts, and texts that would turn a following sequence into an escape.
fn joined(pieces: Vec<Piece>) -> Vec<Piece> {
    let mut out: Vec<Piece> = Vec::new();
    for piece in pieces {
        match (piece, out.last_mut()) {
            (Piece::Text(text), Some(Piece::Text(before))) => before.push_str(&text),
            (Piece::Text(text), _) if text.is_empty() => {}
            (piece, _) => out.push(piece),
        }
    }
    for piece in &mut out {
        if let Piece::Text(text) = piece {
            text.push('.');
        }
    }
    out
}

/// An expression that may stand anywhere; no heredocs.
pub(crate) fn expression() -> BoxedStrategy<Model> {
    let leaf = prop_oneof![
        prop::sample::select(vec!["null", "true", "false"]).prop_map(Model::Word),
        "[0-9]{1,4}(\\.[0-9]{1,3})?([eE][+-]?[0-9])?".prop_map(Model::Number),
        name().prop_map(Model::Name),
        "[ -~é\n\t]{0,8}".prop_map(|text| Model::Text(joined(vec![Piece::Text(text)]))),
    ];
    leaf.prop_recursive(4, 40, 4, |inner| {
        let one = inner.clone();
        let boxed = || one.clone().prop_map(Box::new);
        let key = prop_oneof![
            name().prop_map(Model::Name),
            "[ -~]{0,6}".prop_map(|text| Model::Text(joined(vec![Piece::Text(text)]))),
            boxed().prop_map(Model::Parens),
        ];
        let operator = 0..OPERATORS.len();
        prop_oneof![
            pieces(inner.clone(), "[ -~é\n]{0,6}").prop_map(Model::Text),
            (inner.clone(), name()).prop_map(|(on, name)| Model::Attr(Box::new(fit(on, 9)), name)),
            (inner.clone(), boxed()).prop_map(|(on, key)| Model::Index(Box::new(fit(on, 9)), key)),
            (inner.clone(), vec(name(), 0..3))
                .prop_map(|(on, names)| Model::Splat(Box::new(fit(on, 9)), names)),
            (name(), vec(inner.clone(), 0..4), any::<bool>()).prop_map(|(name, args, dots)| {
                let dots = dots && !args.is_empty();
                Model::Call(name, args, dots)
            }),
            vec(inner.clone(), 0..4).prop_map(Model::Tuple),
            vec((key, inner.clone()), 0..4).prop_map(Model::Object),
            (
                vec(name(), 1..3),
                boxed(),
                prop::option::of(boxed()),
                boxed(),
                any::<bool>(),
                prop::option::of(boxed())
            )
                .prop_map(|(names, of, key, value, group, test)| {
                    let group = group && key.is_some();
                    Model::For { names, of, key, value, group, test }
                }),
            (prop::sample::select(vec!['!', '-']), inner.clone())
                .prop_map(|(op, on)| Model::Unary(op, Box::new(fit(on, 7)))),
            (operator, inner.clone(), inner.clone()).prop_map(|(op, left, right)| {
                let tight = OPERATORS[op].2;
                Model::Binary(op, Box::new(fit(left, tight)), Box::new(fit(right, tight + 1)))
            }),
            (inner.clone(), inner.clone(), inner.clone())
                .prop_map(|(test, a, b)| Model::Conditional(Box::new([fit(test, 1), a, b]))),
            boxed().prop_map(Model::Parens),
        ]
    })
    .boxed()
}

fn heredoc() -> impl Strategy<Value = Model> {
    pieces(expression(), "[a-z \"\\\\$%{}\n]{0,12}").prop_map(|mut pieces| {
        pieces.push(Piece::Text("\n".into()));
        let mut pieces = joined(pieces);
        if let Some(Piece::Text(text)) = pieces.last_mut() {
            // `joined` ends texts with a dot; a heredoc's text ends with its line.
            text.push('\n');
        }
        Model::Heredoc(pieces)
    })
}

/// A file's lines.
pub(crate) fn file() -> impl Strategy<Value = Vec<Item>> {
    let attribute = prop_oneof![4 => expression(), 1 => heredoc()].prop_map(Item::Attribute);
    let item = attribute.prop_recursive(3, 16, 4, |inner| {
        (name(), vec(("[a-z]{1,4}", any::<bool>()), 0..3), vec(inner, 0..4))
            .prop_map(|(kind, labels, items)| Item::Block(kind, labels, items))
    });
    vec(item, 0..5)
}

/// Writes models as text, with blanks, comments and line ends wherever they may stand.
pub(crate) struct Writer<'a> {
    /// Where the whims come from; used up and over again.
    pub(crate) whims: &'a [u8],
    pub(crate) text: String,
    used: usize,
    /// Whether a line may end here.
    lines: bool,
}

impl<'a> Writer<'a> {
    pub(crate) fn new(whims: &'a [u8]) -> Self {
        Self { whims, text: String::new(), used: 0, lines: false }
    }

    fn whim(&mut self, choices: u8) -> u8 {
        self.used += 1;
        self.whims.get(self.used % self.whims.len().max(1)).map_or(0, |whim| whim % choices)
    }

    /// Something between two tokens.
    fn gap(&mut self) {
        let gap = match self.whim(8) {
            0 => "  ",
            1 => "\t",
            2 => " /* c } */ ",
            3 if self.lines => "\n",
            4 if self.lines => " # c ${\n",
            5 if self.lines => " // c\r\n",
            _ => " ",
        };
        self.text.push_str(gap);
    }

    fn token(&mut self, token: &str) {
        self.gap();
        self.text.push_str(token);
    }

    fn within(&mut self, lines: bool, open: &str, close: &str, inner: impl FnOnce(&mut Self)) {
        self.text.push_str(open);
        let outer = std::mem::replace(&mut self.lines, lines);
        inner(self);
        self.gap();
        self.lines = outer;
        self.text.push_str(close);
    }

    fn items(&mut self, items: &[Model], last: &str) {
        for (at, item) in items.iter().enumerate() {
            self.gap();
            self.expression(item);
            if at + 1 < items.len() {
                self.token(",");
            }
        }
        if !last.is_empty() {
            self.token(last);
        } else if !items.is_empty() && self.whim(3) == 0 {
            self.token(",");
        }
    }

    pub(crate) fn expression(&mut self, model: &Model) {
        match model {
            Model::Word(word) => self.text.push_str(word),
            Model::Number(text) | Model::Name(text) => self.text.push_str(text),
            Model::Text(pieces) => {
                self.text.push('"');
                self.pieces(pieces, true);
                self.text.push('"');
            }
            Model::Heredoc(pieces) => {
                self.text.push_str("<<END-OF_IT\n");
                self.pieces(pieces, false);
                self.text.push_str("  END-OF_IT ");
            }
            Model::Attr(on, name) => {
                self.expression(on);
                write!(self.text, ".{name}").unwrap();
            }
            Model::Index(on, key) => {
                self.expression(on);
                self.within(true, "[", "]", |w| {
                    w.gap();
                    w.expression(key);
                });
            }
            Model::Splat(on, names) => {
                self.expression(on);
                self.text.push_str("[*]");
                for name in names {
                    write!(self.text, ".{name}").unwrap();
                }
            }
            Model::Call(name, args, dots) => {
                self.text.push_str(name);
                self.within(true, "(", ")", |w| w.items(args, if *dots { "..." } else { "" }));
            }
            Model::Tuple(items) => self.within(true, "[", "]", |w| w.items(items, "")),
            Model::Object(entries) => self.object(entries),
            Model::For { names, of, key, value, group, test } => {
                let (open, close) = if key.is_some() { ("{", "}") } else { ("[", "]") };
                self.within(true, open, close, |w| {
                    w.token("for");
                    for (at, name) in names.iter().enumerate() {
                        w.token(name);
                        if at + 1 < names.len() {
                            w.token(",");
                        }
                    }
                    w.token("in");
                    w.gap();
                    w.expression(of);
                    w.token(":");
                    w.gap();
                    if let Some(key) = key {
                        w.expression(key);
                        w.token("=>");
                        w.gap();
                    }
                    w.expression(value);
                    if *group {
                        w.token("...");
                    }
                    if let Some(test) = test {
                        w.token("if");
                        w.gap();
                        w.expression(test);
                    }
                });
            }
            Model::Unary(op, on) => {
                self.text.push(*op);
                self.gap();
                self.expression(on);
            }
            Model::Binary(op, left, right) => {
                self.expression(left);
                self.token(OPERATORS[*op].0);
                self.gap();
                self.expression(right);
            }
            Model::Conditional(parts) => {
                let [test, then, otherwise] = &**parts;
                self.expression(test);
                self.token("?");
                self.gap();
                self.expression(then);
                self.token(":");
                self.gap();
                self.expression(otherwise);
            }
            Model::Parens(inner) => self.within(true, "(", ")", |w| {
                w.gap();
                w.expression(inner);
            }),
        }
    }

    fn object(&mut self, entries: &[(Model, Model)]) {
        self.text.push('{');
        let outer = std::mem::replace(&mut self.lines, false);
        for (at, (key, value)) in entries.iter().enumerate() {
            self.gap();
            self.expression(key);
            let sign = if self.whim(3) == 0 { ":" } else { "=" };
            self.token(sign);
            self.gap();
            self.expression(value);
            let newline = self.whim(2) == 0;
            if at + 1 < entries.len() || newline {
                self.token(if newline { "\n" } else { "," });
            }
        }
        self.gap();
        self.lines = outer;
        self.text.push('}');
    }

    fn pieces(&mut self, pieces: &[Piece], quoted: bool) {
        for piece in pieces {
            match piece {
                Piece::Text(text) => self.template_text(text, quoted),
                Piece::Value(model) => self.sequence("${", |w| w.expression(model)),
                Piece::If(test, then, otherwise) => {
                    self.sequence("%{", |w| {
                        w.text.push_str("if ");
                        w.expression(test);
                    });
                    self.pieces(then, quoted);
                    if !otherwise.is_empty() {
                        self.sequence("%{", |w| w.text.push_str("else"));
                        self.pieces(otherwise, quoted);
                    }
                    self.sequence("%{", |w| w.text.push_str("endif"));
                }
                Piece::For(name, of, body) => {
                    self.sequence("%{", |w| {
                        write!(w.text, "for {name} in ").unwrap();
                        w.expression(of);
                    });
                    self.pieces(body, quoted);
                    self.sequence("%{", |w| w.text.push_str("endfor"));
                }
            }
        }
    }

    fn sequence(&mut self, open: &str, inner: impl FnOnce(&mut Self)) {
        self.within(true, open, "}", |w| {
            w.gap();
            inner(w);
        });
    }

    fn template_text(&mut self, text: &str, quoted: bool) {
        let mut rest = text.chars().peekable();
        while let Some(c) = rest.next() {
            match c {
                '$' | '%' if rest.peek() == Some(&'{') => self.text.extend([c, c]),
                '\n' if quoted => self.text.push_str("\\n"),
                '\t' if quoted => self.text.push_str("\\t"),
                '"' | '\\' if quoted => self.text.extend(['\\', c]),
                'é' if quoted && self.whim(2) == 0 => self.text.push_str("\\u00E9"),
                _ => self.text.push(c),
            }
        }
    }

    pub(crate) fn file(&mut self, items: &[Item]) {
        for (at, item) in items.iter().enumerate() {
            self.gap();
            match item {
                Item::Attribute(model) => {
                    write!(self.text, "a{at}").unwrap();
                    self.token("=");
                    self.gap();
                    self.expression(model);
                }
                Item::Block(kind, labels, items) => {
                    self.text.push_str(kind);
                    for (label, quoted) in labels {
                        self.token(&if *quoted { format!("\"{label}\"") } else { label.clone() });
                    }
                    self.token("{");
                    if !items.is_empty() {
                        self.text.push('\n');
                    }
                    self.file(items);
                    self.gap();
                    self.text.push('}');
                }
            }
            let end = match self.whim(4) {
                0 => "\n\n",
                1 if !matches!(item, Item::Attribute(Model::Heredoc(_))) => " # }\n",
                2 => "\r\n",
                _ => "\n",
            };
            self.text.push_str(end);
        }
    }
}

/// The tree of a file, as `show::body` writes it.
pub(crate) fn shown(items: &[Item]) -> String {
    let attributes = items.iter().enumerate().filter_map(|(at, item)| match item {
        Item::Attribute(model) => Some(format!("a{at} = {}", tree(model))),
        Item::Block(..) => None,
    });
    let blocks = items.iter().filter_map(|item| match item {
        Item::Block(kind, labels, items) => {
            let labels =
                labels.iter().fold(String::new(), |all, (label, _)| format!("{all} {label:?}"));
            Some(format!("{kind}{labels} {{{}}}", shown(items)))
        }
        Item::Attribute(_) => None,
    });
    attributes.chain(blocks).collect::<Vec<_>>().join("; ")
}

/// The tree of an expression, as `show::expr` writes it.
pub(crate) fn tree(model: &Model) -> String {
    let all = |models: &[Model]| models.iter().map(tree).collect::<Vec<_>>().join(" ");
    match model {
        Model::Word(word) => (*word).into(),
        Model::Number(text) | Model::Name(text) => text.clone(),
        Model::Text(pieces) | Model::Heredoc(pieces) => format!("<{}>", parts(pieces)),
        Model::Attr(on, name) => format!("(. {} {name})", tree(on)),
        Model::Index(on, key) => format!("(at {} {})", tree(on), tree(key)),
        Model::Splat(on, names) => {
            let body =
                names.iter().fold("it".to_owned(), |body, name| format!("(. {body} {name})"));
            format!("([*] {} {body})", tree(on))
        }
        Model::Call(name, args, dots) => {
            format!("({name}{} {})", if *dots { "..." } else { "" }, all(args))
        }
        Model::Tuple(items) => format!("[{}]", all(items)),
        Model::Object(entries) => {
            let entries =
                entries.iter().map(|(key, value)| format!("{} {}", tree(key), tree(value)));
            format!("{{{}}}", entries.collect::<Vec<_>>().join(" "))
        }
        Model::For { names, of, key, value, group, test } => format!(
            "(for {} {} : {}{}{}{})",
            names.join(","),
            tree(of),
            key.as_ref().map(|key| format!("{} => ", tree(key))).unwrap_or_default(),
            tree(value),
            if *group { "..." } else { "" },
            test.as_ref().map(|test| format!(" if {}", tree(test))).unwrap_or_default(),
        ),
        Model::Unary('!', on) => format!("(Not {})", tree(on)),
        Model::Unary(_, on) => format!("(Negate {})", tree(on)),
        Model::Binary(op, left, right) => {
            format!("({} {} {})", OPERATORS[*op].1, tree(left), tree(right))
        }
        Model::Conditional(parts) => format!("(? {})", all(&parts[..])),
        Model::Parens(inner) => format!("(paren {})", tree(inner)),
    }
}

fn parts(pieces: &[Piece]) -> String {
    let shown = pieces.iter().map(|piece| match piece {
        Piece::Text(text) => format!("{text:?}"),
        Piece::Value(model) => format!("${}", tree(model)),
        Piece::If(test, then, otherwise) => {
            format!("%if {} [{}] [{}]", tree(test), parts(then), parts(otherwise))
        }
        Piece::For(name, of, body) => format!("%for {name} {} [{}]", tree(of), parts(body)),
    });
    shown.collect::<Vec<_>>().join(" ")
}
