//! Directories: two domain controllers at least, by the hour. <https://aws.amazon.com/directoryservice/pricing/>

use crate::bill::{Bill, Rate};
use crate::quantity::{HOURS, Quantity};

/// Every directory has one in each of two zones.
const CONTROLLERS: i64 = 2;

pub(crate) fn write(bill: &mut Bill<'_, '_>) {
    let Some(kind) = bill.choice("type", "SimpleAD") else { return };
    let sized = if kind == "MicrosoftAD" {
        bill.choice("edition", "Enterprise")
    } else {
        bill.choice("size", "Large")
    };
    let Some(size) = sized else { return };
    let usage = match (kind, size) {
        ("MicrosoftAD", edition) => format!("MicrosoftAD-DC:{edition}"),
        ("ADConnector", "Large") => "ADConnector:Large".to_owned(),
        // The small ones are sold together.
        (_, "Small") => "SimpleAD:Small".to_owned(),
        (_, size) => format!("SimpleAD:{size}"),
    };
    let rate = Rate::of("AWSDirectoryService", usage, "Hrs");
    let controllers = Quantity::fixed(CONTROLLERS).times(HOURS);
    bill.line(format!("directory service, {kind} {size}"), &rate, controllers);
    if kind == "ADConnector" {
        return;
    }
    let more = bill.assume("directory.additional_domain_controllers").times(HOURS);
    bill.line("additional domain controllers", &rate, more);
    if kind == "MicrosoftAD" {
        let shared = Rate::of("AWSDirectoryService", format!("MicrosoftAD-Shared:{size}"), "Hrs");
        let accounts = bill.assume("directory.shared_accounts").times(HOURS);
        bill.line("directory sharing", &shared, accounts);
    }
}
