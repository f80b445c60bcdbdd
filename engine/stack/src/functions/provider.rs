//! The AWS provider's own functions: `provider::aws::arn_build`, `arn_parse` and `trim_iam_role_path`.

use super::{Call, Function, Outcome, Parameter, Returns, Trouble, Want};
use crate::value::{Type, Value};

const ARN: Parameter = Parameter::new("arn", Want::String);
const STRING: Returns = Returns::Always(Want::String);

pub(super) const FUNCTIONS: &[Function] = &[
    Function::new(
        "provider::aws::arn_build",
        &[
            Parameter::new("partition", Want::String),
            Parameter::new("service", Want::String),
            Parameter::new("region", Want::String),
            Parameter::new("account_id", Want::String),
            Parameter::new("resource", Want::String),
        ],
        STRING,
        build,
    ),
    Function::new("provider::aws::arn_parse", &[ARN], Returns::From(|_| Ok(parts_type())), parse),
    Function::new("provider::aws::trim_iam_role_path", &[ARN], STRING, trim_path),
];

const PARTS: [&str; 5] = ["partition", "service", "region", "account_id", "resource"];

fn parts_type() -> Type {
    Type::object(PARTS.map(|name| (name, Type::String)))
}

/// The five sections after `arn:`; colons in the last one belong to it.
fn sections(arn: &str) -> Result<[&str; 5], Trouble> {
    let rest = arn.strip_prefix("arn:");
    let sections = rest.and_then(|rest| rest.splitn(5, ':').collect::<Vec<_>>().try_into().ok());
    sections.ok_or_else(|| Trouble::argument(0, format!("`{arn}` is not an ARN")))
}

fn build(call: &Call<'_>) -> Outcome {
    let sections: Result<Vec<&str>, Trouble> = (0..5).map(|at| call.str(at)).collect();
    Ok(Value::string(format!("arn:{}", sections?.join(":"))))
}

fn parse(call: &Call<'_>) -> Outcome {
    let sections = sections(call.str(0)?)?;
    Ok(Value::object(PARTS.into_iter().zip(sections.map(Value::string))))
}

/// `role/with/path/name` becomes `role/name`.
fn trim_path(call: &Call<'_>) -> Outcome {
    let arn = call.str(0)?;
    let [partition, service, region, account, resource] = sections(arn)?;
    let path = resource.strip_prefix("role/").filter(|_| service == "iam" && region.is_empty());
    let path =
        path.ok_or_else(|| Trouble::argument(0, format!("`{arn}` is not the ARN of a role")))?;
    let name = path.rsplit('/').next().unwrap_or(path);
    Ok(Value::string(format!("arn:{partition}:iam::{account}:role/{name}")))
}
