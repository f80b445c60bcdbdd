//! `aws_cloudwatch_metric_alarm`: `CloudWatch` `PutMetricAlarm`, which overwrites, so a create looks first; `DeleteAlarms`. Its key is
//! the name.

use crate::args::Args;
use crate::dialect::{Dialect, Form};
use crate::draft::Draft;
use crate::failure::{absent, taken};
use crate::json_tags::Tagging;
use crate::provider::Aws;
use crate::resource::{Change, Known, New, Resource, Seen};
use crate::signed::CLOUDWATCH;
use crate::tags;
use crate::wire::Members;
use plan::Failure;
use serde_json::{Value as Json, json};

pub(crate) struct MetricAlarm;

const DIALECT: Dialect = Dialect {
    ty: "aws_cloudwatch_metric_alarm",
    capital: true,
    names: &[
        ("dimensions", "Dimensions", Form::Pairs("Name", "Value")),
        ("evaluate_low_sample_count_percentiles", "EvaluateLowSampleCountPercentile", Form::Same),
        ("metric", "MetricStat", Form::Same),
        ("metric_query", "Metrics", Form::List),
        ("ok_actions", "OKActions", Form::Same),
    ],
};

const TAGS: Tagging = Tagging {
    service: &CLOUDWATCH,
    list: "ListTagsForResource",
    set: "TagResource",
    remove: "UntagResource",
    object: "ResourceARN",
    tags: ("Tags", "Tags"),
    keys: "TagKeys",
    pair: ("Key", "Value"),
    kind: None,
};

const FIELDS: [&str; 19] = [
    "actions_enabled",
    "alarm_actions",
    "alarm_description",
    "comparison_operator",
    "datapoints_to_alarm",
    "dimensions",
    "evaluate_low_sample_count_percentiles",
    "evaluation_periods",
    "extended_statistic",
    "insufficient_data_actions",
    "metric_name",
    "namespace",
    "ok_actions",
    "period",
    "statistic",
    "threshold",
    "threshold_metric_id",
    "treat_missing_data",
    "unit",
];

/// What describes the metric of a query, in an object of its own.
const OF_METRIC: [&str; 3] = ["Dimensions", "MetricName", "Namespace"];

impl Resource for MetricAlarm {
    async fn make(&self, aws: &Aws, new: &New<'_>) -> Result<Draft, Failure> {
        let name = new.planned.str("alarm_name").unwrap_or_default();
        if let Some(alarm) = describe(aws, name).await? {
            // An answer may have been lost on the way.
            if is_ours(aws, &alarm, new).await? {
                return Ok(named(new, name));
            }
            return Err(taken("cloudwatch:PutMetricAlarm", &format!("the alarm `{name}`")));
        }
        let mut input = said(new.planned, name);
        input.insert("Tags".to_owned(), TAGS.marked(new));
        aws.signed().json(&CLOUDWATCH, "PutMetricAlarm", &input.into()).await?;
        Ok(named(new, name))
    }

    async fn locate(&self, aws: &Aws, new: &New<'_>) -> Result<Option<Draft>, Failure> {
        let name = new.planned.str("alarm_name").unwrap_or_default();
        let Some(alarm) = describe(aws, name).await? else { return Ok(None) };
        Ok(is_ours(aws, &alarm, new).await?.then(|| named(new, name)))
    }

    async fn read(&self, aws: &Aws, known: &Known<'_>) -> Result<Option<Seen>, Failure> {
        let Some(mut alarm) = describe(aws, known.id()).await? else { return Ok(None) };
        let tags = TAGS.read(aws, arn(&alarm)).await?;
        for query in alarm.get_mut("Metrics").and_then(Json::as_array_mut).into_iter().flatten() {
            if let Some(Json::Object(stat)) = query.get_mut("MetricStat")
                && let Some(Json::Object(metric)) = stat.remove("Metric")
            {
                stat.extend(metric);
            }
        }
        let mut draft = known.draft();
        draft.set("arn", arn(&alarm)).set("alarm_name", known.id());
        DIALECT.write(&mut draft, &FIELDS, &alarm);
        DIALECT.write(&mut draft, &["metric_query"], &alarm);
        tags::write(&mut draft, known.object, tags);
        Ok(Some(Seen::ready(draft).agreeing(known, &["threshold", "comparison_operator"])))
    }

    async fn update(&self, aws: &Aws, change: &Change<'_>) -> Result<Draft, Failure> {
        let fields = [&FIELDS[..], &["metric_query"]].concat();
        change.only(&fields)?;
        if change.touches(&fields) {
            let input = said(change.planned, change.id());
            aws.signed().json(&CLOUDWATCH, "PutMetricAlarm", &input.into()).await?;
        }
        TAGS.change(aws, change.prior.str("arn").unwrap_or_default(), change).await?;
        Ok(change.draft())
    }

    async fn delete(&self, aws: &Aws, known: &Known<'_>) -> Result<(), Failure> {
        let input = json!({"AlarmNames": [known.id()]});
        Ok(aws.signed().json(&CLOUDWATCH, "DeleteAlarms", &input).await.map(drop)?)
    }
}

fn named(new: &New<'_>, name: &str) -> Draft {
    let mut draft = new.draft(name);
    draft.set("alarm_name", name);
    draft
}

fn arn(alarm: &Json) -> &str {
    alarm.get("AlarmArn").and_then(Json::as_str).unwrap_or_default()
}

async fn is_ours(aws: &Aws, alarm: &Json, new: &New<'_>) -> Result<bool, Failure> {
    Ok(tags::made_by(&TAGS.read(aws, arn(alarm)).await?, new.token))
}

async fn describe(aws: &Aws, name: &str) -> Result<Option<Json>, Failure> {
    let input = json!({"AlarmNames": [name], "AlarmTypes": ["MetricAlarm"]});
    let answer = aws.signed().json(&CLOUDWATCH, "DescribeAlarms", &input).await;
    let mut answer = absent(answer.map_err(Failure::from))?;
    Ok(answer.pointer_mut("/MetricAlarms/0").map(Json::take))
}

/// The whole alarm: a put says all there is to say.
fn said(planned: Args<'_>, name: &str) -> Members {
    let mut input = DIALECT.members(planned, &FIELDS);
    // Terraform's zero is nothing said, and the API refuses it.
    if input.get("DatapointsToAlarm").and_then(Json::as_i64) == Some(0) {
        input.remove("DatapointsToAlarm");
    }
    input.append(&mut DIALECT.members(planned, &["metric_query"]));
    let queries = input.get_mut("Metrics").and_then(Json::as_array_mut);
    for query in queries.into_iter().flatten() {
        if let Some(Json::Object(stat)) = query.get_mut("MetricStat") {
            let metric = OF_METRIC.into_iter();
            let metric = metric.filter_map(|name| Some((name.to_owned(), stat.remove(name)?)));
            let metric: Members = metric.collect();
            stat.insert("Metric".to_owned(), metric.into());
        }
    }
    input.insert("AlarmName".to_owned(), name.into());
    input
}
