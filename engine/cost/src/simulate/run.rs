//! From a stack and its demand to many months and what they cost.

use super::demand::Demand;
use super::engine;
use super::graph::{self, Finding, Found, Limits};
use super::inputs::{Drawn, Input, Inputs, Meaning};
use super::ledger::{DIMENSIONS, Ledger};
use super::outcome::{
    Budget, Distribution, InForce, Money, NotSimulated, ServiceMonths, Simulation, mean, rounded,
};
use super::rules::RULES;
use super::service::{Month, Scenario, Service};
use super::shape::Shape;
use super::triangular::Triangular;
use super::{MINUTES, drivers};
use crate::assumption::Assumption;
use crate::estimate::Estimate;
use crate::price::{MissingPrice, PriceSource};
use crate::usage::Usage;
use model::{EcsService, Model};
use rayon::prelude::*;
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;
use stack::{ResourceId, Str};
use std::collections::BTreeMap;
use syntax::Report;

/// How many scenarios, of which random numbers, against which budget.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Settings {
    /// Any number; the same one gives the same months.
    pub seed: u64,
    /// Months to run, 1 to [`MOST_SCENARIOS`].
    pub scenarios: u32,
    /// What a month may cost, in the bill's currency.
    pub budget: Option<Decimal>,
}

/// More scenarios than that say nothing more, and take memory.
pub const MOST_SCENARIOS: u32 = 1_000_000;

impl Default for Settings {
    fn default() -> Self {
        Self { seed: 1, scenarios: 1000, budget: None }
    }
}

/// Simulates every service that demand is given for. `estimate` is that of the same stack, prices and usage: it stands for all lines that
/// are not simulated.
pub fn simulate(
    model: &Model<'_>,
    prices: &dyn PriceSource,
    usage: &Usage,
    estimate: &Estimate,
    demand: &Demand,
    settings: &Settings,
) -> Simulation {
    let count = settings.scenarios.clamp(1, MOST_SCENARIOS) as usize;
    let mut work = Work {
        ledger: Ledger { model, prices, usage },
        estimate,
        settings,
        used: BTreeMap::new(),
        months: vec![estimate.total_monthly.to_f64().unwrap_or_default(); count],
        services: Vec::new(),
        runs: Vec::new(),
        not: Vec::new(),
        reports: Vec::new(),
    };
    for service in model.all::<EcsService<'_>>() {
        if let Err(reason) = work.service(service, demand) {
            let address = service.resource.address.to_string().into();
            work.not.push(NotSimulated { address, reason });
        }
    }
    work.unknown_addresses(demand);
    work.finish()
}

struct Work<'w, 'a> {
    ledger: Ledger<'w, 'a>,
    estimate: &'w Estimate,
    settings: &'w Settings,
    /// What is used of what, by resource and assumption, in each scenario.
    used: BTreeMap<(ResourceId, &'static str), Vec<f64>>,
    months: Vec<f64>,
    services: Vec<ServiceMonths>,
    runs: Vec<(String, Inputs, Vec<Drawn>)>,
    not: Vec<NotSimulated>,
    reports: Vec<Report>,
}

impl<'a> Work<'_, 'a> {
    fn service(&mut self, service: &EcsService<'a>, demand: &Demand) -> Result<(), String> {
        let address = service.resource.address.to_string();
        let Some((mut inputs, shape)) = demand.of(&address) else {
            return Err(format!(
                "no demand is given: `requests_per_second` in `[simulate.\"{}\"]`, or a trace",
                address.replace('"', "\\\"")
            ));
        };
        let region = self.region(&address).ok_or("it has no bill")?;
        let Ledger { model, usage, .. } = self.ledger;
        let mut found = match graph::read(service, model, usage, region.clone()) {
            Finding::Found(found) => *found,
            Finding::Not(why) => return Err(why),
            Finding::Wrong(reports) => {
                self.reports.extend(reports);
                return Err("it is written wrongly".into());
            }
        };
        found.service.start = inputs.get(Input::StartSeconds);
        found.service.provision = whole(inputs.get(Input::ProvisionSeconds).likely);
        let open = open_limits(&found.limits, &mut inputs, &mut found.notes);
        let (drawn, months) = self.run(&found, &inputs, &shape);
        let tasks = self.tasks(service, &found, &region, &drawn, &months);
        let tasks = tasks.map_err(|missing| missing.to_string())?;
        self.traffic(&mut found, &drawn, &months);
        self.services.push(ServiceMonths {
            inputs: in_force(&inputs, &open),
            notes: found.notes,
            ..summary(&address, &tasks, &months)
        });
        self.runs.push((address, inputs, drawn));
        Ok(())
    }

