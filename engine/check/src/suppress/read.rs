//! From the files of a stack to the comments that silence.

use super::comment::{Flaw, State, Tool};
use super::grammar::{Told, comments};
use super::live::Live;
use super::scope::{Nodes, Root, Scope, shifted};
use super::{Comment, Entry, json};
use crate::{Options, Site};
use stack::Stack;
use std::collections::BTreeMap;
use std::path::Path;
use std::sync::atomic::AtomicBool;
use syntax::{FileId, Source, Span};

/// What the comments hold: files without any are not looked at twice.
const MARKS: [&str; 7] =
    ["banana:", "checkov:", "bridgecrew:", "cortex:", "trivy:", "tfsec:", "tflint-ignore"];

/// All comments of all files.
pub(super) fn all(stack: &Stack, options: &Options) -> Vec<Entry> {
    let mut entries = Vec::new();
    let mut live = None;
    for (file, source) in stack.sources.iter() {
        if !MARKS.iter().any(|mark| source.text().contains(mark)) {
            continue;
        }
        let live = live.get_or_insert_with(|| Live::of(stack));
        let mut reader = Reader { stack, options, live, file, source, entries: &mut entries };
        if is_json(source.name()) {
            reader.json();
        } else {
            reader.native();
        }
    }
    entries
}

/// JSON has no comments; its objects may have a property that stands for one.
fn is_json(name: &str) -> bool {
    Path::new(name).extension().is_some_and(|ending| ending.eq_ignore_ascii_case("json"))
}

struct Reader<'r> {
    stack: &'r Stack,
    options: &'r Options,
    live: &'r Live,
    file: FileId,
    source: &'r Source,
    entries: &'r mut Vec<Entry>,
}

impl Reader<'_> {
    fn native(&mut self) {
        let mut told: Vec<(Told, Span)> = Vec::new();
        for token in syntax::comments(self.file, self.source.text()) {
            let byte = |at: usize| u32::try_from(at).map_or(token.end, |at| token.start + at);
            for one in comments(self.stack.sources.text(token)) {
                let span = Span::new(self.file, byte(one.bytes.0), byte(one.bytes.1));
                told.push((one, span));
            }
        }
        if told.is_empty() {
            return;
        }
        let mut trivy: BTreeMap<u32, bool> = BTreeMap::new();
        for (one, span) in told.iter().filter(|(one, _)| one.comment.tool == Tool::Trivy) {
            let (line, _) = self.source.line_column(span.start);
            *trivy.entry(line).or_default() |= one.leads && self.starts_line(*span);
        }
        let trivy = shifted(&trivy);
        let nodes = Nodes::of(self.file, self.source);
        for (one, span) in told {
            let scope = Scope::of(&one, span, &nodes, self.source, &trivy);
            let place = scope.as_ref().ok().and_then(|scope| scope.as_ref()?.place());
            let root = nodes.root(place.unwrap_or(span));
            self.add(one.comment, scope, root, span);
        }
    }

    /// `"//": "banana:ignore[…] …"` in an object speaks for it; at the top, for the file.
    fn json(&mut self) {
        for note in json::notes(self.file, self.source.text()) {
            for told in comments(&note.text) {
                let first = told.bytes.0 == 0 && note.text.starts_with("tflint-ignore-file: ");
                let scope = match (told.comment.tool, told.comment.file, &note.scope) {
                    (Tool::Banana, true, None) => Ok(Scope::File(self.file)),
                    (Tool::Banana, false, Some(object)) => Ok(object.clone()),
                    (Tool::Banana, true, Some(_)) => {
                        let flaw = "`banana:ignore-file` stands inside a block";
                        Err(Flaw::new(flaw, "put it into `\"//\"` at the top of the file"))
                    }
                    (Tool::Banana, false, None) => {
                        let flaw = "`banana:ignore` stands in no block";
                        let help = "put it into `\"//\"` of the block's object, or write `banana:ignore-file`";
                        Err(Flaw::new(flaw, help))
                    }
                    (Tool::Tflint, true, None) if first => Ok(Scope::File(self.file)),
                    _ => continue,
                };
                self.add(told.comment, scope.map(Some), note.root.as_ref(), note.span);
            }
        }
    }

    fn add(
        &mut self,
        mut comment: Comment,
        scope: Result<Option<Scope>, Flaw>,
        root: Option<&Root>,
        span: Span,
    ) {
        let scope = scope.unwrap_or_else(|flaw| {
            comment.flaw.get_or_insert(flaw);
            None
        });
        let state = comment.state(self.options.today.as_deref(), &self.stack.workspace);
        // Where its tool takes no notice, nothing is silenced.
        let state = if scope.is_none() { State::Idle } else { state };
        let address = root.filter(|_| !comment.file).map(|root| root.address.clone());
        self.entries.push(Entry {
            used: comment.ids.iter().map(|_| AtomicBool::new(false)).collect(),
            state,
            span,
            site: Site::of(Some(span), &self.stack.sources),
            address: address.unwrap_or_else(|| "file".into()),
            live: self.live.holds(root, self.file, self.source.name()),
            comment,
            scope,
        });
    }

    /// True when only blanks and the comment's own marks stand before a place on its line.
    fn starts_line(&self, span: Span) -> bool {
        let before = self.source.text().get(..span.start as usize).unwrap_or("");
        before.rsplit('\n').next().is_some_and(|line| line.trim().is_empty())
    }
}
