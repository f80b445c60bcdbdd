//! The text of `data/aws-5.100.0.txt.zst`, indexed once, decoded a line at a time.

use crate::checks;
use crate::planned::Planned;
use crate::types::{Attribute, Block, Body, Nesting, Schema, Type};
use std::collections::BTreeMap;
use std::sync::{LazyLock, OnceLock};

static PACKED: &[u8] = include_bytes!("../data/aws-5.100.0.txt.zst");
static TEXT: LazyLock<String> = LazyLock::new(|| {
    zstd::decode_all(PACKED).ok().and_then(|b| String::from_utf8(b).ok()).unwrap_or_default()
});
static TABLE: LazyLock<Table> = LazyLock::new(|| Table::read(&TEXT));

#[derive(Debug, Default)]
struct Table {
    kinds: BTreeMap<char, BTreeMap<&'static str, Entry>>,
    bodies: Vec<(&'static str, OnceLock<Body>)>,
}

#[derive(Debug, Default)]
struct Entry {
    version: u64,
    body: usize,
    schema: OnceLock<Schema>,
}

/// The schema of a resource type.
pub fn resource(name: &str) -> Option<&'static Schema> {
    find('r', name)
}

/// The schema of a data source.
pub fn data_source(name: &str) -> Option<&'static Schema> {
    find('d', name)
}

/// What a `provider "aws"` block may hold.
pub fn provider() -> Option<&'static Schema> {
    find('p', "aws")
}

/// All resource types, sorted.
pub fn resource_names() -> impl Iterator<Item = &'static str> {
    names('r')
}

/// All data sources, sorted.
pub fn data_source_names() -> impl Iterator<Item = &'static str> {
    names('d')
}

/// How many different bodies all types have together.
pub fn body_count() -> usize {
    TABLE.bodies.len()
}

pub(crate) fn body(number: usize) -> &'static Body {
    static NONE: Body = Body { attributes: Vec::new(), blocks: Vec::new(), number: usize::MAX };
    match TABLE.bodies.get(number) {
        Some((line, cell)) => cell.get_or_init(|| Body::read(line, number)),
        None => &NONE,
    }
}

fn find(kind: char, name: &str) -> Option<&'static Schema> {
    let (&name, entry) = TABLE.kinds.get(&kind)?.get_key_value(name)?;
    let provider = if name.starts_with("terraform_") {
        "terraform.io/builtin/terraform"
    } else {
        "registry.terraform.io/hashicorp/aws"
    };
    Some(entry.schema.get_or_init(|| Schema {
        name,
        provider,
        version: entry.version,
        body: body(entry.body),
        planned: Planned::default(),
        checks: checks::Lazy::new(kind == 'd'),
    }))
}

fn names(kind: char) -> impl Iterator<Item = &'static str> {
    TABLE.kinds.get(&kind).into_iter().flat_map(BTreeMap::keys).copied()
}

impl Table {
    fn read(text: &'static str) -> Self {
        let Some((index, bodies)) = text.split_once("\n\n") else { return Self::default() };
        let mut kinds: BTreeMap<char, BTreeMap<&str, Entry>> = BTreeMap::new();
        let entry = |line: &'static str| {
            let mut words = line.split(' ');
            let kind = words.next()?.chars().next()?;
            let name = words.next()?;
            let version = words.next()?.parse().ok()?;
            let body = words.next()?.parse().ok()?;
            Some((kind, name, Entry { version, body, schema: OnceLock::new() }))
        };
        for (kind, name, entry) in index.lines().filter_map(entry) {
            kinds.entry(kind).or_default().insert(name, entry);
        }
        let bodies = bodies.lines().map(|line| (line, OnceLock::new()));
        Self { kinds, bodies: bodies.collect() }
    }
}

impl Body {
    fn read(line: &'static str, number: usize) -> Self {
        let words = || line.split(' ');
        Self {
            number,
            attributes: words().filter_map(attribute).collect(),
            blocks: words().filter_map(block).collect(),
        }
    }
}

