//! Dedicated hosts: hours by the family of machines. <https://aws.amazon.com/ec2/dedicated-hosts/pricing/>

use crate::bill::{Bill, Rate};
use model::Attr;

pub(crate) fn write(bill: &mut Bill<'_, '_>) {
    let family = bill.attr::<&str>("instance_family");
    let family = match (bill.attr::<&str>("instance_type"), family) {
        (Attr::Known(class, _), _) => class.split('.').next().unwrap_or(class),
        (_, Attr::Known(family, _)) => family,
        _ => return bill.unsupported("neither `instance_type` nor `instance_family` is known yet"),
    };
    let rate = Rate::of("AmazonEC2", format!("HostUsage:{family}"), "Hrs");
    bill.hours(format!("dedicated host, {family}"), &rate);
}
