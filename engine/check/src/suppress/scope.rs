//! How far a comment reaches.

use super::grammar::{Comment, Tool};
use std::collections::BTreeMap;
use syntax::{BodyId, FileId, Source, Sources, Span, Tree};

/// The blocks and attributes of a file, by the line they start on.
#[derive(Debug)]
pub(super) struct Nodes {
    /// Line to the widest node that starts there.
    by_line: BTreeMap<u32, Span>,
    /// Top-level blocks.
    roots: Vec<Span>,
    /// Lines that hold nothing but comments.
    comments: BTreeMap<u32, bool>,
    /// Where the leading comments end.
    head: u32,
}

/// What a comment silences.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Scope {
    /// A node and all in it, and whatever starts on this line.
    Node { span: Option<Span>, file: FileId, line: u32 },
    /// Whatever is in the span.
    Within(Span),
    /// Whatever starts on one of two lines.
    Lines { file: FileId, first: u32 },
    /// The whole file.
    File(FileId),
}

impl Nodes {
    pub(super) fn of(file: FileId, source: &Source) -> Self {
        let (tree, _) = syntax::parse(file, source.text());
        let line = |byte: u32| source.line_column(byte).0;
        let mut nodes = Self {
            by_line: BTreeMap::new(),
            roots: tree.blocks(tree.root()).iter().map(|block| block.span).collect(),
            comments: BTreeMap::new(),
            head: 0,
        };
        for span in spans(&tree) {
            let widest = nodes.by_line.entry(line(span.start)).or_insert(span);
            if span.end - span.start > widest.end - widest.start {
                *widest = span;
            }
        }
        for comment in syntax::comments(file, source.text()) {
            let alone = leads_line(source, comment.start);
            for at in line(comment.start)..=line(comment.end) {
                nodes.comments.insert(at, alone);
            }
        }
        nodes.head = nodes.below(1);
        nodes
    }

    /// The line that a comment speaks of: its own, or the first below a run of comments.
    fn target(&self, line: u32) -> u32 {
        if self.comments.get(&line) != Some(&true) {
            return line;
        }
        self.below(line)
    }

    /// The first line from `line` on that is not only a comment.
    fn below(&self, line: u32) -> u32 {
        let run = self.comments.range(line..).zip(line..);
        let run = run.take_while(|((at, alone), expected)| *at == expected && **alone);
        run.last().map_or(line, |(_, last)| last + 1)
    }
}

impl Scope {
    pub(super) fn of(
        comment: &Comment,
        span: Span,
        nodes: &Nodes,
        source: &Source,
    ) -> Option<Self> {
        let (line, column) = source.line_column(span.start);
        let file = span.file;
        match (comment.tool, comment.file) {
            (Tool::Banana, true) => (line < nodes.head).then_some(Self::File(file)),
            (Tool::Tflint, true) => ((line, column) == (1, 1)).then_some(Self::File(file)),
            (Tool::Tflint, false) => Some(Self::Lines { file, first: line }),
            (Tool::Checkov, _) => {
                let root = nodes.roots.iter().find(|root| {
                    source.line_column(root.start).0 < line && line < source.line_column(root.end).0
                })?;
                Some(Self::Within(*root))
            }
            (Tool::Banana | Tool::Trivy, _) => {
                let line = nodes.target(line);
                Some(Self::Node { span: nodes.by_line.get(&line).copied(), file, line })
            }
        }
    }

    pub(super) fn holds(&self, place: Span, sources: &Sources) -> bool {
        let within = |span: Span| {
            span.file == place.file && span.start <= place.start && place.end <= span.end
        };
        let starts = || sources.get(place.file).map(|source| source.line_column(place.start).0);
        match *self {
            Self::Node { span, file, line } => {
                span.is_some_and(within) || (file == place.file && starts() == Some(line))
            }
            Self::Within(span) => within(span),
            Self::Lines { file, first } => {
                file == place.file
                    && starts().is_some_and(|line| line == first || line == first + 1)
            }
            Self::File(file) => file == place.file,
        }
    }
}

/// True when only blanks stand before a byte on its line.
fn leads_line(source: &Source, byte: u32) -> bool {
    let before = source.text().get(..byte as usize).unwrap_or("");
    before.rsplit('\n').next().is_some_and(|line| line.trim().is_empty())
}

/// The spans of all blocks and attributes.
fn spans(tree: &Tree) -> Vec<Span> {
    let mut found = Vec::new();
    let mut todo: Vec<Option<BodyId>> = vec![None];
    while let Some(body) = todo.pop() {
        let body = body.map_or_else(|| tree.root(), |id| tree.body(id));
        found.extend(tree.attributes(body).iter().map(|attribute| attribute.span));
        for block in tree.blocks(body) {
            found.push(block.span);
            todo.push(Some(block.body));
        }
    }
    found
}
