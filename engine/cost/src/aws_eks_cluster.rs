//! Kubernetes control planes. <https://aws.amazon.com/eks/pricing/>

use crate::bill::{Bill, Rate};
use crate::quantity::{HOURS, Quantity};

const CLUSTER: Rate = Rate::new("AmazonEKS", "AmazonEKS-Hours:perCluster", "Hours");

pub(crate) fn write(bill: &mut Bill<'_, '_>) {
    let hours = Quantity::fixed(HOURS).because("a version under standard support");
    bill.line("cluster", &CLUSTER, hours);
}
