//! Values to YAML, byte for byte as Terraform writes it: strings in double quotes, texts of several lines as `|` blocks, sequences
//! within mappings without indentation, lines folded after 80 columns.

use crate::value::{Kind, Value};
use std::fmt::Write;

/// Lines are folded at the first blank after this column.
const WIDTH: usize = 80;
/// Longer keys are written after a `?`.
const LONGEST_KEY: usize = 128;
/// Blanks a level.
const INDENT: usize = 2;

/// One document.
pub(super) fn encode(value: &Value) -> String {
    let mut writer = Writer { out: String::new(), column: 0 };
    writer.root(value);
    writer.out
}

struct Writer {
    out: String,
    column: usize,
}

/// How a scalar is written.
enum Style {
    Plain,
    Quoted,
    Block,
}

impl Writer {
    fn put(&mut self, text: &str) {
        self.out.push_str(text);
        self.column += text.chars().count();
    }

    fn line(&mut self, indent: usize) {
        if self.column > 0 {
            self.out.push('\n');
        }
        self.out.push_str(&" ".repeat(indent));
        self.column = indent;
    }

    fn root(&mut self, value: &Value) {
        self.node(value, 0, false, 0);
        if self.column > 0 {
            self.line(0);
        }
        // A bare scalar could go on: its end is marked.
        if let Some((_, Style::Plain)) = scalar(value) {
            self.out.push_str("...\n");
        }
    }

    /// A value after what leads up to it: nothing, `-`, `key:` or `?`. Values nest no deeper than the evaluator lets them.
    /// `indent` is that of the collection around; `inline` says that a nested collection starts on the same line.
    fn node(&mut self, value: &Value, indent: usize, inline: bool, block_indent: usize) {
        match &value.kind {
            Kind::List(..) | Kind::Set(..) | Kind::Tuple(_) => {
                if value.is_empty() {
                    self.indicator("[]");
                    return;
                }
                for (i, element) in value.elements().enumerate() {
                    self.start(i == 0 && inline, indent);
                    self.put("-");
                    self.node(element, indent + INDENT, true, indent + INDENT);
                }
            }
            Kind::Map(..) | Kind::Object(_) => {
                if value.is_empty() {
                    self.indicator("{}");
                    return;
                }
                for (i, (name, value)) in value.entries().enumerate() {
                    self.start(i == 0 && inline, indent);
                    self.entry(name, value, indent);
                }
            }
            _ => {
                if let Some((text, style)) = scalar(value) {
                    self.scalar(&text, &style, block_indent, true);
                }
            }
        }
    }

    /// The place of an item: the next line, or after the `-` that the collection itself is an item of.
    fn start(&mut self, inline: bool, indent: usize) {
        if inline && self.column > 0 {
            self.put(" ");
        } else {
            self.line(indent);
        }
    }

    fn entry(&mut self, name: &str, value: &Value, indent: usize) {
        let style = style_of(name);
        let simple = !has_break(name) && name.len() <= LONGEST_KEY;
        if simple {
            self.scalar_here(name, &Style::Quoted, indent, false);
            self.put(":");
        } else {
            self.put("?");
            self.scalar(name, &style, indent + INDENT, true);
            self.line(indent);
            self.put(":");
        }
        let sequence = matches!(value.kind, Kind::List(..) | Kind::Set(..) | Kind::Tuple(_));
        let inner = if sequence && simple { indent } else { indent + INDENT };
        self.node(value, inner, !simple, indent + INDENT);
    }

    fn indicator(&mut self, text: &str) {
        if self.column > 0 {
            self.put(" ");
        }
        self.put(text);
    }

    fn scalar(&mut self, text: &str, style: &Style, indent: usize, folds: bool) {
        if self.column > 0 {
            self.put(" ");
        }
        self.scalar_here(text, style, indent, folds);
    }

    fn scalar_here(&mut self, text: &str, style: &Style, indent: usize, folds: bool) {
        match style {
            Style::Plain => self.put(text),
            Style::Quoted => self.quoted(text, indent, folds),
            Style::Block => self.block(text, indent.max(INDENT)),
        }
    }

