//! A TOML text as a tree with places, and what is wrong when it is not of the shape it should be.

use super::shape::{Key, Shape};
use schema::closest;
use std::ops::Range;
use syntax::{FileId, Report, Span};
use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// Something that was written, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Placed<T> {
    pub(super) value: T,
    pub(super) span: Span,
}

/// A value.
#[derive(Debug)]
pub(super) struct Node {
    pub(super) kind: Kind,
    pub(super) span: Span,
}

/// What it is.
#[derive(Debug)]
pub(super) enum Kind {
    Switch(bool),
    Text(String),
    List(Vec<Node>),
    /// In the order of the text.
    Table(Vec<(Placed<String>, Node)>),
    /// What no key holds: `an integer`.
    Other(&'static str),
}

/// Nothing that has a meaning lies deeper.
const DEEPEST: usize = 8;

/// Reads a text.
pub(super) fn read(text: &str, file: FileId) -> Result<Node, Vec<Report>> {
    let (root, errors) = DeTable::parse_recoverable(text);
    if errors.is_empty() {
        return Ok(Node { span: span(root.span(), file), kind: table(root.get_ref(), file, 0) });
    }
    Err(errors
        .into_iter()
        .map(|error| {
            let report =
                Report::error("config-syntax", format!("this is not TOML: {}", error.message()));
            report.at(span(error.span().unwrap_or_default(), file), "here")
        })
        .collect())
}

fn span(range: Range<usize>, file: FileId) -> Span {
    let byte = |at| u32::try_from(at).unwrap_or(u32::MAX);
    Span::new(file, byte(range.start), byte(range.end))
}

fn table(table: &DeTable<'_>, file: FileId, depth: usize) -> Kind {
    let mut entries: Vec<_> = table
        .iter()
        .map(|(key, value)| {
            let key = Placed { value: key.get_ref().to_string(), span: span(key.span(), file) };
            (key, node(value, file, depth + 1))
        })
        .collect();
    entries.sort_by_key(|(key, _)| key.span);
    Kind::Table(entries)
}

fn node(value: &Spanned<DeValue<'_>>, file: FileId, depth: usize) -> Node {
    let kind = match value.get_ref() {
        _ if depth > DEEPEST => Kind::Other("something deeper than any setting"),
        DeValue::Boolean(on) => Kind::Switch(*on),
        DeValue::String(text) => Kind::Text(text.to_string()),
        DeValue::Array(items) => {
            Kind::List(items.iter().map(|item| node(item, file, depth + 1)).collect())
        }
        DeValue::Table(inner) => table(inner, file, depth),
        DeValue::Integer(_) => Kind::Other("an integer"),
        DeValue::Float(_) => Kind::Other("a float"),
        DeValue::Datetime(_) => Kind::Other("a date"),
    };
    Node { kind, span: span(value.span(), file) }
}

impl Node {
    /// The string that it is.
    pub(super) fn text(&self) -> Option<Placed<String>> {
        match &self.kind {
            Kind::Text(text) => Some(Placed { value: text.clone(), span: self.span }),
            _ => None,
        }
    }

    /// The switch that it is.
    pub(super) fn switch(&self) -> Option<Placed<bool>> {
        match self.kind {
            Kind::Switch(on) => Some(Placed { value: on, span: self.span }),
            _ => None,
        }
    }

    /// The elements of the list that it is.
    pub(super) fn list(&self) -> &[Node] {
        match &self.kind {
            Kind::List(items) => items,
            _ => &[],
        }
    }

    /// The strings of the list that it is.
    pub(super) fn texts(&self) -> Placed<Vec<Placed<String>>> {
        Placed { value: self.list().iter().filter_map(Self::text).collect(), span: self.span }
    }

    /// The entries of the table that it is.
    pub(super) fn entries(&self) -> &[(Placed<String>, Node)] {
        match &self.kind {
            Kind::Table(entries) => entries,
            _ => &[],
        }
    }

    /// The value of a key.
    pub(super) fn get(&self, name: &str) -> Option<&Node> {
        self.entries().iter().find(|(key, _)| key.value == name).map(|(_, node)| node)
    }

