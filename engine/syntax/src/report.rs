//! Trouble with the user's stack, as data. `Err` is for the world; this is for what people wrote.

use crate::Span;

/// How bad it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Level {
    /// The stack cannot be resolved as written.
    Error,
    /// The stack resolves; something in it is doubtful.
    Warning,
}

/// A place with a remark of its own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Label {
    /// Where.
    pub span: Span,
    /// What is there; lower case, no final period.
    pub text: String,
}

/// One problem: what, where, why, and how to fix it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Report {
    /// Error or warning.
    pub level: Level,
    /// A stable kebab-case name, such as `unknown-attribute`.
    pub code: &'static str,
    /// One sentence, lower case, no final period, user input in backticks.
    pub message: String,
    /// The place to blame; `None` when no file is at fault.
    pub at: Option<Label>,
    /// Other places that take part, nearest cause first.
    pub related: Vec<Label>,
    /// How to fix it.
    pub help: Option<String>,
}

impl Report {
    /// An error without a place.
    pub fn error(code: &'static str, message: impl Into<String>) -> Self {
        Self {
            level: Level::Error,
            code,
            message: message.into(),
            at: None,
            related: Vec::new(),
            help: None,
        }
    }

    /// A warning without a place.
    pub fn warning(code: &'static str, message: impl Into<String>) -> Self {
        Self { level: Level::Warning, ..Self::error(code, message) }
    }

    /// Points at `span`.
    #[must_use]
    pub fn at(mut self, span: Span, label: impl Into<String>) -> Self {
        self.at = Some(Label { span, text: label.into() });
        self
    }

    /// Adds another place.
    #[must_use]
    pub fn also(mut self, span: Span, label: impl Into<String>) -> Self {
        self.related.push(Label { span, text: label.into() });
        self
    }

    /// Says how to fix it.
    #[must_use]
    pub fn help(mut self, text: impl Into<String>) -> Self {
        self.help = Some(text.into());
        self
    }
}

/// The user's text for a sentence: in backticks, on one line, and cut when it is long.
pub fn quoted(text: &str) -> String {
    let mut rest = text.chars();
    let mut shown = String::from("`");
    for c in rest.by_ref().take(40) {
        if c.is_control() {
            shown.extend(c.escape_default());
        } else {
            shown.push(c);
        }
    }
    shown.push_str(if rest.as_str().is_empty() { "`" } else { "…`" });
    shown
}
