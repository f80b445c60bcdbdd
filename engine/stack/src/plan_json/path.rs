//! References and module addresses, as plan JSON spells them: `module.web["a"].aws_subnet.public[0].id`.

use crate::{Key, ModulePath, ModuleStep, Str};

/// A name, and the key in brackets behind it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Part {
    pub(super) name: Str,
    pub(super) key: Key,
}

/// The parts of a reference; further brackets behind the first are dropped. `None` for what is none.
pub(super) fn parts(text: &str) -> Option<Vec<Part>> {
    let mut parts: Vec<Part> = Vec::new();
    let mut rest = text;
    loop {
        if let Some(inside) = rest.strip_prefix('[') {
            let (key, after) = key(inside)?;
            let last = parts.last_mut()?;
            if last.key == Key::None {
                last.key = key;
            }
            rest = after;
        } else {
            let end = rest.find(['.', '[']).unwrap_or(rest.len());
            let (name, after) = rest.split_at_checked(end)?;
            if name.is_empty() {
                return None;
            }
            parts.push(Part { name: name.into(), key: Key::None });
            rest = after;
        }
        match rest.strip_prefix('.') {
            Some(after) => rest = after,
            None if rest.is_empty() => return Some(parts),
            None => {}
        }
    }
}

/// The key behind an opening bracket, and what follows the closing one.
fn key(text: &str) -> Option<(Key, &str)> {
    let Some(quoted) = text.strip_prefix('"') else {
        let (number, rest) = text.split_once(']')?;
        return Some((Key::Int(number.parse().ok()?), rest));
    };
    let mut word = String::new();
    let mut chars = quoted.char_indices();
    while let Some((at, c)) = chars.next() {
        match c {
            '"' => {
                let rest = quoted.get(at + 1..)?.strip_prefix(']')?;
                return Some((Key::Str(word.into()), rest));
            }
            '\\' => word.push(match chars.next()?.1 {
                'n' => '\n',
                't' => '\t',
                'r' => '\r',
                other => other,
            }),
            c => word.push(c),
        }
    }
    None
}

/// A module's address.
pub(super) fn module(text: &str) -> Option<ModulePath> {
    if text.is_empty() {
        return Some(ModulePath::default());
    }
    let steps = parts(text)?;
    let step = |pair: &[Part]| match pair {
        [word, Part { name, key }] if word.name == "module" => {
            Some(ModuleStep { name: name.clone(), key: key.clone() })
        }
        _ => None,
    };
    steps.chunks(2).map(step).collect::<Option<_>>().map(ModulePath)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str) -> Option<Vec<String>> {
        Some(parts(text)?.iter().map(|part| format!("{}{}", part.name, part.key)).collect())
    }

    #[test]
    fn references_are_taken_apart() {
        let some = |all: &[&str]| Some(all.iter().map(|part| (*part).to_owned()).collect());
        assert_eq!(shown("aws_subnet.public[0].id"), some(&["aws_subnet", "public[0]", "id"]));
        assert_eq!(shown(r#"module.a["x.y\"]"].out"#), some(&["module", r#"a["x.y\"]"]"#, "out"]));
        assert_eq!(shown("var.list[0][1].name"), some(&["var", "list[0]", "name"]));
        for text in ["", ".", "a.", "a..b", "[0]", "a[", "a[x]", "a[\"x]", "a[\"x\"", "a[-1]"] {
            assert_eq!(shown(text), None, "{text}");
        }
    }

    #[test]
    fn modules_are_named_step_by_step() {
        for text in ["", "module.a", r#"module.a["x"].module.b[0]"#] {
            assert_eq!(module(text).map(|path| path.to_string()).as_deref(), Some(text));
        }
        assert_eq!(module("aws_vpc.main"), None);
        assert_eq!(module("module"), None);
    }
}
