//! How far a comment reaches.

use super::comment::{Flaw, Tool};
use super::grammar::Told;
use std::collections::BTreeMap;
use syntax::{BodyId, FileId, Source, Sources, Span, Tree};

/// The blocks and attributes of a file, by the line they start on.
#[derive(Debug)]
pub(super) struct Nodes {
    /// Line to the widest node that starts there.
    by_line: BTreeMap<u32, Span>,
    /// Top-level blocks.
    pub(super) roots: Vec<Root>,
    /// Line to whether it holds nothing but comments, of lines with comments.
    comments: BTreeMap<u32, bool>,
    /// Where the leading comments end.
    head: u32,
}

/// A top-level block.
#[derive(Clone, Debug)]
pub(super) struct Root {
    /// All of it.
    pub(super) span: Span,
    /// From its type to its last label.
    pub(super) header: Span,
    /// `resource`
    pub(super) kind: String,
    /// What findings call it: `aws_subnet.a`, `module.web`, `var.region`.
    pub(super) address: String,
}

/// What a comment silences.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Scope {
    /// Nodes and all in them, and whatever starts on these lines.
    Nodes { spans: Vec<Span>, file: FileId, first: u32, last: u32 },
    /// Whatever is in the span.
    Within(Span),
    /// A block of JSON: what is in its object, and what is said of its header or of all of it. These begin at a name that others share.
    Object { object: Span, header: Span, block: Span },
    /// What is decided on one of two lines.
    Lines { file: FileId, first: u32 },
    /// The whole file.
    File(FileId),
}

/// Where a finding can be silenced.
#[derive(Debug, Default)]
pub(super) struct Trail {
    /// Where it is decided, and the references that carried the value: what is nearest to the finding.
    pub(super) decided: Vec<Span>,
    /// The resource, and the calls of the modules around it.
    pub(super) around: Vec<Span>,
}

