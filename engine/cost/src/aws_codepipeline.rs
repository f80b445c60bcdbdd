//! Pipelines: the old kind by the month, the new kind by the minute of its actions.
//! <https://aws.amazon.com/codepipeline/pricing/>

use crate::bill::{Bill, Rate};
use crate::quantity::Quantity;

const ACTIVE: Rate = Rate::new("AWSCodePipeline", "ActivePipeline", "Pipelines");
const MINUTES: Rate = Rate::new("AWSCodePipeline", "ActionExecutionMinutes", "Minutes");

pub(crate) fn write(bill: &mut Bill<'_, '_>) {
    let Some(kind) = bill.choice("pipeline_type", "V1") else { return };
    if kind == "V2" {
        return bill.used("minutes of actions", &MINUTES, "pipeline.action_minutes_month");
    }
    let one = Quantity::fixed(1).because("active in the month: a change runs through it");
    bill.line("active pipeline", &ACTIVE, one);
}
