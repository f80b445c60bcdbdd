//! Glue jobs: hours times the data processing units that they ask for. <https://aws.amazon.com/glue/pricing/>

use crate::bill::{Bill, Rate};
use model::field;
use rust_decimal::Decimal;

const DURATION: Rate = Rate::new("AWSGlue", "ETL-DPU-Hour", "DPU-Hour");

pub(crate) fn write(bill: &mut Bill<'_, '_>) {
    let shell =
        bill.block("command").and_then(|it| field(it, "name").as_str()) == Some("pythonshell");
    let default = if shell { Decimal::new(625, 4) } else { Decimal::TEN };
    let each = match bill.attr::<&str>("worker_type").known() {
        Some(&"G.2X") => Decimal::TWO,
        Some(&"G.4X") => 4.into(),
        Some(&"G.8X") => 8.into(),
        Some(&"G.025X") => Decimal::new(25, 2),
        _ => Decimal::ONE,
    };
    let workers = bill.number("number_of_workers").map(|workers| workers * each);
    let units =
        bill.number("max_capacity").filter(|units| !units.is_zero()).or(workers).unwrap_or(default);
    let hours = bill
        .assume("glue.hours_month")
        .times(units)
        .because(format!("{} DPU each hour", units.normalize()));
    bill.line("duration", &DURATION, hours);
}
