//! `aws_ecs_task_definition`: a revision of a task definition family.
