//! The provider's schema laid over what is written: the configuration object, and the object that a create plans.

mod adjust;
mod block;
mod config;
mod generic;
mod planned;
mod tags;
mod types;

pub(crate) use config::config;
pub(crate) use generic::generic;
pub(crate) use planned::{planned, unread};

use crate::Value;
use crate::eval::Scope;
use crate::load::Resource;
use schema::closest;
use syntax::Report;

/// The configuration object of a resource or data source instance.
pub(crate) fn resource(scope: &dyn Scope, declared: &Resource, reports: &mut Vec<Report>) -> Value {
    match declared.schema {
        Some(schema) => {
            let place = format!("`{}`", declared.ty);
            config(scope, &declared.content, schema.body, &place, declared.header, reports)
        }
        None => generic(scope, &declared.content, reports),
    }
}

/// A type of the AWS provider that is none.
pub(crate) fn unknown_type(declared: &Resource) -> Option<Report> {
    let ours = declared.ty.starts_with("aws_") || declared.ty.starts_with("terraform_");
    if declared.schema.is_some() || !ours {
        return None;
    }
    let (kind, names): (_, Vec<&str>) = match declared.mode {
        crate::Mode::Managed => ("resource type", schema::resource_names().collect()),
        crate::Mode::Data => ("data source", schema::data_source_names().collect()),
    };
    let text = format!("the AWS provider 5.100 has no {kind} `{}`", declared.ty);
    let report = Report::error("unknown-resource-type", text).at(declared.header, "not known");
    Some(match closest(&declared.ty, names) {
        Some(like) => report.help(format!("did you mean `{like}`?")),
        None => report,
    })
}
