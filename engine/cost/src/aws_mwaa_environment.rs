//! Airflow environments: the environment, further workers and schedulers by the hour, the database.
//! <https://aws.amazon.com/managed-workflows-for-apache-airflow/pricing/>

use crate::bill::{Bill, Rate};
use crate::quantity::HOURS;

const DATABASE: Rate = Rate::new("AmazonMWAA", "Database-Storage", "GB-Mo");

pub(crate) fn write(bill: &mut Bill<'_, '_>) {
    let Some(class) = bill.choice("environment_class", "mw1.small") else { return };
    let class = class.strip_prefix("mw1.").unwrap_or(class);
    let mut letters = class.chars();
    let class: String =
        letters.next().into_iter().flat_map(char::to_uppercase).chain(letters).collect();
    let rate = |what: &str| Rate::of("AmazonMWAA", format!("{what}:{class}"), "Hrs");
    bill.hours(format!("environment, {class}"), &rate("Environment"));
    bill.line(
        "additional workers",
        &rate("Worker"),
        bill.assume("mwaa.additional_workers").times(HOURS),
    );
    bill.line(
        "additional schedulers",
        &rate("Scheduler"),
        bill.assume("mwaa.additional_schedulers").times(HOURS),
    );
    bill.used("meta database", &DATABASE, "mwaa.meta_database_gb");
}
