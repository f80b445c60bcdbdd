//! Which types have prices, and the file that knows them. A new type is one line here and one file of its name.

use crate::bill::Bill;
use model::Decode;
use stack::ResourceId;

macro_rules! types {
    (
        typed { $($module:ident: $ty:ident,)* }
        plain { $($plain:ident: $($name:literal)|+,)* }
    ) => {
        /// True when banana knows how a type is billed.
        pub fn is_priced(ty: &str) -> bool {
            $(<model::$ty<'_> as Decode<'_>>::TYPES.contains(&ty) ||)*
            matches!(ty, $($($name)|+)|+)
        }

        /// All types that banana knows how to bill, sorted.
        pub fn priced() -> Vec<&'static str> {
            let mut all: Vec<&str> = vec![$($($name),+),+];
            $(all.extend(<model::$ty<'_> as Decode<'_>>::TYPES);)*
            all.sort_unstable();
            all
        }

        /// Writes the lines of a resource.
        pub(crate) fn write<'a>(id: ResourceId, bill: &mut Bill<'_, 'a>) {
            let model = bill.model;
            $(if let Some(it) = model.get::<model::$ty<'a>>(id) {
                return crate::$module::write(it, bill);
            })*
            match bill.resource.address.ty.as_str() {
                $($($name)|+ => crate::$plain::write(bill),)+
                _ => {}
            }
        }
    };
}

types! {
    typed {
        aws_appautoscaling_policy: AppautoscalingPolicy,
        aws_cloudwatch_log_group: CloudwatchLogGroup,
        aws_ecs_cluster: EcsCluster,
        aws_ecs_service: EcsService,
        aws_eip: Eip,
        aws_lb: Lb,
        aws_nat_gateway: NatGateway,
        aws_vpc_endpoint: VpcEndpoint,
    }
    plain {
        aws_acm_certificate: "aws_acm_certificate",
        aws_autoscaling_policy: "aws_autoscaling_policy",
        aws_cloudwatch_composite_alarm: "aws_cloudwatch_composite_alarm",
        aws_cloudwatch_dashboard: "aws_cloudwatch_dashboard",
        aws_cloudwatch_metric_alarm: "aws_cloudwatch_metric_alarm",
        aws_db_instance: "aws_db_instance",
        aws_dynamodb_table: "aws_dynamodb_table",
        aws_ebs_volume: "aws_ebs_volume",
        aws_ec2_transit_gateway_vpc_attachment: "aws_ec2_transit_gateway_vpc_attachment",
        aws_ecr_repository: "aws_ecr_repository",
        aws_efs_file_system: "aws_efs_file_system",
        aws_eks_cluster: "aws_eks_cluster",
        aws_elasticache_cluster: "aws_elasticache_cluster",
        aws_elasticache_replication_group: "aws_elasticache_replication_group",
        aws_elb: "aws_elb",
        aws_instance: "aws_instance",
        aws_kms_key: "aws_kms_key" | "aws_kms_external_key" | "aws_kms_replica_key" | "aws_kms_replica_external_key",
        aws_lambda_function: "aws_lambda_function",
        aws_route53_zone: "aws_route53_zone" | "aws_service_discovery_private_dns_namespace" | "aws_service_discovery_public_dns_namespace",
        aws_s3_bucket: "aws_s3_bucket",
        aws_secretsmanager_secret: "aws_secretsmanager_secret",
        aws_sns_topic: "aws_sns_topic",
        aws_sns_topic_subscription: "aws_sns_topic_subscription",
        aws_sqs_queue: "aws_sqs_queue",
        aws_ssm_parameter: "aws_ssm_parameter",
        aws_vpn_connection: "aws_vpn_connection",
        aws_wafv2_web_acl: "aws_wafv2_web_acl",
    }
}
