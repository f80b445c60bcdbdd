//! Subscriptions: deliveries. Those to queues and functions are free. <https://aws.amazon.com/sns/pricing/>

use crate::aws_apigatewayv2_api::steps;
use crate::bill::{Bill, Rate};

pub(crate) fn write(bill: &mut Bill<'_, '_>) {
    let Some(protocol) = bill.choice("protocol", "") else { return };
    let (name, usage) = match protocol {
        "sqs" | "lambda" => return,
        "http" | "https" => ("deliveries by HTTP", "DeliveryAttempts-HTTP"),
        "email" | "email-json" => ("deliveries by mail", "DeliveryAttempts-SMTP"),
        "firehose" => ("deliveries into Firehose", "DeliveryAttempts-FIREHOSE"),
        "application" => ("deliveries to mobile devices", "DeliveryAttempts-ADM"),
        "sms" => ("deliveries by SMS", "DeliveryAttempts-SMS"),
        other => return bill.unsupported(format!("deliveries by `{other}` are not priced")),
    };
    let size = bill.assume("sns.message_kb").map(|kb| steps(kb, 64));
    let deliveries = bill.assume("sns.deliveries_month").by(&size);
    bill.line(name, &Rate::new("AmazonSNS", usage, "Notifications"), deliveries);
}
