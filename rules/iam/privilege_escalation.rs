//! # A policy lets its holder become an administrator
//!
//! The policy allows actions by which its holder can take more rights than it gives: change policies, make keys for others,
//! hand a role to a machine of the holder's own.
//!
//! **Why.** Whoever has the policy has the whole account, in two steps.
//!
//! **Fix.** Name the resources (the users, roles and functions) that the actions are for.
//!
//! ```hcl,fail
//! resource "aws_iam_policy" "deploy" {
//!   name = "deploy"
//!   policy = jsonencode({
//!     Version   = "2012-10-17"
//!     Statement = [{ Effect = "Allow", Action = ["iam:PutUserPolicy"], Resource = "*" }]
//!   })
//! }
//! ```
//!
//! ```hcl,pass
//! resource "aws_iam_policy" "deploy" {
//!   name = "deploy"
//!   policy = jsonencode({
//!     Version   = "2012-10-17"
//!     Statement = [{ Effect = "Allow", Action = ["iam:PutUserPolicy"], Resource = "arn:aws:iam::123456789012:user/build" }]
//!   })
//! }
//! ```
//!
//! ```hcl,unknown
//! variable "policy" {
//!   type = string
//! }
//!
//! resource "aws_iam_policy" "deploy" {
//!   name   = "deploy"
//!   policy = var.policy
//! }
//! ```
//!
//! **Limits.** Each policy is judged by itself; what the role behind `iam:PassRole` may do is not asked.

use check::{Check, Meta, PolicyHolder, Severity};
use model::Attr;
use reach::iam::{Decision, Request, decide};

/// What the rule says about itself.
pub const META: Meta = Meta {
    code: "IAM007",
    name: "privilege-escalation",
    severity: Severity::High,
    resources: PolicyHolder::TYPES,
    aliases: &[
        "CKV_AWS_110",
        "CKV_AWS_286",
        "AC_AWS_0473",
        "1b3af2f9-af8c-4dfc-a0f1-a03adb70deb2",
        "9b0ffadc-a61f-4c2a-b1e6-68fab60f6267",
        "19ffbe31-9d72-4379-9768-431195eae328",
        "be2aa235-bd93-4b68-978a-1cc65d49082f",
        "30b88745-eebe-4ecb-a3a9-5cf886e96204",
        "15e6ad8c-f420-49a6-bafb-074f5eb1ec74",
        "89561b03-cb35-44a9-a7e9-8356e71606f4",
        "0a592060-8166-49f5-8e65-99ac6dce9871",
        "94fbe150-27e3-4eba-9ca6-af32865e4503",
        "7d544dad-8a6c-431c-84c1-5f07fe9afc0e",
        "eda48c88-2b7d-4e34-b6ca-04c0194aee17",
        "9b877bd8-94b4-4c10-a060-8e0436cc09fa",
        "8f3c16b3-354d-45db-8ad5-5066778a9485",
        "970ed7a2-0aca-4425-acf1-0453c9ecbca1",
        "b8a31292-509d-4b61-bc40-13b167db7e9c",
        "bf9d42c7-c2f9-4dfe-942c-c8cc8249a081",
        "70b42736-efee-4bce-80d5-50358ed94990",
        "f906113d-cdc0-415a-ba60-609cc6daaf4d",
        "6d23d87e-1c5b-4308-b224-92624300f29b",
        "f465fff1-0a0f-457d-aa4d-1bddb6f204ff",
        "e227091e-2228-4b40-b046-fc13650d8e88",
        "3dd96caa-0b5f-4a85-b929-acfac4646cc2",
        "70cb518c-d990-46f6-bc05-44a5041493d6",
        "7c96920c-6fd0-449d-9a52-0aa431b6beaf",
        "db78d14b-10e5-4e6e-84b1-dace6327b1ec",
        "846646e3-2af1-428c-ac5d-271eccfa6faf",
        "113208f2-a886-4526-9ecc-f3218600e12c",
        "5b4d4aee-ac94-4810-9611-833636e5916d",
        "9a205ba3-0dd1-42eb-8d54-2ffec836b51a",
        "0fd7d920-4711-46bd-aff2-d307d82cd8b7",
        "04c686f1-e0cd-4812-88e1-4e038410074c",
        "ee49557d-750c-4cc1-aa95-94ab36cbefde",
        "1743f5f1-0bb0-4934-acef-c80baa5dadfa",
        "ec49cbfd-fae4-45f3-81b1-860526d66e3f",
        "d6047119-a0b2-4b59-a4f2-127a36fb685b",
        "e77c89f6-9c85-49ea-b95b-5f960fe5be92",
        "8bfbf7ab-d5e8-4100-8618-798956e101e0",
        "eeb4d37a-3c59-4789-a00c-1509bc3af1e5",
        "c0c1e744-0f37-445e-924a-1846f0839f69",
        "eb64f1e9-f67d-4e35-8a3c-3d6a2f9efea7",
        "60263b4a-6801-4587-911d-919c37ed733b",
        "0c10d7da-85c4-4d62-b2a8-d6c104f1bd77",
        "8f75840d-9ee7-42f3-b203-b40e3979eb12",
        "43a41523-386a-4cb1-becb-42af6b414433",
        "7782d4b3-e23e-432b-9742-d9528432e771",
        "118281d0-6471-422e-a7c5-051bc667926e",
        "78f1ec6f-5659-41ea-bd48-d0a142dce4f2",
        "f1173d8c-3264-4148-9fdb-61181e031b51",
        "33627268-1445-4385-988a-318fd9d1a512",
        "ad296c0d-8131-4d6b-b030-1b0e73a99ad3",
        "6deb34e2-5d9c-499a-801b-ea6d9eda894f",
        "35ccf766-0e4d-41ed-9ec4-2dab155082b4",
        "8055dec2-efb8-4fe6-8837-d9bed6ff202a",
        "fa62ac4f-f5b9-45b9-97c1-625c8b6253ca",
        "034d0aee-620f-4bf7-b7fb-efdf661fdb9e",
        "571254d8-aa6a-432e-9725-535d3ef04d69",
        "c583f0f9-7dfd-476b-a056-f47c62b47b46",
        "b69247e5-7e73-464e-ba74-ec9b715c6e12",
    ],
    controls: &[],
    since: "0.1.0",
    links: &[
        "https://registry.terraform.io/providers/hashicorp/aws/5.100.0/docs/resources/iam_policy",
    ],
};

