//! Text to tokens. Every byte is in exactly one token, so the tokens spell the text.
//!
//! The lexer runs one token ahead of the parser and keeps a stack of modes for strings, heredocs and `${…}`. The parser may
//! cut that stack when it recovers from an unclosed string.

#[cfg(any(test, fuzzing))]
pub(crate) mod law;
mod lexemes;
mod token;
mod words;

pub(crate) use lexemes::{Escape, escape, identifier, is_number, starts_identifier};
pub(crate) use token::{Kind, Token};

/// What the next byte is read as.
#[derive(Clone, Copy, Debug)]
enum Mode {
    /// Code; `braces` counts the `{` open since the mode began.
    Code { braces: u32 },
    /// Between quotes.
    Quoted,
    /// Between a heredoc's marker (a byte range) and its end.
    Heredoc { marker: (u32, u32), line_start: bool },
    /// A template without delimiters: a whole file or a JSON string.
    Bare,
}

/// Cuts tokens off the front of a text.
#[derive(Debug)]
pub(crate) struct Lexer<'a> {
    text: &'a str,
    at: usize,
    /// The innermost mode, and those around it.
    mode: Mode,
    around: Vec<Mode>,
}

impl<'a> Lexer<'a> {
    /// A lexer that starts in code. Texts over 4 GiB are not read: spans are 32 bits.
    pub(crate) fn code(text: &'a str) -> Self {
        Self::starting(text, Mode::Code { braces: 0 })
    }

    /// A lexer that starts in a template, at byte `start`.
    pub(crate) fn template(text: &'a str, start: usize) -> Self {
        Self { at: start, ..Self::starting(text, Mode::Bare) }
    }

    fn starting(text: &'a str, mode: Mode) -> Self {
        let text = if u32::try_from(text.len()).is_ok() { text } else { "" };
        Self { text, at: 0, mode, around: Vec::new() }
    }

    /// Goes back to the start of the last token and reads on from there as the file's own code: every open string and `${` is
    /// forgotten.
    pub(crate) fn restart(&mut self, token: Token) {
        if let Some(first) = self.around.first().copied() {
            self.mode = first;
            self.around.clear();
        }
        self.at = token.start as usize;
    }

    /// Whether a heredoc, or a template without delimiters, is open.
    pub(crate) fn in_lines(&self) -> bool {
        let in_lines = |mode: &Mode| matches!(mode, Mode::Heredoc { .. } | Mode::Bare);
        in_lines(&self.mode) || self.around.iter().any(in_lines)
    }

    fn enter(&mut self, mode: Mode) {
        self.around.push(std::mem::replace(&mut self.mode, mode));
    }

    fn leave(&mut self) {
        if let Some(outer) = self.around.pop() {
            self.mode = outer;
        }
    }

    /// The next token that counts: no blank, no comment, and the end of a line only where `newlines` says so.
    pub(crate) fn next(&mut self, newlines: bool) -> Token {
        loop {
            if matches!(self.mode, Mode::Code { .. }) && self.byte(0) == b' ' {
                self.at = words::run(self.text.as_bytes(), self.at, words::blanks);
            }
            let start = self.at;
            match self.kind() {
                Kind::Blank | Kind::Comment => {}
                Kind::Newline if !newlines => {}
                kind => return Token { kind, start: offset(start), end: offset(self.at) },
            }
        }
    }

    /// The next token; [`Kind::End`] for ever after the last.
    pub(crate) fn token(&mut self) -> Token {
        let start = self.at;
        let kind = self.kind();
        Token { kind, start: offset(start), end: offset(self.at) }
    }

    /// Steps over the next token. Kinds fit a register; whole tokens would be put together in memory only to be taken apart.
    fn kind(&mut self) -> Kind {
        if matches!(self.mode, Mode::Code { .. }) { self.code_token() } else { self.text_token() }
    }

