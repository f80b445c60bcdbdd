//! What holds of the tokens of any text. The fuzz target judges by the same law.

#[cfg(test)]
use super::Token;
use super::{Kind, Lexer};

/// Panics unless the tokens of a text, read as code and as a template, follow each other without a gap and spell it.
pub(crate) fn spell(text: &str) {
    for mut lexer in [Lexer::code(text), Lexer::template(text, 0)] {
        let mut end = 0;
        loop {
            let token = lexer.token();
            assert_eq!(token.start as usize, end, "{token:?} of {text:?}");
            end = token.end as usize;
            assert!(text.get(token.start as usize..end).is_some(), "{token:?} of {text:?}");
            if token.kind == Kind::End {
                break;
            }
        }
        assert_eq!(end, text.len(), "the rest of {text:?}");
    }
}

/// Panics unless the tokens that count are those of all that do: of ends of lines with nothing between them, at least the first.
#[cfg(test)]
pub(crate) fn count(text: &str, newlines: bool) {
    let counts = |kind| match kind {
        Kind::Blank | Kind::Comment => false,
        Kind::Newline => newlines,
        _ => true,
    };
    let mut lexer = Lexer::code(text);
    let mut all = Vec::new();
    while all.last().is_none_or(|token: &Token| token.kind != Kind::End) {
        all.push(lexer.token());
    }
    all.retain(|token| counts(token.kind));
    let mut lexer = Lexer::code(text);
    let mut counted = Vec::new();
    while counted.last().is_none_or(|token: &Token| token.kind != Kind::End) {
        lexer.advance(newlines);
        counted.push(lexer.token);
    }
    for tokens in [&mut all, &mut counted] {
        tokens.dedup_by(|next, token| next.kind == Kind::Newline && token.kind == Kind::Newline);
    }
    assert_eq!(counted, all, "{text:?}");
}
