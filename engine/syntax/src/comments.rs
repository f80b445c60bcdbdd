//! The comments of a file, for what is written to tools in them.

use crate::lexer::{Kind, Lexer};
use crate::{FileId, Span};

/// Every comment of a file in native syntax, in order: `# …` and `// …` without the line's end, `/* … */` whole. What only
/// looks like one inside a string or heredoc is none.
pub fn comments(file: FileId, text: &str) -> Vec<Span> {
    let mut lexer = Lexer::code(text);
    let mut found = Vec::new();
    loop {
        let token = lexer.token();
        match token.kind {
            Kind::Comment => found.push(Span::new(file, token.start, token.end)),
            Kind::End => return found,
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_comments() {
        let text = "# one\na = \"# no\" // two\nb = <<E\n# no\n${1 /* three */}\nE\n/* four\n*/\n";
        let found: Vec<&str> = comments(FileId(0), text)
            .into_iter()
            .map(|span| text.get(span.start as usize..span.end as usize).unwrap())
            .collect();
        assert_eq!(found, ["# one", "// two", "/* three */", "/* four\n*/"]);
    }

    #[test]
    fn broken_files_end_too() {
        for text in ["\"", "a = \"\n# c", "<<E\n# no", "/* open", "${", "\u{feff}# c"] {
            comments(FileId(0), text);
        }
    }
}
