//! A simulation of a whole stack: beside the estimate, beside itself, and of stacks that are wrong.

#![expect(
    clippy::cast_precision_loss,
    clippy::float_cmp,
    reason = "counts are small, and what is compared is exact"
)]

mod machine;

use banana_cost::cents;
use banana_cost::simulate::{Settings, Simulation, compare};
use machine::{of, simulation};

/// A service behind a load balancer, in private subnets with a NAT gateway; `service` and `scaling` are its own lines.
fn stack(service: &str, scaling: &str) -> String {
    format!(
        r#"
provider "aws" {{ region = "us-east-1" }}
resource "aws_ecs_cluster" "c" {{ name = "c" }}
resource "aws_cloudwatch_log_group" "l" {{
  name              = "front"
  retention_in_days = 30
}}
resource "aws_ecs_task_definition" "t" {{
  family                   = "t"
  requires_compatibilities = ["FARGATE"]
  network_mode             = "awsvpc"
  cpu                      = 512
  memory                   = 1024
  ephemeral_storage {{ size_in_gib = 30 }}
  container_definitions = jsonencode([{{
    name  = "front"
    image = "example.org/front:1"
    logConfiguration = {{ logDriver = "awslogs", options = {{ "awslogs-group" = aws_cloudwatch_log_group.l.name }} }}
  }}])
}}
resource "aws_lb" "lb" {{
  name    = "lb"
  subnets = ["subnet-1", "subnet-2"]
}}
resource "aws_lb_target_group" "g" {{
  name        = "g"
  port        = 80
  protocol    = "HTTP"
  target_type = "ip"
  vpc_id      = "vpc-1"
}}
resource "aws_lb_listener" "l" {{
  load_balancer_arn = aws_lb.lb.arn
  port              = 80
  default_action {{
    type             = "forward"
    target_group_arn = aws_lb_target_group.g.arn
  }}
}}
resource "aws_nat_gateway" "n" {{
  subnet_id     = "subnet-1"
  allocation_id = "eipalloc-1"
}}
resource "aws_ecs_service" "s" {{
  name            = "s"
  cluster         = aws_ecs_cluster.c.id
  task_definition = aws_ecs_task_definition.t.arn
  network_configuration {{
    subnets          = ["subnet-3"]
    assign_public_ip = false
  }}
  load_balancer {{
    target_group_arn = aws_lb_target_group.g.arn
    container_name   = "front"
    container_port   = 80
  }}
  {service}
}}
{scaling}
"#
    )
}

fn scaling(target: u32, min: u32, max: u32) -> String {
    format!(
        r#"
resource "aws_appautoscaling_target" "t" {{
  service_namespace  = "ecs"
  scalable_dimension = "ecs:service:DesiredCount"
  resource_id        = "service/c/s"
  min_capacity       = {min}
  max_capacity       = {max}
}}
resource "aws_appautoscaling_policy" "cpu" {{
  name               = "cpu"
  policy_type        = "TargetTrackingScaling"
  service_namespace  = "ecs"
  scalable_dimension = "ecs:service:DesiredCount"
  resource_id        = aws_appautoscaling_target.t.resource_id
  target_tracking_scaling_policy_configuration {{
    target_value = {target}
    predefined_metric_specification {{ predefined_metric_type = "ECSServiceAverageCPUUtilization" }}
  }}
}}
"#
    )
}

const FARGATE: &str = "launch_type = \"FARGATE\"\ndesired_count = 3";

fn settings(scenarios: u32) -> Settings {
    Settings { scenarios, ..Settings::default() }
}

/// Thirty requests a second, all month: 78,840,000 of them. An hour has 108,000 of 11 kB, which are 1.188 GB and as many capacity units.
const CONSTANT: &str = "[simulate.\"aws_ecs_service.s\"]\nrequests_per_second = 30\nnoise = 0\ncpu_ms = 10\nnat_kb = 2\nnat_out_kb = 1\nspot_interruptions_month = 0";
const AS_ASSUMED: [&str; 5] = [
    "lb.lcu=1.188",
    "lb.egress_gb_month=788.4",
    "logs.ingest_gb_month=19.71",
    "nat.gb_month=157.68",
    "nat.egress_gb_month=78.84",
];

