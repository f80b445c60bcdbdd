//! Provisioned concurrency: memory kept ready, calls, and their duration at its own price.
//! <https://aws.amazon.com/lambda/pricing/>

use crate::aws_lambda_function::{gb_seconds, is_arm};
use crate::bill::{Bill, Rate, decimal, written};
use crate::quantity::Quantity;
use rust_decimal::Decimal;

pub(crate) fn write(bill: &mut Bill<'_, '_>) {
    let function = bill.model.refers(written(bill.resource, "function_name"));
    let function =
        function.and_then(|id| bill.model.stack().resources.get(usize::try_from(id.0).ok()?));
    let own =
        function.map(|function| decimal(written(function, "memory_size")).unwrap_or(128.into()));
    let said = bill.said("concurrency.memory_mb").map(|it| it.amount);
    let megabytes = said.or(own).unwrap_or(512.into());
    let arm = match bill.word("concurrency.architecture") {
        Some(word) => word == "arm64",
        None => function.is_some_and(is_arm),
    };
    let suffix = if arm { "-ARM" } else { "" };
    let rate = |usage: &str, unit| Rate::of("AWSLambda", format!("{usage}{suffix}"), unit);
    bill.used("requests", &rate("Request", "Requests"), "concurrency.requests_month");
    let count = bill.count("provisioned_concurrent_executions", 1, "resource.instances");
    let ready = bill
        .assume("concurrency.duration_hours_month")
        .times(3600)
        .times(megabytes / Decimal::from(1024))
        .by(&count);
    bill.line(
        "provisioned concurrency",
        &rate("Lambda-Provisioned-Concurrency", "GB-Second"),
        ready,
    );
    let calls = bill.assume("concurrency.requests_month");
    let each = bill.assume("concurrency.request_duration_ms");
    let duration: Quantity = gb_seconds(&calls, &each, megabytes);
    bill.line("duration", &rate("Lambda-Provisioned-GB-Second", "GB-Second"), duration);
}
