//! Virtual servers of Lightsail: a flat price by bundle. <https://aws.amazon.com/lightsail/pricing/>

use crate::bill::{Bill, Rate};

pub(crate) fn write(bill: &mut Bill<'_, '_>) {
    let Some(bundle) = bill.choice("bundle_id", "") else { return };
    let system = if bundle.contains("_win_") { "Windows" } else { "Linux/UNIX" };
    let rate = Rate::of("AmazonLightsail", format!("BundleUsage:{bundle}"), "Hrs");
    bill.hours(format!("virtual server, {system}"), &rate);
}
