//! `aws_cloudwatch_dashboard`: `CloudWatch` `PutDashboard`, which overwrites, so a create looks first; `DeleteDashboards`. Its key is the
//! name; it carries no tags.

use crate::draft::Draft;
use crate::failure::{absent, taken};
use crate::provider::Aws;
use crate::resource::{Change, Known, New, Resource, Seen};
use crate::signed::CLOUDWATCH;
use plan::Failure;
use plan::document;
use serde_json::{Value as Json, json};

pub(crate) struct Dashboard;

impl Resource for Dashboard {
    async fn make(&self, aws: &Aws, new: &New<'_>) -> Result<Draft, Failure> {
        let name = new.planned.str("dashboard_name").unwrap_or_default();
        if describe(aws, name).await?.is_some() {
            let what = format!("the dashboard `{name}`");
            return Err(taken("cloudwatch:PutDashboard", &what));
        }
        put(aws, name, new.planned.str("dashboard_body")).await?;
        Ok(named(new, name))
    }

    async fn locate(&self, aws: &Aws, new: &New<'_>) -> Result<Option<Draft>, Failure> {
        let name = new.planned.str("dashboard_name").unwrap_or_default();
        let asked = new.planned.str("dashboard_body").unwrap_or_default();
        let ours = describe(aws, name).await?.is_some_and(|dashboard| {
            // There was none of this name when the create began: putting this one again would change nothing.
            body(&dashboard).is_some_and(|body| agree(body, asked))
        });
        Ok(ours.then(|| named(new, name)))
    }

    async fn read(&self, aws: &Aws, known: &Known<'_>) -> Result<Option<Seen>, Failure> {
        let Some(dashboard) = describe(aws, known.id()).await? else { return Ok(None) };
        let text = |name: &str| dashboard.get(name).and_then(Json::as_str);
        let mut draft = known.draft();
        draft.set("dashboard_arn", text("DashboardArn")).set("dashboard_name", known.id());
        let body = body(&dashboard).unwrap_or_default();
        if !draft.str("dashboard_body").is_some_and(|old| agree(old, body)) {
            draft.set("dashboard_body", body);
        }
        Ok(Some(Seen::ready(draft).agreeing(known, &["dashboard_body"])))
    }

    async fn update(&self, aws: &Aws, change: &Change<'_>) -> Result<Draft, Failure> {
        change.only(&["dashboard_body"])?;
        if change.touches(&["dashboard_body"]) {
            put(aws, change.id(), change.planned.str("dashboard_body")).await?;
        }
        Ok(change.draft())
    }

    async fn delete(&self, aws: &Aws, known: &Known<'_>) -> Result<(), Failure> {
        let input = json!({"DashboardNames": [known.id()]});
        Ok(aws.signed().json(&CLOUDWATCH, "DeleteDashboards", &input).await.map(drop)?)
    }
}

fn named(new: &New<'_>, name: &str) -> Draft {
    let mut draft = new.draft(name);
    draft.set("dashboard_name", name);
    draft
}

/// Both texts are one dashboard.
fn agree(one: &str, other: &str) -> bool {
    one == other || document::agree("dashboard_body", one, other, false)
}

fn body(dashboard: &Json) -> Option<&str> {
    dashboard.get("DashboardBody")?.as_str()
}

async fn describe(aws: &Aws, name: &str) -> Result<Option<Json>, Failure> {
    let input = json!({"DashboardName": name});
    let answer = aws.signed().json(&CLOUDWATCH, "GetDashboard", &input).await;
    let dashboard = absent(answer.map_err(Failure::from))?;
    Ok(Some(dashboard).filter(|dashboard| body(dashboard).is_some()))
}

async fn put(aws: &Aws, name: &str, body: Option<&str>) -> Result<(), Failure> {
    let input = json!({"DashboardName": name, "DashboardBody": body});
    Ok(aws.signed().json(&CLOUDWATCH, "PutDashboard", &input).await.map(drop)?)
}
