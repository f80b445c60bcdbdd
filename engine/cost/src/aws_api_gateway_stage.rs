//! Stages of REST APIs: the cache, by its size and the hour. <https://aws.amazon.com/api-gateway/pricing/>

use crate::bill::{Bill, Rate};

pub(crate) fn write(bill: &mut Bill<'_, '_>) {
    if !bill.is("cache_cluster_enabled") {
        return;
    }
    let Some(size) = bill.choice("cache_cluster_size", "0.5") else { return };
    let rate = Rate::of("AmazonApiGateway", format!("ApiGatewayCacheUsage:{size}GB"), "Hrs");
    bill.hours(format!("cache memory, {size} GB"), &rate);
}
