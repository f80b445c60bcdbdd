//! A problem with its source shown, drawn by miette.
//!
//! miette's own string source walks the whole file for every finding; ours answers from the line index.

use crate::Style;
use miette::{
    Diagnostic, GraphicalReportHandler, GraphicalTheme, LabeledSpan, MietteError,
    MietteSpanContents, NarratableReportHandler, Severity, SourceCode, SourceSpan, SpanContents,
    ThemeCharacters, ThemeStyles,
};
use rayon::prelude::*;
use std::borrow::Cow;
use std::fmt::{self, Write};
use std::ops::Range;
use syntax::{Label, Level, Report, Source, Sources, Span};

/// Something to show: a problem of the stack, or a finding.
#[derive(Clone, Debug)]
pub struct Trouble {
    /// Colour and symbol.
    pub level: Level,
    /// Shown before the message: `ECS002`, `unknown-attribute`.
    pub code: String,
    /// One sentence.
    pub message: String,
    /// The deciding place.
    pub at: Option<Label>,
    /// Other places, nearest to the deciding one last.
    pub related: Vec<Label>,
    /// How to fix it.
    pub help: Option<String>,
    /// What must not be shown, wherever a snippet meets it.
    pub secrets: Vec<Span>,
    /// The page that the code links to.
    pub url: Option<String>,
}

impl From<&Report> for Trouble {
    fn from(report: &Report) -> Self {
        Self {
            level: report.level,
            code: report.code.to_owned(),
            message: report.message.clone(),
            at: report.at.clone(),
            related: report.related.clone(),
            help: report.help.clone(),
            secrets: Vec::new(),
            url: None,
        }
    }
}

/// Draws one problem.
pub fn problem(trouble: &Trouble, sources: &Sources, style: &Style) -> String {
    let drawing = Drawing { is_linked: style.links, ..Drawing::new(trouble, sources) };
    let characters =
        if style.unicode { ThemeCharacters::unicode() } else { ThemeCharacters::ascii() };
    let styles = if style.colour { ThemeStyles::ansi() } else { ThemeStyles::none() };
    let handler = GraphicalReportHandler::new_themed(GraphicalTheme { characters, styles })
        .with_width(style.width)
        .with_context_lines(1)
        .with_links(style.links)
        .with_link_display_text("");
    let mut text = String::new();
    let drawn = |text: &mut String| {
        if style.narrated {
            NarratableReportHandler::new().with_context_lines(1).render_report(text, &drawing)
        } else {
            handler.render_report(text, &drawing)
        }
    };
    if drawing.is_too_wide() || drawn(&mut text).is_err() {
        // The words matter more than the picture.
        text = in_words(trouble, sources);
    }
    text
}

/// The longest line that is shown, in bytes: nobody reads a page of minified JSON, and miette cannot draw what is wider than 65535.
const WIDEST: usize = 4000;

fn in_words(trouble: &Trouble, sources: &Sources) -> String {
    let mut text = format!("{}: {}\n", trouble.code, trouble.message);
    for label in trouble.at.iter().chain(&trouble.related) {
        let place = sources.place(label.span);
        let _ = writeln!(text, "  {}:{}:{}: {}", place.file, place.line, place.column, label.text);
    }
    if let Some(help) = &trouble.help {
        let _ = writeln!(text, "  help: {help}");
    }
    text
}

/// Draws all problems of a stack.
pub fn problems(reports: &[Report], sources: &Sources, style: &Style) -> String {
    reports.par_iter().map(|report| problem(&Trouble::from(report), sources, style)).collect()
}

/// One problem as miette wants it: a snippet of one file, with children for the other files.
struct Drawing<'a> {
    trouble: &'a Trouble,
    is_linked: bool,
    view: Option<View<'a>>,
    labels: Vec<LabeledSpan>,
    children: Vec<Child<'a>>,
}

/// A remark in another file.
struct Child<'a> {
    text: String,
    view: View<'a>,
    label: LabeledSpan,
}

/// The lines of a file that may be drawn: those of its labels and beside them, perhaps with masked ranges.
struct View<'a> {
    source: &'a Source,
    /// Where each run of lines starts in the file, and its text; in order, and apart.
    windows: Vec<(usize, Cow<'a, str>)>,
}

impl<'a> Drawing<'a> {
    fn new(trouble: &'a Trouble, sources: &'a Sources) -> Self {
        let Some(at) = &trouble.at else {
            return Self {
                trouble,
                is_linked: false,
                view: None,
                labels: Vec::new(),
                children: Vec::new(),
            };
        };
        let mut labels = vec![label(at, true)];
        let mut children = Vec::new();
        let mut own = vec![at.span];
        for other in &trouble.related {
            if other.span.file == at.span.file {
                own.push(other.span);
                labels.push(label(other, false));
            } else if let Some(view) = View::new(sources, &[other.span], &trouble.secrets) {
                let place = Label { text: String::new(), ..other.clone() };
                children.push(Child { text: other.text.clone(), view, label: label(&place, true) });
            }
        }
        let view = View::new(sources, &own, &trouble.secrets);
        Self { trouble, is_linked: false, view, labels, children }
    }