/// `name:type:flags`
fn attribute(word: &'static str) -> Option<Attribute> {
    let (name, rest) = word.split_once(':').filter(|(name, _)| !name.contains('>'))?;
    let (ty, flags) = rest.rsplit_once(':')?;
    let has = |flag| flags.contains(flag);
    Some(Attribute {
        name,
        ty: type_of(ty)?.0,
        required: has('r'),
        optional: has('o'),
        computed: has('c'),
        sensitive: has('s'),
        deprecated: has('d'),
        write_only: has('w'),
    })
}

/// `name>nesting:min:max:body`
fn block(word: &'static str) -> Option<Block> {
    let (name, rest) = word.split_once('>')?;
    let mut parts = rest.split(':');
    let nesting = match parts.next()? {
        "single" => Nesting::Single,
        "list" => Nesting::List,
        "set" => Nesting::Set,
        _ => Nesting::Map,
    };
    let min = parts.next()?.parse().ok()?;
    let max = Some(parts.next()?.parse().ok()?).filter(|max| *max > 0);
    Some(Block { name, nesting, min, max, body: parts.next()?.parse().ok()? })
}

/// Reads one type and returns what follows it.
fn type_of(text: &'static str) -> Option<(Type, &'static str)> {
    let mut chars = text.chars();
    let head = chars.next()?;
    let mut rest = chars.as_str();
    let simple = match head {
        's' => Type::String,
        'n' => Type::Number,
        'b' => Type::Bool,
        'd' => Type::Dynamic,
        'L' | 'S' | 'M' => {
            let (of, rest) = type_of(rest)?;
            let of = Box::new(of);
            let ty = match head {
                'L' => Type::List(of),
                'S' => Type::Set(of),
                _ => Type::Map(of),
            };
            return Some((ty, rest));
        }
        '{' => {
            let mut attributes = Vec::new();
            while !rest.starts_with('}') {
                let (name, after) = rest.split_once(':')?;
                let (ty, after) = type_of(after)?;
                attributes.push((name, ty));
                rest = after.strip_prefix(',').unwrap_or(after);
            }
            return Some((Type::Object(attributes), rest.strip_prefix('}')?));
        }
        _ => return None,
    };
    Some((simple, rest))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Counts of hashicorp/aws 5.100.0, plus the built-in `terraform_data` and `terraform_remote_state`.
    #[test]
    fn every_type_is_there_and_readable() {
        assert_eq!(resource_names().count(), 1527);
        assert_eq!(data_source_names().count(), 609);
        for (line, _) in &TABLE.bodies {
            let body = Body::read(line, 0);
            let words = line.split(' ').filter(|word| !word.is_empty()).count();
            assert_eq!(body.attributes.len() + body.blocks.len(), words, "{line}");
            assert!(body.attributes.is_sorted_by_key(|a| a.name), "{line}");
            assert!(body.blocks.iter().all(|b| b.body < TABLE.bodies.len()), "{line}");
        }
    }

    #[test]
    fn attributes_keep_type_and_flags() {
        let lb = resource("aws_lb_target_group").unwrap();
        let delay = lb.body.attribute("deregistration_delay").unwrap();
        assert_eq!((&delay.ty, delay.optional, delay.computed), (&Type::String, true, false));
        let health = lb.body.block("health_check").unwrap();
        assert_eq!((health.nesting, health.min, health.max), (Nesting::List, 0, Some(1)));
        assert_eq!(health.body().attribute("interval").unwrap().ty, Type::Number);
        assert_eq!(resource("aws_vpc").unwrap().version, 1);
        let password = resource("aws_db_instance").unwrap().body.attribute("password_wo").unwrap();
        assert!(password.write_only && password.sensitive);
    }

    #[test]
    fn object_types_keep_their_attributes() {
        let group = resource("aws_security_group").unwrap();
        let Type::Set(of) = &group.body.attribute("ingress").unwrap().ty else { panic!() };
        let Type::Object(attributes) = &**of else { panic!() };
        assert!(attributes.contains(&("cidr_blocks", Type::List(Box::new(Type::String)))));
        assert!(attributes.contains(&("to_port", Type::Number)));
    }

    #[test]
    fn unknown_names_have_no_schema() {
        assert!(resource("aws_vpcs").is_none());
        assert!(data_source("aws_vpc_").is_none());
        assert!(provider().unwrap().body.block("default_tags").is_some());
        assert_eq!(resource("terraform_data").unwrap().provider, "terraform.io/builtin/terraform");
    }
}
