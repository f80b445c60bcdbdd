//! Which types have prices, and the file that knows them. A new type is one line here and one file of its name.

use crate::bill::Bill;
use crate::simple;
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
            matches!(ty, $($($name)|+)|+) || simple::types().contains(&ty)
        }

        /// All types that banana knows how to bill, sorted.
        pub fn priced() -> Vec<&'static str> {
            let mut all: Vec<&str> = vec![$($($name),+),+];
            $(all.extend(<model::$ty<'_> as Decode<'_>>::TYPES);)*
            all.extend(simple::types());
            all.sort_unstable();
            all.dedup();
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
                _ => simple::write(bill),
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
        aws_acmpca_certificate_authority: "aws_acmpca_certificate_authority",
        aws_api_gateway_stage: "aws_api_gateway_stage",
        aws_apigatewayv2_api: "aws_apigatewayv2_api",
        aws_autoscaling_group: "aws_autoscaling_group",
        aws_autoscaling_policy: "aws_autoscaling_policy",
        aws_cloudwatch_metric_alarm: "aws_cloudwatch_metric_alarm",
        aws_cloudfront_distribution: "aws_cloudfront_distribution",
        aws_codebuild_project: "aws_codebuild_project",
        aws_db_instance: "aws_db_instance",
        aws_directory_service_directory: "aws_directory_service_directory",
        aws_dms_replication_instance: "aws_dms_replication_instance",
        aws_docdb_cluster_instance: "aws_docdb_cluster_instance",
        aws_dynamodb_table: "aws_dynamodb_table",
        aws_ebs_snapshot: "aws_ebs_snapshot" | "aws_ebs_snapshot_copy",
        aws_ebs_volume: "aws_ebs_volume",
        aws_efs_file_system: "aws_efs_file_system",
        aws_eks_cluster: "aws_eks_cluster",
        aws_eks_node_group: "aws_eks_node_group",
        aws_elasticache_cluster: "aws_elasticache_cluster",
        aws_elasticache_replication_group: "aws_elasticache_replication_group",
        aws_elb: "aws_elb",
        aws_glue_job: "aws_glue_job",
        aws_instance: "aws_instance" | "aws_spot_instance_request",
        aws_kinesis_analytics_application: "aws_kinesis_analytics_application" | "aws_kinesisanalyticsv2_application",
        aws_kinesis_firehose_delivery_stream: "aws_kinesis_firehose_delivery_stream",
        aws_kinesis_stream: "aws_kinesis_stream",
        aws_kms_key: "aws_kms_key" | "aws_kms_replica_key" | "aws_kms_replica_external_key",
        aws_lambda_function: "aws_lambda_function",
        aws_lambda_provisioned_concurrency_config: "aws_lambda_provisioned_concurrency_config",
        aws_mq_broker: "aws_mq_broker",
        aws_msk_cluster: "aws_msk_cluster",
        aws_mwaa_environment: "aws_mwaa_environment",
        aws_neptune_cluster_instance: "aws_neptune_cluster_instance",
        aws_networkfirewall_firewall: "aws_networkfirewall_firewall",
        aws_opensearch_domain: "aws_opensearch_domain" | "aws_elasticsearch_domain",
        aws_rds_cluster: "aws_rds_cluster",
        aws_rds_cluster_instance: "aws_rds_cluster_instance",
        aws_redshift_cluster: "aws_redshift_cluster",
        aws_route53_health_check: "aws_route53_health_check",
        aws_route53_record: "aws_route53_record",
        aws_route53_resolver_endpoint: "aws_route53_resolver_endpoint",
        aws_route53_zone: "aws_route53_zone" | "aws_service_discovery_private_dns_namespace" | "aws_service_discovery_public_dns_namespace",
        aws_s3_bucket: "aws_s3_bucket",
        aws_secretsmanager_secret: "aws_secretsmanager_secret",
        aws_sfn_state_machine: "aws_sfn_state_machine",
        aws_sns_topic: "aws_sns_topic",
        aws_sns_topic_subscription: "aws_sns_topic_subscription",
        aws_sqs_queue: "aws_sqs_queue",
        aws_ssm_activation: "aws_ssm_activation",
        aws_ssm_parameter: "aws_ssm_parameter",
        aws_transfer_server: "aws_transfer_server",
        aws_vpn_connection: "aws_vpn_connection",
        aws_wafv2_web_acl: "aws_wafv2_web_acl" | "aws_waf_web_acl" | "aws_wafregional_web_acl",
    }
}
