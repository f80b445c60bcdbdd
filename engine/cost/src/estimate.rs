//! An estimate: what each resource costs a month, line by line, and what could not be priced.

use crate::money::{as_cents, as_exact};
use crate::price::MissingPrice;
use crate::quantity::Basis;
use rust_decimal::Decimal;
use serde::Serialize;
use stack::Str;
use std::collections::BTreeMap;
use syntax::{Level, Report};

/// What a stack costs in a month of 730 hours. Serialises to the shape of `banana cost --format json`.
#[derive(Clone, Debug, Serialize)]
pub struct Estimate {
    /// Of this shape: 1.
    pub version: u32,
    /// `USD`
    pub currency: &'static str,
    /// Where most of its resources stand; `None` when no resource has a region.
    pub region: Option<Str>,
    /// How old the prices are.
    pub prices: Prices,
    /// All lines, at the assumptions in force. Exact here, two digits in JSON.
    #[serde(serialize_with = "as_cents")]
    pub total_monthly: Decimal,
    /// The lines that rest on no assumption.
    #[serde(serialize_with = "as_cents")]
    pub fixed_monthly: Decimal,
    /// All lines, with every figure and every autoscaled size at its lower bound.
    #[serde(serialize_with = "as_cents")]
    pub minimum_monthly: Decimal,
    /// All lines, with every figure and every autoscaled size at its upper bound.
    #[serde(serialize_with = "as_cents")]
    pub maximum_monthly: Decimal,
    /// What each resource costs, by address. Those that cost nothing by nature are left out.
    pub resources: Vec<ResourceCost>,
    /// The assumptions that lines rest on, with the values in force.
    pub assumptions: Vec<Assumed>,
    /// Lines without a price. They are in no sum.
    pub missing_prices: Vec<MissingLine>,
    /// Resources, or parts of them, that cannot be priced. They are in no sum.
    pub unsupported: Vec<Unsupported>,
    /// A distribution instead of a figure, when one was asked for.
    pub simulation: Option<serde_json::Value>,
    /// What is wrong with the stack so that it cannot be priced: a region that nobody names.
    #[serde(skip)]
    pub reports: Vec<Report>,
}

/// How old the prices are.
#[derive(Clone, Debug, Serialize)]
pub struct Prices {
    /// Date of the oldest price used; `None` when none was.
    pub date: Option<Str>,
}

/// What a resource costs.
#[derive(Clone, Debug, Serialize)]
pub struct ResourceCost {
    /// Its address.
    pub address: String,
    /// Its type.
    #[serde(rename = "type")]
    pub ty: Str,
    /// Its region.
    pub region: Str,
    /// Its tags, those of the provider among them, as far as they are known.
    pub tags: BTreeMap<String, String>,
    /// The sum of its lines.
    #[serde(serialize_with = "as_exact")]
    pub monthly: Decimal,
    /// The same with every quantity at its lower bound.
    #[serde(serialize_with = "as_exact")]
    pub minimum: Decimal,
    /// The same with every quantity at its upper bound.
    #[serde(serialize_with = "as_exact")]
    pub maximum: Decimal,
    /// Its lines.
    pub components: Vec<Component>,
    /// What else there is to say.
    pub notes: Vec<String>,
}

/// A line: quantity times unit price is what it costs, exactly.
#[derive(Clone, Debug, Serialize)]
pub struct Component {
    /// What is paid for.
    pub name: String,
    /// What is counted.
    pub unit: Str,
    /// How much in a month.
    #[serde(serialize_with = "as_exact")]
    pub quantity: Decimal,
    /// US dollars a unit.
    #[serde(serialize_with = "as_exact")]
    pub unit_price: Decimal,
    /// US dollars a month.
    #[serde(serialize_with = "as_exact")]
    pub monthly: Decimal,
    /// How the quantity is known.
    pub basis: Basis,
    /// The assumption that the quantity rests on.
    pub assumption: Option<&'static str>,
    /// Why it is so much.
    pub note: Option<String>,
    /// The price's name in the price list: `AmazonECS/eu-west-3/Fargate-GB-Hours`.
    pub price_key: String,
    /// When the price was published or read.
    pub price_date: Str,
    /// Who says so.
    pub price_source: Str,
}

/// An assumption in force.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Assumed {
    /// Its name.
    pub name: &'static str,
    /// The resource whose value it is, when it differs from the stack's.
    pub address: Option<String>,
    /// Its value: the likely one.
    #[serde(serialize_with = "as_exact")]
    pub value: Decimal,
    /// Its lower bound; the value, when it was said without a range.
    #[serde(serialize_with = "as_exact")]
    pub low: Decimal,
    /// Its upper bound.
    #[serde(serialize_with = "as_exact")]
    pub high: Decimal,
    /// What it counts.
    pub unit: &'static str,
    /// What it means.
    pub about: &'static str,
}

/// A line that has no price.
#[derive(Clone, Debug, Serialize)]
pub struct MissingLine {
    /// The resource.
    pub address: String,
    /// The line.
    pub component: String,
    /// How much of it.
    #[serde(serialize_with = "as_exact")]
    pub quantity: Decimal,
    /// What was looked for.
    pub price_key: String,
    /// What is known instead.
    pub nearest: Option<String>,
    /// The same, as an error.
    #[serde(skip)]
    pub price: MissingPrice,
}

/// Something that cannot be priced.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Unsupported {
    /// The resource.
    pub address: String,
    /// Its type.
    #[serde(rename = "type")]
    pub ty: Str,
    /// Why: lower case, no final period.
    pub reason: String,
}

impl Estimate {
    /// True when the sums lack nothing that banana could tell: no price is missing for a quantity above 0, nothing is
    /// unsupported, no error was reported.
    pub fn is_complete(&self) -> bool {
        self.reports.iter().all(|report| report.level != Level::Error)
            && self.unsupported.is_empty()
            && self.missing_prices.iter().all(|line| line.quantity.is_zero())
    }
}
