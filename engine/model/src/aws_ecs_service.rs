//! `aws_ecs_service`: <https://registry.terraform.io/providers/hashicorp/aws/5.100.0/docs/resources/ecs_service>

use crate::Attr;

crate::typed::resource! {
    /// A service: so many tasks of a definition, kept running.
    EcsService<'a> = "aws_ecs_service" {
        /// Its name.
        name: &'a str,
        /// Name or ARN of its cluster; `default` when null.
        cluster: &'a str,
        /// ARN, or `family[:revision]`.
        task_definition: &'a str,
        /// `EC2`, `FARGATE` or `EXTERNAL`.
        launch_type: &'a str,
        /// Where tasks go, instead of a launch type.
        capacity_provider_strategy: Vec<Attr<'a, CapacityProviderStrategy<'a>>>,
        /// `REPLICA` (default) or `DAEMON`.
        scheduling_strategy: &'a str,
        /// How many tasks. Not set: 0.
        desired_count: i64,
        /// Percent of the count that may run during a deployment. Default 200 (a daemon's: 100).
        deployment_maximum_percent: i64,
        /// Percent of the count that must stay healthy during a deployment. Default 100 (a daemon's: 0).
        deployment_minimum_healthy_percent: i64,
        /// Who rolls deployments: `ECS` (default), `CODE_DEPLOY` or `EXTERNAL`.
        deployment_controller: DeploymentController<'a>,
        /// Give up on a deployment whose tasks do not start.
        deployment_circuit_breaker: CircuitBreaker<'a>,
        /// Give up on a deployment that sets off alarms.
        alarms: DeploymentAlarms<'a>,
        /// Network of the tasks, with `awsvpc`.
        network_configuration: NetworkConfiguration<'a>,
        /// The target groups its tasks register with.
        load_balancer: Vec<Attr<'a, ServiceLoadBalancer<'a>>>,
        /// People may open a shell in a container. Default false.
        enable_execute_command: bool,
    }
}

crate::typed::block! {
    /// A share of the tasks for a capacity provider.
    CapacityProviderStrategy<'a> {
        /// `FARGATE`, `FARGATE_SPOT`, or one's own.
        capacity_provider: &'a str,
        /// Relative share.
        weight: i64,
        /// Tasks it gets first.
        base: i64,
    }
}

crate::typed::block! {
    /// Who rolls deployments.
    DeploymentController<'a> {
        /// `ECS` (default), `CODE_DEPLOY` or `EXTERNAL`.
        kind as "type": &'a str,
    }
}

crate::typed::block! {
    /// Give up on a deployment whose tasks do not start.
    CircuitBreaker<'a> {
        /// Watch.
        enable: bool,
        /// Go back to the last deployment that worked.
        rollback: bool,
    }
}

crate::typed::block! {
    /// Give up on a deployment that sets off alarms.
    DeploymentAlarms<'a> {
        /// Watch.
        enable: bool,
        /// Go back to the last deployment that worked.
        rollback: bool,
    }
}

crate::typed::block! {
    /// Network of a service's tasks.
    NetworkConfiguration<'a> {
        /// Where tasks stand.
        subnets: Vec<Attr<'a, &'a str>>,
        /// Who may talk to them; the VPC's default group when there is none.
        security_groups: Vec<Attr<'a, &'a str>>,
        /// Each task gets a public IPv4 address. Default false.
        assign_public_ip: bool,
    }
}

crate::typed::block! {
    /// A target group that tasks register with.
    ServiceLoadBalancer<'a> {
        /// The group.
        target_group_arn: &'a str,
        /// Which container gets the traffic.
        container_name: &'a str,
        /// On which port.
        container_port: i64,
    }
}
