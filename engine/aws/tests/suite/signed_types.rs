//! The types whose services are called without an SDK crate, against moto: made, read, changed, found again, ended, and nothing left.

use crate::cloud::{Cloud, id, text};
use crate::moto::{Moto, REGION};
use plan::FailureKind;
use serde_json::{Value as Json, json};

/// How many objects there are of each type, a line.
const COUNT: &str = "import boto3
of = boto3.client
keys = [of('kms').describe_key(KeyId=key['KeyId'])['KeyMetadata'] for key in of('kms').list_keys()['Keys']]
print(len([key for key in keys if key['KeyState'] != 'PendingDeletion']), 'keys')
print(len(of('secretsmanager').list_secrets()['SecretList']), 'secrets')
print(len(of('ssm').describe_parameters()['Parameters']), 'parameters')
print(len(of('acm').list_certificates()['CertificateSummaryList']), 'certificates')
print(len(of('ecr').describe_repositories()['repositories']), 'repositories')
print(len(of('cloudwatch').describe_alarms()['MetricAlarms']), 'alarms')
print(len(of('cloudwatch').list_dashboards()['DashboardEntries']), 'dashboards')
print(len(of('s3').list_buckets()['Buckets']), 'buckets')";

const NOTHING: &str = "0 keys\n0 secrets\n0 parameters\n0 certificates\n0 repositories\n0 alarms\n\
    0 dashboards\n0 buckets\n";

async fn start() -> (Moto, Cloud) {
    let moto = Moto::start();
    let cloud = Cloud::connect(moto.endpoint(), REGION).await;
    (moto, cloud)
}

/// With more members, or others.
fn with(mut object: Json, more: Json) -> Json {
    let Json::Object(more) = more else { return object };
    object.as_object_mut().unwrap().extend(more);
    object
}

fn policy(action: &str) -> String {
    json!({"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": action,
        "Principal": {"AWS": "arn:aws:iam::123456789012:root"}, "Resource": "*"}]})
    .to_string()
}

