//! What is told before anything is touched.

#[cfg(test)]
#[path = "../../../../tests/folder/mod.rs"]
mod folder;
#[cfg(test)]
mod shelf;

#[cfg(test)]
mod tests {
    use crate::folder::Folder;
    use crate::shelf::Shelf;
    use banana_apply::{Options, preflight};
    use plan::{Object, Pattern, Provider, State};
    use serde_json::json;
    use stack::Program;
    use syntax::Level;

    const STACK: &str = r#"
provider "aws" { region = "eu-west-3" }
variable "subnet" { default = "subnet-00000001" }
resource "aws_lb" "web" {
  name            = "web"
  subnets         = [var.subnet, "subnet-00000002"]
  security_groups = [aws_security_group.own.id, "sg-00000003"]
}
resource "aws_security_group" "own" { vpc_id = "vpc-00000004" }
resource "aws_iam_role" "own" {
  name               = "own"
  assume_role_policy = jsonencode({ Statement = [{ Principal = { AWS = "arn:aws:iam::123456789012:role/nobody" } }] })
}
resource "aws_ecs_task_definition" "web" {
  family             = "web"
  execution_role_arn = "arn:aws:iam::123456789012:role/path/exec"
  task_role_arn      = "arn:aws:iam::123456789012:role/own"
  container_definitions = jsonencode([{
    name    = "web"
    image   = "123456789012.dkr.ecr.eu-west-3.amazonaws.com/web:1"
    secrets = [{ name = "WORD", valueFrom = "arn:aws:ssm:eu-west-3:123456789012:parameter/web/word" }]
  }])
}
"#;

    /// `code line:column what`, one line a report.
    fn told(text: &str, state: &State, shelf: &Shelf) -> Vec<String> {
        let host = Folder(text.into());
        let options =
            stack::Options { path: "/stack".into(), defer_data: true, ..stack::Options::default() };
        let program = Program::load(&options, &host);
        let planned = plan::plan(&program, state, &plan::Options::default()).unwrap();
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .start_paused(true)
            .build()
            .unwrap();
        let options = Options::default();
        let reports = runtime.block_on(preflight(&planned, shelf, &options));
        let line = |report: &syntax::Report| {
            let at = report.at.as_ref().map(|at| planned.stack.sources.place(at.span));
            let at = at.map_or_else(|| "-".into(), |p| format!("{}:{}", p.line, p.column));
            let what = report.message.split('`').nth(3).unwrap_or_default();
            let level = if report.level == Level::Warning { " (warning)" } else { "" };
            format!("{} {at} {what}{level}", report.code)
        };
        reports.iter().map(line).collect()
    }

    fn whole() -> Shelf {
        Shelf::of(&[
            ("aws_subnet", "subnet-00000001"),
            ("aws_subnet", "subnet-00000002"),
            ("aws_security_group", "sg-00000003"),
            ("aws_vpc", "vpc-00000004"),
            ("aws_iam_role", "exec"),
            ("aws_ecr_image", "web:1"),
            ("aws_ssm_parameter", "/web/word"),
        ])
    }

    #[test]
    fn where_all_is_there_nothing_is_told_and_nothing_is_asked_twice() {
        let shelf = whole();
        assert_eq!(told(STACK, &State::default(), &shelf), Vec::<String>::new());
        let mut asked = shelf.asked();
        asked.sort();
        let once = asked.clone();
        asked.dedup();
        assert_eq!(asked, once);
        // Neither the role that the stack makes itself nor the one that a policy names.
        assert_eq!(asked.len(), 7, "{asked:?}");
    }

    #[test]
    fn all_that_is_missing_is_told_at_once_at_the_text_that_decides_it() {
        let all = [
            "missing-reference 20:15 123456789012.dkr.ecr.eu-west-3.amazonaws.com/web:1",
            "missing-reference 16:24 arn:aws:iam::123456789012:role/path/exec",
            "missing-reference 7:49 sg-00000003",
            "missing-reference 21:45 arn:aws:ssm:eu-west-3:123456789012:parameter/web/word",
            "missing-reference 3:31 subnet-00000001",
            "missing-reference 6:34 subnet-00000002",
            "missing-reference 9:48 vpc-00000004",
        ];
        let mut said = told(STACK, &State::default(), &Shelf::of(&[]));
        said.sort();
        let mut all = all.map(str::to_owned);
        all.sort();
        assert_eq!(said, all);
    }

    #[test]
    fn what_cannot_be_looked_up_is_a_warning() {
        let shelf = whole().denying("aws_iam_role");
        let said = told(STACK, &State::default(), &shelf);
        assert_eq!(said.len(), 1, "{said:?}");
        assert!(said[0].starts_with("unread-reference 16:"), "{said:?}");
        assert!(said[0].ends_with("(warning)"), "{said:?}");
    }

    #[test]
    fn what_was_there_before_and_does_not_change_is_not_asked_about_again() {
        let text = "resource \"aws_security_group\" \"own\" {\n  name = \"own\"\n  vpc_id = \"vpc-00000004\"\n  tags = { a = \"b\" }\n}\n";
        let mut state = State { lineage: "l".into(), serial: 1, ..State::default() };
        let address = "aws_security_group.own".parse::<Pattern>().unwrap().instance().unwrap();
        let attributes = json!({
            "id": "sg-00000003", "name": "own", "vpc_id": "vpc-00000004", "description": "Managed by Terraform", "revoke_rules_on_delete": false
        });
        let object = Object {
            attributes: attributes.as_object().unwrap().clone(),
            schema_version: 1,
            ..Object::default()
        };
        state.put(&address, "provider[\"registry.terraform.io/hashicorp/aws\"]", object);
        let shelf = Shelf::of(&[]);
        assert_eq!(told(text, &state, &shelf), Vec::<String>::new());
        assert!(shelf.asked().is_empty());
    }

