//! Capacity units of load balancers: in each hour the largest of what connections, bytes and rules ask for.
//! <https://aws.amazon.com/elasticloadbalancing/pricing/>

use crate::bill::Bill;
use crate::quantity::{HOURS, Quantity};
use model::{Lb, field};
use rust_decimal::Decimal;
use stack::Value;

/// What one unit holds: new connections a second, active ones, GB an hour, rule evaluations a second.
pub(crate) struct Unit {
    pub(crate) new: i32,
    pub(crate) active: i32,
    pub(crate) gb: i32,
    pub(crate) rules: Option<i32>,
}

const APPLICATION: Unit = Unit { new: 25, active: 3_000, gb: 1, rules: Some(1_000) };
const TCP: Unit = Unit { new: 800, active: 100_000, gb: 1, rules: None };
const UDP: Unit = Unit { new: 400, active: 50_000, gb: 1, rules: None };
const TLS: Unit = Unit { new: 50, active: 3_000, gb: 1, rules: None };
const GATEWAY: Unit = Unit { new: 600, active: 60_000, gb: 1, rules: None };

/// Units on average over the month, for load that is the same all month: the `lb.lcu` that somebody says, or more when one
/// of the dimensions asks for more.
pub(crate) fn units(kind: &str, lb: &Lb<'_>, bill: &Bill<'_, '_>) -> Quantity {
    let unit = unit(kind, lb, bill);
    let by = |name, size: i32| bill.assume(name).map(|amount| amount / Decimal::from(size));
    let rules =
        unit.rules.map(|size| ("rule evaluations", by("lb.rule_evaluations_per_second", size)));
    let dimensions = [
        ("new connections", by("lb.new_connections_per_second", unit.new)),
        ("active connections", by("lb.active_connections", unit.active)),
        ("processed bytes", by("lb.processed_gb_month", unit.gb).map(|gb| gb / HOURS)),
    ];
    let mut most = bill.assume("lb.lcu");
    let mut why = None;
    for (name, units) in dimensions.into_iter().chain(rules) {
        let larger = units.amount > most.amount;
        let [low, likely, high] = most.range();
        let [least, amount, greatest] = units.range();
        let ranged = units.least.is_some() || most.least.is_some();
        let assumption = if larger { units.assumption } else { most.assumption };
        if larger {
            why = Some(name);
        }
        most = Quantity { amount: likely.max(amount), assumption, ..most };
        if ranged {
            most = most.at_least(low.max(least)).at_most(high.max(greatest));
        }
    }
    match why {
        Some(name) => most.because(format!("{name} ask for most")),
        None => most,
    }
}

/// What a unit of a kind of load balancer holds.
pub(crate) fn unit(kind: &str, lb: &Lb<'_>, bill: &Bill<'_, '_>) -> Unit {
    match kind {
        "Application" => APPLICATION,
        "Gateway" => GATEWAY,
        _ => of_listeners(lb, bill),
    }
}

/// A network load balancer's units are those of its listeners' protocol; of several, the smallest.
fn of_listeners(lb: &Lb<'_>, bill: &Bill<'_, '_>) -> Unit {
    let of = |name: &str| match name {
        "TLS" => 0,
        "UDP" | "TCP_UDP" | "QUIC" | "TCP_QUIC" => 1,
        _ => 2,
    };
    let listeners = bill.model.stack().resources.iter().filter(|it| {
        matches!(it.address.ty.as_str(), "aws_lb_listener" | "aws_alb_listener")
            && bill.model.refers(field(&it.value, "load_balancer_arn")) == Some(lb.id)
    });
    let smallest =
        listeners.filter_map(|it| Value::as_str(field(&it.value, "protocol"))).map(of).min();
    match smallest {
        Some(0) => TLS,
        Some(1) => UDP,
        _ => TCP,
    }
}
