//! Clusters cost nothing; Container Insights, when they switch it on, is billed as custom metrics.
//! <https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/Container-Insights-metrics-ECS.html>

use crate::aws_ecs_service::tasks;
use crate::bill::{Bill, Rate};
use crate::quantity::Quantity;
use model::{Attr, EcsCluster, EcsService};
use rust_decimal::Decimal;
use std::collections::BTreeSet;

const METRICS: Rate = Rate::new("AmazonCloudWatch", "CW:MetricMonitorUsage", "Metrics");
const ENHANCED: Rate = Rate::new(
    "AmazonCloudWatch",
    "CW:ContainerInsightsEnhanced-ECS-Metric(page key: Metric 0 upto Inf)",
    "Metrics",
);
const EVENTS: Rate = Rate::new("AmazonCloudWatch", "DataProcessing-Bytes|PutLogEvents", "GB");

pub(crate) fn write<'a>(cluster: &EcsCluster<'a>, bill: &mut Bill<'_, 'a>) {
    let insights = cluster
        .setting
        .elements()
        .iter()
        .filter_map(Attr::known)
        .find(|setting| matches!(setting.name, Attr::Known("containerInsights", _)))
        .map(|setting| setting.value_);
    let enhanced = matches!(insights, Some(Attr::Known("enhanced", _)));
    let (rate, label) = match insights {
        Some(Attr::Known("enabled", _)) => (&METRICS, "Container Insights"),
        Some(Attr::Known("enhanced", _)) => (&ENHANCED, "enhanced Container Insights"),
        Some(Attr::Unknown(_)) => {
            return bill.unsupported("whether Container Insights is on is not known yet");
        }
        _ => return,
    };
    let services: Vec<&EcsService<'_>> = bill
        .model
        .all::<EcsService<'_>>()
        .iter()
        .filter(|service| {
            let named = bill.model.of::<EcsCluster<'_>, _>(&service.cluster).here();
            named.is_some_and(|named| named.id == cluster.id)
        })
        .collect();
    let families: BTreeSet<_> = services
        .iter()
        .filter_map(|s| bill.model.of::<model::EcsTaskDefinition<'_>, _>(&s.task_definition).here())
        .map(|definition| definition.id)
        .collect();
    let mut line = |what, assumption, count: usize, note: String| {
        let metrics = bill.assume(assumption).by(&Quantity::derived(count, note));
        bill.line(format!("{label} metrics of {what}"), rate, metrics);
    };
    line("the cluster", "insights.metrics_per_cluster", 1, "one cluster".into());
    line(
        "task families",
        "insights.metrics_per_task_family",
        families.len(),
        format!("task definitions that its services run: {}", families.len()),
    );
    line(
        "services",
        "insights.metrics_per_service",
        services.len(),
        format!("services of the stack in it: {}", services.len()),
    );
    if enhanced {
        let tasks = services.iter().map(|service| tasks(service, bill).amount).sum::<Decimal>();
        let each = bill.assume("insights.metrics_per_task");
        let metrics = each.by(&Quantity::derived(tasks, format!("tasks of its services: {tasks}")));
        bill.line(format!("{label} metrics of tasks"), rate, metrics);
    }
    let events = bill.assume("insights.logs_gb_month");
    bill.line(format!("{label} performance events"), &EVENTS, events);
}