#[tokio::test]
async fn keys_secrets_parameters_and_certificates() {
    let (moto, cloud) = start().await;
    let key = |description: &str, on: bool, more: Json| {
        let key = json!({"description": description, "is_enabled": on, "enable_key_rotation": true,
            "key_usage": "ENCRYPT_DECRYPT", "customer_master_key_spec": "SYMMETRIC_DEFAULT",
            "deletion_window_in_days": 7, "bypass_policy_lockout_safety_check": false});
        with(key, more)
    };
    let tagged = json!({"tags": {"a": "1"}, "policy": policy("kms:*")});
    let logs = cloud.make("aws_kms_key", key("logs", true, tagged)).await;
    assert!(text(&logs, "arn").ends_with(id(&logs)));
    assert_eq!(text(&logs, "key_id"), id(&logs));
    let changed = json!({"tags": {"b": "1"}, "policy": policy("kms:Get*")});
    let logs = cloud.update("aws_kms_key", &logs, key("more logs", false, changed)).await;
    let unrotated = key("", true, json!({"enable_key_rotation": false, "policy": policy("kms:*")}));
    cloud.update("aws_kms_key", &logs, unrotated).await;

    let secret = |description: &str, more: Json| {
        let secret = json!({"name": "web/token", "description": description,
            "recovery_window_in_days": 0, "force_overwrite_replica_secret": false});
        with(secret, more)
    };
    let first = secret("d", json!({"tags": {"a": "1"}, "policy": policy("secretsmanager:Get*")}));
    let token = cloud.make("aws_secretsmanager_secret", first.clone()).await;
    assert!(
        id(&token).starts_with("arn:aws:secretsmanager:eu-west-3:123456789012:secret:web/token-")
    );
    let twice = cloud.refusal("aws_secretsmanager_secret", first).await;
    assert_eq!(twice.kind, FailureKind::Exists, "{twice:?}");
    let second = secret("e", json!({"tags": {"b": "1"}, "policy": policy("secretsmanager:*")}));
    cloud.update("aws_secretsmanager_secret", &token, second).await;
    let prefixed = json!({"name_prefix": "db-", "recovery_window_in_days": 0,
        "force_overwrite_replica_secret": false});
    let prefixed = cloud.make("aws_secretsmanager_secret", prefixed).await;
    assert_eq!(text(&prefixed, "name").len(), 29);

    let parameter = |ty: &str, value: &str, more: Json| {
        with(json!({"name": "/web/token", "type": ty, "value": value, "description": "d"}), more)
    };
    let first = parameter("SecureString", "s3cret", json!({"tags": {"a": "1"}}));
    let token = cloud.make("aws_ssm_parameter", first.clone()).await;
    assert_eq!((id(&token), text(&token, "value")), ("/web/token", "s3cret"));
    let twice = cloud.refusal("aws_ssm_parameter", first).await;
    assert_eq!(twice.kind, FailureKind::Exists, "{twice:?}");
    let second = parameter("SecureString", "other", json!({"tags": {"b": "1"}}));
    cloud.update("aws_ssm_parameter", &token, second).await;
    let open = json!({"name": "mode", "type": "String", "insecure_value": "prod"});
    let open = cloud.make("aws_ssm_parameter", open).await;
    assert_eq!((text(&open, "insecure_value"), text(&open, "value")), ("prod", ""));
    let hidden = json!({"name": "hidden", "type": "SecureString", "value_wo_version": 1});
    let hidden = cloud.refusal("aws_ssm_parameter", hidden).await;
    assert_eq!(hidden.kind, FailureKind::Unsupported, "{hidden:?}");

    let certificate = json!({"domain_name": "banana.example", "validation_method": "DNS",
        "subject_alternative_names": ["banana.example", "www.banana.example"],
        "tags": {"a": "1"}});
    let made = cloud.make("aws_acm_certificate", certificate.clone()).await;
    assert_eq!(made.get("domain_validation_options").unwrap().len(), Some(2));
    let options = made.get("options").unwrap().to_json();
    let retagged = with(certificate, json!({"tags": {"b": "1"}, "options": options}));
    cloud.update("aws_acm_certificate", &made, retagged).await;
    cloud.end_all().await;
    assert_eq!(moto.python(COUNT, &[]), NOTHING, "nothing is left");
}