    /// Out of line: the way through code is the hot one.
    #[inline(never)]
    fn text_token(&mut self) -> Kind {
        match self.mode {
            Mode::Heredoc { marker, line_start } => self.heredoc(marker, line_start),
            Mode::Bare => self.line_of_template(),
            Mode::Quoted | Mode::Code { .. } => self.quoted(),
        }
    }

    fn rest(&self) -> &'a str {
        self.text.get(self.at..).unwrap_or("")
    }

    fn byte(&self, ahead: usize) -> u8 {
        self.text.as_bytes().get(self.at + ahead).copied().unwrap_or(0)
    }

    fn take(&mut self, length: usize, kind: Kind) -> Kind {
        self.at += length;
        kind
    }

    /// Two bytes when the second is `second`, else one.
    fn either(&mut self, second: u8, two: Kind, one: Kind) -> Kind {
        if self.byte(1) == second { self.take(2, two) } else { self.take(1, one) }
    }

    fn code_token(&mut self) -> Kind {
        match self.byte(0) {
            b' ' | b'\t' => self.blank(),
            b'\n' => self.take(1, Kind::Newline),
            b'\r' if self.byte(1) == b'\n' => self.take(2, Kind::Newline),
            b'a'..=b'z' | b'A'..=b'Z' | b'_' => self.ident(),
            b'0'..=b'9' => self.number(),
            b'"' => self.quote(),
            b'=' if self.byte(1) == b'>' => self.take(2, Kind::FatArrow),
            b'=' => self.either(b'=', Kind::EqualEqual, Kind::Equal),
            b'.' if self.byte(1) == b'.' && self.byte(2) == b'.' => self.take(3, Kind::Ellipsis),
            b'.' => self.take(1, Kind::Dot),
            b'{' => {
                if let Mode::Code { braces } = &mut self.mode {
                    *braces += 1;
                }
                self.take(1, Kind::BraceOpen)
            }
            b'}' => self.closing_brace(1),
            b'~' if self.byte(1) == b'}' => self.closing_brace(2),
            b'[' => self.take(1, Kind::BracketOpen),
            b']' => self.take(1, Kind::BracketClose),
            b'(' => self.take(1, Kind::ParenOpen),
            b')' => self.take(1, Kind::ParenClose),
            b',' => self.take(1, Kind::Comma),
            b':' => self.either(b':', Kind::ColonColon, Kind::Colon),
            b'?' => self.take(1, Kind::Question),
            b'!' => self.either(b'=', Kind::NotEqual, Kind::Bang),
            b'|' => self.either(b'|', Kind::OrOr, Kind::Invalid),
            b'&' => self.either(b'&', Kind::AndAnd, Kind::Invalid),
            b'<' if self.byte(1) == b'<' => self.heredoc_open(),
            b'<' => self.either(b'=', Kind::LessEqual, Kind::Less),
            b'>' => self.either(b'=', Kind::GreaterEqual, Kind::Greater),
            b'+' => self.take(1, Kind::Plus),
            b'-' => self.take(1, Kind::Minus),
            b'*' => self.take(1, Kind::Star),
            b'%' => self.take(1, Kind::Percent),
            b'#' => self.line_comment(),
            b'/' if self.byte(1) == b'/' => self.line_comment(),
            b'/' if self.byte(1) == b'*' => self.block_comment(),
            b'/' => self.take(1, Kind::Slash),
            0 if self.at >= self.text.len() => Kind::End,
            _ => self.unusual(),
        }
    }

    fn blank(&mut self) -> Kind {
        let bytes = self.text.as_bytes();
        self.at = words::run(bytes, self.at + 1, words::blanks);
        while bytes.get(self.at) == Some(&b'\t') {
            self.at = words::run(bytes, self.at + 1, words::blanks);
        }
        Kind::Blank
    }

    fn ident(&mut self) -> Kind {
        let bytes = self.text.as_bytes();
        let end = words::run(bytes, self.at, words::names);
        if bytes.get(end).is_none_or(u8::is_ascii) {
            self.at = end;
        } else {
            let rest = identifier(self.rest()).map_or("", |(rest, _)| rest);
            self.at = self.text.len() - rest.len();
        }
        Kind::Ident
    }

    #[inline(never)]
    fn number(&mut self) -> Kind {
        let rest = lexemes::number(self.rest()).map_or("", |(rest, _)| rest);
        self.at = self.text.len() - rest.len();
        Kind::Number
    }

    /// A byte order mark, an identifier in another alphabet, or a stranger.
    #[inline(never)]
    fn unusual(&mut self) -> Kind {
        let first = self.rest().chars().next().unwrap_or_default();
        if starts_identifier(first) {
            self.ident()
        } else if first == '\u{feff}' && self.at == 0 {
            self.take(first.len_utf8(), Kind::Blank)
        } else {
            self.take(first.len_utf8(), Kind::Invalid)
        }
    }

    fn closing_brace(&mut self, length: usize) -> Kind {
        let kind = match &mut self.mode {
            Mode::Code { braces: 0 } if !self.around.is_empty() => {
                self.leave();
                Kind::SequenceEnd
            }
            Mode::Code { braces } => {
                *braces = braces.saturating_sub(1);
                if length == 1 { Kind::BraceClose } else { Kind::SequenceEnd }
            }
            _ => Kind::BraceClose,
        };
        self.take(length, kind)
    }

    /// Up to, not with, the line's end.
    #[inline(never)]
    fn line_comment(&mut self) -> Kind {
        let bytes = self.text.as_bytes();
        self.at = words::run(bytes, self.at, words::comments);
        if bytes.get(self.at) == Some(&b'\n') && bytes.get(self.at - 1) == Some(&b'\r') {
            self.at -= 1;
        }
        Kind::Comment
    }

    #[inline(never)]
    fn block_comment(&mut self) -> Kind {
        match self.rest().get(2..).and_then(|inside| inside.find("*/")) {
            Some(length) => self.take(length + 4, Kind::Comment),
            None => self.take(self.rest().len(), Kind::Invalid),
        }
    }

    /// `<<NAME` and `<<-NAME` open a heredoc when the line ends there; anything else is a pair of `<`.
    #[inline(never)]
    fn heredoc_open(&mut self) -> Kind {
        let dash = usize::from(self.byte(2) == b'-');
        let name_at = self.at + 2 + dash;
        let after = self.text.get(name_at..).unwrap_or("");
        let name = match identifier(after) {
            Ok((_, name)) if after.starts_with(starts_identifier) => name,
            _ => return self.take(1, Kind::Less),
        };
        let tail = after.get(name.len()..).unwrap_or("");
        let newline = match tail.as_bytes() {
            [b'\n', ..] => 1,
            [b'\r', b'\n', ..] => 2,
            _ => return self.take(1, Kind::Less),
        };
        let marker = (offset(name_at), offset(name_at + name.len()));
        self.enter(Mode::Heredoc { marker, line_start: true });
        self.take(2 + dash + name.len() + newline, Kind::HeredocOpen)
    }

    /// A plain string whole; of any other only the quote.
    fn quote(&mut self) -> Kind {
        let bytes = self.text.as_bytes();
        let mut at = self.at + 1;
        loop {
            at = words::run(bytes, at, words::quoted);
            match bytes.get(at) {
                Some(b'"') => return self.take(at + 1 - self.at, Kind::PlainString),
                Some(b'$' | b'%') if matches!(self.sequence(at), Sequence::None) => {}
                Some(b'\\' | b'\n' | b'\r' | b'$' | b'%') | None => break,
                Some(_) => {}
            }
            at += 1;
        }
        self.enter(Mode::Quoted);
        self.take(1, Kind::QuoteOpen)
    }

    fn quoted(&mut self) -> Kind {
        let bytes = self.text.as_bytes();
        let mut at = self.at;
        let mut kind = Kind::Text;
        loop {
            at = words::run(bytes, at, words::quoted);
            match bytes.get(at) {
                Some(b'\\') => {
                    kind = Kind::EscapedText;
                    // The escaped character belongs to the text, unless the line ends there.
                    at += usize::from(!matches!(bytes.get(at + 1), None | Some(b'\n' | b'\r')));
                }
                Some(b'"' | b'\n' | b'\r') | None => break,
                Some(b'$' | b'%') => match self.sequence(at) {
                    Sequence::None => {}
                    Sequence::Escaped => {
                        kind = Kind::EscapedText;
                        at += 2;
                    }
                    Sequence::Opens => break,
                },
                Some(_) => {}
            }
            at += 1;
        }
        if at > self.at {
            self.at = at;
            return kind;
        }
        match bytes.get(at) {
            Some(b'"') => {
                self.leave();
                self.take(1, Kind::QuoteClose)
            }
            Some(b'$' | b'%') => self.open_sequence(),
            _ => {
                self.leave();
                Kind::QuoteBreak
            }
        }
    }

    fn heredoc(&mut self, marker: (u32, u32), line_start: bool) -> Kind {
        if line_start && let Some(length) = self.closing_line(marker) {
            self.leave();
            return self.take(length, Kind::HeredocClose);
        }
        let kind = self.line_of_template();
        let line_ended = self.text.as_bytes().get(self.at.wrapping_sub(1)) == Some(&b'\n');
        // After `${` the heredoc is no longer the innermost.
        let heredoc = if matches!(kind, Kind::Interpolation | Kind::Directive) {
            self.around.last_mut()
        } else {
            Some(&mut self.mode)
        };
        if let Some(Mode::Heredoc { line_start, .. }) = heredoc {
            *line_start = matches!(kind, Kind::Text | Kind::EscapedText) && line_ended;
        }
        kind
    }

    /// The length of the line here, without its end, when it is the marker between blanks. The last line of a file, having no
    /// end, closes nothing: so it is in Terraform.
    fn closing_line(&self, (from, to): (u32, u32)) -> Option<usize> {
        let marker = self.text.as_bytes().get(from as usize..to as usize)?;
        let rest = self.text.as_bytes().get(self.at..)?;
        let indent = rest.iter().position(|b| !matches!(b, b' ' | b'\t' | b'\r'))?;
        let candidate = rest.get(indent..)?;
        if !candidate.starts_with(marker) {
            return None;
        }
        let length = rest.iter().position(|b| *b == b'\n')?;
        let tail = rest.get(indent + marker.len()..length)?;
        let blank = tail.iter().all(|b| matches!(b, b' ' | b'\t' | b'\r'));
        blank.then(|| length - usize::from(tail.last() == Some(&b'\r')))
    }

    /// Text up to a sequence or past the line's end; or a sequence's opening.
    fn line_of_template(&mut self) -> Kind {
        let bytes = self.text.as_bytes();
        let mut at = self.at;
        let mut kind = Kind::Text;
        loop {
            at = words::run(bytes, at, words::lines);
            match bytes.get(at) {
                None => break,
                Some(b'\n') => {
                    at += 1;
                    break;
                }
                Some(b'$' | b'%') => match self.sequence(at) {
                    Sequence::None => {}
                    Sequence::Escaped => {
                        kind = Kind::EscapedText;
                        at += 2;
                    }
                    Sequence::Opens => break,
                },
                Some(_) => {}
            }
            at += 1;
        }
        if at > self.at {
            self.at = at;
            kind
        } else if at < bytes.len() {
            self.open_sequence()
        } else {
            Kind::End
        }
    }

    /// What the `$` or `%` at `at` begins.
    fn sequence(&self, at: usize) -> Sequence {
        let bytes = self.text.as_bytes();
        match (bytes.get(at + 1), bytes.get(at + 2)) {
            (Some(b'{'), _) => Sequence::Opens,
            (second, Some(b'{')) if second == bytes.get(at) => Sequence::Escaped,
            _ => Sequence::None,
        }
    }

    fn open_sequence(&mut self) -> Kind {
        let kind = if self.byte(0) == b'$' { Kind::Interpolation } else { Kind::Directive };
        self.enter(Mode::Code { braces: 0 });
        let trims = self.byte(2) == b'~';
        self.take(if trims { 3 } else { 2 }, kind)
    }
}

