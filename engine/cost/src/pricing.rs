//! From a stack to an estimate: every resource billed, every line priced, and the lines added up.

use crate::assumption::Assumption;
use crate::bill::{Bill, Line};
use crate::estimate::{
    Assumed, Component, Estimate, MissingLine, Prices, ResourceCost, Unsupported,
};
use crate::price::{MissingPrice, Price, PriceSource};
use crate::quantity::Basis;
use crate::usage::{self, Usage};
use crate::{data_transfer, free, types};
use model::{Model, field};
use rust_decimal::Decimal;
use stack::{Kind, Mode, ProviderConfig, Resource, ResourceId, Str};
use std::collections::{BTreeMap, BTreeSet};
use syntax::Report;

/// What an estimate starts from besides the stack and the prices.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// The region of providers that say none. Never guessed.
    pub region: Option<String>,
    /// What is assumed.
    pub usage: Usage,
}

/// Prices a stack. Total: what cannot be priced is in the estimate, by name.
pub fn estimate(model: &Model<'_>, prices: &dyn PriceSource, options: &Options) -> Estimate {
    let mut work = Work { model, prices, options, regions: BTreeMap::new(), out: empty() };
    for (id, resource) in (0..).map(ResourceId).zip(&model.stack().resources) {
        if resource.address.mode == Mode::Managed {
            work.resource(id, resource);
        }
    }
    work.transfer();
    work.finish()
}

struct Work<'w, 'a> {
    model: &'w Model<'a>,
    prices: &'w dyn PriceSource,
    options: &'w Options,
    /// By provider; `None` when it is not known, which was reported.
    regions: BTreeMap<usize, Option<Str>>,
    out: Estimate,
}

