//! The bill of a resolved stack.

use crate::args::{PriceArgs, StackArgs};
use crate::config::Agreed;
use crate::{Failure, Machine, cache, job};
use check::Sums;
use cost::book::{Book, Overlay};
use cost::simulate::{Demand, Settings, Simulation};
use cost::terms::{Converted, Discount, Discounted, Rate, read_rates};
use cost::what_if::{Alternative, Scenario};
use cost::{Estimate, Part, PriceSource, ResourceCost, Usage, totals};
use model::Model;
use report::total_text;
use rust_decimal::Decimal;
use stack::{Host, Number, Stack, Str};
use std::collections::BTreeMap;
use std::sync::Arc;
use syntax::Level;

/// Makes bills, all by the same prices and assumptions.
pub(crate) struct Pricer {
    /// As they are paid now.
    prices: Arc<dyn PriceSource>,
    /// With a Savings Plan of a year, where the configuration has its rates.
    plan: Option<Arc<dyn PriceSource>>,
    discounts: Vec<Discount>,
    rate: Option<Rate>,
    options: cost::Options,
    free_tier: bool,
    /// What there is to say about the prices.
    pub(crate) notes: Vec<String>,
}

impl Pricer {
    /// Reads what the arguments name. Where AWS is asked, it is asked for what these stacks need.
    pub(crate) fn new(
        args: &PriceArgs,
        of: &StackArgs,
        stacks: &[&Stack],
        machine: &Machine<'_>,
    ) -> Result<Self, Failure> {
        let usage = usage(args, of, machine)?;
        let region = of.region.clone().or_else(|| job::region(machine));
        let options = cost::Options { region, usage };
        let mut notes = Vec::new();
        let mut list: Arc<dyn PriceSource> = if args.live_prices {
            live(stacks, &options, of, machine)?.into()
        } else if args.no_cached_prices {
            Arc::new(Book::embedded())
        } else {
            let (kept, old) = cache::prices(machine)?;
            notes = old;
            Arc::new(kept)
        };
        if let Some(path) = args.prices.as_ref().filter(|_| !args.live_prices) {
            let laid = Overlay::read(&read(path, machine)?, list);
            let wrong = |error| Failure::user(format!("{}: {error}", path.display()));
            list = Arc::new(laid.map_err(wrong)?);
        }
        let rate = rate(args, machine)?;
        let in_force = |agreed: &&Agreed| agreed.what_if.is_none();
        let discounts = args.discounts.iter().filter(in_force).map(|it| it.discount.clone());
        let discounts: Vec<Discount> = discounts.collect();
        let all = args.discounts.iter().map(|it| it.discount.clone()).collect();
        let planned = args.discounts.len() > discounts.len();
        let plan = planned.then(|| paid(Arc::clone(&list), all, rate.as_ref()));
        let prices = paid(list, discounts.clone(), rate.as_ref());
        Ok(Self { prices, plan, discounts, rate, options, free_tier: args.free_tier, notes })
    }

    /// The bill of a stack.
    pub(crate) fn estimate(&self, stack: &Stack) -> Estimate {
        self.by(&*self.prices, stack)
    }

    /// What the month would cost otherwise.
    pub(crate) fn what_if(&self, stack: &Stack, scenario: Scenario) -> Alternative {
        let now = |stack: &Stack| self.estimate(stack);
        let planned = self.plan.as_deref().map(|prices| |stack: &Stack| self.by(prices, stack));
        let planned = planned.as_ref().map(|make| make as &dyn Fn(&Stack) -> Estimate);
        cost::what_if::what_if(stack, scenario, &now, planned)
    }

    /// Months of a stack under demand.
    pub(crate) fn simulate(
        &self,
        stack: &Stack,
        estimate: &Estimate,
        demand: &Demand,
        settings: &Settings,
    ) -> Simulation {
        let (model, usage) = (Model::new(stack), &self.options.usage);
        cost::simulate::simulate(&model, &*self.prices, usage, estimate, demand, settings)
    }

