//! Logs, IAM, ECS and Application Auto Scaling over the real SDK against moto: made, read, changed, found again, ended, and nothing
//! left.

use crate::cloud::{Cloud, id, text};
use crate::moto::{Moto, REGION};
use plan::FailureKind;
use serde_json::{Value as Json, json};
use stack::Value;

async fn start() -> (Moto, Json, Cloud) {
    let moto = Moto::start();
    let before = moto.inventory();
    let cloud = Cloud::connect(moto.endpoint(), REGION).await;
    (moto, before, cloud)
}

fn policy(action: &str) -> String {
    json!({"Version": "2012-10-17",
        "Statement": [{"Effect": "Allow", "Action": action, "Resource": "*"}]})
    .to_string()
}

fn trust() -> String {
    json!({"Version": "2012-10-17", "Statement": [{"Effect": "Allow",
        "Principal": {"Service": "ecs-tasks.amazonaws.com"}, "Action": "sts:AssumeRole"}]})
    .to_string()
}

fn role(name: &str) -> Json {
    json!({"name": name, "assume_role_policy": trust(), "path": "/", "max_session_duration": 3600,
        "force_detach_policies": false})
}

/// With more members, or others.
fn with(mut object: Json, more: Json) -> Json {
    let Json::Object(more) = more else { return object };
    object.as_object_mut().unwrap().extend(more);
    object
}

#[tokio::test]
async fn log_groups() {
    let (moto, before, cloud) = start().await;
    let group = |days: u16, tags: Json| {
        json!({"name": "/ecs/web", "retention_in_days": days, "skip_destroy": false,
            "tags": tags, "tags_all": tags})
    };
    let web = cloud.make("aws_cloudwatch_log_group", group(7, json!({"a": "1"}))).await;
    let arn = format!("arn:aws:logs:{REGION}:123456789012:log-group:/ecs/web");
    assert_eq!((id(&web), text(&web, "arn")), ("/ecs/web", arn.as_str()));
    let web = cloud.update("aws_cloudwatch_log_group", &web, group(14, json!({"b": "2"}))).await;
    cloud.update("aws_cloudwatch_log_group", &web, group(0, json!({}))).await;
    let longer = with(group(0, json!({})), json!({"name": "/ecs/web-2"}));
    cloud.make("aws_cloudwatch_log_group", longer).await;
    let twice = cloud.refusal("aws_cloudwatch_log_group", group(7, json!({}))).await;
    assert_eq!(twice.kind, FailureKind::Exists, "{twice:?}");
    let unnamed = json!({"name_prefix": "b-", "retention_in_days": 0, "skip_destroy": false});
    let unnamed = cloud.make("aws_cloudwatch_log_group", unnamed).await;
    assert_eq!((text(&unnamed, "name_prefix"), id(&unnamed).len()), ("b-", 28));
    cloud.end_all().await;
    assert_eq!(moto.inventory(), before, "nothing is left");
}

#[tokio::test]
async fn iam() {
    let (moto, before, cloud) = start().await;
    let own = json!({"name": "read", "path": "/team/", "policy": policy("s3:Get*"),
        "description": "d", "tags": {"a": "1"}, "tags_all": {"a": "1"}});
    let own = cloud.make("aws_iam_policy", own).await;
    assert_eq!(id(&own), "arn:aws:iam::123456789012:policy/team/read");
    let mut revised = own;
    for action in ["a:1", "a:2", "a:3", "a:4", "a:5", "a:6"] {
        let next = json!({"name": "read", "path": "/team/", "policy": policy(action),
            "description": "d", "tags": {"b": "1"}, "tags_all": {"b": "1"}});
        revised = cloud.update("aws_iam_policy", &revised, next).await;
    }
    let tagged = json!({"tags": {"a": "1"}, "tags_all": {"a": "1"}});
    let plain = cloud.make("aws_iam_role", with(role("web"), tagged)).await;
    assert_eq!((id(&plain), text(&plain, "path")), ("web", "/"));
    let changed = with(
        role("web"),
        json!({"description": "d", "max_session_duration": 7200,
        "permissions_boundary": id(&revised), "tags": {"b": "1"}, "tags_all": {"b": "1"},
        "assume_role_policy": trust().replace("ecs-tasks", "ec2")}),
    );
    let plain = cloud.update("aws_iam_role", &plain, changed).await;
    let plain = cloud.update("aws_iam_role", &plain, role("web")).await;
    assert_eq!(text(&plain, "permissions_boundary"), "");

    let inline =
        json!([{"name": "x", "policy": policy("x:1")}, {"name": "y", "policy": policy("y:1")}]);
    let full =
        with(role("full"), json!({"inline_policy": inline, "managed_policy_arns": [id(&revised)]}));
    let full = cloud.make("aws_iam_role", full).await;
    let other = json!([{"name": "x", "policy": policy("x:2")}]);
    let other = with(role("full"), json!({"inline_policy": other, "managed_policy_arns": []}));
    cloud.update("aws_iam_role", &full, other).await;

    let written = json!({"role": "web", "name": "logs", "policy": policy("logs:*")});
    let written = cloud.make("aws_iam_role_policy", written).await;
    assert_eq!(id(&written), "web:logs");
    let other = json!({"role": "web", "name": "logs", "policy": policy("logs:Put*")});
    cloud.update("aws_iam_role_policy", &written, other.clone()).await;
    let twice = cloud.refusal("aws_iam_role_policy", other).await;
    assert_eq!(twice.kind, FailureKind::Exists, "{twice:?}");
    let aws = "arn:aws:iam::aws:policy/service-role/AmazonECSTaskExecutionRolePolicy";
    let attachment = json!({"role": "web", "policy_arn": aws});
    let made = cloud.make("aws_iam_role_policy_attachment", attachment.clone()).await;
    assert!(id(&made).starts_with("web-"), "{}", id(&made));
    let twice = cloud.refusal("aws_iam_role_policy_attachment", attachment).await;
    assert_eq!(twice.kind, FailureKind::Exists, "{twice:?}");
    let twice = cloud.refusal("aws_iam_role", role("web")).await;
    assert_eq!(twice.kind, FailureKind::Exists, "{twice:?}");

    cloud.end_all().await;
    assert_eq!(moto.inventory(), before, "nothing is left");
}

