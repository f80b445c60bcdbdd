//! `aws_lb_target_group`: <https://registry.terraform.io/providers/hashicorp/aws/5.100.0/docs/resources/lb_target_group>

crate::typed::resource! {
    /// What a load balancer forwards to.
    LbTargetGroup<'a> = "aws_lb_target_group" | "aws_alb_target_group" {
        /// Its name.
        name: &'a str,
        /// Port of targets that do not say theirs; ECS does say.
        port: i64,
        /// `HTTP`, `HTTPS`, `TCP` …
        protocol: &'a str,
        /// `instance` (default), `ip`, `lambda` or `alb`.
        target_type: &'a str,
        /// Its VPC.
        vpc_id: &'a str,
        /// How targets are probed.
        health_check: HealthCheck<'a>,
    }
}

crate::typed::block! {
    /// How targets are probed.
    HealthCheck<'a> {
        /// Default true.
        enabled: bool,
        /// A number, or `traffic-port` (default).
        port: &'a str,
        /// Default `HTTP`.
        protocol: &'a str,
        /// Where to probe.
        path: &'a str,
    }
}