enum Sequence {
    None,
    Escaped,
    Opens,
}

/// Positions fit 32 bits: longer texts are refused at the door.
fn offset(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Every token of a text, up to the first that is the end.
    fn tokens(mut lexer: Lexer<'_>) -> Vec<Token> {
        let mut all = Vec::new();
        loop {
            let token = lexer.token();
            if token.kind == Kind::End {
                return all;
            }
            all.push(token);
        }
    }

    /// Kinds and texts, blanks left out.
    fn read(text: &str) -> Vec<(Kind, &str)> {
        let spell = |token: Token| {
            (token.kind, text.get(token.start as usize..token.end as usize).unwrap())
        };
        let all = tokens(Lexer::code(text)).into_iter().map(spell);
        all.filter(|(kind, _)| *kind != Kind::Blank).collect()
    }

    #[test]
    fn longest_operators_win() {
        use Kind::{
            AndAnd, ColonColon, Ellipsis, EqualEqual, FatArrow, GreaterEqual, LessEqual, NotEqual,
            OrOr,
        };
        let kinds: Vec<Kind> =
            read("== => != <= >= && || :: ...").into_iter().map(|(kind, _)| kind).collect();
        assert_eq!(
            kinds,
            [
                EqualEqual,
                FatArrow,
                NotEqual,
                LessEqual,
                GreaterEqual,
                AndAnd,
                OrOr,
                ColonColon,
                Ellipsis
            ]
        );
    }

    #[test]
    fn names_follow_unicode() {
        for name in ["a", "_", "a-b", "aws_vpc", "é1", "日本語", "ª", "x\u{301}", "a\u{b7}b"] {
            assert_eq!(read(name), [(Kind::Ident, name)]);
        }
        assert_eq!(read("-a"), [(Kind::Minus, "-"), (Kind::Ident, "a")]);
        assert_eq!(read("1a"), [(Kind::Number, "1"), (Kind::Ident, "a")]);
        assert_eq!(read("\u{301}"), [(Kind::Invalid, "\u{301}")]);
        assert_eq!(read("😀"), [(Kind::Invalid, "😀")]);
    }

    #[test]
    fn a_number_takes_all_that_looks_like_one() {
        assert_eq!(
            read("10.0.0.0/8"),
            [(Kind::Number, "10.0.0.0"), (Kind::Slash, "/"), (Kind::Number, "8")]
        );
        assert_eq!(read("1..."), [(Kind::Number, "1"), (Kind::Ellipsis, "...")]);
        assert_eq!(read("1e+5e"), [(Kind::Number, "1e+5"), (Kind::Ident, "e")]);
    }

    #[test]
    fn strings_end_with_their_line() {
        assert_eq!(
            read("\"a\nb"),
            [
                (Kind::QuoteOpen, "\""),
                (Kind::Text, "a"),
                (Kind::QuoteBreak, ""),
                (Kind::Newline, "\n"),
                (Kind::Ident, "b")
            ]
        );
        assert_eq!(read("\"\\\"")[1], (Kind::EscapedText, "\\\""));
    }

    #[test]
    fn a_brace_closes_the_sequence_that_it_balances() {
        let kinds: Vec<Kind> = read("\"${{}}\"").into_iter().map(|(kind, _)| kind).collect();
        assert_eq!(
            kinds,
            [
                Kind::QuoteOpen,
                Kind::Interpolation,
                Kind::BraceOpen,
                Kind::BraceClose,
                Kind::SequenceEnd,
                Kind::QuoteClose
            ]
        );
    }

    proptest! {
        #[test]
        fn tokens_spell_the_text(text in any::<String>(), bits in "([\"{}$%~<>\\\\#/*\\-aE1.=\n\r ]|<<E\n|E\n|\\$\\{){0,40}") {
            law::spell(&text);
            law::spell(&bits);
        }
    }
}