    fn quoted(&mut self, text: &str, indent: usize, folds: bool) {
        self.put("\"");
        let mut after_blank = false;
        for (at, c) in text.char_indices() {
            let rest = text.get(at + c.len_utf8()..).unwrap_or("");
            match c {
                ' ' if folds
                    && !after_blank
                    && self.column > WIDTH
                    && at > 0
                    && !rest.is_empty() =>
                {
                    self.line(indent.max(INDENT));
                    if rest.starts_with(' ') {
                        self.put("\\");
                    }
                }
                '"' => self.put("\\\""),
                '\\' => self.put("\\\\"),
                c if is_printable(c) && !is_break(c) => self.put(c.encode_utf8(&mut [0; 4])),
                c => self.put(&escaped(c)),
            }
            after_blank = c == ' ';
        }
        self.put("\"");
    }

    /// `|` with its hints, then the lines.
    fn block(&mut self, text: &str, indent: usize) {
        self.put("|");
        if text.starts_with([' ', '\n', '\u{2028}', '\u{2029}']) {
            self.put(&INDENT.to_string());
        }
        let mut last = text.chars().rev();
        match (last.next().is_some_and(is_break), last.next()) {
            (false, _) => self.put("-"),
            (true, None) => self.put("+"),
            (true, Some(c)) if is_break(c) => self.put("+"),
            _ => {}
        }
        self.out.push('\n');
        self.column = 0;
        for c in text.chars() {
            if is_break(c) {
                self.out.push(c);
                self.column = 0;
                continue;
            }
            if self.column == 0 {
                self.out.push_str(&" ".repeat(indent));
                self.column = indent;
            }
            self.put(c.encode_utf8(&mut [0; 4]));
        }
    }
}

/// The text of a scalar and its style; none for a collection.
fn scalar(value: &Value) -> Option<(String, Style)> {
    Some(match &value.kind {
        Kind::Null(_) => ("null".to_owned(), Style::Plain),
        Kind::Bool(b) => (b.to_string(), Style::Plain),
        Kind::Number(n) => (n.to_string(), Style::Plain),
        Kind::String(text) => (text.to_string(), style_of(text)),
        _ => return None,
    })
}

/// Texts of several lines become blocks, unless a block could not hold them: characters to escape, blanks at a line's end.
fn style_of(text: &str) -> Style {
    let fits = text.chars().all(is_printable)
        && !text.ends_with(' ')
        && ![" \n", " \u{2028}", " \u{2029}"].iter().any(|ending| text.contains(ending));
    if text.contains('\n') && fits { Style::Block } else { Style::Quoted }
}

fn has_break(text: &str) -> bool {
    text.contains(is_break)
}

fn is_break(c: char) -> bool {
    matches!(c, '\r' | '\n' | '\u{85}' | '\u{2028}' | '\u{2029}')
}

/// What the emitter counts as printable: not tabs, and nothing past U+FFFF.
fn is_printable(c: char) -> bool {
    c == '\n' || matches!(c, ' '..='~' | '\u{a0}'..='\u{fffd}') && c != '\u{feff}'
}

fn escaped(c: char) -> String {
    let short = match c {
        '\0' => "\\0",
        '\u{7}' => "\\a",
        '\u{8}' => "\\b",
        '\t' => "\\t",
        '\n' => "\\n",
        '\u{b}' => "\\v",
        '\u{c}' => "\\f",
        '\r' => "\\r",
        '\u{1b}' => "\\e",
        '\u{85}' => "\\N",
        '\u{2028}' => "\\L",
        '\u{2029}' => "\\P",
        _ => "",
    };
    let mut out = short.to_owned();
    if short.is_empty() {
        let code = u32::from(c);
        let _ = match code {
            0..=0xff => write!(out, "\\x{code:02X}"),
            0x100..=0xffff => write!(out, "\\u{code:04X}"),
            _ => write!(out, "\\U{code:08X}"),
        };
    }
    out
}
