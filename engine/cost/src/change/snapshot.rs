//! A bill as far as another can be held against it: of an estimate, or of a file that `cost --format json` wrote.

use crate::estimate::Estimate;
use rust_decimal::Decimal;
use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};
use std::str::FromStr;

/// What a bill says of each resource.
#[derive(Clone, Debug, Default)]
pub struct Snapshot {
    /// `USD`
    pub currency: String,
    /// What each costs, by address.
    pub resources: BTreeMap<String, Past>,
    /// Address and why it, or a part of it, is in no sum.
    pub holes: BTreeSet<(String, String)>,
}

/// What a resource costs.
#[derive(Clone, Debug, Default)]
pub struct Past {
    /// The sum of its lines.
    pub monthly: Decimal,
    /// Its lines.
    pub lines: Vec<PastLine>,
}

/// A line of it.
#[derive(Clone, Debug)]
pub struct PastLine {
    /// What is paid for.
    pub name: String,
    /// How it is made up.
    pub figure: super::Figure,
}

/// A text that is no bill of ours.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotABill {
    /// Not even JSON.
    #[error("it is not JSON: {0}")]
    Json(String),
    /// JSON of another kind.
    #[error("it is no bill of banana's: {0}")]
    Shape(String),
    /// A bill of a version that is not known.
    #[error("it is a bill of version {0}, and this banana reads version 1")]
    Version(String),
}

#[derive(Deserialize)]
struct Document {
    currency: String,
    resources: Vec<Entry>,
    missing_prices: Vec<Missing>,
    unsupported: Vec<Unsupported>,
}

#[derive(Deserialize)]
struct Entry {
    address: String,
    components: Vec<Component>,
}

#[derive(Deserialize)]
struct Component {
    name: String,
    unit: String,
    quantity: String,
    unit_price: String,
    monthly: String,
}

#[derive(Deserialize)]
struct Missing {
    address: String,
    component: String,
    price_key: String,
}

#[derive(Deserialize)]
struct Unsupported {
    address: String,
    reason: String,
}

impl Snapshot {
    /// Reads what `cost --format json` wrote.
    pub fn read(text: &str) -> Result<Self, NotABill> {
        let json: serde_json::Value =
            serde_json::from_str(text).map_err(|e| NotABill::Json(e.to_string()))?;
        match json.get("version") {
            Some(version) if version.as_u64() == Some(1) => {}
            Some(version) => return Err(NotABill::Version(version.to_string())),
            None => return Err(NotABill::Shape("it has no `version`".into())),
        }
        let Document { currency, resources, missing_prices, unsupported } =
            serde_json::from_value(json).map_err(|e| NotABill::Shape(e.to_string()))?;
        let mut bill = Self { currency, ..Self::default() };
        for entry in resources {
            let mut past = Past::default();
            for part in entry.components {
                let amount = |name: &str, text: &str| {
                    Decimal::from_str(text).map_err(|_| {
                        let wrong = format!("`{name}` of {} is `{text}`, no number", entry.address);
                        NotABill::Shape(wrong)
                    })
                };
                let figure = super::Figure {
                    quantity: amount("quantity", &part.quantity)?,
                    unit: part.unit.clone(),
                    unit_price: amount("unit_price", &part.unit_price)?,
                    monthly: amount("monthly", &part.monthly)?,
                };
                past.add(part.name, figure).ok_or_else(|| {
                    NotABill::Shape(format!("the lines of {} are too large", entry.address))
                })?;
            }
            if bill.resources.insert(entry.address.clone(), past).is_some() {
                return Err(NotABill::Shape(format!("`{}` is in it twice", entry.address)));
            }
        }
        let missing = missing_prices.into_iter();
        bill.holes.extend(missing.map(|m| (m.address, no_price(&m.component, &m.price_key))));
        bill.holes.extend(unsupported.into_iter().map(|u| (u.address, u.reason)));
        Ok(bill)
    }

    /// The sum of all lines; `None` when it does not fit.
    pub fn total(&self) -> Option<Decimal> {
        let mut all = self.resources.values();
        all.try_fold(Decimal::ZERO, |sum, past| sum.checked_add(past.monthly))
    }
}

impl Past {
    fn add(&mut self, name: String, figure: super::Figure) -> Option<()> {
        self.monthly = self.monthly.checked_add(figure.monthly)?;
        self.lines.push(PastLine { name, figure });
        Some(())
    }
}

impl From<&Estimate> for Snapshot {
    fn from(estimate: &Estimate) -> Self {
        let resources = estimate.resources.iter().map(|cost| {
            let lines = cost.components.iter().map(|part| PastLine {
                name: part.name.clone(),
                figure: super::Figure {
                    quantity: part.quantity,
                    unit: part.unit.to_string(),
                    unit_price: part.unit_price,
                    monthly: part.monthly,
                },
            });
            (cost.address.clone(), Past { monthly: cost.monthly, lines: lines.collect() })
        });
        let missing = estimate.missing_prices.iter();
        let missing = missing.map(|m| (m.address.clone(), no_price(&m.component, &m.price_key)));
        let unsupported = estimate.unsupported.iter();
        let unsupported = unsupported.map(|u| (u.address.clone(), u.reason.clone()));
        Self {
            currency: estimate.currency.to_string(),
            resources: resources.collect(),
            holes: missing.chain(unsupported).collect(),
        }
    }
}

fn no_price(component: &str, key: &str) -> String {
    format!("{component}: no price for {key}")
}

#[cfg(test)]
mod tests {
    use super::*;

    const LINE: &str =
        r#"{"name":"key","unit":"Keys","quantity":"2","unit_price":"1","monthly":"2"}"#;

    fn bill(head: &str, resources: &str) -> String {
        format!(
            r#"{{{head}"currency":"USD","resources":[{resources}],"missing_prices":[],"unsupported":[]}}"#
        )
    }

    #[test]
    fn what_is_no_bill_is_refused_in_words() {
        let key = format!(r#"{{"address":"aws_kms_key.a","components":[{LINE}]}}"#);
        let worded = key.replace("\"2\"", "\"two\"");
        let large = format!("\"{}\"", "7".repeat(29));
        let large = format!("[{LINE},{LINE}]").replace("\"2\"", &large);
        let large = format!(r#"{{"address":"a","components":{large}}}"#);
        let texts = [
            String::new(),
            "[1]".to_owned(),
            "{}".to_owned(),
            r#"{"format_version":"1.2"}"#.to_owned(),
            bill(r#""version":2,"#, ""),
            bill(r#""version":"1","#, ""),
            bill(r#""version":1,"#, &worded),
            bill(r#""version":1,"#, &format!("{key},{key}")),
            bill(r#""version":1,"#, &large),
        ];
        let said = texts.map(|text| Snapshot::read(&text).map(|_| ()).unwrap_err().to_string());
        insta::assert_snapshot!(said.join("\n"), @r#"
        it is not JSON: EOF while parsing a value at line 1 column 0
        it is no bill of banana's: it has no `version`
        it is no bill of banana's: it has no `version`
        it is no bill of banana's: it has no `version`
        it is a bill of version 2, and this banana reads version 1
        it is a bill of version "1", and this banana reads version 1
        it is no bill of banana's: `quantity` of aws_kms_key.a is `two`, no number
        it is no bill of banana's: `aws_kms_key.a` is in it twice
        it is no bill of banana's: the lines of a are too large
        "#);
        let read = Snapshot::read(&bill(r#""version":1,"#, &key)).unwrap();
        assert_eq!(read.total(), Some(2.into()));
    }
}
