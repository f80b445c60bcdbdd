//! Byte edits.

use super::FixKind;
use serde::Serialize;
use std::collections::BTreeSet;
use syntax::{FileId, Span};

/// A range of bytes to be replaced.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Edit {
    /// The file as the user would type it.
    pub file: String,
    /// First byte that goes.
    pub start: u32,
    /// One past the last byte that goes; `start` for an insertion.
    pub end: u32,
    /// What comes in its place.
    pub text: String,
    /// The same bytes.
    #[serde(skip)]
    pub span: Span,
}

/// A fix of one finding, worked out.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Patch {
    /// Who may apply it unasked.
    pub kind: FixKind,
    /// What it does, for people.
    pub title: &'static str,
    /// In the order of their places, none overlapping another.
    pub edits: Vec<Edit>,
    /// The attributes of the resource that may be others afterwards.
    #[serde(skip)]
    pub(crate) touches: BTreeSet<String>,
    /// It edits what is written once for all instances of the resource, not a value that reaches a single one.
    #[serde(skip)]
    pub(crate) shared: bool,
}

/// An edit of a file that is known by its tree.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Change {
    pub(crate) start: usize,
    pub(crate) end: usize,
    pub(crate) text: String,
}

impl Change {
    pub(crate) fn insert(at: usize, text: String) -> Self {
        Self { start: at, end: at, text }
    }

    pub(crate) fn replace(span: Span, text: impl Into<String>) -> Self {
        Self { start: span.start as usize, end: span.end as usize, text: text.into() }
    }

    /// The same with its file. `None` beyond four gigabytes.
    pub(crate) fn of(self, file: FileId, name: &str) -> Option<Edit> {
        let (start, end) = (u32::try_from(self.start).ok()?, u32::try_from(self.end).ok()?);
        let span = Span::new(file, start, end);
        Some(Edit { file: name.to_owned(), start, end, text: self.text, span })
    }
}

impl Edit {
    /// True when both are of one file and meet, be it at an end.
    pub(crate) fn meets(&self, other: &Self) -> bool {
        self.span.file == other.span.file && self.start <= other.end && other.start <= self.end
    }
}

/// The text with edits of it done. `None` when they overlap or lie outside it.
pub(crate) fn applied<'e>(text: &str, edits: impl IntoIterator<Item = &'e Edit>) -> Option<String> {
    let mut edits: Vec<&Edit> = edits.into_iter().collect();
    edits.sort();
    edits.dedup();
    let mut fresh = String::with_capacity(text.len());
    let mut done = 0;
    for edit in edits {
        fresh.push_str(text.get(done..edit.start as usize)?);
        fresh.push_str(&edit.text);
        done = edit.end as usize;
    }
    fresh.push_str(text.get(done..)?);
    Some(fresh)
}
