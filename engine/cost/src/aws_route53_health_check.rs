//! Health checks: each, and each of its options. <https://aws.amazon.com/route53/pricing/>

use crate::bill::{Bill, Rate};
use crate::quantity::Quantity;
use model::Attr;

pub(crate) fn write(bill: &mut Bill<'_, '_>) {
    let Some(kind) = bill.choice("type", "HTTP") else { return };
    if matches!(kind, "CALCULATED" | "CLOUDWATCH_METRIC" | "RECOVERY_CONTROL") {
        return bill.note(
            "checks of checks, of alarms and of routing controls cost nothing by themselves",
        );
    }
    let outside = bill.word("health_check.endpoint_type") == Some("non_aws");
    let place = if outside { "Non-AWS" } else { "AWS" };
    let rate =
        |usage: &str| Rate::of("AmazonRoute53", format!("{usage}-{place}"), "Checks").at("global");
    bill.line("health check", &rate("Health-Check"), Quantity::fixed(1));
    let fast = matches!(bill.attr::<i64>("request_interval"), Attr::Known(10, _));
    let options =
        [kind.starts_with("HTTPS"), fast, bill.is("measure_latency"), kind.ends_with("STR_MATCH")];
    let count = options.iter().filter(|it| **it).count();
    if count > 0 {
        bill.line("optional features", &rate("Health-Check-Option"), Quantity::fixed(count));
    }
}