/// The law that ties the two together: on constant load the simulation is the estimate, to the cent, wherever tasks run.
#[test]
fn constant_load_is_the_estimate() {
    let mixed = "capacity_provider_strategy {\ncapacity_provider = \"FARGATE\"\nbase = 2\nweight = 1\n}\ncapacity_provider_strategy {\ncapacity_provider = \"FARGATE_SPOT\"\nweight = 3\n}";
    let spot = "capacity_provider_strategy {\ncapacity_provider = \"FARGATE_SPOT\"\nweight = 1\n}";
    for (service, scaling) in [
        (FARGATE, String::new()),
        (FARGATE, scaling(60, 3, 10)),
        (mixed, scaling(60, 5, 10)),
        (spot, scaling(60, 4, 10)),
    ] {
        let text = stack(service, &scaling);
        let estimate = of(&text, &AS_ASSUMED);
        let simulation = simulation(&text, &[], CONSTANT, settings(3));
        assert_eq!(simulation.not_simulated, []);
        let total = cents(estimate.total_monthly);
        let monthly = &simulation.monthly;
        for month in [monthly.mean, monthly.p5, monthly.p50, monthly.p95, monthly.p99] {
            assert_eq!(month.to_string(), total, "{service} {scaling}");
        }
        assert!(estimate.total_monthly > 150.into());
    }
}

/// What is assumed of a line gives way to what is simulated of it, and that is said.
#[test]
fn simulated_lines_replace_assumed_ones() {
    let text = stack(FARGATE, "");
    let plain = simulation(&text, &[], CONSTANT, settings(1));
    let assumed =
        simulation(&text, &["lb.lcu=40", "logs.ingest_gb_month=1"], CONSTANT, settings(1));
    assert_eq!(plain.monthly.p50.to_string(), assumed.monthly.p50.to_string());
    assert_eq!(
        assumed.services[0].notes,
        [
            "`lb.lcu` of aws_lb.lb is simulated, instead of 40",
            "`logs.ingest_gb_month` of aws_cloudwatch_log_group.l is simulated, instead of 1",
        ]
    );
}

const UNCERTAIN: &str = "[simulate.\"aws_ecs_service.s\"]\nrequests_per_second = [20, 50, 120]\ncpu_ms = [15, 25, 40]\nlog_bytes = [100, 250, 900]\nnoise = 0.2\nbursts_month = 5\ndaily = \"web\"";

fn spread(values: &[f64]) -> f64 {
    let mean = values.iter().sum::<f64>() / values.len() as f64;
    values.iter().map(|value| (value - mean).powi(2)).sum::<f64>() / values.len() as f64
}

/// Both sides of a comparison meet the same demand: what is left is the change.
#[test]
fn a_change_is_told_from_chance() {
    let of = |target, seed| {
        let settings = Settings { seed, ..settings(48) };
        simulation(&stack(FARGATE, &scaling(target, 2, 30)), &[], UNCERTAIN, settings)
    };
    let (before, after) = (of(70, 1), of(45, 1));
    let same = compare(&before, &of(70, 1)).unwrap();
    assert_eq!((same.difference.p5.0, same.difference.p99.0), (0.0, 0.0));
    assert_eq!(same.probability_of_increase, 0.0);

    let change = compare(&before, &after).unwrap();
    assert_eq!(change.probability_of_increase, 1.0);
    let paired: Vec<f64> = after.months.iter().zip(&before.months).map(|(a, b)| a - b).collect();
    let other = of(45, 2);
    let unpaired: Vec<f64> = other.months.iter().zip(&before.months).map(|(a, b)| a - b).collect();
    assert!(spread(&paired) * 10.0 < spread(&unpaired));
    assert_eq!(compare(&before, &other), None);
}

#[test]
fn the_driver_that_moves_the_bill_comes_first() {
    let settings = Settings { budget: Some(150.into()), ..settings(200) };
    let it = simulation(&stack(FARGATE, &scaling(60, 2, 30)), &[], UNCERTAIN, settings);
    let names: Vec<&str> = it.drivers.iter().map(|driver| driver.input).collect();
    assert_eq!(names, ["requests_per_second", "cpu_ms", "log_bytes"]);
    let first = &it.drivers[0];
    assert!(first.monthly_when_low < it.monthly.p50 && it.monthly.p50 < first.monthly_when_high);
    assert!(it.drivers.iter().map(|driver| driver.variance_share).sum::<f64>() < 1.2);
    let over = it.months.iter().filter(|month| **month > 150.0).count() as f64 / 200.0;
    assert_eq!(it.budget.map(|budget| budget.probability_over), Some(over));
    let service = &it.services[0];
    assert!(service.tasks.p5 >= 2.0 && service.peak_tasks.p99 <= 30.0);
    assert!(service.tasks.p50 > 2.0 && service.starts.p50 > 10.0);
}

fn bits(simulation: &Simulation) -> Vec<u64> {
    simulation.months.iter().map(|month| month.to_bits()).collect()
}

