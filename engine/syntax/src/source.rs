//! Files, spans, and the way back from a byte to a line.

use std::sync::Arc;

/// A file of a [`Sources`] set.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct FileId(pub u32);

/// A half-open range of bytes in one file.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Span {
    /// The file.
    pub file: FileId,
    /// First byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
}

impl Span {
    /// A span of `file` from `start` up to, not including, `end`.
    pub fn new(file: FileId, start: u32, end: u32) -> Self {
        Self { file, start, end }
    }

    /// The smallest span that holds both; `self` when they are of different files.
    #[must_use]
    pub fn to(self, other: Self) -> Self {
        if self.file == other.file {
            Self {
                file: self.file,
                start: self.start.min(other.start),
                end: self.end.max(other.end),
            }
        } else {
            self
        }
    }
}

/// One file: its name as users know it, its text, and where its lines start.
#[derive(Clone, Debug)]
pub struct Source {
    name: Arc<str>,
    text: Arc<str>,
    lines: Arc<[u32]>,
}

impl Source {
    /// The name as the user would type it, relative to where banana was started.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The whole text.
    pub fn text(&self) -> &Arc<str> {
        &self.text
    }

    /// Byte offsets at which lines start; the first is always 0.
    pub fn lines(&self) -> &[u32] {
        &self.lines
    }
}

/// A place for people: 1-based line and column; columns count characters, as Terraform's do not count bytes.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Place {
    /// File name.
    pub file: String,
    /// 1-based line of the first byte.
    pub line: u32,
    /// 1-based column of the first byte.
    pub column: u32,
    /// 1-based line of the end.
    pub end_line: u32,
    /// 1-based column of the end, exclusive.
    pub end_column: u32,
}

/// All the files of one run. Only grows; a [`FileId`] stays good for the life of the set.
#[derive(Debug, Default)]
pub struct Sources {
    files: Vec<Source>,
    /// The first file's number.
    first: u32,
}

impl Sources {
    /// An empty set whose ids start at `first`: they are no ids of a smaller set that starts at zero.
    pub fn numbered_from(first: u32) -> Self {
        Self { files: Vec::new(), first }
    }

    /// Adds a file; files over 4 GiB are cut, since spans are 32 bits.
    pub fn add(&mut self, name: impl Into<Arc<str>>, text: impl Into<Arc<str>>) -> FileId {
        let text = text.into();
        let ends = text.bytes().enumerate().filter(|(_, b)| *b == b'\n');
        let starts = ends.filter_map(|(i, _)| u32::try_from(i + 1).ok());
        let lines = std::iter::once(0).chain(starts).collect();
        self.adopt(Source { name: name.into(), text, lines })
    }

    /// Adds a file of another set.
    pub fn adopt(&mut self, source: Source) -> FileId {
        let count = u32::try_from(self.files.len()).unwrap_or(u32::MAX);
        let id = FileId(self.first.saturating_add(count));
        self.files.push(source);
        id
    }

    /// The file, unless the id is of another set.
    pub fn get(&self, file: FileId) -> Option<&Source> {
        self.files.get(file.0.checked_sub(self.first)? as usize)
    }

    /// All files, in the order they were added.
    pub fn iter(&self) -> impl Iterator<Item = (FileId, &Source)> {
        (self.first..).map(FileId).zip(&self.files)
    }

    /// The text under a span; empty when it does not fit the file.
    pub fn text(&self, span: Span) -> &str {
        self.get(span.file)
            .and_then(|f| f.text.get(span.start as usize..span.end as usize))
            .unwrap_or("")
    }

    /// Where a span stands, for people.
    pub fn place(&self, span: Span) -> Place {
        let Some(file) = self.get(span.file) else {
            return Place { file: "?".into(), line: 1, column: 1, end_line: 1, end_column: 1 };
        };
        let ((line, column), (end_line, end_column)) =
            (file.line_column(span.start), file.line_column(span.end));
        Place { file: file.name.to_string(), line, column, end_line, end_column }
    }
}

impl Source {
    /// 1-based line and column (in characters) of a byte.
    pub fn line_column(&self, byte: u32) -> (u32, u32) {
        let index = self.lines.partition_point(|start| *start <= byte).saturating_sub(1);
        let start = self.lines.get(index).copied().unwrap_or(0);
        let end = usize::min(byte as usize, self.text.len());
        let column = self.text.as_bytes().get(start as usize..end).unwrap_or_default();
        let column = column.iter().filter(|b| (**b & 0xC0) != 0x80).count();
        (
            u32::try_from(index + 1).unwrap_or(u32::MAX),
            u32::try_from(column + 1).unwrap_or(u32::MAX),
        )
    }
}