impl<'a> Work<'_, 'a> {
    fn resource(&mut self, id: ResourceId, resource: &'a Resource) {
        let ty = &resource.address.ty;
        if free::is_free(ty) {
            return;
        }
        if !types::is_priced(ty) {
            return self.cannot(resource, "banana has no prices for this type yet");
        }
        let Some(region) = self.region(resource.provider) else {
            return self.cannot(resource, "its region is not known");
        };
        let mut bill = Bill::new(self.model, &self.options.usage, id, resource, region);
        types::write(id, &mut bill);
        for why in &bill.unsupported {
            self.cannot(resource, why);
        }
        let instances = bill
            .assume("resource.instances")
            .because("how many instances there are is not known yet")
            .at_least(0);
        if resource.symbolic {
            for line in &mut bill.lines {
                line.quantity = line.quantity.clone().by(&instances);
            }
        }
        let cost = nothing(resource.address.to_string(), resource.address.ty.clone(), bill.region);
        let tags = tags(resource);
        self.add(ResourceCost { notes: bill.notes, tags, ..cost }, bill.lines);
    }

    fn cannot(&mut self, resource: &Resource, why: &str) {
        self.unsupported(&resource.address.to_string(), &resource.address.ty, why);
    }

    /// Prices the lines of a resource.
    fn add(&mut self, mut cost: ResourceCost, lines: Vec<Line>) {
        for line in lines {
            if let Some(name) = line.quantity.assumption {
                self.assumed(name, &cost.address);
            }
            match self.prices.price(&line.key) {
                Ok(price) => self.line(&line, &price, &mut cost),
                Err(missing) => self.missing(&cost.address, &line, line.quantity.amount, missing),
            }
        }
        if !cost.components.is_empty() || !cost.notes.is_empty() {
            self.out.resources.push(cost);
        }
    }

    /// Prices a line: one component for each step of the price that its quantity reaches.
    fn line(&mut self, line: &Line, price: &Price, cost: &mut ResourceCost) {
        let quantity = &line.quantity;
        let Some(parts) = split(price, quantity.amount) else {
            let why = format!("{}: the quantity is too large", line.name);
            return self.unsupported(&cost.address, &cost.ty, &why);
        };
        for part in parts.priced {
            let component = Component {
                name: part.name(&line.name, &price.unit),
                unit: price.unit.clone(),
                quantity: part.quantity,
                unit_price: part.unit_price,
                monthly: part.monthly,
                basis: quantity.basis,
                assumption: quantity.assumption,
                note: quantity.note.clone(),
                price_key: line.key.to_string(),
                price_date: price.date.clone(),
                price_source: price.source.clone(),
            };
            let date = self.out.prices.date.get_or_insert_with(|| price.date.clone());
            if price.date < *date {
                date.clone_from(&price.date);
            }
            self.out.total_monthly += component.monthly;
            if quantity.basis != Basis::Assumed {
                self.out.fixed_monthly += component.monthly;
            }
            cost.monthly += component.monthly;
            cost.components.push(component);
        }
        if !parts.beyond.is_zero() {
            let nearest = Some("the price list ends below this quantity".to_owned());
            let missing = MissingPrice { key: line.key.clone(), nearest };
            self.missing(&cost.address, line, parts.beyond, missing);
        }
        let [low, _, high] = quantity.range().map(|n| total(price, n).unwrap_or_default());
        cost.minimum += low;
        cost.maximum += high;
        self.out.minimum_monthly += low;
        self.out.maximum_monthly += high;
    }

    fn missing(&mut self, address: &str, line: &Line, quantity: Decimal, price: MissingPrice) {
        self.out.missing_prices.push(MissingLine {
            address: address.to_owned(),
            component: line.name.clone(),
            quantity,
            price_key: line.key.to_string(),
            nearest: price.nearest.clone(),
            price,
        });
    }

    fn unsupported(&mut self, address: &str, ty: &Str, why: &str) {
        let (address, ty, reason) = (address.to_owned(), ty.clone(), why.to_owned());
        self.out.unsupported.push(Unsupported { address, ty, reason });
    }

    /// What is said to leave or cross regions, without a resource that it is of.
    fn transfer(&mut self) {
        for address in data_transfer::addresses(&self.options.usage) {
            let lines =
                data_transfer::lines(&self.options.usage, &address, self.options.region.as_deref());
            if let Some((region, lines)) = lines {
                self.add(nothing(address, data_transfer::TYPE.into(), region), lines);
            } else {
                let why = "it names no region that data leaves from";
                self.unsupported(&address, &data_transfer::TYPE.into(), why);
            }
        }
    }

    fn assumed(&mut self, name: &'static str, address: &str) {
        let Some(assumption) = Assumption::find(name) else { return };
        let value = |at: &str| self.options.usage.amount(at, assumption);
        let own = value(address) != value("");
        let amount = value(address);
        self.out.assumptions.push(Assumed {
            name,
            address: own.then(|| address.to_owned()),
            value: amount.likely,
            low: amount.low,
            high: amount.high,
            unit: assumption.unit,
            about: assumption.about,
        });
    }

    /// The region of a provider, reported once when it is not known.
    fn region(&mut self, provider: usize) -> Option<Str> {
        if let Some(region) = self.regions.get(&provider) {
            return region.clone();
        }
        let config = self.model.stack().providers.get(provider);
        let said = config.map(|config| &field(&config.value, "region").kind);
        let region = match said {
            Some(Kind::String(region)) => Some(region.clone()),
            Some(Kind::Unknown(_)) => None,
            _ => self.options.region.as_deref().map(Str::from),
        };
        if region.is_none() {
            let unknown = matches!(said, Some(Kind::Unknown(_)));
            self.out.reports.push(no_region(config, unknown));
        }
        self.regions.insert(provider, region.clone());
        region
    }

    fn finish(mut self) -> Estimate {
        let doubtful = self.options.usage.warnings().iter();
        self.out.reports.extend(doubtful.map(|what| Report::warning("usage", what.as_str())));
        self.out.assumptions.sort();
        self.out.assumptions.dedup();
        let mut regions: BTreeMap<&Str, usize> = BTreeMap::new();
        for cost in &self.out.resources {
            *regions.entry(&cost.region).or_default() += 1;
        }
        self.out.region = regions
            .into_iter()
            .rev()
            .max_by_key(|(_, count)| *count)
            .map(|(region, _)| region.clone());
        let known: BTreeSet<String> =
            self.model.stack().resources.iter().map(|r| r.address.to_string()).collect();
        let any: BTreeSet<String> = known.iter().map(|at| usage::any_instance(at)).collect();
        let here = |at: &str| {
            known.contains(at) || any.contains(at) || usage::type_of(at) == data_transfer::TYPE
        };
        for address in self.options.usage.addresses().filter(|at| !here(at)) {
            let message =
                format!("`{address}` is spoken of in the usage, but the stack does not have it");
            self.out.reports.push(Report::warning("usage-address", message));
        }
        self.out
    }
}