/// A subnet and a security group of its VPC.
async fn network(cloud: &Cloud) -> (Value, Value) {
    let vpc = json!({"cidr_block": "10.0.0.0/16", "instance_tenancy": "default",
        "enable_dns_support": true});
    let vpc = cloud.make("aws_vpc", vpc).await;
    let subnet = json!({"vpc_id": id(&vpc), "cidr_block": "10.0.0.0/24",
        "map_public_ip_on_launch": false, "assign_ipv6_address_on_creation": false,
        "enable_dns64": false, "enable_resource_name_dns_a_record_on_launch": false,
        "enable_resource_name_dns_aaaa_record_on_launch": false, "ipv6_native": false});
    let subnet = cloud.make("aws_subnet", subnet).await;
    let group = json!({"name": "web", "vpc_id": id(&vpc), "description": "d",
        "revoke_rules_on_delete": false, "ingress": [], "egress": []});
    (subnet, cloud.make("aws_security_group", group).await)
}

fn task(image: &str) -> Json {
    let containers = json!([{"name": "web", "image": image, "portMappings": [{"containerPort": 80}],
        "environment": [{"name": "A", "value": "é"}], "stopTimeout": 30}]);
    json!({"family": "web", "cpu": "256", "memory": "512", "network_mode": "awsvpc",
        "requires_compatibilities": ["FARGATE"], "container_definitions": containers.to_string(),
        "runtime_platform": [{"cpu_architecture": "ARM64"}], "volume": [{"name": "v", "host_path": ""}],
        "skip_destroy": false, "track_latest": false, "tags": {"a": "1"}})
}

fn service(cluster: &str, task: &Value, (subnet, group): &(Value, Value)) -> Json {
    json!({"name": "web", "cluster": cluster, "task_definition": text(task, "arn"),
        "desired_count": 2, "launch_type": "FARGATE", "scheduling_strategy": "REPLICA",
        "deployment_maximum_percent": 200, "deployment_minimum_healthy_percent": 100,
        "availability_zone_rebalancing": "DISABLED", "enable_ecs_managed_tags": false,
        "enable_execute_command": false, "wait_for_steady_state": true,
        "deployment_circuit_breaker": [{"enable": true, "rollback": true}],
        "deployment_controller": [{"type": "ECS"}],
        "network_configuration": [{"subnets": [id(subnet)], "assign_public_ip": true,
            "security_groups": [text(group, "id")]}],
        "propagate_tags": "SERVICE", "tags": {"a": "1"}})
}

