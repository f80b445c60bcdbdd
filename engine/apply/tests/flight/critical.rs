//! How long a flight takes: as long as its longest chain, and hardly longer.

use crate::power::Power;
use crate::stage::{Ended, Stage};
use banana_apply::{Ending, Options};
use plan::State;
use std::collections::BTreeMap;
use std::time::Duration;
use tokio::time::Instant;

/// A service behind a balancer, in private subnets with a way out.
const STACK: &str = r#"
resource "aws_vpc" "main" { cidr_block = "10.0.0.0/16" }
resource "aws_internet_gateway" "main" { vpc_id = aws_vpc.main.id }
resource "aws_subnet" "public" {
  count      = 2
  vpc_id     = aws_vpc.main.id
  cidr_block = "10.0.${count.index}.0/24"
}
resource "aws_subnet" "private" {
  count      = 2
  vpc_id     = aws_vpc.main.id
  cidr_block = "10.0.1${count.index}.0/24"
}
resource "aws_eip" "nat" {
  domain     = "vpc"
  depends_on = [aws_internet_gateway.main]
}
resource "aws_nat_gateway" "main" {
  allocation_id = aws_eip.nat.id
  subnet_id     = aws_subnet.public[0].id
}
resource "aws_route_table" "private" { vpc_id = aws_vpc.main.id }
resource "aws_route" "out" {
  route_table_id         = aws_route_table.private.id
  destination_cidr_block = "0.0.0.0/0"
  nat_gateway_id         = aws_nat_gateway.main.id
}
resource "aws_route_table_association" "private" {
  count          = 2
  route_table_id = aws_route_table.private.id
  subnet_id      = aws_subnet.private[count.index].id
}
resource "aws_security_group" "lb" { vpc_id = aws_vpc.main.id }
resource "aws_security_group" "task" { vpc_id = aws_vpc.main.id }
resource "aws_lb" "main" {
  subnets         = aws_subnet.public[*].id
  security_groups = [aws_security_group.lb.id]
}
resource "aws_lb_target_group" "web" {
  port     = 80
  protocol = "HTTP"
  vpc_id   = aws_vpc.main.id
}
resource "aws_lb_listener" "http" {
  load_balancer_arn = aws_lb.main.arn
  port              = 80
  default_action {
    type             = "forward"
    target_group_arn = aws_lb_target_group.web.arn
  }
}
resource "aws_iam_role" "task" { assume_role_policy = "{}" }
resource "aws_cloudwatch_log_group" "web" { name = "web" }
resource "aws_ecs_cluster" "main" { name = "main" }
resource "aws_ecs_task_definition" "web" {
  family                = "web"
  container_definitions = "[]"
  execution_role_arn    = aws_iam_role.task.arn
  depends_on            = [aws_cloudwatch_log_group.web]
}
resource "aws_ecs_service" "web" {
  name            = "web"
  cluster         = aws_ecs_cluster.main.arn
  task_definition = aws_ecs_task_definition.web.arn
  depends_on      = [aws_lb_listener.http, aws_route.out]
  network_configuration {
    subnets         = aws_subnet.private[*].id
    security_groups = [aws_security_group.task.id]
  }
}
"#;

/// How long AWS takes until an object is ready, as people see it there.
const READY: [(&str, u64); 8] = [
    ("aws_vpc", 2),
    ("aws_subnet", 1),
    ("aws_internet_gateway", 1),
    ("aws_nat_gateway", 105),
    ("aws_lb", 140),
    ("aws_ecs_cluster", 3),
    ("aws_ecs_service", 95),
    ("aws_iam_role", 8),
];

/// What one call takes.
const CALL: Duration = Duration::from_millis(50);

/// How long it takes until the instances of a resource are ready.
fn of(
    name: &str,
    needs: &BTreeMap<String, Vec<String>>,
    ready: &BTreeMap<&str, Duration>,
) -> Duration {
    let before = needs[name].iter().map(|need| of(need, needs, ready)).max();
    let ty = name.split('.').next().unwrap();
    before.unwrap_or_default() + CALL + ready.get(ty).copied().unwrap_or_default()
}

/// The longest chain of creates and waits, by what the state says of who needs whom.
fn longest(state: &State, ready: &BTreeMap<&str, Duration>) -> Duration {
    let needs: BTreeMap<String, Vec<String>> = state
        .objects()
        .map(|(address, _, object)| {
            let name = format!("{}.{}", address.ty, address.name);
            (name, object.dependencies.iter().map(ToString::to_string).collect())
        })
        .collect();
    needs.keys().map(|name| of(name, &needs, ready)).max().unwrap()
}

#[tokio::test(start_paused = true)]
async fn a_flight_takes_hardly_longer_than_its_longest_chain() {
    let stage = Stage::new();
    let named: BTreeMap<&str, Duration> =
        READY.iter().map(|(ty, seconds)| (*ty, Duration::from_secs(*seconds))).collect();
    let at_once =
        STACK.lines().filter_map(|line| line.strip_prefix("resource \"")?.split('"').next());
    let mut ready: BTreeMap<&'static str, Duration> =
        at_once.map(|ty| (ty, Duration::ZERO)).collect();
    ready.extend(named);
    stage.cloud.inner.lock().unwrap().ready_after.clone_from(&ready);
    let begun = Instant::now();
    let ended = stage.command(STACK, false, &Power::forever(), &Options::default()).await;
    let Ended::Ran(outcome) = ended else { panic!("{ended:?}") };
    assert_eq!(outcome.ending, Ending::Complete, "{:?}", outcome.left);
    let (took, longest) = (begun.elapsed(), longest(&stage.disk.state(), &ready));
    println!("{took:?} for a chain of {longest:?}");
    assert!(longest > Duration::from_secs(235), "{longest:?}");
    assert!(took < longest.mul_f64(1.1), "{took:?} for a chain of {longest:?}");
}
