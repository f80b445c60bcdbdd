//! What the lexer cuts the text into.

/// What a token is. Tokens follow each other without a gap: blanks and comments are tokens too.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// Blanks and tabs; a byte order mark at the very start.
    Blank,
    /// `# …`, `// …` (without the line's end), `/* … */`.
    Comment,
    /// `\n` or `\r\n`.
    Newline,
    Ident,
    Number,
    /// A whole quoted string that reads as it is written: most are.
    PlainString,
    /// `"` that opens a string of another kind.
    QuoteOpen,
    /// `"` that closes a string.
    QuoteClose,
    /// Empty: a line or the file ended inside a quoted string.
    QuoteBreak,
    /// `<<NAME` or `<<-NAME` with its line's end.
    HeredocOpen,
    /// The line that closes a heredoc, without its line's end.
    HeredocClose,
    /// Text of a template that reads as it is written; in heredocs at most one line.
    Text,
    /// The same, with escapes in it.
    EscapedText,
    /// `${` or `${~`.
    Interpolation,
    /// `%{` or `%{~`.
    Directive,
    /// The `}` or `~}` that closes either.
    SequenceEnd,
    BraceOpen,
    BraceClose,
    BracketOpen,
    BracketClose,
    ParenOpen,
    ParenClose,
    Dot,
    Ellipsis,
    Comma,
    Colon,
    ColonColon,
    Question,
    Equal,
    FatArrow,
    Bang,
    OrOr,
    AndAnd,
    EqualEqual,
    NotEqual,
    Less,
    LessEqual,
    Greater,
    GreaterEqual,
    Plus,
    Minus,
    Star,
    Slash,
    Percent,
    /// A character, or an unclosed comment, that the language has no use for.
    Invalid,
    /// Empty: the end of the text.
    End,
}

impl Kind {
    /// Whether it is an operator that joins two operands: they stand together, from [`Kind::OrOr`] on.
    pub(crate) fn joins(self) -> bool {
        (Self::OrOr as u8..=Self::Percent as u8).contains(&(self as u8))
    }
}

/// One token: its kind and byte range.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Token {
    pub(crate) kind: Kind,
    pub(crate) start: u32,
    pub(crate) end: u32,
}

impl Token {
    /// Before the first.
    pub(super) const NONE: Self = Self { kind: Kind::End, start: 0, end: 0 };
}
