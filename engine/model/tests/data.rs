//! Data sources answered without AWS. The documents are answers of Terraform 1.11.4 with provider 5.100.0.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

#[cfg(test)]
#[path = "../../../tests/folder/mod.rs"]
mod folder;

use banana_model::data::{Caller, Offline};
use folder::Folder;
use stack::{Options, Program, Stack, Value};

fn resolve(world: &Offline, text: &str) -> Stack {
    let stack = with_reports(world, text);
    assert!(stack.reports.is_empty(), "{:?}", stack.reports);
    stack
}

fn with_reports(world: &Offline, text: &str) -> Stack {
    let host = Folder(format!("provider \"aws\" {{ region = \"eu-west-3\" }}\n{text}"));
    let options = Options { path: "/stack".into(), ..Options::default() };
    Program::load(&options, &host).resolve(world)
}

fn data<'s>(stack: &'s Stack, address: &str) -> &'s Value {
    let named = |resource: &&stack::Resource| resource.address.to_string() == address;
    &stack.resources.iter().find(named).unwrap().value
}

/// The document of `data.aws_iam_policy_document.d` in a stack, on one line, and its id.
fn policy(text: &str) -> (String, String) {
    let stack = resolve(&Offline::default(), text);
    let value = data(&stack, "data.aws_iam_policy_document.d");
    let get = |name: &str| value.get(name).unwrap().as_str().unwrap().to_owned();
    (get("minified_json"), get("id"))
}

fn minified(text: &str) -> String {
    policy(text).0
}

fn block(inside: &str) -> String {
    format!("data \"aws_iam_policy_document\" \"d\" {{\n{inside}\n}}")
}

fn source(json: &str) -> String {
    block(&format!("source_policy_documents = [<<-E\n{json}\nE\n]"))
}

#[test]
fn a_document_is_printed_to_the_byte() {
    let stack = resolve(
        &Offline::default(),
        &block(
            r#"
            version   = "2008-10-17"
            policy_id = "pid"
            statement {
              sid       = ""
              actions   = ["a:*"]
              resources = ["*"]
            }"#,
        ),
    );
    let value = data(&stack, "data.aws_iam_policy_document.d");
    let json = value.get("json").unwrap().as_str().unwrap();
    let expected = r#"{
  "Version": "2008-10-17",
  "Id": "pid",
  "Statement": [
    {
      "Effect": "Allow",
      "Action": "a:*",
      "Resource": "*"
    }
  ]
}"#;
    assert_eq!(json, expected);
    assert_eq!(value.get("id").unwrap().as_str(), Some("2809055517"));
    let statement = value.get("statement").unwrap().index(0).unwrap();
    assert_eq!(statement.get("effect").unwrap().as_str(), Some("Allow"));
    assert!(statement.get("not_actions").unwrap().is_empty());
}

