//! # The execution role may not do what starting a task takes
//!
//! Starting a task takes the execution role's permission to pull an image from ECR, to write its logs, and to read the
//! secrets that containers are given. The role of this task definition lacks one, or there is no role.
//!
//! **Why.** The task stops before its container starts, and the deployment never ends well.
//!
//! **Fix.** Attach `AmazonECSTaskExecutionRolePolicy` (ECR and logs), and allow `secretsmanager:GetSecretValue` or
//! `ssm:GetParameters` on just the secrets that the task gets.
//!
//! ```hcl,fail
//! resource "aws_iam_role" "execution" {
//!   name               = "execution"
//!   assume_role_policy = "{}"
//! }
//!
//! resource "aws_iam_role_policy_attachment" "execution" {
//!   role       = aws_iam_role.execution.name
//!   policy_arn = "arn:aws:iam::aws:policy/service-role/AmazonECSTaskExecutionRolePolicy"
//! }
//!
//! resource "aws_ecs_task_definition" "front" {
//!   family             = "front"
//!   execution_role_arn = aws_iam_role.execution.arn
//!   container_definitions = jsonencode([{
//!     name  = "front"
//!     image = "example.com/front:1"
//!     secrets = [{
//!       name      = "DB_PASSWORD"
//!       valueFrom = "arn:aws:secretsmanager:eu-west-3:123456789012:secret:db-AbCdEf"
//!     }]
//!   }])
//! }
//! ```
//!
//! ```hcl,pass
//! resource "aws_iam_role" "execution" {
//!   name               = "execution"
//!   assume_role_policy = "{}"
//! }
//!
//! resource "aws_iam_role_policy_attachment" "execution" {
//!   role       = aws_iam_role.execution.name
//!   policy_arn = "arn:aws:iam::aws:policy/service-role/AmazonECSTaskExecutionRolePolicy"
//! }
//!
//! resource "aws_iam_role_policy" "secrets" {
//!   role = aws_iam_role.execution.id
//!   policy = jsonencode({
//!     Statement = [{
//!       Effect   = "Allow"
//!       Action   = "secretsmanager:GetSecretValue"
//!       Resource = "arn:aws:secretsmanager:eu-west-3:123456789012:secret:db-*"
//!     }]
//!   })
//! }
//!
//! resource "aws_ecs_task_definition" "front" {
//!   family             = "front"
//!   execution_role_arn = aws_iam_role.execution.arn
//!   container_definitions = jsonencode([{
//!     name  = "front"
//!     image = "123456789012.dkr.ecr.eu-west-3.amazonaws.com/front:1"
//!     secrets = [{
//!       name      = "DB_PASSWORD"
//!       valueFrom = "arn:aws:secretsmanager:eu-west-3:123456789012:secret:db-AbCdEf"
//!     }]
//!   }])
//! }
//! ```
//!
//! ```hcl,unknown
//! variable "role" {
//!   type = string
//! }
//!
//! resource "aws_ecs_task_definition" "front" {
//!   family             = "front"
//!   execution_role_arn = var.role
//!   container_definitions = jsonencode([{
//!     name  = "front"
//!     image = "123456789012.dkr.ecr.eu-west-3.amazonaws.com/front:1"
//!   }])
//! }
//! ```
//!
//! **Limits.** Keys of KMS, permissions boundaries and what the organisation forbids are not looked at. On instances the
//! instance's role pulls and logs when there is no execution role; there only secrets need one.

use check::{Check, Meta, Severity};
use model::{
    Attr, ContainerDefinition, EcsTaskDefinition, IamPolicy, IamRole, IamRolePolicy,
    IamRolePolicyAttachment, Image, ImageFacts, PolicyDocument, Registry, Secret, Target,
    is_written,
};
use reach::iam::{Decision, Request, decide};
use stack::Value;

