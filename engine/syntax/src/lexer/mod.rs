//! Text to tokens. Every byte is in exactly one token, so the tokens spell the text.
//!
//! The lexer runs one token ahead of the parser and keeps a stack of modes for strings, heredocs and `${…}`. The parser may
//! cut that stack when it recovers from an unclosed string.

#[cfg(any(test, fuzzing))]
pub(crate) mod law;
mod lexemes;
mod runs;
mod token;

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
    /// Where the next token starts, or blanks before it.
    at: u32,
    /// The last token that counted.
    pub(crate) token: Token,
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
    pub(crate) fn template(text: &'a str, start: u32) -> Self {
        Self { at: start, ..Self::starting(text, Mode::Bare) }
    }

    fn starting(text: &'a str, mode: Mode) -> Self {
        let text = if u32::try_from(text.len()).is_ok() { text } else { "" };
        Self { text, at: 0, token: Token::NONE, mode, around: Vec::new() }
    }

    /// Goes back to the start of the last token that counted and reads on from there as the file's own code: every open string and `${` is
    /// forgotten.
    pub(crate) fn restart(&mut self) {
        if let Some(first) = self.around.first().copied() {
            self.mode = first;
            self.around.clear();
        }
        self.at = self.token.start;
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

    /// Goes to the next token that counts: no blank, no comment, and the end of a line only where `newlines` says so. Lines that
    /// follow an end of a line and hold nothing that counts are stepped over with it.
    ///
    /// What most tokens are is read here, and what only goes before them; the rest is [`Lexer::any`].
    #[inline]
    pub(crate) fn advance(&mut self, newlines: bool) {
        let Mode::Code { braces } = &mut self.mode else { return self.any(newlines) };
        let bytes = self.text.as_bytes();
        let mut start = self.at;
        let mut first = bytes.get(start as usize).copied().unwrap_or(0);
        if first == b' ' {
            start += 1;
            first = bytes.get(start as usize).copied().unwrap_or(0);
        }
        let kind = first_kind(first);
        match kind {
            Kind::Ident => return self.name(start),
            Kind::PlainString => return self.plain(start),
            Kind::Newline if newlines => return self.line(start),
            Kind::Newline => return self.unlined(),
            Kind::Blank => return self.spaced(start, newlines),
            Kind::BraceOpen => *braces += 1,
            Kind::BraceClose => match braces.checked_sub(1) {
                Some(less) => *braces = less,
                None => return self.any(newlines),
            },
            Kind::Dot | Kind::Equal | Kind::Colon => {
                let second = bytes.get(start as usize + 1);
                if matches!(second, Some(b'.' | b'=' | b'>' | b':')) {
                    return self.any(newlines);
                }
            }
            Kind::Invalid => return self.any(newlines),
            _ => {}
        }
        self.at = start + 1;
        self.token = Token { kind, start, end: self.at };
    }

    /// The same, after a token of code that a name most often follows at once.
    pub(crate) fn advance_to_name(&mut self, newlines: bool) {
        match self.byte(0) {
            b'a'..=b'z' | b'A'..=b'Z' | b'_' => self.name(self.at),
            _ => self.advance(newlines),
        }
    }

    /// The same, after a name that ` = ` most often follows.
    pub(crate) fn advance_to_equal(&mut self, newlines: bool) {
        match self.text.as_bytes().get(self.at as usize..) {
            Some([b' ', b'=', b' ', ..]) => {
                let start = self.at + 1;
                self.at = start + 1;
                self.token = Token { kind: Kind::Equal, start, end: start + 1 };
            }
            _ => self.advance(newlines),
        }
    }

    /// The same, after a value, which most often ends its line.
    pub(crate) fn advance_to_line(&mut self, newlines: bool) {
        if newlines && self.byte(0) == b'\n' {
            self.line(self.at);
        } else {
            self.advance(newlines);
        }
    }

    /// A name from `start` on.
    #[inline(never)]
    fn name(&mut self, start: u32) {
        let bytes = self.text.as_bytes();
        match runs::short(bytes, start + 1, runs::name) {
            Ok(end) if bytes.get(end as usize).is_some_and(u8::is_ascii) => {
                self.at = end;
                self.token = Token { kind: Kind::Ident, start, end };
            }
            Ok(from) | Err(from) => self.long_name(start, from),
        }
    }

    /// A name of more than ASCII, or a long one, from `start` on; up to `from` it is read.
    #[inline(never)]
    fn long_name(&mut self, start: u32, from: u32) {
        self.at = start;
        self.ident(from);
        self.token = Token { kind: Kind::Ident, start, end: self.at };
    }

    /// A string from `start` on.
    #[inline(never)]
    fn plain(&mut self, start: u32) {
        let bytes = self.text.as_bytes();
        match runs::short(bytes, start + 1, runs::quoted) {
            Ok(end) if bytes.get(end as usize) == Some(&b'"') => {
                self.at = end + 1;
                self.token = Token { kind: Kind::PlainString, start, end: end + 1 };
            }
            Ok(from) | Err(from) => self.long_string(start, from),
        }
    }

    /// A string of more than plain text, or a long one, from `start` on; up to `from` it is read.
    #[inline(never)]
    fn long_string(&mut self, start: u32, from: u32) {
        self.at = start;
        let kind = self.quote(from);
        self.token = Token { kind, start, end: self.at };
    }

    /// The end of a line at `start`, and what lines follow that hold nothing that counts.
    #[inline(never)]
    fn line(&mut self, start: u32) {
        let bytes = self.text.as_bytes();
        self.token = Token { kind: Kind::Newline, start, end: start + 1 };
        match runs::short(bytes, start + 1, runs::space) {
            Ok(end) if !matches!(bytes.get(end as usize), Some(b'#' | b'/' | b'\r')) => {
                self.at = end;
            }
            Ok(from) | Err(from) => {
                self.at = from;
                self.uncounted();
            }
        }
    }

    /// Blanks from `start` on, and the next token.
    #[inline(never)]
    fn spaced(&mut self, start: u32, newlines: bool) {
        match runs::short(self.text.as_bytes(), start, runs::blank) {
            Ok(end) => {
                self.at = end;
                self.advance(newlines);
            }
            Err(_) => self.any(newlines),
        }
    }

    /// Ends of lines that do not count, and the next token.
    #[inline(never)]
    fn unlined(&mut self) {
        self.uncounted();
        self.advance(false);
    }

    /// Any token.
    #[inline(never)]
    fn any(&mut self, newlines: bool) {
        loop {
            let start = self.at;
            let kind = self.kind();
            let end = self.at;
            match kind {
                Kind::Blank | Kind::Comment => continue,
                Kind::Newline => {
                    self.uncounted();
                    if !newlines {
                        continue;
                    }
                }
                _ => {}
            }
            self.token = Token { kind, start, end };
            return;
        }
    }

    /// Steps over blanks, and over lines that hold nothing but blanks and comments.
    #[inline(never)]
    fn uncounted(&mut self) {
        loop {
            self.at = runs::run(self.text.as_bytes(), self.at, runs::space);
            match (self.byte(0), self.byte(1)) {
                (b'#', _) | (b'/', b'/') => self.line_comment(),
                (b'\r', b'\n') => self.take(2, Kind::Newline),
                _ => return,
            };
        }
    }

    /// The next token, counted or not; [`Kind::End`] for ever after the last.
    pub(crate) fn token(&mut self) -> Token {
        let start = self.at;
        let kind = self.kind();
        Token { kind, start, end: self.at }
    }

    /// Steps over the next token.
    fn kind(&mut self) -> Kind {
        if matches!(self.mode, Mode::Code { .. }) { self.code_token() } else { self.text_token() }
    }

    fn text_token(&mut self) -> Kind {
        match self.mode {
            Mode::Heredoc { marker, line_start } => self.heredoc(marker, line_start),
            Mode::Bare => self.line_of_template(),
            Mode::Quoted | Mode::Code { .. } => self.quoted(),
        }
    }

    fn rest(&self) -> &'a str {
        self.text.get(self.at as usize..).unwrap_or("")
    }

    /// A byte from here on; 0 after the end.
    fn byte(&self, ahead: usize) -> u8 {
        self.text.as_bytes().get(self.at as usize + ahead).copied().unwrap_or(0)
    }

    fn take(&mut self, length: u32, kind: Kind) -> Kind {
        self.at += length;
        kind
    }

    /// Goes to where only `rest` is left.
    fn upto(&mut self, rest: &str) {
        self.at = offset(self.text.len() - rest.len());
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
            b'a'..=b'z' | b'A'..=b'Z' | b'_' => self.ident(self.at),
            b'0'..=b'9' => self.number(),
            b'"' => self.quote(self.at + 1),
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
            0 if self.rest().is_empty() => Kind::End,
            _ => self.unusual(),
        }
    }

    fn blank(&mut self) -> Kind {
        self.at = runs::run(self.text.as_bytes(), self.at, runs::blank);
        Kind::Blank
    }

    /// Up to `from` it is read.
    fn ident(&mut self, from: u32) -> Kind {
        let bytes = self.text.as_bytes();
        let end = runs::run(bytes, from, runs::name);
        if bytes.get(end as usize).is_none_or(u8::is_ascii) {
            self.at = end;
            Kind::Ident
        } else {
            self.foreign_ident()
        }
    }

    #[cold]
    fn foreign_ident(&mut self) -> Kind {
        self.upto(identifier(self.rest()).map_or("", |(rest, _)| rest));
        Kind::Ident
    }

    /// Most numbers are whole.
    #[inline(never)]
    fn number(&mut self) -> Kind {
        let bytes = self.text.as_bytes();
        let end = runs::run(bytes, self.at, runs::digit);
        if matches!(bytes.get(end as usize), Some(b'.' | b'e' | b'E')) {
            self.upto(lexemes::number(self.rest()).map_or("", |(rest, _)| rest));
        } else {
            self.at = end;
        }
        Kind::Number
    }

    /// A byte order mark, an identifier in another alphabet, or a stranger.
    #[cold]
    fn unusual(&mut self) -> Kind {
        let first = self.rest().chars().next().unwrap_or_default();
        let length = offset(first.len_utf8());
        if starts_identifier(first) {
            self.foreign_ident()
        } else if first == '\u{feff}' && self.at == 0 {
            self.take(length, Kind::Blank)
        } else {
            self.take(length, Kind::Invalid)
        }
    }

    fn closing_brace(&mut self, length: u32) -> Kind {
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
        self.at = runs::run(bytes, self.at, runs::comment);
        if self.byte(0) == b'\n' && bytes.get(self.at as usize - 1) == Some(&b'\r') {
            self.at -= 1;
        }
        Kind::Comment
    }

    #[inline(never)]
    fn block_comment(&mut self) -> Kind {
        if let Some((_, rest)) = self.rest().get(2..).and_then(|inside| inside.split_once("*/")) {
            self.upto(rest);
            Kind::Comment
        } else {
            self.upto("");
            Kind::Invalid
        }
    }

    /// `<<NAME` and `<<-NAME` open a heredoc when the line ends there; anything else is a pair of `<`.
    #[inline(never)]
    fn heredoc_open(&mut self) -> Kind {
        let dash = u32::from(self.byte(2) == b'-');
        let name_at = self.at + 2 + dash;
        let after = self.text.get(name_at as usize..).unwrap_or("");
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
        let marker = (name_at, name_at + offset(name.len()));
        self.enter(Mode::Heredoc { marker, line_start: true });
        self.at = marker.1;
        self.take(newline, Kind::HeredocOpen)
    }

    /// A plain string whole; of any other only the quote. Up to `from` it is read.
    fn quote(&mut self, from: u32) -> Kind {
        let bytes = self.text.as_bytes();
        let end = runs::run(bytes, from, runs::quoted);
        if bytes.get(end as usize) == Some(&b'"') {
            self.at = end + 1;
            Kind::PlainString
        } else {
            self.unusual_quote(end)
        }
    }

    /// The same, of a string that holds `$`, `%` or `\` at `at`, or does not end there.
    #[inline(never)]
    fn unusual_quote(&mut self, mut at: u32) -> Kind {
        let bytes = self.text.as_bytes();
        while matches!(bytes.get(at as usize), Some(b'$' | b'%'))
            && matches!(self.sequence(at), Sequence::None)
        {
            at = runs::run(bytes, at + 1, runs::quoted);
        }
        if bytes.get(at as usize) == Some(&b'"') {
            self.at = at + 1;
            return Kind::PlainString;
        }
        self.enter(Mode::Quoted);
        self.take(1, Kind::QuoteOpen)
    }

    fn quoted(&mut self) -> Kind {
        let bytes = self.text.as_bytes();
        let mut at = self.at;
        let mut kind = Kind::Text;
        loop {
            at = runs::run(bytes, at, runs::quoted);
            match bytes.get(at as usize) {
                Some(b'\\') => {
                    kind = Kind::EscapedText;
                    // The escaped character belongs to the text, unless the line ends there.
                    let next = bytes.get(at as usize + 1);
                    at += u32::from(!matches!(next, None | Some(b'\n' | b'\r')));
                }
                Some(b'$' | b'%') => match self.sequence(at) {
                    Sequence::None => {}
                    Sequence::Escaped => {
                        kind = Kind::EscapedText;
                        at += 2;
                    }
                    Sequence::Opens => break,
                },
                _ => break,
            }
            at += 1;
        }
        if at > self.at {
            self.at = at;
            return kind;
        }
        match bytes.get(at as usize) {
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
            return self.take(offset(length), Kind::HeredocClose);
        }
        let kind = self.line_of_template();
        let before = (self.at as usize).checked_sub(1);
        let line_ended = before.and_then(|at| self.text.as_bytes().get(at)) == Some(&b'\n');
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
        let rest = self.text.as_bytes().get(self.at as usize..)?;
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
            at = runs::run(bytes, at, runs::text);
            match bytes.get(at as usize) {
                None => break,
                Some(b'$' | b'%') => match self.sequence(at) {
                    Sequence::None => {}
                    Sequence::Escaped => {
                        kind = Kind::EscapedText;
                        at += 2;
                    }
                    Sequence::Opens => break,
                },
                Some(_) => {
                    at += 1;
                    break;
                }
            }
            at += 1;
        }
        if at > self.at {
            self.at = at;
            kind
        } else if (at as usize) < bytes.len() {
            self.open_sequence()
        } else {
            Kind::End
        }
    }

    /// What the `$` or `%` at `at` begins.
    fn sequence(&self, at: u32) -> Sequence {
        let bytes = self.text.as_bytes();
        let at = at as usize;
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

/// The kind of token that a byte most often starts, of those that [`Lexer::advance`] knows.
fn first_kind(byte: u8) -> Kind {
    match byte {
        b' ' | b'\t' => Kind::Blank,
        b'a'..=b'z' | b'A'..=b'Z' | b'_' => Kind::Ident,
        b'\n' => Kind::Newline,
        b'"' => Kind::PlainString,
        b'{' => Kind::BraceOpen,
        b'}' => Kind::BraceClose,
        b'[' => Kind::BracketOpen,
        b']' => Kind::BracketClose,
        b'(' => Kind::ParenOpen,
        b')' => Kind::ParenClose,
        b',' => Kind::Comma,
        b'?' => Kind::Question,
        b'.' => Kind::Dot,
        b'=' => Kind::Equal,
        b':' => Kind::Colon,
        _ => Kind::Invalid,
    }
}

enum Sequence {
    None,
    Escaped,
    Opens,
}

/// Positions fit 32 bits: longer texts are refused at the door.
#[expect(clippy::cast_possible_truncation, reason = "positions in texts fit 32 bits")]
const fn offset(at: usize) -> u32 {
    at as u32
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
        fn counted_tokens_are_among_all(bits in "([\"{}$%~<>\\\\#/*\\-aE1.=:,\n\r é]|<<E\n|E\n|\\$\\{|  |\n\n|ab|//|/\\*){0,60}", newlines: bool) {
            law::count(&bits, newlines);
        }

        #[test]
        fn tokens_spell_the_text(text in any::<String>(), bits in "([\"{}$%~<>\\\\#/*\\-aE1.=\n\r ]|<<E\n|E\n|\\$\\{){0,40}") {
            law::spell(&text);
            law::spell(&bits);
        }
    }
}
