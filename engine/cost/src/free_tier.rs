//! What AWS gives each account every month for ever. A stack rarely owns its account, so that nothing of it is taken off
//! unless somebody asks. <https://aws.amazon.com/free/>

use crate::estimate::Estimate;
use crate::money::as_exact;
use crate::quantity::Basis;
use rust_decimal::Decimal;
use serde::Serialize;

/// An amount that an account has free each month.
struct Allowance {
    name: &'static str,
    service: &'static str,
    /// Starts of the usage types that share it.
    usages: &'static [&'static str],
    amount: u32,
}

const fn allowance(
    name: &'static str,
    service: &'static str,
    usages: &'static [&'static str],
    amount: u32,
) -> Allowance {
    Allowance { name, service, usages, amount }
}

const ALLOWANCES: [Allowance; 16] = [
    allowance("100 GB out to the Internet", "AWSDataTransfer", &["DataTransfer-Out-Bytes"], 100),
    allowance(
        "5 GB of logs written",
        "AmazonCloudWatch",
        &["DataProcessing-Bytes", "DataProcessingIA-Bytes"],
        5,
    ),
    allowance("5 GB of logs kept", "AmazonCloudWatch", &["TimedStorage-ByteHrs"], 5),
    allowance("10 custom metrics", "AmazonCloudWatch", &["CW:MetricMonitorUsage"], 10),
    allowance("10 alarms", "AmazonCloudWatch", &["CW:AlarmMonitorUsage"], 10),
    allowance("3 dashboards", "AmazonCloudWatch", &["DashboardsUsageHour"], 3),
    allowance("a million requests to queues", "AWSQueueService", &["Requests-"], 1_000_000),
    allowance("a million messages published", "AmazonSNS", &["Requests-Tier1"], 1_000_000),
    allowance("100,000 deliveries by HTTP", "AmazonSNS", &["DeliveryAttempts-HTTP"], 100_000),
    allowance("1,000 deliveries by mail", "AmazonSNS", &["DeliveryAttempts-SMTP"], 1_000),
    allowance("a million calls of functions", "AWSLambda", &["Request"], 1_000_000),
    allowance("400,000 GB-seconds of functions", "AWSLambda", &["Lambda-GB-Second"], 400_000),
    allowance("20,000 requests to keys", "awskms", &["KMS-Requests"], 20_000),
    allowance("4,000 state transitions", "AmazonStates", &["StateTransition"], 4_000),
    allowance(
        "1 TB out of CloudFront",
        "AmazonCloudFront",
        &["US-DataTransfer-Out-Bytes", "EU-DataTransfer-Out-Bytes"],
        1_024,
    ),
    allowance(
        "two million CloudFront functions",
        "AmazonCloudFront",
        &["Executions-CloudFrontFunctions"],
        2_000_000,
    ),
];

/// What the free tier takes off a bill.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Credit {
    /// The allowance.
    pub name: &'static str,
    /// How much of it the stack uses.
    #[serde(serialize_with = "as_exact")]
    pub quantity: Decimal,
    /// A month, above 0, in the currency of the bill.
    #[serde(serialize_with = "as_exact")]
    pub monthly: Decimal,
}

impl Estimate {
    /// The estimate of a stack that has its account for itself: each allowance taken off once, from the first lines that
    /// use it. Resources keep their figures; the totals and their bounds lose the same amount.
    #[must_use]
    pub fn with_free_tier(mut self) -> Self {
        let (mut off, mut off_fixed) = (Decimal::ZERO, Decimal::ZERO);
        for allowance in &ALLOWANCES {
            let mut left = Decimal::from(allowance.amount);
            let mut saved = Decimal::ZERO;
            for line in self.resources.iter().flat_map(|cost| &cost.components) {
                let mut key = line.price_key.splitn(3, '/');
                let here = key.next() == Some(allowance.service)
                    && key.nth(1).is_some_and(|usage| {
                        allowance.usages.iter().any(|it| usage.starts_with(it))
                    });
                if !here || left.is_zero() {
                    continue;
                }
                let taken = line.quantity.min(left);
                let worth = taken.checked_mul(line.unit_price).unwrap_or_default();
                left -= taken;
                saved += worth;
                if line.basis != Basis::Assumed {
                    off_fixed += worth;
                }
            }
            if !saved.is_zero() {
                let quantity = Decimal::from(allowance.amount) - left;
                self.free_tier.push(Credit { name: allowance.name, quantity, monthly: saved });
                off += saved;
            }
        }
        self.total_monthly -= off;
        self.fixed_monthly -= off_fixed;
        self.maximum_monthly -= off;
        self.minimum_monthly = (self.minimum_monthly - off).max(Decimal::ZERO);
        self
    }
}
