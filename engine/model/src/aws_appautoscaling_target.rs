//! `aws_appautoscaling_target`:
//! <https://registry.terraform.io/providers/hashicorp/aws/5.100.0/docs/resources/appautoscaling_target>

crate::typed::resource! {
    /// Something whose size follows load.
    AppautoscalingTarget<'a> = "aws_appautoscaling_target" {
        /// `ecs`, `dynamodb` …
        service_namespace: &'a str,
        /// `service/cluster/service` for ECS.
        resource_id: &'a str,
        /// `ecs:service:DesiredCount`
        scalable_dimension: &'a str,
        /// Least size.
        min_capacity: i64,
        /// Greatest size.
        max_capacity: i64,
    }
}
