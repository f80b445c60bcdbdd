//! Laws that hold for any text, and for any program.

use crate::generate::{self, Writer};
use crate::laws::{self, check_spans, children};
use crate::show;
use banana_syntax::{FileId, parse, parse_expression};
use proptest::prelude::*;
use std::sync::Arc;

/// Bits of the language, in any order.
fn soup() -> impl Strategy<Value = String> {
    let bits = vec![
        "a",
        "b-c",
        "for",
        "in",
        "if",
        "else",
        "endif",
        "true",
        "1",
        "2.5",
        "0.1",
        "é",
        " ",
        "  ",
        "\t",
        "\n",
        "\r\n",
        "\r",
        "{",
        "}",
        "[",
        "]",
        "(",
        ")",
        "\"",
        "${",
        "%{",
        "~}",
        "${~",
        "$${",
        "%%{",
        "$",
        "%",
        "=",
        "==",
        "=>",
        "!=",
        "<",
        "<=",
        "&&",
        "||",
        "&",
        "|",
        "!",
        "+",
        "-",
        "*",
        "/",
        ".",
        "..",
        "...",
        ",",
        ":",
        "::",
        "?",
        "~",
        "^",
        ";",
        "'",
        "`",
        "\\",
        "\\n",
        "\\u00e9",
        "\\ud800",
        "<<E\n",
        "<<-E\n",
        "E\n",
        " E",
        "#",
        "//",
        "/*",
        "*/",
        "[*]",
        ".*",
        "\0",
        "\u{feff}",
        "“",
        "a = ",
        "b \"c\" {\n",
        "}\n",
        "f(",
        "\"x\"",
        "[for a in b : a]",
        "{for k, v in m : k => v}",
        "%{if a}",
        "%{endif}",
        "%{for a in b}",
        "%{endfor}",
        "%{else}",
        "null",
        "{\"a\": ",
        "-1e5",
        "\"\\u0061\"",
    ];
    prop::collection::vec(prop::sample::select(bits), 0..60).prop_map(|bits| bits.concat())
}

fn total(text: &str) {
    laws::native(text);
    laws::json(text);
    laws::template(text);
}

proptest! {
    #[test]
    fn any_text_gives_a_tree(text in any::<String>()) {
        total(&text);
    }

    #[test]
    fn any_soup_gives_a_tree(text in soup()) {
        total(&text);
    }

    #[test]
    fn a_broken_program_gives_a_tree(items in generate::file(), whims in any::<[u8; 32]>(), cut in any::<prop::sample::Index>(), bit in soup()) {
        let mut writer = Writer::new(&whims);
        writer.file(&items);
        let text = writer.text;
        let at = (0..=cut.index(text.len() + 1)).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0);
        let (before, after) = text.split_at(at);
        total(before);
        total(&format!("{before}{}{after}", bit.get(..8).unwrap_or("}")));
    }

    #[test]
    fn a_program_gives_its_tree(items in generate::file(), whims in any::<[u8; 32]>()) {
        let mut writer = Writer::new(&whims);
        writer.file(&items);
        let (tree, reports) = parse(FileId(0), &Arc::from(writer.text.as_str()));
        prop_assert_eq!(&reports, &[], "{}", writer.text);
        prop_assert_eq!(show::body(&tree, tree.root()), generate::shown(&items), "{}", writer.text);
        check_spans(&tree);
    }

    #[test]
    fn the_text_of_a_node_reads_as_that_node(model in generate::expression(), whims in any::<[u8; 32]>()) {
        let mut writer = Writer::new(&whims);
        writer.expression(&model);
        let (tree, reports) = parse_expression(FileId(0), &Arc::from(writer.text.as_str()));
        prop_assert_eq!(&reports, &[], "{}", writer.text);
        let mut open = vec![tree.attributes(tree.root())[0].expr];
        while let Some(id) = open.pop() {
            let text = tree.expr_text(id);
            let (again, reports) = parse_expression(FileId(0), &Arc::from(text));
            prop_assert_eq!(&reports, &[], "{}", text);
            prop_assert_eq!(show::expr(&again, again.attributes(again.root())[0].expr), show::expr(&tree, id));
            open.extend(children(&tree, id));
        }
    }
}
