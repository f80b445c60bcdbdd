//! Functions: calls, and memory times duration. <https://aws.amazon.com/lambda/pricing/>

use crate::bill::{Bill, Rate};
use model::Attr;

pub(crate) fn write(bill: &mut Bill<'_, '_>) {
    let list = bill.attr::<Vec<Attr<'_, &str>>>("architectures");
    let arm = list.elements().iter().any(|one| matches!(one, Attr::Known("arm64", _)));
    let suffix = if arm { "-ARM" } else { "" };
    let rate = |usage, unit| Rate::of("AWSLambda", format!("{usage}{suffix}"), unit);
    let calls = bill.assume("lambda.requests_month");
    bill.line("calls", &rate("Request", "Requests"), calls);
    let duration = bill.assume("lambda.gb_seconds_month");
    bill.line("duration", &rate("Lambda-GB-Second", "GB-Second"), duration);
}
