//! What databases and clusters of RDS share: support of old versions, Performance Insights, credits.
//! <https://aws.amazon.com/rds/pricing/>

use crate::bill::{Bill, Rate};
use crate::quantity::{HOURS, Quantity};
use crate::vcpu::{bursts, vcpus};
use model::Attr;
use rust_decimal::Decimal;

/// Engines and the start of their versions whose standard support has ended.
/// <https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/extended-support-versions.html>
const EXTENDED: [(&str, &[&str]); 5] = [
    ("aurora", &["5.7"]),
    ("mysql", &["5.7"]),
    ("aurora-mysql", &["5.7"]),
    ("postgres", &["11", "12"]),
    ("aurora-postgresql", &["11", "12"]),
];
const SUPPORT: Rate = Rate::new("AmazonRDS", "RDS:ExtendedSupport:Yr1-Yr2", "vCPU-Hours");
const INSIGHTS_CALLS: Rate = Rate::new("AmazonRDS", "PI_API", "Requests");
/// Days of Performance Insights that are free.
const FREE_DAYS: i64 = 7;

/// Credits beyond a burstable class, when somebody says so.
pub(crate) fn credits(class: &str, assumption: &'static str, bill: &mut Bill<'_, '_>) {
    if bursts(class) && bill.says(assumption) {
        let family = class.rsplit_once('.').map_or(class, |(family, _)| family);
        let rate = Rate::of("AmazonRDS", format!("CPUCredits:{family}"), "vCPU-Hours");
        let each = bill.said("aurora.vcpu_count").map(|it| it.amount).or_else(|| vcpus(class));
        bill.line(
            "CPU credits",
            &rate,
            bill.assume(assumption).times(each.unwrap_or(Decimal::TWO)),
        );
    }
}

/// Performance Insights: what it keeps beyond a week, and calls.
pub(crate) fn insights(class: &str, assumption: &'static str, bill: &mut Bill<'_, '_>) {
    if !bill.is("performance_insights_enabled") {
        return;
    }
    let days = bill.attr::<i64>("performance_insights_retention_period");
    if matches!(days, Attr::Known(days, _) if days > FREE_DAYS) {
        let (units, usage) = if class == "db.serverless" {
            (capacity(bill).unwrap_or_else(|| Quantity::fixed(0)), "PI_LTR:ACU".to_owned())
        } else {
            let family = class.trim_start_matches("db.").split('.').next().unwrap_or(class);
            (Quantity::fixed(vcpus(class).unwrap_or_default()), format!("PI_LTR:vCPU:{family}"))
        };
        let rate = Rate::of("AmazonRDS", usage, "vCPU-Months");
        bill.line("Performance Insights long term retention", &rate, units);
    }
    if bill.said(assumption).is_none_or(|said| !said.amount.is_zero()) {
        bill.used("Performance Insights API", &INSIGHTS_CALLS, assumption);
    }
}

/// Support for a version whose standard support has ended.
pub(crate) fn extended_support(
    engine: &str,
    version: Option<&str>,
    class: &str,
    bill: &mut Bill<'_, '_>,
) {
    let Some(version) = version else { return };
    let ended = EXTENDED.iter().find(|(name, _)| *name == engine).is_some_and(|(_, versions)| {
        versions.iter().any(|old| version == *old || version.starts_with(&format!("{old}.")))
    });
    if ended && let Some(each) = vcpus(class) {
        let hours =
            Quantity::fixed(each).times(HOURS).because("at the price of its first two years");
        bill.line(format!("extended support of {engine} {version}"), &SUPPORT, hours);
    }
}

/// Capacity units of Aurora Serverless v2: what somebody says.
pub(crate) fn capacity(bill: &Bill<'_, '_>) -> Option<Quantity> {
    bill.said("aurora.capacity_units_per_hr")
}
