//! Functions: calls, memory times duration, temporary storage beyond 512 MB. <https://aws.amazon.com/lambda/pricing/>

use crate::bill::{Bill, Rate, decimal, written};
use crate::quantity::Quantity;
use model::field;
use rust_decimal::Decimal;
use stack::Resource;

pub(crate) fn write(bill: &mut Bill<'_, '_>) {
    let suffix = if is_arm(bill.resource) { "-ARM" } else { "" };
    let rate = |usage, unit| Rate::of("AWSLambda", format!("{usage}{suffix}"), unit);
    let calls = bill.assume("lambda.requests_month");
    bill.line("calls", &rate("Request", "Requests"), calls.clone());
    let each = bill.assume("lambda.duration_ms");
    let storage = bill.block("ephemeral_storage").and_then(|block| decimal(field(block, "size")));
    let beyond = storage.unwrap_or_default() - Decimal::from(512);
    if beyond > Decimal::ZERO {
        let stored = gb_seconds(&calls, &each, beyond).because("beyond 512 MB");
        bill.line("ephemeral storage", &rate("Lambda-Storage-GB-Second", "GB-Second"), stored);
    }
    let megabytes = bill.number("memory_size").unwrap_or(128.into());
    let duration = bill
        .said("lambda.gb_seconds_month")
        .unwrap_or_else(|| gb_seconds(&calls, &each, megabytes));
    bill.line("duration", &rate("Lambda-GB-Second", "GB-Second"), duration);
}

pub(crate) fn is_arm(function: &Resource) -> bool {
    written(function, "architectures").elements().any(|one| one.as_str() == Some("arm64"))
}

/// Memory in GB times the seconds of all calls. Each is billed by the millisecond.
pub(crate) fn gb_seconds(calls: &Quantity, each: &Quantity, megabytes: Decimal) -> Quantity {
    let seconds = calls.clone().by(&each.clone().map(|ms| ms.ceil() / Decimal::ONE_THOUSAND));
    seconds.times(megabytes / Decimal::from(1024))
}
