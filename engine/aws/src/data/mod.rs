//! Data sources that plan and apply ask AWS for.

mod aws_availability_zones;
mod aws_caller_identity;
pub(crate) mod aws_ecr_image;
mod aws_partition;
mod aws_region;

use crate::args::Args;
use crate::draft::Draft;
use crate::failure;
use crate::provider::Aws;
use plan::{Failure, FailureKind};
use stack::Value;

/// Reads a data source: its arguments, completed.
pub(crate) async fn read(aws: &Aws, name: &str, arguments: &Value) -> Result<Value, Failure> {
    let unsupported = || Failure {
        kind: FailureKind::Unsupported,
        ..failure::internal(format!("the data source `{name}` cannot be read"))
    };
    let schema = schema::data_source(name).ok_or_else(unsupported)?;
    let mut draft = Draft::new(&plan::shape::of_body(schema.body), arguments);
    match name {
        "aws_availability_zones" => {
            aws_availability_zones::read(aws, Args(arguments), &mut draft).await?;
        }
        "aws_caller_identity" => aws_caller_identity::read(aws, &mut draft).await?,
        "aws_ecr_image" => aws_ecr_image::read(aws, Args(arguments), &mut draft).await?,
        "aws_partition" => aws_partition::read(aws, &mut draft),
        "aws_region" => aws_region::read(aws, Args(arguments), &mut draft)?,
        _ => return Err(unsupported()),
    }
    draft.finish()
}
