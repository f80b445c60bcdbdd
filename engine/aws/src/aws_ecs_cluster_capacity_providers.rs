//! `aws_ecs_cluster_capacity_providers`: which capacity providers a cluster may use.