    /// Says what is not as it should be. `name`: what people know it by.
    pub(super) fn conform(&self, shape: &Shape, name: &str, reports: &mut Vec<Report>) {
        match (shape, &self.kind) {
            (Shape::Switch, Kind::Switch(_)) | (Shape::Text | Shape::TextOr(_), Kind::Text(_)) => {}
            (Shape::Choice(names), Kind::Text(text)) if names.contains(&text.as_str()) => {}
            (Shape::Choice(names), Kind::Text(text)) => {
                let report = Report::error("config-value", format!("{name} cannot be `{text}`"))
                    .at(self.span, "not one of the choices");
                reports.push(report.help(match closest(text, names.iter().copied()) {
                    Some(like) => format!("did you mean `{like}`? it may be {}", names.join(", ")),
                    None => format!("it may be {}", names.join(", ")),
                }));
            }
            (Shape::List(of), Kind::List(items)) => {
                for item in items {
                    item.conform(of, &format!("an element of {name}"), reports);
                }
            }
            (Shape::Table(keys) | Shape::TextOr(keys), Kind::Table(entries)) => {
                self.conform_keys(keys, entries, reports);
            }
            (Shape::Rules(keys), Kind::Table(entries)) => {
                for (of, rule) in entries {
                    rule.conform(&Shape::Table(keys), &format!("`rule.{}`", of.value), reports);
                }
            }
            (_, kind) => {
                let text = format!("{name} must be {}, not {}", needed(shape), kind.name());
                let report = Report::error("config-value", text).at(self.span, kind.name());
                reports.push(match (shape, kind) {
                    (Shape::List(Shape::Text), Kind::Table(entries))
                        if entries.iter().any(|(_, node)| matches!(node.kind, Kind::Table(_))) =>
                    {
                        report.help("settings of a rule stand under `[rule.NAME]`")
                    }
                    (Shape::List(Shape::Table(_)), Kind::Table(_)) => {
                        report.help("put its name in double brackets, above its keys")
                    }
                    (Shape::Table(keys), _) => {
                        let keys: Vec<_> = keys.iter().map(|key| key.name).collect();
                        report.help(format!("its keys are {}", keys.join(", ")))
                    }
                    (Shape::List(_), Kind::Text(_)) => report.help("put brackets around it"),
                    _ => report,
                });
            }
        }
    }

    fn conform_keys(
        &self,
        keys: &'static [Key],
        entries: &[(Placed<String>, Node)],
        reports: &mut Vec<Report>,
    ) {
        for (written, value) in entries {
            let Some(key) = keys.iter().find(|key| key.name == written.value) else {
                let names = keys.iter().map(|key| key.name);
                let all: Vec<_> = names.clone().collect();
                let report =
                    Report::error("config-key", format!("there is no key `{}`", written.value))
                        .at(written.span, "not known here");
                reports.push(report.help(match closest(&written.value, names) {
                    Some(like) => format!("did you mean `{like}`?"),
                    None => format!("there are {}", all.join(", ")),
                }));
                continue;
            };
            let told = reports.len();
            value.conform(&key.shape, &format!("`{}`", key.name), reports);
            for report in reports.iter_mut().skip(told).filter(|report| report.help.is_none()) {
                report.help = Some(first_sentence(key.about));
            }
        }
        for key in keys.iter().filter(|key| key.required && self.get(key.name).is_none()) {
            let text = format!("`{}` is missing here", key.name);
            reports.push(Report::error("config-key", text).at(self.span, "without it"));
        }
    }
}

/// As a message has it: lower case, no final period.
fn first_sentence(text: &str) -> String {
    let text = text.split_once(". ").map_or(text, |(first, _)| first).trim_end_matches('.');
    let mut rest = text.chars();
    rest.next().map(|first| first.to_lowercase().to_string() + rest.as_str()).unwrap_or_default()
}

impl Kind {
    fn name(&self) -> &'static str {
        match self {
            Self::Switch(_) => "a boolean",
            Self::Text(_) => "a string",
            Self::List(_) => "a list",
            Self::Table(_) => "a table",
            Self::Other(name) => name,
        }
    }
}

fn needed(shape: &Shape) -> String {
    match shape {
        Shape::Switch => "`true` or `false`".into(),
        Shape::Text => "a string".into(),
        Shape::Choice(names) => format!("one of {}", names.join(", ")),
        Shape::List(_) => "a list".into(),
        Shape::Table(_) | Shape::Rules(_) => "a table".into(),
        Shape::TextOr(_) => "a string or a table".into(),
    }
}