    /// Whether a line that would be shown is too long for it.
    fn is_too_wide(&self) -> bool {
        let own = self.view.iter().flat_map(|view| self.labels.iter().map(move |l| (view, l)));
        let others = self.children.iter().map(|child| (&child.view, &child.label));
        own.chain(others).any(|(view, label)| view.widest(label) > WIDEST)
    }
}

fn label(label: &Label, primary: bool) -> LabeledSpan {
    let span =
        SourceSpan::from((label.span.start as usize, (label.span.end - label.span.start) as usize));
    let text = Some(label.text.clone()).filter(|text| !text.is_empty());
    if primary {
        LabeledSpan::new_primary_with_span(text, span)
    } else {
        LabeledSpan::new_with_span(text, span)
    }
}

impl<'a> View<'a> {
    /// The lines of `spans`, which are of one file, and those beside them, without `secrets`.
    fn new(sources: &'a Sources, spans: &[Span], secrets: &[Span]) -> Option<Self> {
        let file = spans.first()?.file;
        let source = sources.get(file)?;
        let mut windows = Vec::new();
        for lines in windows_of(source, spans) {
            let text = source.text().get(lines.clone())?;
            let inside = |span: &Span| {
                let (start, end) = (span.start as usize, span.end as usize);
                let hidden = start.max(lines.start)..end.min(lines.end);
                let is_here = span.file == file && hidden.start < hidden.end;
                is_here.then(|| hidden.start - lines.start..hidden.end - lines.start)
            };
            let mut hidden = secrets.iter().filter_map(inside).peekable();
            let text = if hidden.peek().is_some() || text.chars().any(is_order) {
                masked(text, hidden).into()
            } else {
                text.into()
            };
            windows.push((lines.start, text));
        }
        Some(Self { source, windows })
    }

    /// What may be drawn of a range of bytes; `None` where that is not all of it.
    fn text(&self, range: Range<usize>) -> Option<&str> {
        let after = self.windows.partition_point(|(from, _)| *from <= range.start);
        let (from, text) = self.windows.get(after.checked_sub(1)?)?;
        text.get(range.start - from..range.end.checked_sub(*from)?)
    }

    /// The length of the longest line of a label and of those beside it.
    fn widest(&self, label: &LabeledSpan) -> usize {
        let text = self.text(around(self.source, label.offset(), label.offset() + label.len()));
        text.map_or(0, |text| text.split('\n').map(str::len).max().unwrap_or(0))
    }
}

/// The lines of spans and beside them, those that touch as one.
fn windows_of(source: &Source, spans: &[Span]) -> Vec<Range<usize>> {
    let lines = spans.iter().map(|span| around(source, span.start as usize, span.end as usize));
    let mut lines: Vec<Range<usize>> = lines.collect();
    lines.sort_by_key(|range| range.start);
    let mut windows: Vec<Range<usize>> = Vec::new();
    for range in lines {
        match windows.last_mut() {
            Some(last) if range.start <= last.end => last.end = last.end.max(range.end),
            _ => windows.push(range),
        }
    }
    windows
}

/// Those of a file's secrets, sorted and apart, that stand in the lines of spans or beside them.
pub(crate) fn near(sources: &Sources, spans: &[Span], secrets: &[Span]) -> Vec<Span> {
    let Some(source) = spans.first().and_then(|span| sources.get(span.file)) else {
        return Vec::new();
    };
    let within = |lines: Range<usize>| {
        let first = secrets.partition_point(|span| span.end as usize <= lines.start);
        let last = secrets.partition_point(|span| (span.start as usize) < lines.end);
        secrets.get(first..last.max(first)).unwrap_or_default()
    };
    windows_of(source, spans).into_iter().flat_map(within).copied().collect()
}

/// The bytes of the lines from `start` to `end`, and of one line on either side.
fn around(source: &Source, start: usize, end: usize) -> Range<usize> {
    let lines = source.lines();
    let line_of = |byte: usize| lines.partition_point(|line| *line as usize <= byte);
    let first = lines.get(line_of(start).saturating_sub(2)).map_or(0, |line| *line as usize);
    let last = lines.get(line_of(end) + 1).map_or(source.text().len(), |line| *line as usize);
    first..last
}

/// True for what a terminal takes for an order instead of showing it.
fn is_order(c: char) -> bool {
    c.is_control() && !matches!(c, '\n' | '\r' | '\t')
}

