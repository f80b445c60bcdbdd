//! Direct Connect: port hours by bandwidth, and data out to the location. <https://aws.amazon.com/directconnect/pricing/>

use crate::bill::{Bill, Rate};

const OUT: Rate = Rate::new("AWSDirectConnect", "DataXfer-Out", "GB");

pub(crate) fn write(bill: &mut Bill<'_, '_>) {
    let Some(bandwidth) = bill.choice("bandwidth", "1Gbps") else { return };
    let kind =
        if bill.word("dx.connection_type") == Some("hosted") { "Hosted" } else { "Dedicated" };
    let rate = Rate::of("AWSDirectConnect", format!("PortUsage:{kind}:{bandwidth}"), "Hrs");
    bill.hours(format!("connection, {bandwidth}"), &rate);
    if bill.says("dx.outbound_region_to_dx_location_gb_month") {
        bill.used("outbound data transfer", &OUT, "dx.outbound_region_to_dx_location_gb_month");
    }
}
