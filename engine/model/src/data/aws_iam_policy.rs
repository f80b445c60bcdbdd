//! `aws_iam_policy` named by the ARN of a policy that AWS manages: its name and path follow from it, its text does not.
//! <https://registry.terraform.io/providers/hashicorp/aws/5.100.0/docs/data-sources/iam_policy>

use super::{answered, text};
use crate::Arn;
use stack::value::Origin;
use stack::{Type, Value};

pub(super) fn read(config: &Value) -> Option<Value> {
    let written = text(config, "arn")?;
    let arn = Arn::parse(written).filter(|arn| arn.service == "iam" && arn.account == "aws")?;
    let path = arn.resource.strip_prefix("policy")?.strip_suffix(arn.name())?;
    let unknown =
        |ty| Value::unknown_not_null(ty, Origin::Apply("the policy as AWS keeps it".into()));
    Some(answered(
        config,
        [
            ("id", Value::string(written)),
            ("name", Value::string(arn.name())),
            ("path", Value::string(path)),
            ("policy", unknown(Type::String)),
            ("policy_id", unknown(Type::String)),
            ("description", unknown(Type::String)),
            ("attachment_count", unknown(Type::Number)),
            ("tags", unknown(Type::map(Type::String))),
        ],
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn name_and_path_follow_from_the_arn() {
        let arn = "arn:aws:iam::aws:policy/service-role/AmazonECSTaskExecutionRolePolicy";
        let answer = read(&Value::object([("arn", Value::string(arn))])).unwrap();
        let said = |name: &str| answer.get(name).unwrap().as_str().map(str::to_owned);
        assert_eq!(said("name").as_deref(), Some("AmazonECSTaskExecutionRolePolicy"));
        assert_eq!(said("path").as_deref(), Some("/service-role/"));
        assert_eq!(said("id").as_deref(), Some(arn));
        assert!(answer.get("policy").unwrap().is_unknown());
        let own = Value::object([("arn", Value::string("arn:aws:iam::123456789012:policy/own"))]);
        assert_eq!(read(&own), None);
    }
}
