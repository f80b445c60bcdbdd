//! `aws_iam_policy` of a policy that AWS manages: name, path and ARN follow from each other, its text does not.
//! <https://registry.terraform.io/providers/hashicorp/aws/5.100.0/docs/data-sources/iam_policy>

use super::{answered, is_written, partition, text};
use crate::Arn;
use stack::value::Origin;
use stack::{Str, Type, Value};

/// Managed policies that stacks often look up by name, with their paths
/// (<https://docs.aws.amazon.com/aws-managed-policy/latest/reference/policy-list.html>).
const MANAGED: [(&str, &str); 21] = [
    ("AWSCodeDeployRole", "/service-role/"),
    ("AWSCodeDeployRoleForECS", "/"),
    ("AWSLambdaBasicExecutionRole", "/service-role/"),
    ("AWSLambdaVPCAccessExecutionRole", "/service-role/"),
    ("AWSXRayDaemonWriteAccess", "/"),
    ("AdministratorAccess", "/"),
    ("AmazonEC2ContainerRegistryPowerUser", "/"),
    ("AmazonEC2ContainerRegistryReadOnly", "/"),
    ("AmazonEC2ContainerServiceforEC2Role", "/service-role/"),
    ("AmazonECSTaskExecutionRolePolicy", "/service-role/"),
    ("AmazonECS_FullAccess", "/"),
    ("AmazonRDSEnhancedMonitoringRole", "/service-role/"),
    ("AmazonS3FullAccess", "/"),
    ("AmazonS3ReadOnlyAccess", "/"),
    ("AmazonSSMManagedInstanceCore", "/"),
    ("AmazonSSMReadOnlyAccess", "/"),
    ("CloudWatchAgentServerPolicy", "/"),
    ("CloudWatchLogsFullAccess", "/"),
    ("PowerUserAccess", "/"),
    ("ReadOnlyAccess", "/"),
    ("SecretsManagerReadWrite", "/"),
];

pub(super) fn read(config: &Value, region: Option<&Str>) -> Option<Value> {
    let named;
    let written = match (text(config, "arn"), text(config, "name")) {
        (Some(arn), _) => arn,
        (None, Some(name)) if !is_written(config, "path_prefix") => {
            let at = MANAGED.binary_search_by_key(&name, |(name, _)| name).ok()?;
            let (name, path) = MANAGED.get(at)?;
            named = format!("arn:{}:iam::aws:policy{path}{name}", partition(region?).name);
            &named
        }
        _ => return None,
    };
    let arn = Arn::parse(written).filter(|arn| arn.service == "iam" && arn.account == "aws")?;
    let path = arn.resource.strip_prefix("policy")?.strip_suffix(arn.name())?;
    let unknown =
        |ty| Value::unknown_not_null(ty, Origin::Apply("the policy as AWS keeps it".into()));
    Some(answered(
        config,
        [
            ("id", Value::string(written)),
            ("arn", Value::string(written)),
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
        let answer = read(&Value::object([("arn", Value::string(arn))]), None).unwrap();
        let said = |name: &str| answer.get(name).unwrap().as_str().map(str::to_owned);
        assert_eq!(said("name").as_deref(), Some("AmazonECSTaskExecutionRolePolicy"));
        assert_eq!(said("path").as_deref(), Some("/service-role/"));
        assert_eq!(said("id").as_deref(), Some(arn));
        assert!(answer.get("policy").unwrap().is_unknown());
        let own = Value::object([("arn", Value::string("arn:aws:iam::123456789012:policy/own"))]);
        assert_eq!(read(&own, None), None);
    }

    #[test]
    fn the_list_is_sorted() {
        assert!(MANAGED.is_sorted());
    }
}
