//! What the provider refuses before it plans, as `data/checks.txt` has it: the schema's validation functions, which the schema
//! itself does not carry.
//!
//! A section has the name of a resource type, or of a data source behind `data`. A line is `path test`, where the test is
//! `in "A" "B"`, `like "A" "B"` (in any case), `not "A" "B"`, `range 1 10` (`-` for no bound), `length 1 10`, `match "regular expression"`,
//! `unlike "regular expression"`, `arn`, `cidr` (`cidr canonical`), `prefix 16 28`, `address`, `json`, `policy`, `time` or `account`; or `rule a b …` with a
//! rule of `exactly-one`, `at-most-one`, `at-least-one`, or `needs`, where the first needs the others.

use crate::sections::split;
use std::collections::BTreeMap;
use std::sync::{LazyLock, OnceLock};

static TEXT: &str = include_str!("../data/checks.txt");
static TYPES: LazyLock<BTreeMap<&'static str, &'static str>> = LazyLock::new(|| split(TEXT));

/// What a type's arguments must be like.
#[derive(Debug, Default)]
pub struct Checks {
    /// Tests of single values.
    pub values: Vec<ValueCheck>,
    /// Arguments that depend on one another.
    pub groups: Vec<Group>,
}

/// A test of one argument's value, or of each of its elements.
#[derive(Clone, Debug, PartialEq)]
pub struct ValueCheck {
    /// Names from the resource inwards, without indices.
    pub path: &'static str,
    /// What must hold.
    pub test: Test,
}

/// What must hold of a value that is known and not null.
#[derive(Clone, Debug, PartialEq)]
pub enum Test {
    /// One of these words.
    OneOf {
        /// The words.
        words: Vec<String>,
        /// Capitals matter.
        exact: bool,
    },
    /// None of these words.
    NoneOf(Vec<String>),
    /// A number within bounds, both inclusive.
    Range(Option<f64>, Option<f64>),
    /// A string with a number of bytes within bounds, both inclusive.
    Length(u64, u64),
    /// A string, or a number as it is written, that a regular expression (RE2 syntax) matches.
    Match(String),
    /// A string that a regular expression (RE2 syntax) does not match.
    Unlike(String),
    /// An ARN.
    Arn,
    /// An IPv4 or IPv6 network in CIDR notation.
    Cidr {
        /// With no bit set beyond the prefix.
        canonical: bool,
    },
    /// A network whose prefix has a number of bits within bounds, both inclusive.
    Prefix(u8, u8),
    /// An IPv4 or IPv6 address.
    Address,
    /// A JSON text.
    Json,
    /// A JSON object.
    Policy,
    /// A date and time after RFC 3339.
    Time,
    /// An account: twelve digits.
    Account,
}

/// Arguments that depend on one another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Group {
    /// How.
    pub rule: Together,
    /// The arguments' paths.
    pub members: Vec<&'static str>,
}

/// How many arguments of a group may be written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Together {
    /// One, no more and no fewer.
    ExactlyOne,
    /// One or none.
    AtMostOne,
    /// One or more.
    AtLeastOne,
    /// All, if the first is.
    Needs,
}

/// The checks of one resource type or data source, read when first asked for.
#[derive(Debug, Default)]
pub(crate) struct Lazy {
    read: OnceLock<Checks>,
    data: bool,
}

impl Lazy {
    /// `data`: those of a data source.
    pub(crate) fn new(data: bool) -> Self {
        Self { read: OnceLock::new(), data }
    }

    pub(crate) fn of(&self, ty: &str) -> &Checks {
        self.read.get_or_init(|| {
            let section =
                if self.data { TYPES.get(format!("data {ty}").as_str()) } else { TYPES.get(ty) };
            section.map(|text| read(text)).unwrap_or_default()
        })
    }
}

fn read(lines: &'static str) -> Checks {
    let mut checks = Checks::default();
    for line in lines.lines() {
        let Some((first, rest)) = line.trim().split_once(' ') else { continue };
        let rule = match first {
            "exactly-one" => Together::ExactlyOne,
            "at-most-one" => Together::AtMostOne,
            "at-least-one" => Together::AtLeastOne,
            "needs" => Together::Needs,
            path => {
                checks.values.extend(test(rest).map(|test| ValueCheck { path, test }));
                continue;
            }
        };
        checks.groups.push(Group { rule, members: rest.split(' ').collect() });
    }
    checks
}

fn test(text: &str) -> Option<Test> {
    let (word, rest) = text.split_once(' ').unwrap_or((text, ""));
    Some(match word {
        "in" | "like" => Test::OneOf { words: words(rest)?, exact: word == "in" },
        "not" => Test::NoneOf(words(rest)?),
        "range" => {
            let (low, high) = rest.split_once(' ')?;
            Test::Range(low.parse().ok(), high.parse().ok())
        }
        "length" => {
            let (low, high) = rest.split_once(' ')?;
            Test::Length(low.parse().ok()?, high.parse().ok()?)
        }
        "match" => Test::Match(words(rest)?.pop()?),
        "unlike" => Test::Unlike(words(rest)?.pop()?),
        "arn" => Test::Arn,
        "cidr" => Test::Cidr { canonical: rest == "canonical" },
        "prefix" => {
            let (least, most) = rest.split_once(' ')?;
            Test::Prefix(least.parse().ok()?, most.parse().ok()?)
        }
        "address" => Test::Address,
        "json" => Test::Json,
        "policy" => Test::Policy,
        "time" => Test::Time,
        "account" => Test::Account,
        _ => return None,
    })
}

/// Strings as JSON writes them, one after the other.
fn words(text: &str) -> Option<Vec<String>> {
    serde_json::Deserializer::from_str(text).into_iter().collect::<Result<_, _>>().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Every line is understood and belongs to a type that there is.
    #[test]
    fn every_line_is_a_check() {
        for (ty, lines) in TYPES.iter() {
            let schema = match ty.strip_prefix("data ") {
                Some(ty) => crate::data_source(ty),
                None => crate::resource(ty),
            };
            assert!(schema.is_some(), "{ty}");
            let checks = read(lines);
            assert_eq!(
                checks.values.len() + checks.groups.len(),
                lines.trim_end().lines().count(),
                "{ty}"
            );
        }
    }

    /// What was asked by hand is not lost when the table is made anew.
    #[test]
    fn the_table_holds_what_was_asked_by_hand() {
        for (ty, lines) in split(include_str!("../data/checks_by_hand.txt")) {
            let all: Vec<&str> = TYPES[ty].lines().collect();
            for line in lines.lines() {
                assert!(all.contains(&line), "{ty}:{line}");
            }
        }
    }

    #[test]
    fn enumerations_ranges_and_groups() {
        let checks = crate::resource("aws_lb_target_group").unwrap().checks();
        let range = ValueCheck { path: "port", test: Test::Range(Some(1.0), Some(65535.0)) };
        assert!(checks.values.contains(&range), "{:?}", checks.values);
        let kind = checks.values.iter().find(|c| c.path == "target_type").unwrap();
        let Test::OneOf { words, .. } = &kind.test else { panic!("{kind:?}") };
        assert_eq!(words, &["instance", "ip", "lambda", "alb"]);
        let names = Group { rule: Together::AtMostOne, members: vec!["name", "name_prefix"] };
        assert!(checks.groups.contains(&names), "{:?}", checks.groups);
    }
}