#[test]
fn the_same_seed_is_the_same_document() {
    let run = |threads| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        pool.install(|| {
            simulation(&stack(FARGATE, &scaling(60, 2, 30)), &[], UNCERTAIN, settings(40))
        })
    };
    let (one, two) = (run(1), run(2));
    assert_eq!(bits(&one), bits(&two));
    let json = |it: &Simulation| serde_json::to_string(it).unwrap();
    assert_eq!(json(&one), json(&two));
}

fn not_simulated(text: &str, demand: &str) -> String {
    let it = simulation(text, &[], demand, settings(1));
    let not = it.not_simulated.iter().map(|not| format!("{}: {}", not.address, not.reason));
    let reports = it.reports.iter().map(|report| {
        let help = report.help.as_deref().unwrap_or_default();
        let place = if report.at.is_some() { "placed" } else { "nowhere" };
        format!("{} [{}, {place}] {help}", report.message, report.code)
    });
    let notes = it.services.iter().flat_map(|service| service.notes.iter().cloned());
    not.chain(reports).chain(notes).collect::<Vec<_>>().join("\n")
}

#[test]
fn what_cannot_be_simulated_says_why() {
    let wrong = scaling(60, 9, 3);
    let tracked = scaling(60, 1, 9)
        .replace("ECSServiceAverageCPUUtilization", "DynamoDBReadCapacityUtilization");
    let many = scaling(60, 1, 90_000);
    let machines = "launch_type = \"EC2\"\ndesired_count = 1";
    let other = CONSTANT.replace("aws_ecs_service.s", "aws_ecs_service.z");
    let all = [
        not_simulated(&stack(FARGATE, &wrong), CONSTANT),
        not_simulated(&stack(FARGATE, &tracked), CONSTANT),
        not_simulated(&stack(FARGATE, &many), CONSTANT),
        not_simulated(&stack(machines, ""), CONSTANT),
        not_simulated(&stack(FARGATE, ""), &other),
    ];
    insta::assert_snapshot!(all.join("\n"), @r#"
    aws_ecs_service.s: it is written wrongly
    `min_capacity` is 9, more than `max_capacity`, which is 3 [scaling-limits, placed] AWS refuses such a target
    aws_appautoscaling_policy.cpu is not simulated: banana does not simulate the metric `DynamoDBReadCapacityUtilization`
    aws_ecs_service.s: `max_capacity` is 90000, more than 10000 tasks
    aws_ecs_service.s: its tasks run on EC2 instances, which are billed by themselves
    aws_ecs_service.s: no demand is given: `requests_per_second` in `[simulate."aws_ecs_service.s"]`, or a trace
    `aws_ecs_service.z` has demand, but is no ECS service of the stack [usage-address, nowhere] did you mean `aws_ecs_service.s`?
    "#);
}

/// Limits that are not known before the first apply are inputs with a name and a range, never a number that nobody sees.
#[test]
fn limits_that_are_not_known_yet_are_inputs() {
    let later = |limit: &str| {
        let unknown = format!("_capacity       = {limit}\n");
        let scaling = scaling(60, 1, 9);
        assert!(scaling.contains(&unknown));
        let later = "_capacity = tonumber(aws_ecs_cluster.c.id)\n";
        stack(FARGATE, &scaling.replace(&unknown, later))
    };
    let of = |text: &str, assumptions: &[&str], more: &str| {
        let demand = format!("{UNCERTAIN}\n{more}");
        simulation(text, assumptions, &demand, settings(60)).services.remove(0)
    };
    let range = |service: &banana_cost::simulate::ServiceMonths, name: &str| {
        let it = service.inputs.iter().find(|input| input.name == name)?;
        Some((it.value.low, it.value.likely, it.value.high))
    };
    let most = of(&later("9"), &[], "");
    assert_eq!(range(&most, "max_tasks"), Some((2.0, 4.0, 10.0)));
    assert_eq!(range(&most, "min_tasks"), None);
    assert_eq!(most.notes[0], "`max_capacity` is not known yet: `max_tasks` stands for it");
    assert!(most.peak_tasks.p5 < most.peak_tasks.p95 && most.peak_tasks.p99 <= 10.0);
    let said = of(&later("9"), &[], "max_tasks = 3");
    assert_eq!((said.peak_tasks.p95, said.peak_tasks.p99), (3.0, 3.0));

    let least = of(&later("1"), &["ecs.tasks=5"], "");
    assert_eq!(range(&least, "min_tasks"), Some((5.0, 5.0, 5.0)));
    assert!(least.tasks.p5 >= 5.0 && least.peak_tasks.p99 <= 9.0);
    let known = of(&stack(FARGATE, &scaling(60, 1, 9)), &[], "max_tasks = 3");
    assert_eq!(known.notes[0], "`max_tasks` is of no use: `max_capacity` is 9");
    assert_eq!(range(&known, "max_tasks"), None);
}
