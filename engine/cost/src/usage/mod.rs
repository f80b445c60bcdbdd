//! What people say about the use of their stack: `banana-usage.toml` or `.yml`, `infracost-usage.yml`, and `name=value` on
//! the command line.

mod amount;
mod file;

pub use amount::Amount;

use crate::assumption::{Assumption, Profile, assumptions};
use crate::region::region;
use amount::Per;
use rust_decimal::Decimal;
use std::collections::BTreeMap;

/// Assumptions in force: the defaults of a profile, and what was said for the whole stack, for a type or for one resource.
///
/// ```toml
/// logs.ingest_gb_month = 20                  # each log group
/// lb.new_connections_per_second = [1, 5, 20] # low, likely, high
/// sqs.requests_month = "20/s"
///
/// [resource."aws_nat_gateway.main"]
/// nat.gb_month = "1 TB"                      # this one only
///
/// [resource."aws_nat_gateway.zone[*]"]
/// nat.gb_month = 100                         # each of these
///
/// [type.aws_sqs_queue]
/// sqs.requests_month = 1_000_000             # each queue
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Usage {
    /// Place (an address, a type, or empty: all) and name to what was said.
    said: BTreeMap<(String, &'static str), Said>,
    profile: Profile,
    /// What is doubtful in what was said: lower case, no final period.
    warnings: Vec<String>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Said {
    Amount(Amount),
    Word(String),
}

/// What is wrong with a statement about use.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum UsageError {
    /// The file is neither TOML nor YAML.
    #[error("{0}")]
    Syntax(String),
    /// No `=`.
    #[error("`{0}` is not of the form `name=value`")]
    Form(String),
    /// No such assumption.
    #[error("there is no assumption `{name}`{}", near.map(|n| format!(", did you mean `{n}`?")).unwrap_or_default())]
    Name {
        /// What was written.
        name: String,
        /// What is like it.
        near: Option<&'static str>,
    },
    /// A type or a key that `infracost-usage.yml` does not have.
    #[error("`{ty}` has no usage `{key}`{}", near.map(|n| format!(", did you mean `{n}`?")).unwrap_or_default())]
    Key {
        /// The type.
        ty: String,
        /// What was written.
        key: String,
        /// What is like it.
        near: Option<&'static str>,
    },
    /// Not a number from 0 to 10^15, nor three in order, or in a unit that does not fit.
    #[error("`{name}` is `{value}`, not a number of at least 0{hint}")]
    Value {
        /// The assumption.
        name: String,
        /// What was written.
        value: String,
        /// What else it may be.
        hint: &'static str,
    },
    /// None of the words that it may be.
    #[error("`{name}` is `{value}`, not {choices}")]
    Word {
        /// The assumption.
        name: String,
        /// What was written.
        value: String,
        /// What it may be.
        choices: String,
    },
    /// What stands at a line of a file.
    #[error("line {line}: {error}")]
    At {
        /// 1-based line.
        line: usize,
        /// What is wrong there.
        error: Box<Self>,
    },
}

impl Usage {
    /// A usage of nothing but a profile's values.
    pub fn of(profile: Profile) -> Self {
        Self { profile, ..Self::default() }
    }

    /// Takes `name=value`, or `address:name=value` for one resource. Later words win.
    pub fn set(&mut self, argument: &str) -> Result<(), UsageError> {
        let (name, value) =
            argument.rsplit_once('=').ok_or_else(|| UsageError::Form(argument.into()))?;
        let (address, name) = name.rsplit_once(':').unwrap_or(("", name));
        self.put(address.trim(), name.trim(), value.trim())
    }

    /// Lays `other` over this: what it says wins. The profile stays.
    pub fn extend(&mut self, other: Self) {
        self.said.extend(other.said);
        self.warnings.extend(other.warnings);
    }

    /// What is doubtful in what was said.
    pub(crate) fn warnings(&self) -> &[String] {
        &self.warnings
    }

    /// The likely value in force for a resource.
    pub fn get(&self, address: &str, assumption: &'static Assumption) -> Decimal {
        self.amount(address, assumption).likely
    }

    /// The value in force for a resource, with its bounds.
    pub fn amount(&self, address: &str, assumption: &'static Assumption) -> Amount {
        self.said(address, assumption).unwrap_or_else(|| {
            Amount::from(assumption.under(self.profile).parse::<Decimal>().unwrap_or_default())
        })
    }

    /// What somebody said of a resource, its type or the stack; the profile's value where it has one of its own.
    pub(crate) fn said(&self, address: &str, assumption: &'static Assumption) -> Option<Amount> {
        match self.find(address, assumption) {
            Some(Said::Amount(amount)) => Some(*amount),
            _ => None,
        }
    }

    /// The word in force for a resource.
    pub(crate) fn word(&self, address: &str, assumption: &'static Assumption) -> Option<&str> {
        match self.find(address, assumption) {
            Some(Said::Word(word)) => Some(word),
            _ => None,
        }
    }

    /// True when something above 0 is said, for an address, under a name that fits.
    pub(crate) fn says(&self, address: &str, fits: impl Fn(&str) -> bool) -> bool {
        let counts = |name: &str| {
            let own = Assumption::find(name).map(|it| it.under(self.profile));
            fits(name)
                && own.is_some_and(|own| own.parse::<Decimal>().is_ok_and(|it| !it.is_zero()))
        };
        if self.profile != Profile::Idle && assumptions().iter().any(|it| counts(it.name)) {
            return true;
        }
        let places = [address.to_owned(), any_instance(address), type_of(address), String::new()];
        self.said.iter().any(|((place, name), said)| {
            let counts = match said {
                Said::Amount(amount) => !amount.high.is_zero(),
                Said::Word(_) => true,
            };
            counts && fits(name) && places.contains(place)
        })
    }

    /// The nearest statement: on the address, on its `[*]`, on its type, on the stack.
    fn find(&self, address: &str, assumption: &'static Assumption) -> Option<&Said> {
        let at = |place: String| self.said.get(&(place, assumption.name));
        at(address.to_owned())
            .or_else(|| at(any_instance(address)))
            .or_else(|| at(type_of(address)))
            .or_else(|| at(String::new()))
    }

    /// Addresses that something is said about, those of a whole type left out.
    pub fn addresses(&self) -> impl Iterator<Item = &str> {
        let mut addresses: Vec<&str> =
            self.said.keys().map(|(address, _)| address.as_str()).collect();
        addresses.dedup();
        addresses.into_iter().filter(|address| address.contains('.'))
    }

    fn put(&mut self, address: &str, name: &str, value: &str) -> Result<(), UsageError> {
        let assumption = Assumption::find(name).ok_or_else(|| UsageError::Name {
            name: name.into(),
            near: near(name, assumptions().iter().map(|a| a.name)),
        })?;
        self.say(address, assumption, name, value)
    }

    /// Takes a value under the name by which it was said.
    fn say(
        &mut self,
        address: &str,
        assumption: &'static Assumption,
        name: &str,
        value: &str,
    ) -> Result<(), UsageError> {
        let wrong = |choices: String| {
            Err(UsageError::Word { name: name.into(), value: value.into(), choices })
        };
        let said = if let Some(mut words) = assumption.words() {
            if !words.any(|word| word == value) {
                return wrong(format!("one of {}", assumption.unit.replace('|', ", ")));
            }
            Said::Word(value.into())
        } else if assumption.unit == "region" {
            if region(value).is_none() {
                return wrong("a region code such as `eu-west-3`".into());
            }
            Said::Word(value.into())
        } else {
            let amount = Amount::read(value, assumption.unit, Per::of(assumption.name));
            let hint = match (value.parse::<Decimal>(), value.contains("..")) {
                (_, true) => ", nor three of them in order: low, likely, high",
                (Ok(number), _) if number > Decimal::ONE => " that a month can hold",
                _ => "",
            };
            Said::Amount(amount.ok_or_else(|| UsageError::Value {
                name: name.into(),
                value: value.into(),
                hint,
            })?)
        };
        self.said.insert((address.into(), assumption.name), said);
        Ok(())
    }
}

/// The one of `known` that is most like `name`.
fn near(name: &str, known: impl Iterator<Item = &'static str> + Clone) -> Option<&'static str> {
    let close = schema::closest(name, known.clone())?.to_owned();
    known.into_iter().find(|have| *have == close)
}

/// The address with `[*]` for its last key: `aws_eip.a[0]` and `aws_eip.a["x"]` are `aws_eip.a[*]`.
pub(crate) fn any_instance(address: &str) -> String {
    match address.rsplit_once('[') {
        Some((head, key)) if key.ends_with(']') => format!("{head}[*]"),
        _ => address.to_owned(),
    }
}

/// The type of an address: `aws_eip` of `module.a["x.y"].aws_eip.b[0]`. A type is its own.
pub(crate) fn type_of(address: &str) -> String {
    let mut plain = String::new();
    let (mut depth, mut quoted, mut escaped) = (0_u32, false, false);
    for c in address.chars() {
        match c {
            _ if escaped => escaped = false,
            '\\' if quoted => escaped = true,
            '"' if depth > 0 => quoted = !quoted,
            '[' if !quoted => depth += 1,
            ']' if !quoted => depth = depth.saturating_sub(1),
            c if depth == 0 => plain.push(c),
            _ => {}
        }
    }
    plain.rsplit('.').nth(1).unwrap_or(&plain).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn get(usage: &Usage, address: &str, name: &str) -> String {
        usage.get(address, Assumption::find(name).unwrap()).to_string()
    }

    #[test]
    fn the_nearest_statement_wins() {
        let usage = Usage::read(
            "banana-usage.toml",
            r#"
            logs.ingest_gb_month = 20
            "lb.lcu" = 1.5
            [nat]
            gb_month = "1e3"
            [type.aws_nat_gateway]
            nat.egress_gb_month = 7
            [resource."module.a[\"x\"].aws_nat_gateway.main"]
            nat.gb_month = 100
            [resource."aws_nat_gateway.each[*]"]
            nat.gb_month = [1, 2, 4]
            "#,
        )
        .unwrap();
        assert_eq!(get(&usage, "", "logs.ingest_gb_month"), "20");
        assert_eq!(get(&usage, "aws_lb.main", "lb.lcu"), "1.5");
        assert_eq!(get(&usage, "aws_nat_gateway.other", "nat.gb_month"), "1000");
        assert_eq!(get(&usage, "aws_nat_gateway.other", "nat.egress_gb_month"), "7");
        assert_eq!(get(&usage, "module.a[\"x\"].aws_nat_gateway.main", "nat.gb_month"), "100");
        assert_eq!(get(&usage, "", "insights.metrics_per_cluster"), "8");
        let each = Assumption::find("nat.gb_month").unwrap();
        let amount = usage.amount("aws_nat_gateway.each[\"a.b\"]", each);
        assert_eq!((amount.low, amount.likely, amount.high), (1.into(), 2.into(), 4.into()));
        assert_eq!(
            usage.addresses().collect::<Vec<_>>(),
            ["aws_nat_gateway.each[*]", "module.a[\"x\"].aws_nat_gateway.main"]
        );
    }

    #[test]
    fn arguments_lie_over_the_file() {
        let mut usage = Usage::read("u.toml", "lb.lcu = 1").unwrap();
        usage.set("lb.lcu=2").unwrap();
        usage.set("module.a[\"x:y=z\"].aws_lb.main:lb.lcu = 3").unwrap();
        assert_eq!(get(&usage, "", "lb.lcu"), "2");
        assert_eq!(get(&usage, "module.a[\"x:y=z\"].aws_lb.main", "lb.lcu"), "3");
    }

    #[test]
    fn a_profile_is_below_all_that_is_said() {
        let mut usage = Usage::of(Profile::Busy);
        assert_eq!(get(&usage, "", "nat.gb_month"), "1000");
        assert_eq!(get(&usage, "", "lb.zones"), "2");
        usage.set("nat.gb_month=1").unwrap();
        assert_eq!(get(&usage, "aws_nat_gateway.x", "nat.gb_month"), "1");
    }

    #[test]
    fn types_are_read_from_addresses() {
        for (address, ty) in [
            ("aws_eip.b", "aws_eip"),
            ("module.a[\"x.y]\"].aws_eip.b[0]", "aws_eip"),
            ("module.a[\"\\\".\"].aws_eip.b[\"c.d\"]", "aws_eip"),
            ("aws_eip", "aws_eip"),
            ("", ""),
        ] {
            assert_eq!(type_of(address), ty, "{address}");
        }
    }
}
