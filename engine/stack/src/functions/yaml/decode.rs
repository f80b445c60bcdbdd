//! YAML to values: sequences are tuples, mappings objects, scalars what they look like.

use super::scalar::{Scalar, Tag, resolve};
use crate::value::{Str, Type, Value};
use saphyr_parser::{Event, Parser, ScalarStyle, ScanError};
use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap};

/// The deepest nesting that is read.
const DEEPEST: usize = 200;
/// The most values of a document with its aliases spelled out.
const MOST_VALUES: usize = 1 << 20;

/// Reads one document.
pub(super) fn decode(text: &str) -> Result<Value, String> {
    let mut reader = Reader { open: Vec::new(), anchors: HashMap::new(), done: None, size: 0 };
    let mut documents = 0;
    if text.trim_start_matches([' ', '\n']).starts_with('\t') {
        return Err("line 1: nothing can start with a tab".into());
    }
    let length = text.chars().count();
    for event in Parser::new_from_str(text) {
        let (event, span) = event.map_err(|e| place(&e))?;
        let at_end = span.end.index() >= length && !text.ends_with('\n');
        match event {
            // A block that ends with the text, without a line break there, has none either.
            Event::Scalar(
                block,
                style @ (ScalarStyle::Literal | ScalarStyle::Folded),
                anchor,
                tag,
            ) if at_end && block.ends_with('\n') => {
                let cut = block.strip_suffix('\n').unwrap_or(&block).to_owned().into();
                reader.take(Event::Scalar(cut, style, anchor, tag))?;
            }
            Event::DocumentStart(_) => documents += 1,
            Event::Nothing | Event::StreamStart | Event::StreamEnd | Event::DocumentEnd => continue,
            event => {
                reader.take(event).map_err(|why| format!("line {}: {why}", span.start.line()))?;
            }
        }
        if documents > 1 {
            return Err("only a single document is allowed".into());
        }
    }
    reader.done.map(|node| node.value).ok_or_else(|| "there is no document".into())
}

fn place(error: &ScanError) -> String {
    format!("line {}: {}", error.marker().line(), error.info())
}

/// A value, and how many values it is made of.
#[derive(Clone)]
struct Node {
    value: Value,
    size: usize,
}

/// A collection that is not closed yet.
enum Open {
    Sequence { anchor: usize, elements: Vec<Node> },
    Mapping { anchor: usize, entries: BTreeMap<Str, Node>, key: Option<Key> },
}

enum Key {
    Name(Str),
    Merge,
}

struct Reader {
    open: Vec<Open>,
    anchors: HashMap<usize, Node>,
    done: Option<Node>,
    size: usize,
}

impl Reader {
    fn take(&mut self, event: Event<'_>) -> Result<(), String> {
        match event {
            Event::Scalar(text, style, anchor, tag) => {
                let quoted = matches!(style, ScalarStyle::SingleQuoted | ScalarStyle::DoubleQuoted);
                let scalar = resolve(&text, quoted, Tag::of(tag.as_deref())?)?;
                self.scalar(scalar, anchor)
            }
            Event::SequenceStart(anchor, tag) => {
                self.not_a_key()?;
                check_tag(tag, "seq")?;
                self.push(Open::Sequence { anchor, elements: Vec::new() })
            }
            Event::MappingStart(anchor, tag) => {
                self.not_a_key()?;
                check_tag(tag, "map")?;
                self.push(Open::Mapping { anchor, entries: BTreeMap::new(), key: None })
            }
            Event::SequenceEnd | Event::MappingEnd => self.close(),
            Event::Alias(anchor) => {
                self.not_a_key()?;
                let node = self.anchors.get(&anchor).cloned();
                let node = node.ok_or("an alias refers to what it stands in")?;
                self.add(node)
            }
            _ => Ok(()),
        }
    }

    fn push(&mut self, open: Open) -> Result<(), String> {
        if self.open.len() >= DEEPEST {
            return Err(format!("nested more than {DEEPEST} levels deep"));
        }
        self.open.push(open);
        Ok(())
    }

    /// A key is next.
    fn wants_key(&self) -> bool {
        matches!(self.open.last(), Some(Open::Mapping { key: None, .. }))
    }

    fn not_a_key(&self) -> Result<(), String> {
        if self.wants_key() { Err("only a string can be a key".into()) } else { Ok(()) }
    }

    fn scalar(&mut self, scalar: Scalar, anchor: usize) -> Result<(), String> {
        if self.wants_key() {
            let name = match scalar {
                Scalar::Merge => Key::Merge,
                Scalar::Value(value) => {
                    let name = value.convert(&Type::String).map_err(|e| e.to_string())?;
                    Key::Name(name.as_str().ok_or("a key cannot be null")?.into())
                }
            };
            if let Some(Open::Mapping { key, .. }) = self.open.last_mut() {
                *key = Some(name);
            }
            return Ok(());
        }
        let value = match scalar {
            Scalar::Value(value) => value,
            Scalar::Merge => Value::string("<<"),
        };
        let node = Node { value, size: 1 };
        self.remember(anchor, &node);
        self.add(node)
    }

    fn remember(&mut self, anchor: usize, node: &Node) {
        if anchor > 0 {
            self.anchors.insert(anchor, node.clone());
        }
    }

    fn close(&mut self) -> Result<(), String> {
        let (anchor, node) = match self.open.pop() {
            Some(Open::Sequence { anchor, elements }) => {
                let size = elements.iter().map(|node| node.size).sum::<usize>() + 1;
                (anchor, Node { value: Value::tuple(elements.into_iter().map(|n| n.value)), size })
            }
            Some(Open::Mapping { anchor, entries, .. }) => {
                let size = entries.values().map(|node| node.size).sum::<usize>() + 1;
                let entries = entries.into_iter().map(|(name, node)| (name, node.value));
                (anchor, Node { value: Value::object(entries), size })
            }
            None => return Ok(()),
        };
        self.remember(anchor, &node);
        self.add(node)
    }

    /// Puts a finished value where it belongs. Aliases multiply: what they stand for is counted, not what is written.
    fn add(&mut self, node: Node) -> Result<(), String> {
        self.size = self.size.saturating_add(node.size);
        if node.size > MOST_VALUES || self.size > 4 * MOST_VALUES {
            return Err("the document is too large with its aliases spelled out".into());
        }
        match self.open.last_mut() {
            None => self.done = Some(node),
            Some(Open::Sequence { elements, .. }) => elements.push(node),
            Some(Open::Mapping { entries, key, .. }) => match key.take() {
                Some(Key::Name(name)) => {
                    entries.insert(name, node);
                }
                Some(Key::Merge) => {
                    if !matches!(node.value.ty(), Type::Object(_)) {
                        let ty = node.value.ty().friendly();
                        return Err(format!("a {ty} cannot be merged into a mapping"));
                    }
                    for (name, value) in node.value.entries() {
                        let merged = Node { value: value.clone(), size: node.size };
                        entries.insert(name.clone(), merged);
                    }
                }
                None => {}
            },
        }
        Ok(())
    }
}

/// A collection may only carry the tag of its own kind.
fn check_tag(tag: Option<Cow<'_, saphyr_parser::Tag>>, kind: &str) -> Result<(), String> {
    match tag {
        Some(tag) if !(tag.is_yaml_core_schema() && tag.suffix == kind) => {
            Err(format!("the tag `{tag}` is not supported here"))
        }
        _ => Ok(()),
    }
}