    fn region(&self, address: &str) -> Option<Str> {
        let cost = self.estimate.resources.iter().find(|cost| cost.address == address);
        cost.map(|cost| cost.region.clone())
    }

    fn run(&self, found: &Found, inputs: &Inputs, shape: &Shape) -> (Vec<Drawn>, Vec<Month>) {
        let service = &found.service;
        let numbers = 0..self.months.len() as u64;
        let both: Vec<(Scenario, Drawn)> = numbers
            .into_par_iter()
            .map(|number| inputs.draw(service, self.settings.seed, number))
            .collect();
        let (scenarios, drawn): (Vec<Scenario>, Vec<Drawn>) = both.into_iter().unzip();
        if found.limits.is_known() {
            let months = engine::run(service, shape, &scenarios);
            return (drawn, months);
        }
        // The engine runs scenarios of one service: those that drew the same limits.
        let mut alike: BTreeMap<(u32, u32), Vec<usize>> = BTreeMap::new();
        for (at, drawn) in drawn.iter().enumerate() {
            alike.entry(found.limits.of(drawn)).or_default().push(at);
        }
        let mut months = vec![Month::default(); drawn.len()];
        for ((min, max), who) in alike {
            let service = Service { min, max, ..service.clone() };
            let theirs: Vec<Scenario> =
                who.iter().filter_map(|at| scenarios.get(*at).copied()).collect();
            for (at, month) in who.iter().zip(engine::run(&service, shape, &theirs)) {
                if let Some(slot) = months.get_mut(*at) {
                    *slot = month;
                }
            }
        }
        (drawn, months)
    }

    /// What its tasks cost in each scenario, instead of what the estimate has for them.
    fn tasks(
        &mut self,
        service: &EcsService<'a>,
        found: &Found,
        region: &Str,
        drawn: &[Drawn],
        months: &[Month],
    ) -> Result<Vec<f64>, MissingPrice> {
        const MONTH: f64 = MINUTES as f64 * 60.0;
        let spot = found.service.spot;
        let estimated = self.ledger.tasks(found.id, region)?;
        let on_demand = self.ledger.task(service, false, region)?;
        let uses_spot = spot.of_first > 0.0 || spot.of_rest > 0.0;
        let on_spot = if uses_spot { self.ledger.task(service, true, region)? } else { 0.0 };
        let costs: Vec<f64> = months
            .iter()
            .zip(drawn)
            .map(|(month, drawn)| {
                let first = month.task_minutes - month.beyond_base;
                let minutes = if uses_spot {
                    f64::from(spot.of_first) * first + f64::from(spot.of_rest) * month.beyond_base
                } else {
                    0.0
                };
                let share = if minutes > 0.0 { minutes / month.task_minutes } else { 0.0 };
                let task_months = (month.task_minutes * 60.0 + month.seconds) / MONTH;
                let spot = on_spot * share * drawn.get(Input::SpotPrice);
                task_months * (on_demand * (1.0 - share) + spot)
            })
            .collect();
        for (month, cost) in self.months.iter_mut().zip(&costs) {
            *month += cost - estimated;
        }
        Ok(costs)
    }