#[test]
fn little_is_printed_when_little_is_said() {
    let empty = (r#"{"Version":"2012-10-17"}"#.to_owned(), "1132004489".to_owned());
    assert_eq!(policy(&block("")), empty);
    assert_eq!(policy(&source("null")), empty);
    assert_eq!(policy(&source(r#"{"Statement":null,"Id":null}"#)), empty);
    assert_eq!(policy(&block("source_policy_documents = [\"\"]")), empty);
    let effect = r#"{"Version":"2012-10-17","Statement":[{"Effect":"Allow"}]}"#;
    assert_eq!(policy(&block("statement {}")), (effect.to_owned(), "4084240444".to_owned()));
}

#[test]
fn lists_are_sorted_downwards_and_one_is_a_scalar() {
    let got = minified(&block(
        r#"
        statement {
          sid           = "NotThese"
          effect        = "Deny"
          not_actions   = ["iam:*", "sts:*"]
          not_resources = ["arn:aws:s3:::keep", "arn:aws:s3:::keep/*"]
          not_principals {
            type        = "AWS"
            identifiers = ["arn:aws:iam::123456789012:root"]
          }
        }"#,
    ));
    insta::assert_snapshot!(got, @r#"{"Version":"2012-10-17","Statement":[{"Sid":"NotThese","Effect":"Deny","NotAction":["sts:*","iam:*"],"NotResource":["arn:aws:s3:::keep/*","arn:aws:s3:::keep"],"NotPrincipal":{"AWS":"arn:aws:iam::123456789012:root"}}]}"#);
}

#[test]
fn variables_and_markup_are_written_as_go_writes_them() {
    let got = policy(&block(
        r#"
        statement {
          actions   = ["s3:*"]
          resources = ["arn:aws:s3:::home/&{aws:username}/*", "arn:aws:s3:::$${aws:username}"]
          principals {
            type        = "AWS"
            identifiers = ["&{aws:userid}"]
          }
          condition {
            test     = "StringEquals"
            variable = "aws:PrincipalTag/team"
            values   = ["&{aws:ResourceTag/team}", "<a&b>\"quoted\"\\é"]
          }
        }"#,
    ));
    let expected = r#"{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"s3:*","Resource":["arn:aws:s3:::home/${aws:username}/*","arn:aws:s3:::${aws:username}"],"Principal":{"AWS":"${aws:userid}"},"Condition":{"StringEquals":{"aws:PrincipalTag/team":["${aws:ResourceTag/team}","\u003ca\u0026b\u003e\"quoted\"\\é"]}}}]}"#;
    assert_eq!(got, (expected.to_owned(), "4242832609".to_owned()));
    let odd = minified(&block(
        "statement {\nactions = [\"é\", \"z\", \"Z\", \"a\", \"\\u2028\", \"<\"]\nresources = [\"\"]\n}",
    ));
    insta::assert_snapshot!(odd, @r#"{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":["\u2028","é","z","a","Z","\u003c"],"Resource":""}]}"#);
}

#[test]
fn principals_of_one_type_follow_each_other_in_set_order() {
    let principal = |kind: &str, ids: &str| {
        format!("principals {{\ntype = \"{kind}\"\nidentifiers = [{ids}]\n}}\n")
    };
    let many = [
        principal("AWS", r#""b", "a""#),
        principal("AWS", r#""z""#),
        principal("AWS", r#""c", "a""#),
        principal("Service", r#""only""#),
        principal("Federated", ""),
    ];
    let everybody = principal("*", r#""*""#);
    let both = everybody.clone() + &principal("AWS", r#""*""#);
    let got = minified(&block(&format!(
        "statement {{\n{}}}\nstatement {{\n{everybody}}}\nstatement {{\n{both}}}",
        many.concat()
    )));
    insta::assert_snapshot!(got, @r#"{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"AWS":["b","a","z","c","a"],"Federated":[],"Service":"only"}},{"Effect":"Allow","Principal":"*"},{"Effect":"Allow","Principal":{"*":"*","AWS":"*"}}]}"#);
}

#[test]
fn conditions_of_one_key_follow_each_other_in_set_order() {
    let condition = |test: &str, key: &str, values: &str| {
        format!("condition {{\ntest = \"{test}\"\nvariable = \"{key}\"\nvalues = [{values}]\n}}\n")
    };
    let equals = |key: &str, values: &str| condition("StringEquals", key, values);
    let first = [
        equals("v", r#""b""#),
        equals("v", r#""a", "a""#),
        equals("v", r#""b", "c""#),
        equals("w", ""),
        equals("&{x}", r#""""#),
    ];
    let second = [
        condition("ForAnyValue:StringEquals", "aws:TagKeys", r#""z", "a""#),
        condition("ForAnyValue:StringEquals", "aws:TagKeys", r#""m""#),
        condition("NumericLessThan", "s3:max-keys", "10"),
        condition("Bool", "aws:SecureTransport", "true"),
    ];
    let got = minified(&block(&format!(
        "statement {{\n{}}}\nstatement {{\n{}}}",
        first.concat(),
        second.concat()
    )));
    insta::assert_snapshot!(got, @r#"{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Condition":{"StringEquals":{"\u0026{x}":"","v":["b","c","a","a","b"],"w":[]}}},{"Effect":"Allow","Condition":{"Bool":{"aws:SecureTransport":"true"},"ForAnyValue:StringEquals":{"aws:TagKeys":["z","a","m"]},"NumericLessThan":{"s3:max-keys":"10"}}}]}"#);
}

#[test]
fn a_source_is_read_back_as_the_provider_reads_it() {
    let got = minified(&source(
        r#"{"Version":"2008-10-17","Id":"one","Statement":[
            {"Sid":"A","Effect":"Allow","Action":["x:1","x:3","x:2"],"NotAction":[],"Resource":[],"NotResource":["one"],
             "Principal":{"AWS":["a","c","b","c"],"CanonicalUser":[],"*":"*"},
             "Condition":{"StringEquals":{"v":["one"],"w":["b","a"],"e":[]},"Bool":{"b":true},"NumericLessThan":{"n":"5"}}},
            {"Principal":{"*":["*"]}}, {"Principal":{"*":["*","a"]}}, {"Principal":"x"}, {"Principal":{"*":"x"}},
            {"Principal":{},"Condition":{"A":{}},"Effect":"","Action":null,"Sid":null},
            {"Condition":{"Num":{"b":5}}}, {"Action":5,"Resource":{"a":1}}, {"sid":"lower","ACTION":"b","action":"a","Extra":1}]}"#,
    ));
    insta::assert_snapshot!(got, @r#"{"Version":"2012-10-17","Id":"one","Statement":[{"Sid":"A","Effect":"Allow","Action":["x:1","x:3","x:2"],"NotAction":[],"Resource":[],"NotResource":["one"],"Principal":{"*":"*","AWS":["c","c","b","a"],"CanonicalUser":[]},"Condition":{"Bool":{"b":"true"},"NumericLessThan":{"n":"5"},"StringEquals":{"e":[],"v":"one","w":["b","a"]}}},{"Principal":"*"},{"Principal":{"*":["a","*"]}},{"Principal":"*"},{"Principal":{"*":"x"}},{},{},{"Action":5,"Resource":{"a":1}},{"Sid":"lower","Action":"a"}]}"#);
}

#[test]
fn statements_are_replaced_by_sid_in_place() {
    let text = r#"
        data "aws_iam_policy_document" "s" {
          policy_id = "source"
          statement {
            sid     = "First"
            actions = ["s:First"]
          }
          statement {
            sid     = "Second"
            actions = ["s:Second"]
          }
        }
        data "aws_iam_policy_document" "o1" {
          policy_id = "o1"
          statement {
            sid     = "Second"
            effect  = "Deny"
            actions = ["o1:Second"]
          }
          statement {
            actions = ["o1:NoSid"]
          }
        }
        data "aws_iam_policy_document" "o2" {
          statement {
            sid     = "Own"
            actions = ["o2:Own"]
          }
          statement {
            sid     = "New"
            actions = ["o2:New"]
          }
          statement {
            sid     = "Second"
            actions = ["o2:Second"]
          }
        }
        data "aws_iam_policy_document" "d" {
          source_policy_documents   = [data.aws_iam_policy_document.s.json]
          override_policy_documents = [data.aws_iam_policy_document.o1.json, data.aws_iam_policy_document.o2.json]
          statement {
            sid     = "Own"
            actions = ["m:Own"]
          }
        }"#;
    insta::assert_snapshot!(minified(text), @r#"{"Version":"2012-10-17","Id":"o1","Statement":[{"Sid":"First","Effect":"Allow","Action":"s:First"},{"Sid":"Second","Effect":"Allow","Action":"o2:Second"},{"Sid":"Own","Effect":"Allow","Action":"o2:Own"},{"Effect":"Allow","Action":"o1:NoSid"},{"Sid":"New","Effect":"Allow","Action":"o2:New"}]}"#);
    let newest = r#"
        version   = "2008-10-17"
        policy_id = "mine"
        statement { actions = ["own:*"] }
        override_policy_documents = ["{\"Version\":\"2012-10-17\",\"Id\":\"ov\",\"Statement\":[{\"Sid\":\"C\"},{\"Sid\":\"C\",\"Action\":\"again\"}]}"]"#;
    insta::assert_snapshot!(minified(&block(newest)), @r#"{"Version":"2012-10-17","Id":"ov","Statement":[{"Effect":"Allow","Action":"own:*"},{"Sid":"C","Action":"again"}]}"#);
}

/// What the provider refuses, banana refuses, in words of its own.
#[test]
fn what_is_wrong_is_refused() {
    let said = |text: &str| {
        let reports = with_reports(&Offline::default(), text).reports;
        let messages: Vec<_> = reports.iter().map(|report| report.message.as_str()).collect();
        messages.join("; ")
    };
    let twice = "statement { sid = \"X\" }\nstatement { sid = \"X\" }";
    let shared = "source_policy_documents = [\"{\\\"Statement\\\":[{\\\"Sid\\\":\\\"D\\\"}]}\", \"{\\\"Statement\\\":[{\\\"Sid\\\":\\\"D\\\"}]}\"]";
    insta::assert_snapshot!(
        [
            said(&block(twice)),
            said(&block(shared)),
            said(&source(r#"{"Statement":[{"Sid":"x"},{"Sid":"x"}]}"#)),
            said(&source(r#"{"Statement":{"Sid":"Single"}}"#)),
            said(&source(r#"{"Statement":[{"Principal":{"AWS":1}}]}"#)),
            said(&source(r#"{"Statement":[{"Principal":["a"]}]}"#)),
            said(&source(r#"{"Statement":[{"Sid":5}]}"#)),
            said(&source(r#"{"Statement":[{"Condition":{"Bool":{"b":[true]}}}]}"#)),
            said(&source(r#"{"Statement":[null]}"#)),
            said(&source(r#"{"Version":1,"Statement":[]}"#)),
            said(&source("[]")),
            said(&source("{} {}")),
            said("data \"aws_arn\" \"d\" { arn = \"arn:aws\" }"),
        ]
        .join("\n"),
        @r#"
        data.aws_iam_policy_document.d: two statements have the Sid `X`: a Sid is unique in its policy
        data.aws_iam_policy_document.d: `source_policy_documents[1]` repeats the Sid `D`: two source documents must not both name a statement so
        data.aws_iam_policy_document.d: `source_policy_documents[0]` repeats the Sid `x`: two source documents must not both name a statement so
        data.aws_iam_policy_document.d: `source_policy_documents[0]`: `Statement` must be a list here, even of one
        data.aws_iam_policy_document.d: `source_policy_documents[0]`: `Principal` is `"*"` or an object of texts and lists of texts
        data.aws_iam_policy_document.d: `source_policy_documents[0]`: `Principal` is `"*"` or an object of texts and lists of texts
        data.aws_iam_policy_document.d: `source_policy_documents[0]`: `Sid` is a string
        data.aws_iam_policy_document.d: `source_policy_documents[0]`: the values of condition key `b` are strings
        data.aws_iam_policy_document.d: `source_policy_documents[0]`: a statement is an object
        data.aws_iam_policy_document.d: `source_policy_documents[0]`: `Version` and `Id` are strings, not a number
        data.aws_iam_policy_document.d: `source_policy_documents[0]`: a policy document is an object
        `source_policy_documents` of `aws_iam_policy_document` is `{} {}
        `, which is no JSON: trailing characters at line 1 column 4
        `arn` of `aws_arn` is `arn:aws`, which is no ARN
        "#
    );
}

#[test]
fn an_unknown_part_leaves_a_hole_in_a_document_that_can_still_be_judged() {
    let stack = resolve(
        &Offline::default(),
        r#"
        resource "aws_s3_bucket" "b" { bucket_prefix = "x" }
        data "aws_iam_policy_document" "d" {
          statement {
            actions   = ["s3:*"]
            resources = ["${aws_s3_bucket.b.arn}/*"]
          }
        }
        data "aws_iam_policy_document" "chain" {
          source_policy_documents = [data.aws_iam_policy_document.d.json]
          statement { effect = "Deny" }
        }"#,
    );
    for (address, statements) in
        [("data.aws_iam_policy_document.d", 1), ("data.aws_iam_policy_document.chain", 2)]
    {
        let value = data(&stack, address);
        for name in ["id", "json", "minified_json"] {
            assert!(value.get(name).unwrap().is_unknown(), "{address}.{name}");
        }
        let document = value.get("json").unwrap().blame.document.as_ref().unwrap();
        let all = document.get("Statement").unwrap();
        assert_eq!(all.len(), Some(statements));
        let first = all.index(0).unwrap();
        assert_eq!(first.get("Action").unwrap().as_str(), Some("s3:*"));
        assert!(first.get("Resource").unwrap().is_unknown());
    }
}

#[test]
fn the_rest_follows_from_the_region_and_from_what_was_said() {
    let text = r#"
        data "aws_region" "r" {}
        data "aws_partition" "p" {}
        data "aws_caller_identity" "c" {}
        data "aws_availability_zones" "z" { state = "available" }
        data "aws_service_principal" "s" { service_name = "ecs-tasks" }
        data "aws_arn" "a" { arn = "arn:aws:ecs:eu-west-3:123456789012:service/c/s" }
        data "aws_iam_policy" "i" { name = "AmazonECSTaskExecutionRolePolicy" }
        data "aws_iam_policy" "own" { name = "our-own-policy" }
        data "aws_vpc" "v" { default = true }"#;
    let caller = Caller { account: "123456789012".into(), ..Caller::default() };
    let world = Offline { caller: Some(caller), zones: None };
    let stack = resolve(&world, text);
    let get = |address: &str, name: &str| data(&stack, address).get(name).unwrap().to_json();
    assert_eq!(get("data.aws_region.r", "name"), "eu-west-3");
    assert_eq!(get("data.aws_region.r", "description"), "Europe (Paris)");
    assert_eq!(get("data.aws_partition.p", "reverse_dns_prefix"), "com.amazonaws");
    assert_eq!(get("data.aws_caller_identity.c", "account_id"), "123456789012");
    assert_eq!(get("data.aws_service_principal.s", "name"), "ecs-tasks.amazonaws.com");
    assert_eq!(get("data.aws_arn.a", "resource"), "service/c/s");
    let zones = serde_json::json!(["eu-west-3a", "eu-west-3b", "eu-west-3c"]);
    assert_eq!(get("data.aws_availability_zones.z", "names"), zones);
    assert_eq!(
        get("data.aws_iam_policy.i", "arn"),
        "arn:aws:iam::aws:policy/service-role/AmazonECSTaskExecutionRolePolicy"
    );
    assert!(data(&stack, "data.aws_iam_policy.own").get("arn").unwrap().is_unknown());
    assert!(data(&stack, "data.aws_vpc.v").get("id").unwrap().is_unknown());
    assert_eq!(
        world.assumed(&stack),
        [
            "data.aws_availability_zones.z: the zones are assumed to be eu-west-3a, eu-west-3b, eu-west-3c"
        ]
    );
    let alone = resolve(&Offline::default(), text);
    let caller = data(&alone, "data.aws_caller_identity.c");
    assert!(caller.get("account_id").unwrap().is_unknown());
}