/// The text with stars over secrets and `?` for what would steer the terminal, byte for byte, so that offsets stay true.
fn masked(text: &str, secrets: impl Iterator<Item = Range<usize>>) -> String {
    let mut bytes: Vec<u8> = Vec::with_capacity(text.len());
    for c in text.chars() {
        if is_order(c) {
            bytes.extend(std::iter::repeat_n(b'?', c.len_utf8()));
        } else {
            bytes.extend(c.encode_utf8(&mut [0; 4]).as_bytes());
        }
    }
    let cover = |part: &mut [u8]| {
        for byte in part.iter_mut().filter(|byte| !matches!(byte, b'\n' | b'"')) {
            *byte = b'*';
        }
    };
    secrets.filter_map(|span| bytes.get_mut(span).map(cover)).for_each(drop);
    // A span that cuts a character in two leaves no text to show.
    String::from_utf8(bytes).unwrap_or_else(|broken| {
        let mut bytes = broken.into_bytes();
        cover(&mut bytes);
        String::from_utf8(bytes).unwrap_or_default()
    })
}

impl SourceCode for View<'_> {
    fn read_span<'b>(
        &'b self,
        span: &SourceSpan,
        before: usize,
        after: usize,
    ) -> Result<Box<dyn SpanContents<'b> + 'b>, MietteError> {
        let lines = self.source.lines();
        let (start, end) = (span.offset(), span.offset() + span.len());
        let line_of =
            |byte: usize| lines.partition_point(|l| *l as usize <= byte).saturating_sub(1);
        let (first, last) = (line_of(start), line_of(end.max(start + 1) - 1));
        let from_line = first.saturating_sub(before);
        let from = lines.get(from_line).map_or(0, |l| *l as usize);
        let to = lines.get(last + 1 + after).map_or(self.source.text().len(), |l| *l as usize);
        // miette takes the header's column from here when it asks for no context, and counts from the line's start otherwise.
        let (from, column) = if before == 0 {
            (start, start - lines.get(first).map_or(0, |l| *l as usize))
        } else {
            (from, 0)
        };
        let data = self.text(from..to).ok_or(MietteError::OutOfBounds)?.as_bytes();
        Ok(Box::new(MietteSpanContents::new_named(
            self.source.name().to_owned(),
            data,
            (from, to - from).into(),
            if before == 0 { first } else { from_line },
            column,
            last + 1 + after - from_line,
        )))
    }
}

impl fmt::Debug for Drawing<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.trouble.fmt(f)
    }
}

impl fmt::Display for Drawing<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.trouble.message)
    }
}

impl std::error::Error for Drawing<'_> {}

impl Diagnostic for Drawing<'_> {
    fn code<'b>(&'b self) -> Option<Box<dyn fmt::Display + 'b>> {
        Some(Box::new(&self.trouble.code))
    }

    fn url<'b>(&'b self) -> Option<Box<dyn fmt::Display + 'b>> {
        self.trouble
            .url
            .as_ref()
            .filter(|_| self.is_linked)
            .map(|url| Box::new(url) as Box<dyn fmt::Display>)
    }

    fn severity(&self) -> Option<Severity> {
        Some(match self.trouble.level {
            Level::Error => Severity::Error,
            Level::Warning => Severity::Warning,
        })
    }

    fn help<'b>(&'b self) -> Option<Box<dyn fmt::Display + 'b>> {
        self.trouble.help.as_ref().map(|help| Box::new(help) as Box<dyn fmt::Display>)
    }

    fn source_code(&self) -> Option<&dyn SourceCode> {
        self.view.as_ref().map(|view| view as &dyn SourceCode)
    }

    fn labels(&self) -> Option<Box<dyn Iterator<Item = LabeledSpan> + '_>> {
        Some(Box::new(self.labels.iter().cloned()))
    }

    fn related<'b>(&'b self) -> Option<Box<dyn Iterator<Item = &'b dyn Diagnostic> + 'b>> {
        if self.children.is_empty() {
            return None;
        }
        Some(Box::new(self.children.iter().map(|child| child as &dyn Diagnostic)))
    }
}

impl fmt::Debug for Child<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

impl fmt::Display for Child<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

impl std::error::Error for Child<'_> {}

