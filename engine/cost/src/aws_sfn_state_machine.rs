//! State machines: transitions, or requests and memory times duration. <https://aws.amazon.com/step-functions/pricing/>

use crate::bill::{Bill, Rate};
use rust_decimal::Decimal;

const TRANSITIONS: Rate = Rate::new("AmazonStates", "StateTransition", "StateTransitions");
const REQUESTS: Rate = Rate::new("AmazonStates", "StepFunctions-Request", "Requests");
const DURATION: Rate = Rate::new("AmazonStates", "StepFunctions-GB-Second", "GB-Second");

pub(crate) fn write(bill: &mut Bill<'_, '_>) {
    let Some(kind) = bill.choice("type", "STANDARD") else { return };
    if kind != "EXPRESS" {
        return bill.used("transitions", &TRANSITIONS, "sfn.transitions_month");
    }
    let requests = bill.assume("sfn.requests_month");
    bill.line("requests", &REQUESTS, requests.clone());
    // Durations count in steps of 100 ms, memory in steps of 64 MB.
    let step =
        |amount: Decimal, size: u32| (amount / Decimal::from(size)).ceil() * Decimal::from(size);
    let seconds =
        bill.assume("sfn.workflow_duration_ms").map(|ms| step(ms, 100) / Decimal::ONE_THOUSAND);
    let gb =
        bill.assume("sfn.memory_mb").map(|mb| step(mb, 64).max(64.into()) / Decimal::from(1024));
    bill.line("duration", &DURATION, requests.by(&seconds).by(&gb));
}