impl Nodes {
    pub(super) fn of(file: FileId, source: &Source) -> Self {
        let (tree, _) = syntax::parse(file, source.text());
        let line = |byte: u32| source.line_column(byte).0;
        let roots = tree.blocks(tree.root()).iter().map(|block| {
            let labels = tree.labels(block).iter().map(|label| tree.name(label.name));
            let address = address(tree.name(block.kind), &labels.collect::<Vec<_>>());
            let kind = tree.name(block.kind).to_owned();
            Root { span: block.span, header: block.header, kind, address }
        });
        let mut nodes = Self {
            by_line: BTreeMap::new(),
            roots: roots.collect(),
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

    /// The line that one of our comments speaks of: its own, or the first below a run of comments.
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

    /// The top-level block that holds a place.
    pub(super) fn root(&self, place: Span) -> Option<&Root> {
        let after = self.roots.partition_point(|root| root.span.start <= place.start);
        let root = self.roots.get(after.checked_sub(1)?)?;
        (place.end <= root.span.end).then_some(root)
    }
}

/// What findings call a top-level block.
pub(super) fn address(kind: &str, labels: &[&str]) -> String {
    let labels = labels.join(".");
    match kind {
        "resource" => labels,
        "variable" => format!("var.{labels}"),
        _ if labels.is_empty() => kind.to_owned(),
        _ => format!("{kind}.{labels}"),
    }
}

/// Where trivy takes its comments to stand, by their lines and whether they start them: those at the start of lines that follow each
/// other all act where the last one does.
pub(super) fn shifted(lines: &BTreeMap<u32, bool>) -> BTreeMap<u32, u32> {
    let mut places: BTreeMap<u32, u32> = BTreeMap::new();
    for (line, leads) in lines.iter().rev() {
        let below = places.get(&(line + 1)).filter(|_| *leads);
        places.insert(*line, below.copied().unwrap_or(*line));
    }
    places
}

impl Scope {
    /// The scope of a comment at a place; `trivy` from [`shifted`]. `None` when it stands where its tool takes no notice.
    pub(super) fn of(
        told: &Told,
        place: Span,
        nodes: &Nodes,
        source: &Source,
        trivy: &BTreeMap<u32, u32>,
    ) -> Result<Option<Self>, Flaw> {
        let (line, column) = source.line_column(place.start);
        let file = place.file;
        let comment = &told.comment;
        Ok(Some(match (comment.tool, comment.file) {
            (Tool::Banana, true) if line < nodes.head => Self::File(file),
            (Tool::Banana, true) => {
                let flaw = "`banana:ignore-file` stands below the file's leading comments";
                return Err(Flaw::new(flaw, "put it into the comment that the file starts with"));
            }
            (Tool::Tflint, true) if (line, column) == (1, 1) => Self::File(file),
            (Tool::Tflint, true) => {
                let flaw = "`tflint-ignore-file` is not the first thing in the file";
                return Err(Flaw::new(flaw, "tflint stops at it too: put it into the first line"));
            }
            (Tool::Tflint, false) => Self::Lines { file, first: line },
            (Tool::Checkov, _) => {
                let inside = nodes.root(place).filter(|root| {
                    source.line_column(root.span.start).0 < line
                        && line < source.line_column(root.span.end).0
                });
                return Ok(inside.map(|root| Self::Within(root.span)));
            }
            (Tool::Banana, false) => nodes.scope(file, nodes.target(line), 0),
            (Tool::Trivy, _) => nodes.scope(file, trivy.get(&line).copied().unwrap_or(line), 1),
        }))
    }

    pub(super) fn holds(&self, trail: &Trail, sources: &Sources) -> bool {
        let mut places = trail.decided.iter().chain(&trail.around);
        let inside = |span: &Span, place: &Span| {
            span.file == place.file && span.start <= place.start && place.end <= span.end
        };
        let line = |place: &Span| {
            sources.get(place.file).map_or(0, |source| source.line_column(place.start).0)
        };
        match self {
            Self::Nodes { spans, file, first, last } => places.any(|place| {
                spans.iter().any(|span| inside(span, place))
                    || (*file == place.file && (*first..=*last).contains(&line(place)))
            }),
            Self::Within(span) => places.any(|place| inside(span, place)),
            Self::Object { object, header, block } => {
                places.any(|place| inside(object, place) || place == header || place == block)
            }
            Self::Lines { file, first } => trail.decided.iter().any(|place| {
                *file == place.file && (line(place) == *first || line(place) == first + 1)
            }),
            Self::File(file) => places.any(|place| *file == place.file),
        }
    }

    /// All that it silences, and its own comment, in one part of the file; `None` for the whole.
    pub(super) fn part(&self, comment: Span, sources: &Sources) -> Option<Span> {
        let lines = |first: u32, last: u32| {
            let source = sources.get(comment.file)?;
            let line = |number: u32| source.lines().get(number as usize).copied();
            let end = line(last).or_else(|| u32::try_from(source.text().len()).ok())?;
            Some(Span::new(comment.file, line(first.saturating_sub(1))?, end))
        };
        match self {
            Self::Nodes { spans, first, last, .. } => {
                let all = spans.iter().copied().chain(lines(*first, *last));
                Some(all.fold(comment, Span::to))
            }
            Self::Within(span) | Self::Object { block: span, .. } => Some(comment.to(*span)),
            Self::Lines { first, .. } => {
                Some(lines(*first, first + 1).map_or(comment, |lines| comment.to(lines)))
            }
            Self::File(_) => None,
        }
    }

    /// A place in what it silences, if there is such a node.
    pub(super) fn place(&self) -> Option<Span> {
        match self {
            Self::Nodes { spans, .. } => spans.first().copied(),
            Self::Within(span) | Self::Object { object: span, .. } => Some(*span),
            Self::Lines { .. } | Self::File(_) => None,
        }
    }
}

impl Nodes {
    /// The nodes that start on a line, or so many lines below it.
    fn scope(&self, file: FileId, first: u32, more: u32) -> Scope {
        let last = first + more;
        let spans = self.by_line.range(first..=last).map(|(_, span)| *span).collect();
        Scope::Nodes { spans, file, first, last }
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