/// What the rule says about itself.
pub const META: Meta = Meta {
    code: "ECS021",
    name: "execution-role",
    severity: Severity::High,
    resources: &["aws_ecs_task_definition"],
    aliases: &[],
    controls: &[],
    since: "0.1.0",
    links: &[
        "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task_execution_IAM_role.html",
    ],
};

/// What `AmazonECSTaskExecutionRolePolicy` allows, on everything (AWS managed policy reference, version 1).
const MANAGED: [&str; 6] = [
    "ecr:GetAuthorizationToken",
    "ecr:BatchCheckLayerAvailability",
    "ecr:GetDownloadUrlForLayer",
    "ecr:BatchGetImage",
    "logs:CreateLogStream",
    "logs:PutLogEvents",
];
const MANAGED_NAME: &str = "policy/service-role/AmazonECSTaskExecutionRolePolicy";
const OPEN: &str = "it is not known whether the execution role may start the task";

/// A permission that starting takes, and the value that asks for it.
struct Need<'a> {
    action: &'static str,
    resource: String,
    why: &'static str,
    value: &'a Value,
}

/// Judges a task definition.
pub fn check<'a>(task: &EcsTaskDefinition<'a>, check: &mut Check<'a>) {
    let mut needs = Vec::new();
    let containers = check.containers(task, OPEN);
    for (_, container) in &containers {
        collect(container, &mut needs);
    }
    if needs.is_empty() {
        return;
    }
    let role = match check.model().target::<IamRole>(task.execution_role_arn.value()) {
        Target::Here(role) => role,
        Target::Nothing(value) => {
            let platforms = task.requires_compatibilities.elements().iter().filter_map(Attr::known);
            let fargate = platforms.copied().any(|platform| platform == "FARGATE");
            // An instance pulls and logs with its own role.
            let need = needs.iter().find(|need| fargate || need.why == SECRET);
            if let Some(need) = need {
                let message =
                    format!("{} takes an execution role, and the task has none", need.why);
                let row = check.fail(value, "execution_role_arn", message);
                if let Some(at) = need.value.blame.at {
                    row.also(at, "what takes it");
                }
            }
            return;
        }
        Target::Elsewhere(value) | Target::Unknown(value) => {
            check.unknown(value, "execution_role_arn", OPEN);
            return;
        }
    };
    let policies = policies(role, check);
    for need in needs {
        let request = Request { action: need.action, resource: &need.resource };
        if policies.managed && MANAGED.contains(&need.action) {
            continue;
        }
        let wanted = format!("`{}` on `{}`", need.action, need.resource);
        let path = "execution_role_arn";
        let open = match (decide(&policies.documents, request), policies.unknown) {
            (Decision::Allowed, _) => continue,
            (Decision::Unknown(value), _) | (Decision::Denied, Some(value)) => value,
            (Decision::Denied, None) => {
                let message =
                    format!("the execution role may not do what {} takes: {wanted}", need.why);
                check
                    .fail(need.value, path, message)
                    .also(role.resource.header, "the execution role")
                    .evidence(wanted.clone())
                    .witness(format!("a request for {wanted} is denied"));
                continue;
            }
        };
        check.unknown(open, path, OPEN);
        return;
    }
}

const SECRET: &str = "reading a secret";

