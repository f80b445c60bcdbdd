//! Tables: provisioned capacity by the hour or requests, and storage. <https://aws.amazon.com/dynamodb/pricing/>

use crate::bill::{Bill, Rate, decimal, written};
use crate::quantity::{HOURS, Quantity};
use model::{Attr, field};
use rust_decimal::Decimal;

const READ_HOURS: Rate = Rate::new("AmazonDynamoDB", "ReadCapacityUnit-Hrs", "RCU-Hrs");
const WRITE_HOURS: Rate = Rate::new("AmazonDynamoDB", "WriteCapacityUnit-Hrs", "WCU-Hrs");
const READS: Rate = Rate::new("AmazonDynamoDB", "ReadRequestUnits", "ReadRequestUnits");
const WRITES: Rate = Rate::new("AmazonDynamoDB", "WriteRequestUnits", "WriteRequestUnits");
const STORED: Rate = Rate::new("AmazonDynamoDB", "TimedStorage-ByteHrs", "GB-Mo");

pub(crate) fn write(bill: &mut Bill<'_, '_>) {
    match bill.attr::<&str>("billing_mode") {
        Attr::Known("PAY_PER_REQUEST", _) => {
            bill.line("reads on demand", &READS, bill.assume("dynamodb.read_units_month"));
            bill.line("writes on demand", &WRITES, bill.assume("dynamodb.write_units_month"));
        }
        Attr::Known("PROVISIONED", _) | Attr::Null(_) => {
            provisioned(bill, "read capacity", "read_capacity", &READ_HOURS);
            provisioned(bill, "write capacity", "write_capacity", &WRITE_HOURS);
        }
        Attr::Known(mode, _) => {
            return bill.unsupported(format!("there is no billing mode `{mode}`"));
        }
        Attr::Unknown(_) => return bill.unsupported("`billing_mode` is not known yet"),
    }
    bill.line("items kept", &STORED, bill.assume("dynamodb.stored_gb"));
    if !written(bill.resource, "replica").is_empty() && !written(bill.resource, "replica").is_null()
    {
        bill.unsupported("replicas of a global table are not priced");
    }
}

/// The table's capacity and that of its global indexes.
fn provisioned(bill: &mut Bill<'_, '_>, name: &str, attribute: &str, rate: &Rate) {
    let indexes = written(bill.resource, "global_secondary_index");
    let of_table = written(bill.resource, attribute);
    let parts =
        std::iter::once(of_table).chain(indexes.elements().map(|index| field(index, attribute)));
    let mut units = Decimal::ZERO;
    for part in parts {
        if part.is_unknown() || indexes.is_unknown() {
            return bill.unsupported(format!("`{attribute}` is not known yet"));
        }
        units = units.saturating_add(decimal(part).unwrap_or_default());
    }
    bill.line(name, rate, Quantity::fixed(units).times(HOURS));
}
