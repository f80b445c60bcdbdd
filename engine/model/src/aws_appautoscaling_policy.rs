//! `aws_appautoscaling_policy`:
//! <https://registry.terraform.io/providers/hashicorp/aws/5.100.0/docs/resources/appautoscaling_policy>

crate::typed::resource! {
    /// How a size follows load.
    AppautoscalingPolicy<'a> = "aws_appautoscaling_policy" {
        /// `ecs`, `dynamodb` …
        service_namespace: &'a str,
        /// `service/cluster/service` for ECS.
        resource_id: &'a str,
        /// `ecs:service:DesiredCount`
        scalable_dimension: &'a str,
        /// `StepScaling` (default) or `TargetTrackingScaling`.
        policy_type: &'a str,
    }
}