impl Diagnostic for Child<'_> {
    fn severity(&self) -> Option<Severity> {
        Some(Severity::Advice)
    }

    fn source_code(&self) -> Option<&dyn SourceCode> {
        Some(&self.view)
    }

    fn labels(&self) -> Option<Box<dyn Iterator<Item = LabeledSpan> + '_>> {
        Some(Box::new(std::iter::once(self.label.clone())))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use syntax::FileId;

    fn shown(text: &str, trouble: &Trouble) -> String {
        let mut sources = Sources::default();
        sources.add("main.tf", text);
        problem(trouble, &sources, &Style { width: 80, ..Style::default() })
    }

    fn trouble(start: u32, end: u32, secret: bool) -> Trouble {
        let span = Span::new(FileId(0), start, end);
        Trouble {
            level: Level::Error,
            code: "ECS002".into(),
            message: "tasks get public addresses".into(),
            at: Some(Label { span, text: "decided here".into() }),
            related: Vec::new(),
            help: Some("set it to false".into()),
            secrets: if secret { vec![span] } else { Vec::new() },
            url: Some("https://docs.aws.amazon.com/a".into()),
        }
    }

    #[test]
    fn shows_the_line_and_its_neighbours() {
        let text = "a = 1\nb = true\nc = 3\nd = 4\n";
        insta::assert_snapshot!(shown(text, &trouble(10, 14, false)), @r"
        ECS002

          × tasks get public addresses
           ╭─[main.tf:2:5]
         1 │ a = 1
         2 │ b = true
           ·     ──┬─
           ·       ╰── decided here
         3 │ c = 3
           ╰────
          help: set it to false
        ");
    }

    #[test]
    fn narrated_it_is_words_only() {
        let mut sources = Sources::default();
        sources.add("main.tf", "a = 1\nb = true\nc = 3\n");
        let style = Style { narrated: true, ..Style::default() };
        insta::assert_snapshot!(problem(&trouble(10, 14, false), &sources, &style), @r"
        tasks get public addresses
            Diagnostic severity: error
        Begin snippet for main.tf starting at line 1, column 1

        snippet line 1: a = 1
        snippet line 2: b = true
            label at line 2, columns 5 to 8: decided here
        snippet line 3: c = 3
        diagnostic help: set it to false
        diagnostic code: ECS002
        ");
    }

    #[test]
    fn a_code_links_to_its_page_where_the_terminal_can() {
        let mut sources = Sources::default();
        sources.add("main.tf", "a = 1\nb = true\nc = 3\n");
        let drawn = |links| {
            problem(&trouble(10, 14, false), &sources, &Style { links, ..Style::default() })
        };
        let link = "\u{1b}]8;;https://docs.aws.amazon.com/a\u{1b}\\";
        assert!(drawn(true).starts_with(link), "{:?}", drawn(true));
        assert!(!drawn(false).contains("docs.aws"), "{:?}", drawn(false));
    }

    #[test]
    fn a_page_long_line_is_named_and_not_drawn() {
        let text = format!("a = 1\n{}", "x".repeat(100_000));
        insta::assert_snapshot!(shown(&text, &trouble(90_000, 90_004, false)), @r"
        ECS002: tasks get public addresses
          main.tf:2:89995: decided here
          help: set it to false
        ");
        assert!(shown(&text, &trouble(0, 1, false)).starts_with("ECS002: "), "a neighbour");
    }

    #[test]
    fn masks_a_secret_but_not_its_quotes() {
        let drawn = shown("k = \"hunter2\"\n", &trouble(4, 13, true));
        assert!(drawn.contains("k = \"*******\""), "{drawn}");
        assert!(!drawn.contains("hunter2"));
    }

    #[test]
    fn orders_to_the_terminal_are_not_passed_on() {
        let drawn = shown("# \u{1b}]0;x\u{7} \u{9b}2J\nk = \"é\"\n", &trouble(13, 18, false));
        assert!(drawn.contains("# ?]0;x? ??2J"), "{drawn:?}");
        assert!(drawn.contains("\"é\"") && !drawn.contains('\u{1b}'), "{drawn:?}");
    }

    #[test]
    fn survives_a_span_outside_the_file() {
        assert!(shown("a", &trouble(5, 9, false)).contains("tasks get public addresses"));
    }

    #[test]
    fn agrees_with_miettes_own_source() {
        let lines: Vec<String> = (0..40).map(|i| format!("line_{i} = {i}\n")).collect();
        let text = lines.concat();
        let mut sources = Sources::default();
        let file = sources.add("main.tf", text.as_str());
        let end = u32::try_from(text.len()).unwrap();
        let view = View::new(&sources, &[Span::new(file, 0, end)], &[]).unwrap();
        for (offset, len, before, after) in
            [(0, 3, 1, 1), (200, 30, 1, 1), (200, 4, 0, 0), (text.len() - 2, 1, 2, 2)]
        {
            let span = SourceSpan::from((offset, len));
            let ours = view.read_span(&span, before, after).unwrap();
            let theirs = text.as_str().read_span(&span, before, after).unwrap();
            assert_eq!(ours.line(), theirs.line(), "{offset} {len} {before}");
            assert_eq!(ours.column(), theirs.column(), "{offset} {len} {before}");
            if before > 0 {
                let trim = |c: &[u8]| String::from_utf8_lossy(c).trim_end().to_owned();
                assert_eq!(trim(ours.data()), trim(theirs.data()));
            }
        }
    }
}