/// Ways to take more rights: actions that together are enough.
/// Source: the methods that Rhino Security Labs published in 2018 and later.
const WAYS: [&[&str]; 24] = [
    &["iam:CreatePolicyVersion"],
    &["iam:SetDefaultPolicyVersion"],
    &["iam:CreateAccessKey"],
    &["iam:CreateLoginProfile"],
    &["iam:UpdateLoginProfile"],
    &["iam:AttachUserPolicy"],
    &["iam:AttachGroupPolicy"],
    &["iam:AttachRolePolicy"],
    &["iam:PutUserPolicy"],
    &["iam:PutGroupPolicy"],
    &["iam:PutRolePolicy"],
    &["iam:AddUserToGroup"],
    &["iam:UpdateAssumeRolePolicy"],
    &["iam:PassRole", "ec2:RunInstances"],
    &["iam:PassRole", "ecs:RegisterTaskDefinition", "ecs:RunTask"],
    &["iam:PassRole", "lambda:CreateFunction", "lambda:InvokeFunction"],
    &["iam:PassRole", "lambda:CreateFunction", "lambda:CreateEventSourceMapping"],
    &["iam:PassRole", "glue:CreateDevEndpoint"],
    &["iam:PassRole", "cloudformation:CreateStack"],
    &["iam:PassRole", "datapipeline:CreatePipeline", "datapipeline:PutPipelineDefinition"],
    &["iam:PassRole", "codestar:CreateProject"],
    &["lambda:UpdateFunctionCode"],
    &["glue:UpdateDevEndpoint"],
    &["codestar:CreateProjectFromTemplate"],
];

/// Something of a kind that nobody would name: only a pattern for all of a kind matches it.
fn anything(action: &str) -> &'static str {
    match action {
        "iam:PassRole"
        | "iam:AttachRolePolicy"
        | "iam:PutRolePolicy"
        | "iam:UpdateAssumeRolePolicy" => "arn:aws:iam::123456789012:role/any-of-them",
        "iam:AttachGroupPolicy" | "iam:PutGroupPolicy" | "iam:AddUserToGroup" => {
            "arn:aws:iam::123456789012:group/any-of-them"
        }
        "iam:CreatePolicyVersion" | "iam:SetDefaultPolicyVersion" => {
            "arn:aws:iam::123456789012:policy/any-of-them"
        }
        _ if action.starts_with("iam:") => "arn:aws:iam::123456789012:user/any-of-them",
        _ if action.starts_with("lambda:") => {
            "arn:aws:lambda:eu-west-3:123456789012:function:any-of-them"
        }
        _ if action.starts_with("glue:") => {
            "arn:aws:glue:eu-west-3:123456789012:devEndpoint/any-of-them"
        }
        _ => "*",
    }
}

/// Judges a policy.
pub fn check<'a>(holder: &PolicyHolder<'a>, check: &mut Check<'a>) {
    for (path, policy) in &holder.policies {
        let document = match policy {
            Attr::Known(document, _) => document,
            Attr::Unknown(value) => {
                check.unknown(
                    value,
                    path.clone(),
                    "it is not known whether the policy lets its holder take more rights",
                );
                continue;
            }
            Attr::Null(_) => continue,
        };
        let statements = || document.statements.iter().filter_map(Attr::known);
        if statements().any(|statement| super::admin_policy::allows_all(statement).is_some()) {
            continue;
        }
        let allowed = |action: &str| {
            let request = Request { action, resource: anything(action) };
            matches!(decide([policy], request), Decision::Allowed)
        };
        let Some(way) = WAYS.iter().find(|way| way.iter().all(|action| allowed(action))) else {
            continue;
        };
        let blamed = statements().find_map(|statement| {
            let lower = way.first().map(|action| action.to_ascii_lowercase())?;
            let mut actions = statement.actions.elements().iter();
            let by = actions.find(|action| {
                action.known().is_some_and(|pattern| {
                    reach::iam::matches(&pattern.to_ascii_lowercase(), &lower)
                })
            });
            by.map(Attr::value)
        });
        let way = way.join("` and `");
        let message = format!("whoever has the policy may take more rights by `{way}`");
        check
            .fail(blamed.unwrap_or_else(|| policy.value()), path.clone(), message)
            .witness(format!("`{way}` is allowed on everything"));
    }
}