    #[test]
    fn another_account_than_the_provider_wants_is_refused() {
        let with =
            |line: &str| format!("provider \"aws\" {{\n  region = \"eu-west-3\"\n  {line}\n}}\n");
        let said = |line: &str| told(&with(line), &State::default(), &Shelf::of(&[]));
        assert_eq!(said("allowed_account_ids = [\"123456789012\"]"), Vec::<String>::new());
        assert_eq!(said("forbidden_account_ids = [\"210987654321\"]"), Vec::<String>::new());
        let refused = said("allowed_account_ids = [\"210987654321\"]");
        assert_eq!(refused.len(), 1);
        assert!(refused[0].starts_with("wrong-account 3:"), "{refused:?}");
        let refused = said("forbidden_account_ids = [\"123456789012\"]");
        assert!(refused[0].starts_with("wrong-account 3:"), "{refused:?}");
    }

    #[test]
    fn a_data_source_that_waits_and_cannot_be_read_is_told_before_anything_is_made() {
        let text = "resource \"aws_vpc\" \"v\" {\n  cidr_block = \"10.0.0.0/16\"\n}\ndata \"aws_ami\" \"a\" {\n  filter {\n    name   = \"vpc\"\n    values = [aws_vpc.v.id]\n  }\n}\n";
        let said = |shelf: &Shelf| told(text, &State::default(), shelf);
        assert_eq!(said(&Shelf::of(&[])), Vec::<String>::new());
        let unread = said(&Shelf::of(&[]).without(&["aws_ami"]));
        assert_eq!(unread, ["unsupported-type 4:1 data.aws_ami.a"]);
    }

    #[test]
    fn every_type_that_cannot_be_applied_is_told_with_its_place() {
        let text = "resource \"aws_sqs_queue\" \"q\" {\n  name = \"q\"\n}\nresource \"aws_sns_topic\" \"t\" {\n  name = \"t\"\n}\n";
        let shelf = Shelf::of(&[]).without(&["aws_sqs_queue", "aws_sns_topic"]);
        assert!(!shelf.handles("aws_sqs_queue"));
        let said = told(text, &State::default(), &shelf);
        let all = ["unsupported-type 4:1 aws_sns_topic.t", "unsupported-type 1:1 aws_sqs_queue.q"];
        assert_eq!(said, all);
    }

    #[test]
    fn an_image_is_looked_up_unless_its_repository_is_made_first() {
        let task = "resource \"aws_ecs_task_definition\" \"web\" {\n  family = \"web\"\n  container_definitions = jsonencode([{ name = \"web\", image = \"123456789012.dkr.ecr.eu-west-3.amazonaws.com/web:2\" }])\n}\n";
        let missing = ["missing-reference 3:63 123456789012.dkr.ecr.eu-west-3.amazonaws.com/web:2"];
        assert_eq!(told(task, &State::default(), &whole()), missing);
        let made = format!("{task}resource \"aws_ecr_repository\" \"web\" {{ name = \"web\" }}\n");
        let shelf = whole();
        assert_eq!(told(&made, &State::default(), &shelf), Vec::<String>::new());
        assert!(shelf.asked().is_empty(), "{:?}", shelf.asked());
    }

    #[test]
    fn a_quota_without_room_is_told_before_anything_is_made() {
        let text =
            "resource \"aws_vpc\" \"a\" {\n  count      = 3\n  cidr_block = \"10.0.0.0/16\"\n}\n";
        let said = |most, used| {
            let shelf = Shelf::of(&[]).with_quota("aws_vpc", most, used);
            told(text, &State::default(), &shelf)
        };
        assert_eq!(said(5, 2), Vec::<String>::new());
        assert_eq!(said(5, 3), ["quota-exceeded 1:1 aws_vpc.a[0]"]);
        // An account that has more than it may: the quota was lowered, or others share the VPC.
        assert_eq!(said(5, u64::MAX), ["quota-exceeded 1:1 aws_vpc.a[0]"]);
        let unread = Shelf::of(&[]).with_quota("aws_vpc", 0, 0).denying("aws_vpc");
        assert_eq!(
            told(text, &State::default(), &unread),
            ["unread-quota -  (warning)".to_owned()]
        );
    }

    #[test]
    fn a_quota_is_asked_about_only_where_the_plan_makes_more_than_it_deletes() {
        let mut state = State { lineage: "l".into(), serial: 1, ..State::default() };
        let address = "aws_vpc.old".parse::<Pattern>().unwrap().instance().unwrap();
        let attributes = json!({"id": "vpc-00000001", "cidr_block": "10.0.0.0/16"});
        let attributes = attributes.as_object().unwrap().clone();
        let object = Object { attributes, schema_version: 1, ..Object::default() };
        state.put(&address, "provider[\"registry.terraform.io/hashicorp/aws\"]", object);
        let full = || Shelf::of(&[]).with_quota("aws_vpc", 5, 5);
        let one = "resource \"aws_vpc\" \"new\" { cidr_block = \"10.1.0.0/16\" }\n";
        let shelf = full();
        assert_eq!(told(one, &state, &shelf), Vec::<String>::new());
        assert!(shelf.asked().is_empty());
        let two =
            format!("{one}resource \"aws_vpc\" \"newer\" {{ cidr_block = \"10.2.0.0/16\" }}\n");
        assert_eq!(told(&two, &state, &full()), ["quota-exceeded 1:1 aws_vpc.new"]);
    }
}
