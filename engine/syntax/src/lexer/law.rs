//! What holds of the tokens of any text. The fuzz target judges by the same law.

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
