//! The provider's schema laid over what is written: the configuration object, and the object that a create plans.

mod adjust;
mod block;
mod config;
mod container_definition;
mod generic;
mod planned;
mod tags;
pub(crate) mod types;
mod validate;

pub(crate) use config::config;
pub(crate) use generic::generic;
pub(crate) use planned::{planned, unread};

use crate::eval::Scope;
use crate::load::Resource;
use crate::{Mode, Value};
use schema::{Rule, closest};
use syntax::Report;

/// The configuration object of a resource or data source instance.
pub(crate) fn resource(scope: &dyn Scope, declared: &Resource, reports: &mut Vec<Report>) -> Value {
    match declared.schema {
        Some(schema) => {
            let place = format!("`{}`", declared.ty);
            let object =
                config(scope, &declared.content, schema.body, &place, declared.header, reports);
            if declared.mode == Mode::Managed {
                for entry in schema.planned().iter().filter(|entry| entry.rule == Rule::Required) {
                    demanded(&object, entry.path, reports);
                }
                validate::check_resource(schema, &object, declared.header, reports);
            }
            validate::check(schema, &object, declared.header, reports);
            object
        }
        None => generic(scope, &declared.content, reports),
    }
}

/// Reports elements that lack what the provider demands inside blocks, though the schema calls it optional.
fn demanded(object: &Value, path: &str, reports: &mut Vec<Report>) {
    let Some((block, name)) = path.split_once('.') else { return };
    for element in object.get(block).into_iter().flat_map(Value::elements) {
        if element.get(name).is_some_and(Value::is_null)
            && let Some(at) = element.blame.at
        {
            let text = format!("`{block}` needs the argument `{name}`");
            let report = Report::error("needs-argument", text);
            reports.push(report.at(at, format!("`{name}` is missing")));
        }
    }
}

/// Whether a resource type is one of the provider's older ones (terraform-plugin-sdk): its `id` may be written, if only in principle.
/// They plan zero values in sets, and no set or map of which a part is unknown.
pub fn is_older_type(ty: &str) -> bool {
    // Their `id` is in their own schema, so that it cannot be written: by the plan of their tags.
    const WITH_OWN_ID: [&str; 3] = [
        "aws_chimesdkvoice_voice_profile_domain",
        "aws_codebuild_fleet",
        "aws_finspace_kx_environment",
    ];
    if WITH_OWN_ID.contains(&ty) {
        return true;
    }
    schema::resource(ty)
        .is_some_and(|schema| schema.body.attribute("id").is_some_and(|id| id.optional))
}

/// A type of the AWS provider that is none.
pub(crate) fn unknown_type(declared: &Resource) -> Option<Report> {
    let ours = declared.ty.starts_with("aws_") || declared.ty.starts_with("terraform_");
    if declared.schema.is_some() || !ours {
        return None;
    }
    let (kind, names): (_, Vec<&str>) = match declared.mode {
        Mode::Managed => ("resource type", schema::resource_names().collect()),
        crate::Mode::Data => ("data source", schema::data_source_names().collect()),
    };
    let text = format!("the AWS provider 5.100 has no {kind} `{}`", declared.ty);
    let report = Report::error("unknown-resource-type", text).at(declared.header, "not known");
    Some(match closest(&declared.ty, names) {
        Some(like) => report.help(format!("did you mean `{like}`?")),
        None => report,
    })
}
