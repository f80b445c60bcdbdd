//! What refers to what: by origin, by id, by name; and what stays open.

#[cfg(test)]
#[path = "../../../tests/folder/mod.rs"]
mod folder;

use banana_model::{
    Attr, EcsCluster, EcsService, EcsTaskDefinition, Lb, Model, SecurityGroup, Subnet, Target,
};
use folder::Folder;
use stack::{Empty, Program, Stack};

fn resolve(text: &'static str) -> Stack {
    let host = Folder(text.into());
    let options = stack::Options { path: "/stack".into(), ..stack::Options::default() };
    Program::load(&options, &host).resolve(&Empty)
}

#[test]
fn a_service_names_its_cluster_in_many_ways() {
    let stack = resolve(
        r#"
        variable "cluster" {
          type = string
        }
        data "aws_ecs_cluster" "other" {
          cluster_name = "other"
        }
        resource "aws_ecs_cluster" "main" {
          name = "main"
        }
        resource "aws_ecs_service" "a_id" {
          name    = "a"
          cluster = aws_ecs_cluster.main.id
        }
        resource "aws_ecs_service" "b_name" {
          name    = "b"
          cluster = aws_ecs_cluster.main.name
        }
        resource "aws_ecs_service" "c_literal" {
          name    = "c"
          cluster = "main"
        }
        resource "aws_ecs_service" "d_elsewhere" {
          name    = "d"
          cluster = "another"
        }
        resource "aws_ecs_service" "e_data" {
          name    = "e"
          cluster = data.aws_ecs_cluster.other.arn
        }
        resource "aws_ecs_service" "f_unknown" {
          name    = "f"
          cluster = var.cluster
        }
        "#,
    );
    let model = Model::new(&stack);
    let cluster = &model.all::<EcsCluster>()[0];
    let found: Vec<Option<bool>> =
        model.all::<EcsService>().iter().map(|s| model.names(s.cluster.value(), cluster)).collect();
    assert_eq!(found, [Some(true), Some(true), Some(true), Some(false), Some(false), None]);
    let (services, open) = model.naming::<EcsService, _>(cluster, "cluster");
    assert_eq!(services.len(), 3);
    assert!(open.is_some_and(stack::Value::is_unknown));
}

#[test]
fn each_subnet_of_a_splat_is_one_of_this_stack() {
    let stack = resolve(
        r#"
        resource "aws_subnet" "private" {
          count  = 2
          vpc_id = "vpc-1"
        }
        resource "aws_security_group" "alb" {}
        resource "aws_lb" "front" {
          subnets         = aws_subnet.private[*].id
          security_groups = [aws_security_group.alb.id]
        }
        "#,
    );
    let model = Model::new(&stack);
    let lb = &model.all::<Lb>()[0];
    let names: Vec<String> = lb
        .subnets
        .elements()
        .iter()
        .map(|id| model.target::<Subnet>(id.value()).here().unwrap().resource.address.to_string())
        .collect();
    assert_eq!(names, ["aws_subnet.private[0]", "aws_subnet.private[1]"]);
    let group = lb.security_groups.elements()[0].value();
    assert!(matches!(model.target::<SecurityGroup>(group), Target::Here(_)));
    // Another type is certainly not it.
    assert!(matches!(model.target::<Subnet>(group), Target::Elsewhere(_)));
    assert_eq!(model.refers(group), stack.find(&model.all::<SecurityGroup>()[0].resource.address));
}

#[test]
fn containers_are_read_around_their_holes() {
    let stack = resolve(
        r#"
        resource "aws_ecr_repository" "front" {
          name = "front"
        }
        resource "aws_ecs_task_definition" "front" {
          family = "front"
          container_definitions = jsonencode([{
            Name         = "front"
            image        = "${aws_ecr_repository.front.repository_url}:1"
            portMappings = [{ containerPort = 80 }]
            environment  = [{ name = "A", value = "b" }]
          }])
        }
        "#,
    );
    let model = Model::new(&stack);
    let task = &model.all::<EcsTaskDefinition>()[0];
    assert!(task.resource.value.get("container_definitions").unwrap().is_unknown());
    let container = task.container_definitions.elements()[0].known().unwrap();
    assert_eq!(container.name.known().unwrap(), "front");
    assert!(container.image.is_unknown());
    assert!(matches!(container.privileged, Attr::Known(false, _)));
    let port = container.port_mappings.elements()[0].known().unwrap().container_port;
    assert_eq!(port.known(), Some(&80));
    // The value's own line is the place to blame, not the document's.
    let variable = container.environment.elements()[0].known().unwrap();
    let at = stack.sources.place(variable.value.value().blame.at.unwrap());
    assert_eq!((at.line, at.end_column - at.column), (11, 3));
}
