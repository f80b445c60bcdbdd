//! What people say about the use of their stack: `banana-usage.toml` and `name=value` on the command line.

use crate::assumption::{ASSUMPTIONS, Assumption};
use rust_decimal::Decimal;
use std::collections::BTreeMap;

/// Assumptions in force: the defaults, and what was said for the whole stack or for one resource.
///
/// ```toml
/// logs.ingest_gb_month = 20        # each log group
/// lb.lcu = 1
///
/// [resource."aws_nat_gateway.main"]
/// nat.gb_month = 100               # this one only
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Usage {
    /// Address (empty: all) and name to value.
    said: BTreeMap<(String, &'static str), Decimal>,
}

/// What is wrong with a statement about use.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum UsageError {
    /// The file is not TOML.
    #[error("{0}")]
    Toml(String),
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
    /// Not a number of at least 0.
    #[error("`{name}` is `{value}`, not a number of at least 0")]
    Value {
        /// The assumption.
        name: String,
        /// What was written.
        value: String,
    },
}

impl Usage {
    /// Reads a usage file; all that is wrong with it, when something is.
    pub fn read(text: &str) -> Result<Self, Vec<UsageError>> {
        let table: toml::Table = text
            .parse()
            .map_err(|e: toml::de::Error| vec![UsageError::Toml(e.message().into())])?;
        let (mut usage, mut errors) = (Self::default(), Vec::new());
        for (key, value) in &table {
            match (key.as_str(), value) {
                ("resource", toml::Value::Table(resources)) => {
                    for (address, said) in resources {
                        usage.take(address, "", said, &mut errors);
                    }
                }
                // Read by `simulate::Demand`.
                ("simulate", _) => {}
                _ => usage.take("", key, value, &mut errors),
            }
        }
        if errors.is_empty() { Ok(usage) } else { Err(errors) }
    }

    /// Takes `name=value`, or `address:name=value` for one resource. Later words win.
    pub fn set(&mut self, argument: &str) -> Result<(), UsageError> {
        let (name, value) =
            argument.rsplit_once('=').ok_or_else(|| UsageError::Form(argument.into()))?;
        let (address, name) = name.rsplit_once(':').unwrap_or(("", name));
        self.put(address.trim(), name.trim(), value.trim())
    }

    /// Lays `other` over this: what it says wins.
    pub fn extend(&mut self, other: Self) {
        self.said.extend(other.said);
    }

    /// The value in force for a resource.
    pub fn get(&self, address: &str, assumption: &'static Assumption) -> Decimal {
        [address, ""]
            .iter()
            .find_map(|at| self.said.get(&((*at).to_owned(), assumption.name)))
            .copied()
            .unwrap_or_else(|| assumption.default.parse().unwrap_or_default())
    }

    /// Addresses that something is said about.
    pub fn addresses(&self) -> impl Iterator<Item = &str> {
        let mut addresses: Vec<&str> =
            self.said.keys().map(|(address, _)| address.as_str()).collect();
        addresses.dedup();
        addresses.into_iter().filter(|address| !address.is_empty())
    }

    /// One entry of the file, whatever way its name is written: dotted, quoted or as tables.
    fn take(
        &mut self,
        address: &str,
        name: &str,
        value: &toml::Value,
        errors: &mut Vec<UsageError>,
    ) {
        let mut open = vec![(name.to_owned(), value)];
        while let Some((name, value)) = open.pop() {
            let said = match value {
                toml::Value::Table(table) => {
                    let dot = if name.is_empty() { "" } else { "." };
                    open.extend(table.iter().rev().map(|(k, v)| (format!("{name}{dot}{k}"), v)));
                    continue;
                }
                toml::Value::Integer(n) => n.to_string(),
                toml::Value::Float(n) => n.to_string(),
                toml::Value::String(text) => text.clone(),
                other => other.to_string(),
            };
            errors.extend(self.put(address, &name, &said).err());
        }
    }

    fn put(&mut self, address: &str, name: &str, value: &str) -> Result<(), UsageError> {
        let assumption = Assumption::find(name).ok_or_else(|| UsageError::Name {
            name: name.into(),
            near: schema::closest(name, ASSUMPTIONS.iter().map(|a| a.name))
                .and_then(|near| ASSUMPTIONS.iter().map(|a| a.name).find(|have| *have == near)),
        })?;
        let number = Decimal::from_str_exact(value)
            .or_else(|_| Decimal::from_scientific(value))
            .ok()
            .filter(|number| number.is_zero() || number.is_sign_positive())
            .ok_or_else(|| UsageError::Value { name: name.into(), value: value.into() })?;
        self.said.insert((address.into(), assumption.name), number.normalize());
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn get(usage: &Usage, address: &str, name: &str) -> String {
        usage.get(address, Assumption::find(name).unwrap()).to_string()
    }

    #[test]
    fn a_resource_wins_over_the_stack_and_the_stack_over_the_default() {
        let usage = Usage::read(
            r#"
            logs.ingest_gb_month = 20
            "lb.lcu" = 1.5
            [nat]
            gb_month = "1e3"
            [resource."module.a[\"x\"].aws_nat_gateway.main"]
            nat.gb_month = 100
            "#,
        )
        .unwrap();
        assert_eq!(get(&usage, "", "logs.ingest_gb_month"), "20");
        assert_eq!(get(&usage, "aws_lb.main", "lb.lcu"), "1.5");
        assert_eq!(get(&usage, "aws_nat_gateway.other", "nat.gb_month"), "1000");
        assert_eq!(get(&usage, "module.a[\"x\"].aws_nat_gateway.main", "nat.gb_month"), "100");
        assert_eq!(get(&usage, "", "insights.metrics_per_cluster"), "8");
        assert_eq!(usage.addresses().collect::<Vec<_>>(), ["module.a[\"x\"].aws_nat_gateway.main"]);
    }

    #[test]
    fn arguments_lie_over_the_file() {
        let mut usage = Usage::read("lb.lcu = 1").unwrap();
        usage.set("lb.lcu=2").unwrap();
        usage.set("module.a[\"x:y=z\"].aws_lb.main:lb.lcu = 3").unwrap();
        assert_eq!(get(&usage, "", "lb.lcu"), "2");
        assert_eq!(get(&usage, "module.a[\"x:y=z\"].aws_lb.main", "lb.lcu"), "3");
    }

    #[test]
    fn what_is_wrong_is_said() {
        let errors = Usage::read(
            "lb.lcus = 1\nnat.gb_month = -1\nlogs.ingest_gb_month = true\nnonsense = 1\nlb.lcu = nan",
        )
        .unwrap_err();
        let mut usage = Usage::default();
        let mut said: Vec<String> = errors.iter().map(ToString::to_string).collect();
        said.extend(["x", "lb.lcu=", "lb.lcu=1x"].map(|a| usage.set(a).unwrap_err().to_string()));
        insta::assert_snapshot!(said.join("\n"), @r"
        `lb.lcu` is `NaN`, not a number of at least 0
        there is no assumption `lb.lcus`, did you mean `lb.lcu`?
        `logs.ingest_gb_month` is `true`, not a number of at least 0
        `nat.gb_month` is `-1`, not a number of at least 0
        there is no assumption `nonsense`
        `x` is not of the form `name=value`
        `lb.lcu` is ``, not a number of at least 0
        `lb.lcu` is `1x`, not a number of at least 0
        ");
        assert!(matches!(Usage::read("= 1").unwrap_err().as_slice(), [UsageError::Toml(_)]));
    }
}
