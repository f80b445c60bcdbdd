//! What `-target`, `-replace`, `moved` and `removed` point at: a module, a resource, or one instance of either.

use stack::{Address, Key, Mode, ModulePath, ModuleStep, Str};
use std::fmt;
use std::str::FromStr;

/// A module, all instances of a resource, or one of them.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Pattern {
    /// The module. A step without a key stands for every instance of that module call.
    pub module: ModulePath,
    /// The resource in it; `None` for the whole module.
    pub resource: Option<ResourcePattern>,
}

/// A resource of a [`Pattern`].
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct ResourcePattern {
    /// Managed or data.
    pub mode: Mode,
    /// Its type.
    pub ty: Str,
    /// Its name.
    pub name: Str,
    /// [`Key::None`] stands for every instance.
    pub key: Key,
}

/// A text that is no address.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{text}` is no resource address: {why}")]
pub struct PatternError {
    text: String,
    why: &'static str,
}

impl Pattern {
    /// All instances of the resource at `address`.
    pub fn resource(address: &Address) -> Self {
        let key = Key::None;
        let (ty, name) = (address.ty.clone(), address.name.clone());
        let resource = ResourcePattern { mode: address.mode, ty, name, key };
        Self { module: address.module.clone(), resource: Some(resource) }
    }

    /// True when `address` is the instance, or one of the instances, meant.
    pub fn covers(&self, address: &Address) -> bool {
        let modules = &address.module.0;
        let inside = modules.len() >= self.module.0.len()
            && (self.module.0.iter().zip(modules))
                .all(|(p, m)| p.name == m.name && (p.key == Key::None || p.key == m.key));
        inside
            && match &self.resource {
                None => true,
                Some(r) => {
                    modules.len() == self.module.0.len()
                        && r.mode == address.mode
                        && r.ty == address.ty
                        && r.name == address.name
                        && (r.key == Key::None || r.key == address.key)
                }
            }
    }

    /// The one instance that the text names, taken literally: no key is no key.
    pub fn instance(&self) -> Option<Address> {
        let r = self.resource.clone()?;
        let module = self.module.clone();
        Some(Address { module, mode: r.mode, ty: r.ty, name: r.name, key: r.key })
    }
}

impl fmt::Display for Pattern {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.instance() {
            Some(address) => address.fmt(f),
            None => self.module.fmt(f),
        }
    }
}

impl FromStr for Pattern {
    type Err = PatternError;

    fn from_str(text: &str) -> Result<Self, PatternError> {
        let fail = |why| PatternError { text: text.to_owned(), why };
        let mut steps = split(text).map_err(fail)?.into_iter().peekable();
        let mut module = ModulePath::default();
        while steps.next_if(|(name, key)| name == "module" && *key == Key::None).is_some() {
            let (name, key) = steps.next().ok_or_else(|| fail("a module's name is missing"))?;
            module.0.push(ModuleStep { name, key });
        }
        let Some((first, key)) = steps.next() else {
            return Ok(Self { module, resource: None });
        };
        let unkeyed = |key: &Key| match key {
            Key::None => Ok(()),
            _ => Err(fail("a key stands behind a resource's name only")),
        };
        unkeyed(&key)?;
        let (mode, ty) = if first == "data" {
            let (ty, key) = steps.next().ok_or_else(|| fail("a type is missing"))?;
            unkeyed(&key)?;
            (Mode::Data, ty)
        } else {
            (Mode::Managed, first)
        };
        let (name, key) = steps.next().ok_or_else(|| fail("a resource's name is missing"))?;
        if steps.next().is_some() {
            return Err(fail("it goes on behind the resource"));
        }
        Ok(Self { module, resource: Some(ResourcePattern { mode, ty, name, key }) })
    }
}

/// `a.b["k"].c[0]` as names with their keys.
fn split(text: &str) -> Result<Vec<(Str, Key)>, &'static str> {
    let mut steps = Vec::new();
    let mut rest = text;
    loop {
        let end = rest.find(['.', '[']).unwrap_or(rest.len());
        let (name, tail) = rest.split_at_checked(end).ok_or("a name is broken")?;
        if name.is_empty() || name.contains(|c: char| c.is_whitespace() || c == '"') {
            return Err("a name is missing");
        }
        let (key, tail) = match tail.strip_prefix('[') {
            Some(inside) => key(inside)?,
            None => (Key::None, tail),
        };
        steps.push((Str::from(name), key));
        match tail.strip_prefix('.') {
            Some(next) => rest = next,
            None if tail.is_empty() => return Ok(steps),
            None => return Err("a dot is missing"),
        }
    }
}

/// A key, and what stands behind its bracket.
fn key(inside: &str) -> Result<(Key, &str), &'static str> {
    let Some(quoted) = inside.strip_prefix('"') else {
        let (digits, tail) = inside.split_once(']').ok_or("a bracket is not closed")?;
        let index = digits.parse().map_err(|_| "a key is neither a number nor quoted")?;
        return Ok((Key::Int(index), tail));
    };
    let mut value = String::new();
    let mut chars = quoted.chars();
    loop {
        match chars.next().ok_or("a quote is not closed")? {
            '"' => break,
            '\\' => match chars.next().ok_or("a quote is not closed")? {
                'n' => value.push('\n'),
                't' => value.push('\t'),
                'r' => value.push('\r'),
                other => value.push(other),
            },
            c => value.push(c),
        }
    }
    let tail = chars.as_str().strip_prefix(']').ok_or("a bracket is not closed")?;
    Ok((Key::Str(value.into()), tail))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pattern(text: &str) -> Pattern {
        text.parse().unwrap()
    }

    #[test]
    fn reads_what_terraform_prints() {
        for text in [
            "aws_vpc.main",
            "aws_subnet.private[0]",
            "data.aws_region.r",
            r#"module.web["a.b"].module.net[1].aws_subnet.this["k\"q"]"#,
            "module.web",
            "module.web[2]",
        ] {
            assert_eq!(pattern(text).to_string(), text);
        }
    }

    #[test]
    fn refuses_what_is_no_address() {
        for text in [
            "", "aws_vpc", "a..b", "module", "a.b[", "a.b[x]", "a.b[\"x]", "a[0].b", "a.b.c",
            "a.b[0]c",
        ] {
            assert!(text.parse::<Pattern>().is_err(), "{text}");
        }
    }

    #[test]
    fn no_key_covers_every_instance() {
        let one = pattern(r#"module.m["a"].aws_vpc.v[0]"#).instance().unwrap();
        for text in ["module.m", r#"module.m["a"]"#, "module.m.aws_vpc.v", "module.m.aws_vpc.v[0]"]
        {
            assert!(pattern(text).covers(&one), "{text}");
        }
        for text in [r#"module.m["b"]"#, "aws_vpc.v", "module.m.aws_vpc.w", "module.m.aws_vpc.v[1]"]
        {
            assert!(!pattern(text).covers(&one), "{text}");
        }
    }
}