    /// What its traffic uses of other resources.
    fn traffic(&mut self, found: &mut Found, drawn: &[Drawn], months: &[Month]) {
        let touched = found.touched.clone();
        let mut used = |ids: &[ResourceId], name, of: &dyn Fn(&Month, &Drawn) -> f64| {
            for id in ids {
                self.replace(*id, name, &mut found.notes);
                let all = self.used.entry((*id, name)).or_insert_with(|| vec![0.0; months.len()]);
                for (all, (month, drawn)) in all.iter_mut().zip(months.iter().zip(drawn)) {
                    #[expect(clippy::cast_precision_loss, reason = "there are a few of them")]
                    let share = of(month, drawn) / ids.len() as f64;
                    *all += share;
                }
            }
        };
        let balancer: Vec<ResourceId> = touched.balancer.into_iter().collect();
        let hours = f64::from(MINUTES) / 60.0;
        used(&balancer, "lb.lcu", &|month, _| month.units / hours);
        let out =
            |month: &Month, drawn: &Drawn| month.requests * drawn.get(Input::ResponseKb) / 1e6;
        if touched.public_balancer {
            used(&balancer, "lb.egress_gb_month", &out);
        } else if balancer.is_empty() && touched.public_tasks {
            used(&[found.id], "ecs.egress_gb_month", &out);
        }
        used(&touched.log_groups, "logs.ingest_gb_month", &|month, drawn| {
            month.requests * drawn.get(Input::LogBytes) / 1e9
        });
        used(&touched.nat_gateways, "nat.gb_month", &|month, drawn| {
            let moved = month.requests * drawn.get(Input::NatKb) / 1e6;
            moved + month.launches * drawn.get(Input::ImageMb) / 1e3
        });
        used(&touched.nat_gateways, "nat.egress_gb_month", &|month, drawn| {
            month.requests * drawn.get(Input::NatOutKb) / 1e6
        });
    }

    /// Says that assumptions in force give way to what is simulated.
    fn replace(&self, id: ResourceId, name: &'static str, notes: &mut Vec<String>) {
        let Some(resource) = self.ledger.model.stack().resource(id) else { return };
        let address = resource.address.to_string();
        let others: &[&str] = if name == "lb.lcu" { &DIMENSIONS } else { &[] };
        for name in [name].iter().chain(others) {
            let said = Assumption::find(name).map(|it| self.ledger.usage.get(&address, it));
            if let Some(said) = said.filter(|said| !said.is_zero()) {
                notes.push(format!("`{name}` of {address} is simulated, instead of {said}"));
            }
        }
    }

    fn unknown_addresses(&mut self, demand: &Demand) {
        let services = self.ledger.model.all::<EcsService<'_>>();
        let known: Vec<String> = services.iter().map(|s| s.resource.address.to_string()).collect();
        for address in demand.addresses().filter(|at| !known.iter().any(|known| known == at)) {
            let message = format!("`{address}` has demand, but is no ECS service of the stack");
            let near = schema::closest(address, known.iter().map(String::as_str));
            let report = Report::warning("usage-address", message);
            self.reports.push(match near {
                Some(near) => report.help(format!("did you mean `{near}`?")),
                None => report,
            });
        }
    }

    fn finish(mut self) -> Simulation {
        let used = std::mem::take(&mut self.used);
        for ((id, name), used) in used {
            let address = self.ledger.model.stack().resource(id).map(|r| r.address.to_string());
            let address = address.unwrap_or_default();
            let Some(region) = self.region(&address) else { continue };
            match self.ledger.assumed(id, &region, name) {
                Ok(charges) => {
                    for charge in charges {
                        for (month, used) in self.months.iter_mut().zip(&used) {
                            *month += charge.of(*used) - charge.estimated;
                        }
                    }
                }
                Err(missing) => {
                    self.not.push(NotSimulated {
                        address: address.into(),
                        reason: missing.to_string(),
                    });
                }
            }
        }
        let months = self.months;
        let mut drivers: Vec<_> = self
            .runs
            .iter()
            .flat_map(|(address, inputs, drawn)| drivers::read(address, inputs, drawn, &months))
            .collect();
        drivers::sort(&mut drivers);
        let budget = self.settings.budget.map(|budget| {
            let limit = budget.to_f64().unwrap_or_default();
            Budget { limit: Money(limit), probability_over: share(&months, |month| month > limit) }
        });
        Simulation {
            seed: self.settings.seed,
            scenarios: months.len(),
            minutes: MINUTES,
            currency: self.estimate.currency.clone(),
            monthly: Distribution::of(&months, Money),
            budget,
            services: self.services,
            drivers,
            assumptions: RULES.to_vec(),
            not_simulated: self.not,
            reports: self.reports,
            months,
        }
    }
}