/// What one container takes.
fn collect<'a>(container: &ContainerDefinition<'a>, needs: &mut Vec<Need<'a>>) {
    let facts = ImageFacts::of(&container.image);
    if let Some(Registry::Ecr { account, region }) = facts.and_then(|facts| facts.registry) {
        let why = "pulling from ECR";
        let value = container.image.value();
        let image = container.image.known().and_then(|text| Image::parse(text));
        let name = image.map_or("some", |image| image.repository);
        let account = if account == "*" { "123456789012" } else { account };
        let region = if region == "*" { "eu-west-3" } else { region };
        let repository = format!("arn:aws:ecr:{region}:{account}:repository/{name}");
        let of = |action, resource: &str| Need { action, resource: resource.into(), why, value };
        needs.push(of("ecr:GetAuthorizationToken", "*"));
        needs.push(of("ecr:GetDownloadUrlForLayer", &repository));
        needs.push(of("ecr:BatchGetImage", &repository));
    }
    if let Attr::Known(logs, value) = &container.log_configuration {
        if logs.driver.known().is_some_and(|driver| driver == "awslogs")
            && let Attr::Known(group, _) = logs.option("awslogs-group")
        {
            let region = logs.option("awslogs-region");
            let region = region.known().map_or("*", |region| region.as_str());
            let group = format!("arn:aws:logs:{region}:123456789012:log-group:{group}");
            let stream = format!("{group}:log-stream:*");
            let made =
                logs.option("awslogs-create-group").known().is_some_and(|made| made == "true");
            let why = "writing logs";
            let of =
                |action, resource: &String| Need { action, resource: resource.clone(), why, value };
            needs.push(of("logs:CreateLogStream", &stream));
            needs.push(of("logs:PutLogEvents", &stream));
            if made {
                needs.push(of("logs:CreateLogGroup", &group));
            }
        }
        needs.extend(
            logs.secret_options.elements().iter().filter_map(Attr::known).filter_map(secret),
        );
    }
    needs.extend(container.secrets.elements().iter().filter_map(Attr::known).filter_map(secret));
    if let Attr::Known(arn, value) = &container.repository_credentials {
        let (action, why) = ("secretsmanager:GetSecretValue", SECRET);
        needs.push(Need { action, resource: arn.to_string(), why, value });
    }
}

/// Which action reads a secret: an ARN says its service; anything else is a parameter's name.
fn secret<'a>(secret: &Secret<'a>) -> Option<Need<'a>> {
    let Attr::Known(from, value) = &secret.value_from else { return None };
    let of = |action, resource: String| Some(Need { action, resource, why: SECRET, value });
    if from.contains(":secretsmanager:") {
        // A key and version of the secret may follow: arn:aws:secretsmanager:region:account:secret:name:key:stage:id
        let arn = from.splitn(8, ':').take(7).collect::<Vec<_>>().join(":");
        return of("secretsmanager:GetSecretValue", arn);
    }
    if from.starts_with("arn:") {
        return of("ssm:GetParameters", from.to_string());
    }
    let name = from.trim_start_matches('/');
    of("ssm:GetParameters", format!("arn:aws:ssm:eu-west-3:123456789012:parameter/{name}"))
}

/// What a role is given, as far as the stack tells.
struct Policies<'a> {
    documents: Vec<Attr<'a, PolicyDocument<'a>>>,
    /// `AmazonECSTaskExecutionRolePolicy` is attached.
    managed: bool,
    /// A policy that cannot be read.
    unknown: Option<&'a Value>,
}

fn policies<'a>(role: &IamRole<'a>, check: &Check<'a>) -> Policies<'a> {
    let model = check.model();
    let mut all = Policies { documents: Vec::new(), managed: false, unknown: None };
    all.documents.extend(check::inline(role).into_iter().map(|(_, policy)| policy));
    let (own, open) = model.naming::<IamRolePolicy<'a>, _>(role, "role");
    all.documents.extend(own.iter().map(|it| it.policy.clone()));
    let (attached, open_attached) = model.naming::<IamRolePolicyAttachment<'a>, _>(role, "role");
    all.unknown = open.or(open_attached);
    let listed = is_written(role.resource, "managed_policy_arns");
    let listed = role.managed_policy_arns.elements().iter().filter(|_| listed).map(Attr::value);
    for arn in attached.iter().map(|it| it.policy_arn.value()).chain(listed) {
        match model.target::<IamPolicy>(arn) {
            Target::Here(policy) => all.documents.push(policy.policy.clone()),
            Target::Elsewhere(value) | Target::Unknown(value) => match value.as_str() {
                Some(text) if text.ends_with(MANAGED_NAME) => all.managed = true,
                _ => all.unknown = all.unknown.or(Some(value)),
            },
            Target::Nothing(_) => {}
        }
    }
    all
}