#[tokio::test]
async fn repositories_alarms_dashboards_and_buckets() {
    let (moto, cloud) = start().await;
    let repository = |mutability: &str, scans: bool, tags: Json| {
        json!({"name": "web", "image_tag_mutability": mutability, "tags": tags,
            "image_scanning_configuration": [{"scan_on_push": scans}],
            "encryption_configuration": [{"encryption_type": "AES256"}]})
    };
    let first = repository("IMMUTABLE", true, json!({"a": "1"}));
    let web = cloud.make("aws_ecr_repository", first.clone()).await;
    assert!(text(&web, "repository_url").ends_with("/web"));
    let twice = cloud.refusal("aws_ecr_repository", first).await;
    assert_eq!(twice.kind, FailureKind::Exists, "{twice:?}");
    let second = repository("MUTABLE", false, json!({"b": "1"}));
    cloud.update("aws_ecr_repository", &web, second).await;
    let rules = json!({"rules": [{"rulePriority": 1, "action": {"type": "expire"}, "selection":
        {"tagStatus": "any", "countType": "imageCountMoreThan", "countNumber": 10}}]});
    let rules = json!({"repository": "web", "policy": rules.to_string()});
    cloud.make("aws_ecr_lifecycle_policy", rules.clone()).await;
    let twice = cloud.refusal("aws_ecr_lifecycle_policy", rules).await;
    assert_eq!(twice.kind, FailureKind::Exists, "{twice:?}");

    let dashboard = |text: &str| {
        let widget = json!({"type": "text", "properties": {"markdown": text}});
        json!({"dashboard_name": "web", "dashboard_body": json!({"widgets": [widget]}).to_string()})
    };
    let web = cloud.make("aws_cloudwatch_dashboard", dashboard("a")).await;
    assert_eq!(id(&web), "web");
    let twice = cloud.refusal("aws_cloudwatch_dashboard", dashboard("b")).await;
    assert_eq!(twice.kind, FailureKind::Exists, "{twice:?}");
    cloud.update("aws_cloudwatch_dashboard", &web, dashboard("c")).await;

    let alarm = |threshold: u32, tags: Json| {
        json!({"alarm_name": "cpu", "comparison_operator": "GreaterThanThreshold",
            "evaluation_periods": 3, "datapoints_to_alarm": 2, "threshold": threshold,
            "metric_name": "CPUUtilization", "namespace": "AWS/ECS", "period": 60,
            "statistic": "Average", "dimensions": {"ClusterName": "web"}, "tags": tags,
            "actions_enabled": true, "treat_missing_data": "missing",
            "ok_actions": ["arn:aws:sns:eu-west-3:123456789012:pager"]})
    };
    let cpu = cloud.make("aws_cloudwatch_metric_alarm", alarm(80, json!({"a": "1"}))).await;
    assert_eq!(text(&cpu, "arn"), "arn:aws:cloudwatch:eu-west-3:123456789012:alarm:cpu");
    let twice = cloud.refusal("aws_cloudwatch_metric_alarm", alarm(1, json!({}))).await;
    assert_eq!(twice.kind, FailureKind::Exists, "{twice:?}");
    cloud.update("aws_cloudwatch_metric_alarm", &cpu, alarm(90, json!({"b": "1"}))).await;
    let metric = json!({"metric_name": "RequestCount", "namespace": "AWS/ApplicationELB",
        "period": 60, "stat": "Sum", "dimensions": {"LoadBalancer": "app/web/1"}});
    let queries = json!([{"id": "a", "metric": [metric]},
        {"id": "b", "expression": "a * 2", "label": "twice", "return_data": true}]);
    let twice = json!({"alarm_name": "twice", "comparison_operator": "GreaterThanThreshold",
        "evaluation_periods": 1, "threshold": 5, "metric_query": queries,
        "actions_enabled": true, "treat_missing_data": "missing"});
    cloud.make("aws_cloudwatch_metric_alarm", twice).await;

    let bucket = |tags: Json| json!({"bucket": "assets", "force_destroy": true, "tags": tags});
    let assets = cloud.make("aws_s3_bucket", bucket(json!({"a": "1 & <2>"}))).await;
    assert_eq!(text(&assets, "bucket_regional_domain_name"), "assets.s3.eu-west-3.amazonaws.com");
    assert_eq!(text(&assets, "region"), REGION);
    let twice = cloud.refusal("aws_s3_bucket", bucket(json!({}))).await;
    assert_eq!(twice.kind, FailureKind::Exists, "{twice:?}");
    // What the API says of a bucket stays open in a plan.
    let open = ["grant", "server_side_encryption_configuration", "versioning"];
    let open = open.map(|name| (name.to_owned(), assets.get(name).unwrap().to_json()));
    let open = Json::Object(open.into_iter().collect());
    let other = with(bucket(json!({"b": "1"})), open.clone());
    let assets = cloud.update("aws_s3_bucket", &assets, other).await;
    cloud.update("aws_s3_bucket", &assets, with(bucket(json!({})), open)).await;
    let inside = with(bucket(json!({})), json!({"bucket": "b", "versioning": [{"enabled": true}]}));
    let inside = cloud.refusal("aws_s3_bucket", inside).await;
    assert_eq!(inside.kind, FailureKind::Unsupported, "{inside:?}");
    moto.python(
        "import boto3; s3 = boto3.client('s3')
s3.put_bucket_versioning(Bucket='assets', VersioningConfiguration={'Status': 'Enabled'})
for key in ('a & b', 'c/d', 'c/d'): s3.put_object(Bucket='assets', Key=key, Body=b'x')
s3.delete_object(Bucket='assets', Key='c/d')",
        &[],
    );
    cloud.end_all().await;
    assert_eq!(moto.python(COUNT, &[]), NOTHING, "nothing is left");
}
