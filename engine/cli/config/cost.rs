//! `[cost]`: how a stack is priced, and what it may cost.

use super::file::File;
use super::node::{Node, Placed};
use super::settings::{Origin, Setting, Settings};
use super::show::{Line, quoted, slashed};
use super::{plain, shown};
use crate::args::{PriceArgs, StackArgs};
use crate::{Failure, Machine};
use cost::terms::Discount;
use cost::{Limit, Sum};
use rust_decimal::Decimal;
use std::path::PathBuf;
use std::str::FromStr;
use syntax::Report;

/// What one file says.
#[derive(Debug, Default)]
pub(super) struct CostKeys {
    budget: Option<Placed<Sum>>,
    fail_if_increase: Option<Placed<Limit>>,
    currency: Option<Placed<String>>,
    usage: Option<Placed<String>>,
    prices: Option<Placed<String>>,
    rates: Option<Placed<String>>,
    allow_missing: Option<Placed<bool>>,
    discounts: Option<Placed<Vec<Placed<Agreed>>>>,
}

/// A discount, in force or for a what-if.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Agreed {
    /// The discount.
    pub(crate) discount: Discount,
    /// The alternative that alone is billed with it.
    pub(crate) what_if: Option<String>,
}

/// All of it, with where it comes from.
#[derive(Debug, Default)]
pub(crate) struct CostSettings {
    budget: Setting<Option<Sum>>,
    fail_if_increase: Setting<Option<Limit>>,
    currency: Setting<Option<String>>,
    usage: Setting<Option<PathBuf>>,
    prices: Setting<Option<PathBuf>>,
    rates: Setting<Option<PathBuf>>,
    allow_missing: Setting<bool>,
    discounts: Setting<Vec<Placed<Agreed>>>,
}

impl CostKeys {
    /// Reads the table; what its values mean is held against what they may mean.
    pub(super) fn read(node: &Node, reports: &mut Vec<Report>) -> Self {
        let text = |name| node.get(name).and_then(Node::text);
        let discounts = node.get("discount").map(|list| Placed {
            value: list.list().iter().filter_map(|node| agreed(node, reports)).collect(),
            span: list.span,
        });
        let currency = text("currency").and_then(|text| currency(text, reports));
        Self {
            budget: text("budget").and_then(|text| parsed(&text, reports)),
            fail_if_increase: text("fail-if-increase").and_then(|text| parsed(&text, reports)),
            currency,
            usage: text("usage"),
            prices: text("prices"),
            rates: text("rates"),
            allow_missing: node.get("allow-missing").and_then(Node::switch),
            discounts,
        }
    }
}

fn parsed<T: FromStr<Err = String>>(
    text: &Placed<String>,
    reports: &mut Vec<Report>,
) -> Option<Placed<T>> {
    match text.value.parse() {
        Ok(value) => Some(Placed { value, span: text.span }),
        Err(why) => {
            reports.push(Report::error("config-cost", why).at(text.span, "not understood"));
            None
        }
    }
}

fn currency(text: Placed<String>, reports: &mut Vec<Report>) -> Option<Placed<String>> {
    let is_code = text.value.len() == 3 && text.value.bytes().all(|c| c.is_ascii_uppercase());
    if is_code {
        return Some(text);
    }
    let report = Report::error("config-cost", format!("`{}` is no currency", text.value));
    reports.push(report.at(text.span, "three capitals, such as `EUR`"));
    None
}

fn agreed(node: &Node, reports: &mut Vec<Report>) -> Option<Placed<Agreed>> {
    let name = node.get("name").and_then(Node::text)?;
    let percent = percent(&node.get("percent").and_then(Node::text)?, reports)?;
    let share = match node.get("share").and_then(Node::text) {
        Some(text) => self::percent(&text, reports)?,
        None => Decimal::ONE_HUNDRED,
    };
    let prices = match node.get("prices") {
        Some(list) => list.texts().value.into_iter().map(|text| text.value).collect(),
        None => vec!["*".to_owned()],
    };
    let what_if = node.get("what-if").and_then(Node::text).map(|text| text.value);
    let discount = Discount { name: name.value, percent, share, prices };
    Some(Placed { value: Agreed { discount, what_if }, span: name.span })
}

fn percent(text: &Placed<String>, reports: &mut Vec<Report>) -> Option<Decimal> {
    let number = text.value.trim().trim_end_matches('%').trim_end();
    let range = Decimal::ZERO..=Decimal::ONE_HUNDRED;
    let share = Decimal::from_str_exact(number).ok().filter(|share| range.contains(share));
    if share.is_none() {
        let report = Report::error("config-cost", format!("`{}` is no share", text.value));
        reports.push(report.at(text.span, "between `0%` and `100%`"));
    }
    share
}

