//! Data sources that can be answered without AWS: what they say follows from their arguments, the region, or a named assumption.
//!
//! What cannot be known so stays unknown; nothing is made up.

mod aws_arn;
mod aws_availability_zones;
mod aws_caller_identity;
mod aws_iam_policy;
mod aws_iam_policy_document;
mod aws_partition;
mod aws_region;
mod aws_service_principal;
mod crc32;
mod region;

pub use region::{Partition, partition};

use stack::{Address, Kind, ProviderConfig, Stack, Str, Value, World};
use std::sync::Arc;

/// Who applies, as STS would say.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Caller {
    /// Twelve digits.
    pub account: Str,
    /// The caller's ARN, when it is known.
    pub arn: Option<Str>,
    /// The caller's unique id, when it is known.
    pub user: Option<Str>,
}

/// The world as far as it can be told without asking AWS.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Offline {
    /// Who applies; unknown when `None`.
    pub caller: Option<Caller>,
    /// Names of the zones of every region in question. `None`: the region's name with `a`, `b` and `c`, which is an assumption
    /// (see [`Offline::assumed`]): zones differ from account to account.
    pub zones: Option<Vec<Str>>,
}

/// What a data source says when its arguments allow no answer: lower case, no final period.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct Refused(pub(crate) String);

/// True for a data source that never takes AWS to tell: its arguments say it all.
pub fn is_pure(ty: &str) -> bool {
    matches!(ty, "aws_arn" | "aws_iam_policy_document" | "aws_service_principal")
}

impl Offline {
    /// The answer of a data source: `Ok(None)` when it takes AWS to tell, `Err` when it refuses its arguments.
    pub fn answer(
        &self,
        ty: &str,
        config: &Value,
        region: Option<&Str>,
    ) -> Result<Option<Value>, Refused> {
        match ty {
            "aws_arn" => aws_arn::read(config),
            "aws_availability_zones" => Ok(aws_availability_zones::read(self, config, region)),
            "aws_caller_identity" => Ok(aws_caller_identity::read(self, config)),
            "aws_iam_policy" => Ok(aws_iam_policy::read(config, region)),
            "aws_iam_policy_document" => aws_iam_policy_document::read(config).map(Some),
            "aws_partition" => Ok(aws_partition::read(config, region)),
            "aws_region" => Ok(aws_region::read(config, region)),
            "aws_service_principal" => Ok(aws_service_principal::read(config, region)),
            _ => Ok(None),
        }
    }

    /// What was assumed for the data sources of a stack, one sentence each.
    pub fn assumed(&self, stack: &Stack) -> Vec<String> {
        let zones = |resource: &&stack::Resource| {
            resource.address.mode == stack::Mode::Data
                && resource.address.ty == "aws_availability_zones"
                && resource.value.get("names").is_some_and(|names| !names.is_unknown())
        };
        if self.zones.is_some() {
            return Vec::new();
        }
        let say = |resource: &stack::Resource| {
            let names = resource.value.get("names").into_iter().flat_map(Value::elements);
            let names: Vec<&str> = names.filter_map(Value::as_str).collect();
            format!("{}: the zones are assumed to be {}", resource.address, names.join(", "))
        };
        stack.resources.iter().filter(zones).map(say).collect()
    }
}

impl World for Offline {
    fn data(&self, address: &Address, config: &Value, provider: &ProviderConfig) -> Option<Value> {
        self.answer(&address.ty, config, provider.region()).ok().flatten()
    }

    fn refused(
        &self,
        address: &Address,
        config: &Value,
        provider: &ProviderConfig,
    ) -> Option<String> {
        self.answer(&address.ty, config, provider.region()).err().map(|why| why.to_string())
    }
}

/// An object of the schema's shape: what is written, and these attributes over it.
fn answered<'n>(config: &Value, answers: impl IntoIterator<Item = (&'n str, Value)>) -> Value {
    let Kind::Object(written) = &config.kind else { return config.clone() };
    let mut attributes = (**written).clone();
    for (name, value) in answers {
        attributes.insert(name.into(), value);
    }
    Value { kind: Kind::Object(Arc::new(attributes)), ..config.clone() }
}

/// A text, when it is known and says something.
fn text<'v>(config: &'v Value, name: &str) -> Option<&'v str> {
    config.get(name).and_then(Value::as_str).filter(|text| !text.is_empty())
}

/// True when an argument is written, known or not.
fn is_written(config: &Value, name: &str) -> bool {
    config.get(name).is_some_and(|value| !value.is_null() && !value.is_empty())
}