/// Takes limits of tasks that are known out of what is uncertain; says what stands for the others, and returns which those are.
fn open_limits(limits: &Limits, inputs: &mut Inputs, notes: &mut Vec<String>) -> Vec<Input> {
    let mut open = Vec::new();
    let least = if limits.scales { "min_capacity" } else { "desired_count" };
    let most = limits.scales.then_some((Input::MaxTasks, "max_capacity", limits.max));
    for (input, name, known) in [(Input::MinTasks, least, limits.min)].into_iter().chain(most) {
        let Meaning { name: stands, default, .. } = input.meaning();
        let given = inputs.get(input) != default;
        if let Some(known) = known {
            if given {
                notes.push(format!("`{stands}` is of no use: `{name}` is {known}"));
            }
            continue;
        }
        if let Some(assumed) = limits.assumed.filter(|_| input == Input::MinTasks && !given) {
            inputs.set(input as usize, assumed);
        }
        notes.push(format!("`{name}` is not known yet: `{stands}` stands for it"));
        open.push(input);
    }
    for input in [Input::MinTasks, Input::MaxTasks].into_iter().filter(|it| !open.contains(it)) {
        inputs.set(input as usize, Triangular::point(0.0));
    }
    open
}

/// The inputs in force, without limits of tasks that the stack knows.
fn in_force(inputs: &Inputs, open: &[Input]) -> Vec<InForce> {
    let known = [Input::MinTasks, Input::MaxTasks].into_iter().filter(|it| !open.contains(it));
    let known: Vec<&str> = known.map(|it| it.meaning().name).collect();
    let mut all = inputs.in_force();
    all.retain(|input| !known.contains(&input.name));
    all
}

fn summary(address: &str, tasks: &[f64], months: &[Month]) -> ServiceMonths {
    let of = |f: fn(&Month) -> f64| {
        let values: Vec<f64> = months.iter().map(f).collect();
        Distribution::of(&values, shown)
    };
    let overload: Vec<f64> = months.iter().map(|month| month.overload).collect();
    ServiceMonths {
        address: address.to_owned(),
        tasks_monthly: Distribution::of(tasks, Money),
        tasks: of(|month| month.task_minutes / f64::from(MINUTES)),
        peak_tasks: of(|month| month.peak),
        starts: of(|month| month.launches),
        requests: of(|month| month.requests),
        capacity_units: of(|month| month.units * 60.0 / f64::from(MINUTES)),
        overload_minutes: of(|month| month.overload),
        probability_of_overload: share(&overload, |minutes| minutes > 0.0),
        inputs: Vec::new(),
        notes: Vec::new(),
    }
}

/// Two digits, and none of thousands.
fn shown(value: f64) -> f64 {
    if value.abs() < 1000.0 { (value * 100.0).round() / 100.0 } else { value.round() }
}

/// The share of values that are so.
fn share(values: &[f64], is: impl Fn(f64) -> bool) -> f64 {
    let each: Vec<f64> = values.iter().map(|value| f64::from(u8::from(is(*value)))).collect();
    rounded(mean(&each))
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "within limits")]
fn whole(seconds: f64) -> u32 {
    seconds.round() as u32
}