impl CostSettings {
    /// Lays what a file says over it.
    pub(super) fn lay(&mut self, file: &File, machine: &Machine<'_>) {
        let keys = &file.cost;
        let path = |written: &Option<Placed<String>>| {
            let written = written.as_ref()?;
            let path = shown(&plain(&file.folder.join(&written.value)), machine);
            Some(Placed { value: Some(path), span: written.span })
        };
        lay_some(&mut self.budget, keys.budget.as_ref());
        lay_some(&mut self.fail_if_increase, keys.fail_if_increase.as_ref());
        lay_some(&mut self.currency, keys.currency.as_ref());
        self.usage.lay(path(&keys.usage));
        self.prices.lay(path(&keys.prices));
        self.rates.lay(path(&keys.rates));
        self.allow_missing.lay(keys.allow_missing.clone());
        self.discounts.lay(keys.discounts.clone());
    }

    /// What it comes to, a line a setting that somebody said something for.
    pub(super) fn lines(&self, settings: &Settings) -> Vec<Line> {
        let text = |text: &dyn ToString| quoted(&text.to_string());
        let path = |path: &Option<PathBuf>| path.as_deref().map(|path| quoted(&slashed(path)));
        let values = [
            ("budget", self.budget.value.as_ref().map(|v| text(v)), self.budget.origin),
            (
                "fail-if-increase",
                self.fail_if_increase.value.as_ref().map(|v| text(v)),
                self.fail_if_increase.origin,
            ),
            ("currency", self.currency.value.as_ref().map(|v| text(v)), self.currency.origin),
            ("usage", path(&self.usage.value), self.usage.origin),
            ("prices", path(&self.prices.value), self.prices.origin),
            ("rates", path(&self.rates.value), self.rates.origin),
        ];
        let shown = |(name, value, origin): (&str, Option<String>, _)| {
            let value = value.unwrap_or_else(|| "none".into());
            (format!("cost.{name}"), value, settings.origin(origin))
        };
        let mut lines: Vec<Line> = values.map(shown).into();
        let missing = self.allow_missing.value.to_string();
        let origin = settings.origin(self.allow_missing.origin);
        lines.push(("cost.allow-missing".into(), missing, origin));
        for (at, Placed { value, span }) in self.discounts.value.iter().enumerate() {
            let Agreed { discount, what_if } = value;
            let what_if = what_if.iter().map(|name| format!(", what-if = {}", quoted(name)));
            let prices: Vec<String> = discount.prices.iter().map(|text| quoted(text)).collect();
            let value = format!(
                "{{ name = {}, percent = \"{}%\", share = \"{}%\", prices = [{}]{} }}",
                quoted(&discount.name),
                discount.percent.normalize(),
                discount.share.normalize(),
                prices.join(", "),
                what_if.collect::<String>()
            );
            let origin = settings.origin(Origin::File(*span));
            lines.push((format!("cost.discount[{at}]"), value, origin));
        }
        lines
    }
}

fn lay_some<T: Clone>(setting: &mut Setting<Option<T>>, written: Option<&Placed<T>>) {
    setting.lay(written.map(|it| Placed { value: Some(it.value.clone()), span: it.span }));
}

/// The region of a stack and how it is priced, where a file says it and the arguments do not.
pub(crate) fn price(
    stack: &mut StackArgs,
    price: &mut PriceArgs,
    increase: Option<&mut Option<Limit>>,
    machine: &mut Machine<'_>,
) -> Result<(), Failure> {
    let settings = super::settings::place(stack, machine)?;
    let CostSettings { budget, fail_if_increase, currency, usage, prices, rates, .. } =
        settings.cost;
    price.budget = price.budget.take().or(budget.value);
    price.usage = price.usage.take().or(usage.value);
    price.currency = price.currency.take().or(currency.value);
    if price.currency.is_some() {
        price.rates = price.rates.take().or(rates.value);
    }
    if !price.live_prices {
        price.prices = price.prices.take().or(prices.value);
    }
    price.allow_missing |= settings.cost.allow_missing.value;
    price.discounts = settings.cost.discounts.value.into_iter().map(|it| it.value).collect();
    if let Some(increase) = increase {
        *increase = increase.take().or(fail_if_increase.value);
    }
    Ok(())
}
