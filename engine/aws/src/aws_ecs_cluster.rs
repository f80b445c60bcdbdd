//! `aws_ecs_cluster`: an ECS cluster.