#[tokio::test]
async fn ecs() {
    let (moto, before, cloud) = start().await;
    let network = network(&cloud).await;
    let cluster = |insights: &str| {
        let configuration = json!([{"managed_storage_configuration": [],
            "execute_command_configuration": [{"logging": "OVERRIDE", "log_configuration": [
            {"cloud_watch_log_group_name": "g", "s3_bucket_encryption_enabled": true}]}]}]);
        json!({"name": "c", "setting": [{"name": "containerInsights", "value": insights}],
            "configuration": configuration, "tags": {"a": insights}})
    };
    let first = cloud.make("aws_ecs_cluster", cluster("enabled")).await;
    assert_eq!(id(&first), format!("arn:aws:ecs:{REGION}:123456789012:cluster/c"));
    let first = cloud.update("aws_ecs_cluster", &first, cluster("disabled")).await;
    let twice = cloud.refusal("aws_ecs_cluster", cluster("enabled")).await;
    assert_eq!(twice.kind, FailureKind::Exists, "{twice:?}");
    let providers = |weight: u8| {
        json!({"cluster_name": "c", "capacity_providers": ["FARGATE", "FARGATE_SPOT"],
            "default_capacity_provider_strategy": [{"capacity_provider": "FARGATE", "base": 0,
                "weight": weight}]})
    };
    let some = cloud.make("aws_ecs_cluster_capacity_providers", providers(1)).await;
    cloud.update("aws_ecs_cluster_capacity_providers", &some, providers(2)).await;

    let one = cloud.make("aws_ecs_task_definition", task("nginx:1")).await;
    assert_eq!((id(&one), one.get("revision").unwrap().as_i64()), ("web", Some(1)));
    let tags = with(task("nginx:1"), json!({"tags": {"b": "1"}}));
    cloud.update("aws_ecs_task_definition", &one, tags).await;
    let two = cloud.make("aws_ecs_task_definition", task("nginx:2")).await;
    assert_eq!(text(&two, "arn"), format!("{}:2", text(&two, "arn_without_revision")));

    let web = cloud.make("aws_ecs_service", service(id(&first), &one, &network)).await;
    assert_eq!(id(&web), format!("arn:aws:ecs:{REGION}:123456789012:service/c/web"));
    let changed = with(
        service(id(&first), &two, &network),
        json!({"desired_count": 1,
        "deployment_circuit_breaker": [], "tags": {"b": "1"}}),
    );
    cloud.update("aws_ecs_service", &web, changed).await;

    cloud.end_all().await;
    assert_eq!(moto.inventory(), before, "nothing is left");
}

#[tokio::test]
async fn scaling() {
    let (moto, before, cloud) = start().await;
    let network = network(&cloud).await;
    let cluster = cloud.make("aws_ecs_cluster", json!({"name": "c"})).await;
    let task = cloud.make("aws_ecs_task_definition", task("nginx:1")).await;
    cloud.make("aws_ecs_service", service(id(&cluster), &task, &network)).await;
    let key = json!({"resource_id": "service/c/web", "service_namespace": "ecs",
        "scalable_dimension": "ecs:service:DesiredCount"});
    let target = |max: u8| {
        with(key.clone(), json!({"min_capacity": 0, "max_capacity": max, "tags": {"a": "1"}}))
    };
    let made = cloud.make("aws_appautoscaling_target", target(4)).await;
    assert_eq!(id(&made), "service/c/web");
    cloud.update("aws_appautoscaling_target", &made, target(5)).await;
    let twice = cloud.refusal("aws_appautoscaling_target", target(6)).await;
    assert_eq!(twice.kind, FailureKind::Exists, "{twice:?}");
    let tracking = |percent: f64| {
        with(
            key.clone(),
            json!({"name": "cpu", "policy_type": "TargetTrackingScaling",
            "target_tracking_scaling_policy_configuration": [{"target_value": percent,
                "scale_in_cooldown": 300, "disable_scale_in": false,
                "predefined_metric_specification": [
                    {"predefined_metric_type": "ECSServiceAverageCPUUtilization"}],
                "customized_metric_specification": []}]}),
        )
    };
    let cpu = cloud.make("aws_appautoscaling_policy", tracking(75.0)).await;
    assert_eq!(id(&cpu), "cpu");
    assert!(!cpu.get("alarm_arns").unwrap().is_empty());
    cloud.update("aws_appautoscaling_policy", &cpu, tracking(62.5)).await;
    let step = with(
        key.clone(),
        json!({"name": "step", "policy_type": "StepScaling",
        "step_scaling_policy_configuration": [{"adjustment_type": "ChangeInCapacity",
            "cooldown": 60, "metric_aggregation_type": "Maximum", "step_adjustment": [
                {"metric_interval_lower_bound": "", "metric_interval_upper_bound": "0",
                    "scaling_adjustment": -1},
                {"metric_interval_lower_bound": "1.5", "metric_interval_upper_bound": "",
                    "scaling_adjustment": 2}]}]}),
    );
    cloud.make("aws_appautoscaling_policy", step).await;
    cloud.end_all().await;
    assert_eq!(moto.inventory(), before, "nothing is left");
}
