//! HCL's JSON syntax: RFC 8259, whose strings are templates.
//!
//! The same tree as native syntax makes, so that whoever reads it need not care: objects keep their order and repeated names.

mod text;
mod value;

use crate::arena::{Arena, index};
use crate::report::quoted;
use crate::tree::{Attribute, Body, ExprId, Format, Tree};
use crate::{FileId, Report, Span};
use std::sync::Arc;

/// How deep objects and arrays may nest.
const MAX_DEPTH: u32 = 512;
/// How many reports one file may make.
const MAX_REPORTS: usize = 100;

/// Reads one text.
struct Json<'a> {
    file: FileId,
    text: &'a str,
    at: usize,
    depth: u32,
    arena: Arena,
    attributes: Vec<Attribute>,
    items: Vec<ExprId>,
    reports: Vec<Report>,
    /// A problem was reported and the text around it not yet left.
    lost: bool,
}

/// A whole file in JSON syntax.
pub(crate) fn file(file: FileId, text: &Arc<str>) -> (Tree, Vec<Report>) {
    let fits = u32::try_from(text.len()).is_ok();
    let mut json = Json {
        file,
        text: if fits { text } else { "" },
        at: 0,
        depth: 0,
        arena: Arena::take(),
        attributes: Vec::new(),
        items: Vec::new(),
        reports: Vec::new(),
        lost: false,
    };
    if fits {
        json.root();
    } else {
        json.fail(
            Report::error("file-too-large", "the file is larger than 4 GiB")
                .help("split it up into several files"),
        );
    }
    if let Some(report) = json.arena.cut_to_height(file) {
        json.report(report);
    }
    let attributes = json.arena.attributes(&mut json.attributes, 0);
    let span = Span::new(file, 0, index(json.text.len()));
    let root = json.arena.body(Body { attributes, span, ..Body::default() });
    (json.arena.finish(file, Format::Json, text, root), json.reports)
}

impl<'a> Json<'a> {
    /// One object, or an array of objects that are read as one.
    fn root(&mut self) {
        match self.peek() {
            Some(b'{') => self.properties(),
            Some(b'[') => self.sequence(b']', "array", |json| {
                if json.peek() == Some(b'{') {
                    json.properties();
                } else {
                    json.expected(
                        "an object",
                        "the file's root is an object, or an array of objects",
                    );
                }
            }),
            _ => self.expected("`{`", "the file's root is a JSON object"),
        }
        if !self.lost && self.peek().is_some() {
            self.expected("the end of the file", "nothing may follow the root object");
        }
    }

    fn properties(&mut self) {
        self.sequence(b'}', "object", |json| {
            let Some((key, name_span)) = json.key() else { return };
            let name = match key.written() {
                Some((start, end)) => json.arena.names.written(json.text.as_bytes(), start, end),
                None => json.arena.names.decoded(json.text.as_bytes(), &key.decoded),
            };
            if json.colon() {
                let expr = json.value();
                let end = json.arena.end_of(expr);
                let span = Span::new(json.file, name_span.start, end);
                json.attributes.push(Attribute { name, name_span, expr, span });
            }
        });
    }

    /// `{ … }` or `[ … ]`: calls `item` for each, with the parser in front of it.
    fn sequence(&mut self, closer: u8, what: &str, mut item: impl FnMut(&mut Self)) {
        let opened = self.here();
        if self.depth >= MAX_DEPTH {
            let message = format!("nested more than {MAX_DEPTH} levels deep");
            return self.fail(Report::error("too-deep", message).at(opened, "one level too many"));
        }
        self.depth += 1;
        self.at += 1;
        if self.peek() != Some(closer) {
            self.items_of(closer, what, opened, &mut item);
        }
        if self.peek() == Some(closer) && !self.lost {
            self.at += 1;
        }
        self.depth -= 1;
    }

    fn items_of(&mut self, closer: u8, what: &str, opened: Span, item: &mut impl FnMut(&mut Self)) {
        let sign = char::from(closer);
        let wanted = format!("`,` or `{sign}`");
        loop {
            if self.peek().is_some() {
                item(self);
            }
            if !matches!(self.peek(), Some(b',' | b'}' | b']') | None) {
                self.expected(&wanted, "items are separated by commas");
            }
            if self.lost {
                self.resync();
            }
            match self.peek() {
                Some(b',') => {
                    let comma = self.here();
                    self.at += 1;
                    if self.peek() == Some(closer) {
                        return self.report(
                            Report::error("trailing-comma", format!("a comma before the `{sign}`"))
                                .at(comma, "no item follows")
                                .help("JSON has no comma after the last item: remove it"),
                        );
                    }
                }
                Some(found) if found == closer => return,
                Some(_) => {
                    let help = format!("the {what} around this is closed with `{sign}`");
                    return self.expected(&wanted, &help);
                }
                None => {
                    return self.fail(
                        Report::error("unclosed", format!("the {what} is never closed"))
                            .at(opened, "opened here")
                            .help(format!("add the missing `{sign}`")),
                    );
                }
            }
        }
    }

    /// A property's name.
    fn key(&mut self) -> Option<(text::Text<'a>, Span)> {
        if self.peek() == Some(b'"') {
            self.string()
        } else {
            self.expected("a property's name", "a property is written `\"name\": value`");
            None
        }
    }

    fn colon(&mut self) -> bool {
        let found = self.peek() == Some(b':');
        if found {
            self.at += 1;
        } else {
            self.expected("`:`", "a property is written `\"name\": value`");
        }
        found
    }

    /// The next byte that is not blank.
    fn peek(&mut self) -> Option<u8> {
        let rest = self.text.as_bytes().get(self.at..)?;
        let blanks = rest.iter().take_while(|b| matches!(b, b' ' | b'\t' | b'\r' | b'\n')).count();
        self.at += blanks;
        rest.get(blanks).copied()
    }

    fn rest(&self) -> &str {
        self.text.get(self.at..).unwrap_or("")
    }

    /// The character here.
    fn here(&self) -> Span {
        let length = self.rest().chars().next().map_or(0, char::len_utf8);
        Span::new(self.file, index(self.at), index(self.at + length))
    }

    fn report(&mut self, report: Report) {
        if self.reports.len() < MAX_REPORTS {
            self.reports.push(report);
        }
    }

    #[cold]
    fn fail(&mut self, report: Report) {
        if !self.lost {
            self.lost = true;
            self.report(report);
        }
    }

    #[cold]
    fn expected(&mut self, what: &str, help: &str) {
        let found = match self.rest().chars().next() {
            Some('"') => "a string".to_owned(),
            Some(c) => quoted(c.encode_utf8(&mut [0; 4])),
            None => "the end of the file".to_owned(),
        };
        let report = Report::error("unexpected-token", format!("expected {what}, found {found}"))
            .at(self.here(), format!("expected {what}"))
            .help(help);
        self.fail(report);
    }

    /// Steps to the comma or closing bracket that ends the item, and is lost no more.
    #[cold]
    fn resync(&mut self) {
        let mut open = 0_u32;
        while let Some(byte) = self.peek() {
            match byte {
                b',' | b']' | b'}' if open == 0 => {
                    self.lost = false;
                    return;
                }
                b'{' | b'[' => open += 1,
                b'}' | b']' => open -= 1,
                b'"' => {
                    self.raw_string();
                    continue;
                }
                _ => {}
            }
            self.at += self.rest().chars().next().map_or(1, char::len_utf8);
        }
    }
}
