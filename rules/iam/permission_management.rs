//! # A policy lets its holder change who may do what
//!
//! The policy allows, on every resource, actions that change policies, shares or trust.
//!
//! **Why.** Whoever has the policy can open anything to anybody.
//!
//! **Fix.** Name the resources.
//!
//! ```hcl,fail
//! resource "aws_iam_policy" "deploy" {
//!   name = "deploy"
//!   policy = jsonencode({
//!     Version   = "2012-10-17"
//!     Statement = [{ Effect = "Allow", Action = ["s3:PutBucketPolicy"], Resource = "*" }]
//!   })
//! }
//! ```
//!
//! ```hcl,pass
//! resource "aws_iam_policy" "deploy" {
//!   name = "deploy"
//!   policy = jsonencode({
//!     Version   = "2012-10-17"
//!     Statement = [{ Effect = "Allow", Action = ["s3:PutBucketPolicy"], Resource = "arn:aws:s3:::site" }]
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

use check::{Check, Meta, PolicyHolder, Severity};

/// What the rule says about itself.
pub const META: Meta = Meta {
    code: "IAM010",
    name: "permission-management",
    severity: Severity::High,
    resources: PolicyHolder::TYPES,
    aliases: &["CKV_AWS_109", "CKV_AWS_289"],
    controls: &[],
    since: "0.1.0",
    links: &[
        "https://registry.terraform.io/providers/hashicorp/aws/5.100.0/docs/resources/iam_policy",
    ],
};

/// Actions of the access level "permissions management" in the Service Authorization Reference, of the services that a stack
/// has most.
const ACTIONS: [&str; 60] = [
    "acm-pca:createpermission",
    "acm-pca:putpolicy",
    "apigateway:updaterestapipolicy",
    "backup:putbackupvaultaccesspolicy",
    "codeartifact:putdomainpermissionspolicy",
    "codebuild:putresourcepolicy",
    "ec2:createnetworkinterfacepermission",
    "ec2:modifysnapshotattribute",
    "ec2:modifyvpcendpointservicepermissions",
    "ecr:deleterepositorypolicy",
    "ecr:setrepositorypolicy",
    "elasticfilesystem:deletefilesystempolicy",
    "elasticfilesystem:putfilesystempolicy",
    "es:createelasticsearchdomain",
    "es:updateelasticsearchdomainconfig",
    "glacier:setvaultaccesspolicy",
    "glue:putresourcepolicy",
    "iam:addusertogroup",
    "iam:attachgrouppolicy",
    "iam:attachrolepolicy",
    "iam:attachuserpolicy",
    "iam:createpolicy",
    "iam:createpolicyversion",
    "iam:deletegrouppolicy",
    "iam:deleterolepolicy",
    "iam:deleteuserpolicy",
    "iam:detachgrouppolicy",
    "iam:detachrolepolicy",
    "iam:detachuserpolicy",
    "iam:passrole",
    "iam:putgrouppolicy",
    "iam:putrolepermissionsboundary",
    "iam:putrolepolicy",
    "iam:putuserpermissionsboundary",
    "iam:putuserpolicy",
    "iam:setdefaultpolicyversion",
    "iam:updateassumerolepolicy",
    "kms:creategrant",
    "kms:putkeypolicy",
    "lakeformation:grantpermissions",
    "lambda:addlayerversionpermission",
    "lambda:addpermission",
    "logs:putresourcepolicy",
    "organizations:attachpolicy",
    "ram:createresourceshare",
    "rds:authorizedbsecuritygroupingress",
    "redshift:authorizesnapshotaccess",
    "s3:bypassgovernanceretention",
    "s3:deletebucketpolicy",
    "s3:objectowneroverridetobucketowner",
    "s3:putaccountpublicaccessblock",
    "s3:putbucketacl",
    "s3:putbucketpolicy",
    "s3:putbucketpublicaccessblock",
    "s3:putobjectacl",
    "s3:putobjectversionacl",
    "secretsmanager:putresourcepolicy",
    "sns:addpermission",
    "sqs:addpermission",
    "ssm:modifydocumentpermission",
];

/// Judges a policy.
pub fn check<'a>(holder: &PolicyHolder<'a>, check: &mut Check<'a>) {
    let whether = "the policy lets its holder change who may do what";
    super::credential_exposure::forbid(holder, check, &ACTIONS, whether, whether);
}