    fn by(&self, prices: &dyn PriceSource, stack: &Stack) -> Estimate {
        let mut estimate = cost::estimate(&Model::new(stack), prices, &self.options);
        estimate.discounts.clone_from(&self.discounts);
        if let Some(rate) = &self.rate {
            estimate.currency = rate.to.as_str().into();
            estimate.exchange = Some(rate.clone());
        }
        if self.free_tier { estimate.with_free_tier() } else { estimate }
    }
}

/// What is really paid: the list's prices less discounts, in the currency of the bill.
fn paid(
    list: Arc<dyn PriceSource>,
    discounts: Vec<Discount>,
    rate: Option<&Rate>,
) -> Arc<dyn PriceSource> {
    let less: Arc<dyn PriceSource> =
        if discounts.is_empty() { list } else { Arc::new(Discounted::new(list, discounts)) };
    match rate {
        None => less,
        Some(rate) => Arc::new(Converted::new(less, rate.clone())),
    }
}

/// The rate from dollars, in which all list prices are, to the currency of the bill.
fn rate(args: &PriceArgs, machine: &Machine<'_>) -> Result<Option<Rate>, Failure> {
    let Some(currency) = &args.currency else {
        if args.rates.is_some() {
            let text = "`--rates` is of no use without `--currency`";
            return Err(Failure::user(text).help("say which currency the bill is to be in"));
        }
        return Ok(None);
    };
    if currency == "USD" {
        return Ok(None);
    }
    let Some(path) = &args.rates else {
        let text = format!("no rate from USD to {currency} is known");
        return Err(Failure::user(text)
            .help("give a file of rates: `--rates FILE`, a CSV of from,to,rate,date,source"));
    };
    let rates = read_rates(&read(path, machine)?)
        .map_err(|error| Failure::user(format!("{}: {error}", path.display())))?;
    let found = rates.iter().find(|rate| rate.from == "USD" && rate.to == *currency);
    found.cloned().map(Some).ok_or_else(|| {
        let to: Vec<&str> =
            rates.iter().filter(|r| r.from == "USD").map(|r| r.to.as_str()).collect();
        let has = if to.is_empty() {
            "it has none from USD".into()
        } else {
            format!("it has USD to {}", to.join(", "))
        };
        Failure::user(format!("{}: no rate from USD to {currency}", path.display())).help(has)
    })
}
use std::path::PathBuf;

/// Prices a stack as the arguments say.
pub(crate) fn estimate(
    stack: &Stack,
    args: &PriceArgs,
    of: &StackArgs,
    machine: &Machine<'_>,
) -> Result<Estimate, Failure> {
    Ok(Pricer::new(args, of, &[stack], machine)?.estimate(stack))
}

/// Usage files that are read without being named, when they stand beside the stack.
const USAGE_FILES: [&str; 3] = ["banana-usage.toml", "banana-usage.yml", "banana-usage.yaml"];

/// What is assumed: the profile, the usage file over it, and the arguments over both.
pub(crate) fn usage(
    args: &PriceArgs,
    of: &StackArgs,
    machine: &Machine<'_>,
) -> Result<Usage, Failure> {
    let mut usage = Usage::of(args.profile.map(Into::into).unwrap_or_default());
    if let Some(path) = usage_file(args, of, machine) {
        let (name, text) = (path.display().to_string(), read(&path, machine)?);
        usage.extend(Usage::read(&name, &text).map_err(|errors| wrong_usage(&name, &errors))?);
    }
    for argument in &args.assume {
        usage.set(argument).map_err(|error| wrong_usage("--assume", &[error]))?;
    }
    Ok(usage)
}

/// The usage file that is named, or else the one that stands beside the stack.
pub(crate) fn usage_file(
    args: &PriceArgs,
    of: &StackArgs,
    machine: &Machine<'_>,
) -> Option<PathBuf> {
    let folder = machine.disk().full(&of.path);
    let folder =
        if folder.is_dir() { folder.as_path() } else { folder.parent().unwrap_or(&folder) };
    let beside = || USAGE_FILES.iter().map(|name| folder.join(name)).find(|path| path.is_file());
    args.usage.clone().or_else(beside)
}

