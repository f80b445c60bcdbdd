//! Databases: hours by engine and class, storage, backups. <https://aws.amazon.com/rds/pricing/>

use crate::bill::{Bill, Rate, decimal, written};
use crate::quantity::Quantity;
use crate::rds::{credits, extended_support, insights};
use model::Attr;
use rust_decimal::Decimal;

const BACKUP: Rate = Rate::new("AmazonRDS", "RDS:ChargedBackupUsage", "GB-Mo");
const REQUESTS: Rate = Rate::new("AmazonRDS", "RDS:StorageIOUsage", "IOs");

pub(crate) fn write(bill: &mut Bill<'_, '_>) {
    let Attr::Known(class, _) = bill.attr::<&str>("instance_class") else {
        return bill.unsupported("`instance_class` is not known yet");
    };
    let Some(engine) = engine(bill) else {
        return bill
            .unsupported("its engine follows from the database or snapshot that it is made from");
    };
    let (name, sold) = match engine {
        "postgres" => ("PostgreSQL", "PostgreSQL".to_owned()),
        "mysql" => ("MySQL", "MySQL".to_owned()),
        "mariadb" => ("MariaDB", "MariaDB".to_owned()),
        "aurora" | "aurora-mysql" | "aurora-postgresql" => ("Aurora", "Aurora".to_owned()),
        // Editions and licences have prices of their own.
        _ if engine.starts_with("oracle-") || engine.starts_with("sqlserver-") => {
            let own = matches!(
                bill.attr::<&str>("license_model"),
                Attr::Known("bring-your-own-license", _)
            );
            (engine, format!("{engine}{}", if own { ":BYOL" } else { "" }))
        }
        other => return bill.unsupported(format!("engine `{other}` is not priced")),
    };
    let multi = match bill.attr::<bool>("multi_az") {
        Attr::Known(multi, _) => multi,
        Attr::Null(_) => false,
        Attr::Unknown(_) => return bill.unsupported("`multi_az` is not known yet"),
    };
    let usage = if multi { "Multi-AZUsage" } else { "InstanceUsage" };
    let rate = Rate::of("AmazonRDS", format!("{usage}:{class}|{sold}"), "Hrs");
    let zones = if multi { ", two zones" } else { "" };
    bill.hours(format!("{name} {class}{zones}"), &rate);
    storage(multi, bill);
    let retention = bill.attr::<i64>("backup_retention_period");
    if matches!(retention, Attr::Known(days, _) if days > 0)
        || bill.says("db.additional_backup_stored_gb")
    {
        bill.used("additional backup storage", &BACKUP, "db.additional_backup_stored_gb");
    }
    insights(class, "db.additional_performance_insights_requests_month", bill);
    credits(class, "db.cpu_credit_hours_month", bill);
    extended_support(engine, bill.attr::<&str>("engine_version").known().copied(), class, bill);
}

/// The engine that it names, or that of the database that it is a replica of.
fn engine<'a>(bill: &Bill<'_, 'a>) -> Option<&'a str> {
    let source = || {
        let id = bill.model.refers(written(bill.resource, "replicate_source_db"))?;
        let source = bill.model.stack().resources.get(usize::try_from(id.0).ok()?)?;
        written(source, "engine").as_str()
    };
    bill.attr::<&str>("engine").known().copied().or_else(source)
}

fn storage(multi: bool, bill: &mut Bill<'_, '_>) {
    let size = match decimal(written(bill.resource, "allocated_storage")) {
        Some(gb) => Quantity::fixed(gb),
        None => {
            bill.assume("db.allocated_gb").because("the size follows from what it is made from")
        }
    };
    let iops = bill.number("iops").unwrap_or_default();
    let zones = if multi { "Multi-AZ-" } else { "" };
    let Some(class) = bill.choice("storage_type", if iops.is_zero() { "gp2" } else { "io1" })
    else {
        return;
    };
    let rate = |what: &str, unit| Rate::of("AmazonRDS", format!("RDS:{zones}{what}"), unit);
    let (usage, least) = match class {
        "gp3" => ("GP3-Storage", 0),
        "gp2" => ("GP2-Storage", 0),
        "io1" => ("PIOPS-Storage", 100),
        "io2" => ("PIOPS-Storage-IO2", 100),
        "standard" => ("StorageUsage", 0),
        other => return bill.unsupported(format!("storage type `{other}` is not priced")),
    };
    // RDS refuses smaller ones.
    let size = size.map(|gb| gb.max(least.into()));
    let gb = size.amount;
    bill.line("storage", &rate(usage, "GB-Mo"), size);
    match class {
        "standard" => bill.used("I/O requests", &REQUESTS, "db.standard_io_requests_month"),
        "io1" | "io2" => {
            let usage = if class == "io1" { "PIOPS" } else { "PIOPS-IO2" };
            let iops = Quantity::fixed(iops.max(Decimal::ONE_THOUSAND));
            bill.line("provisioned IOPS", &rate(usage, "IOPS-Mo"), iops);
        }
        "gp3" => {
            let included = Decimal::from(if gb >= 400.into() { 12_000 } else { 3_000 });
            if iops > included {
                let more = Quantity::fixed(iops - included)
                    .because(format!("beyond {included} that it has"));
                bill.line("provisioned IOPS", &rate("GP3-PIOPS", "IOPS-Mo"), more);
            }
        }
        _ => {}
    }
}
