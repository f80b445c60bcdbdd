//! `aws_ecs_service`: an ECS service, with its rollout.