/// What AWS lists now of the prices that the bill asks for.
#[cfg(feature = "apply")]
fn live(
    stacks: &[&Stack],
    options: &cost::Options,
    of: &StackArgs,
    machine: &Machine<'_>,
) -> Result<Box<dyn PriceSource>, Failure> {
    let asked = aws::prices::Asked::of(Book::embedded());
    for stack in stacks {
        cost::estimate(&Model::new(stack), &asked, options);
    }
    let Some(stack) = stacks.first() else { return Ok(Box::new(Book::embedded())) };
    Ok(Box::new(crate::cloud::prices(stack, of, asked.keys(), machine)?))
}

#[cfg(not(feature = "apply"))]
fn live(
    _stacks: &[&Stack],
    _options: &cost::Options,
    _of: &StackArgs,
    _machine: &Machine<'_>,
) -> Result<Box<dyn PriceSource>, Failure> {
    Err(Failure::user("this build of banana cannot ask AWS for prices")
        .help("build it with the default features, or leave --live-prices out"))
}

/// The bill in a line, for the end of a check.
pub(crate) fn one_line(stack: &Stack, estimate: &Estimate, machine: &Machine<'_>) -> String {
    if estimate.resources.is_empty() && estimate.unsupported.is_empty() {
        if stack.reports.iter().any(|report| report.level == Level::Error) {
            return "what it costs is not known while it has errors".to_owned();
        }
        return "costs nothing: no resource has a price".to_owned();
    }
    total_text(estimate, &machine.style)
}

/// What an example of a rule costs: by the embedded prices, whatever the machine.
pub(crate) fn by_the_book(stack: &Stack) -> check::Bill {
    let options = cost::Options { region: None, usage: Usage::default() };
    bill(&cost::estimate(&Model::new(stack), Book::embedded(), &options))
}

/// A bill as users' rules see it. What lacks a price costs at least what the rest comes to.
pub(crate) fn bill(estimate: &Estimate) -> check::Bill {
    let number = |sum: Decimal| sum.to_string().parse().unwrap_or_else(|_| Number::count(0));
    let sums = |[monthly, minimum, maximum]: [Decimal; 3]| Sums {
        monthly: number(monthly),
        minimum: number(minimum),
        maximum: number(maximum),
        lacks: None,
    };
    let mut whole =
        sums([estimate.total_monthly, estimate.minimum_monthly, estimate.maximum_monthly]);
    let of = |cost: &ResourceCost| {
        (cost.address.clone(), sums([cost.monthly, cost.minimum, cost.maximum]))
    };
    let mut resources: BTreeMap<String, Sums> = estimate.resources.iter().map(of).collect();
    let missing = estimate.missing_prices.iter().filter(|line| !line.quantity.is_zero());
    let missing = missing.map(|line| {
        (&line.address, format!("`{}` lacks a price: {}", line.address, line.component))
    });
    let unsupported = estimate.unsupported.iter();
    let unsupported = unsupported
        .map(|it| (&it.address, format!("`{}` is not priced: {}", it.address, it.reason)));
    for (address, why) in missing.chain(unsupported) {
        let why: Str = why.into();
        whole.lacks.get_or_insert_with(|| why.clone());
        resources.entry(address.clone()).or_default().lacks.get_or_insert(why);
    }
    let services = totals(estimate, &Part::Service).into_iter();
    let services = services.map(|(name, sum)| (name, number(sum))).collect();
    check::Bill { currency: estimate.currency.clone(), whole, services, resources }
}

pub(crate) fn read(path: &std::path::Path, machine: &Machine<'_>) -> Result<String, Failure> {
    let bytes = machine.disk().read(path);
    let bytes =
        bytes.map_err(|e| Failure::user(format!("cannot read `{}`: {e}", path.display())))?;
    String::from_utf8(bytes)
        .map_err(|_| Failure::user(format!("`{}` is not UTF-8 text", path.display())))
}

fn wrong_usage(place: &str, errors: &[cost::UsageError]) -> Failure {
    let lines: Vec<String> = errors.iter().map(ToString::to_string).collect();
    Failure::user(format!("{place}: {}", lines.join("; ")))
        .help("`banana cost` lists the assumptions in force by name")
}