fn no_region(config: Option<&ProviderConfig>, unknown: bool) -> Report {
    let name = config.map_or("aws", |config| config.name.as_str());
    let alias = config.and_then(|c| c.alias.as_ref()).map(|a| format!(".{a}")).unwrap_or_default();
    let provider = format!("`{name}{alias}`");
    let report = if unknown {
        Report::error("unknown-region", format!("the region of provider {provider} is not known"))
            .help("give the variables that it is made from: prices differ from region to region")
    } else {
        Report::error("no-region", format!("provider {provider} names no region")).help(
            "write `region` in its block, or set AWS_REGION: prices differ from region to region",
        )
    };
    match config.and_then(|config| config.header) {
        Some(header) => report.at(header, "this provider"),
        None => report,
    }
}

/// No line of a bill reaches a thousand million million dollars, and sums of smaller ones always fit a decimal.
const LIMIT: Decimal = Decimal::from_parts(2_764_472_320, 232_830, 0, false, 0);

/// A part of a line: what falls into one step of the price.
struct Part {
    from: Decimal,
    quantity: Decimal,
    unit_price: Decimal,
    monthly: Decimal,
}

struct Parts {
    priced: Vec<Part>,
    /// What lies beyond the last known step.
    beyond: Decimal,
}

impl Part {
    fn name(&self, line: &str, unit: &str) -> String {
        if self.from.is_zero() {
            line.to_owned()
        } else {
            format!("{line}, beyond {} {unit}", self.from.normalize())
        }
    }
}

/// Cuts a quantity at the steps of a price. It counts from where the first step starts: what AWS gives an account free is
/// never taken for this stack's. `None` when a figure does not fit.
fn split(price: &Price, quantity: Decimal) -> Option<Parts> {
    let free = price.tiers.first()?.start;
    let end = quantity.checked_add(free)?;
    let mut priced = Vec::new();
    let mut reached = free;
    for tier in &price.tiers {
        let upper = tier.end.map_or(end, |limit| limit.min(end));
        let amount = upper - tier.start;
        if amount > Decimal::ZERO || priced.is_empty() {
            let monthly = amount.checked_mul(tier.price).filter(|monthly| *monthly < LIMIT)?;
            let from = tier.start - free;
            priced.push(Part { from, quantity: amount, unit_price: tier.price, monthly });
            reached = upper;
        }
    }
    Some(Parts { priced, beyond: end - reached })
}

/// What so much of a line costs.
fn total(price: &Price, quantity: Decimal) -> Option<Decimal> {
    let parts = split(price, quantity)?;
    parts.priced.iter().try_fold(Decimal::ZERO, |sum, part| sum.checked_add(part.monthly))
}

/// The tags of a resource, as far as they are known.
fn tags(resource: &Resource) -> BTreeMap<String, String> {
    let all = field(&resource.value, "tags_all");
    let tags = if all.is_unknown() || all.is_null() { field(&resource.value, "tags") } else { all };
    let known =
        |(name, value): (&Str, &stack::Value)| Some((name.to_string(), value.as_str()?.to_owned()));
    match &tags.kind {
        Kind::Map(_, entries) | Kind::Object(entries) => entries.iter().filter_map(known).collect(),
        _ => BTreeMap::new(),
    }
}

fn nothing(address: String, ty: Str, region: Str) -> ResourceCost {
    ResourceCost {
        address,
        ty,
        region,
        tags: BTreeMap::new(),
        monthly: Decimal::ZERO,
        minimum: Decimal::ZERO,
        maximum: Decimal::ZERO,
        components: Vec::new(),
        notes: Vec::new(),
    }
}

fn empty() -> Estimate {
    Estimate {
        version: 1,
        currency: "USD",
        region: None,
        prices: Prices { date: None },
        total_monthly: Decimal::ZERO,
        fixed_monthly: Decimal::ZERO,
        minimum_monthly: Decimal::ZERO,
        maximum_monthly: Decimal::ZERO,
        resources: Vec::new(),
        assumptions: Vec::new(),
        missing_prices: Vec::new(),
        unsupported: Vec::new(),
        simulation: None,
        reports: Vec::new(),
    }
}
