//! # A database's subnets are public
//!
//! A subnet of the group has a route to an Internet gateway.
//!
//! **Why.** One switch (`publicly_accessible`) then puts the database on the Internet.
//!
//! **Fix.** Take subnets without such a route.
//!
//! ```hcl,fail
//! resource "aws_vpc" "main" {
//!   cidr_block = "10.0.0.0/16"
//! }
//!
//! resource "aws_subnet" "main" {
//!   vpc_id     = aws_vpc.main.id
//!   cidr_block = "10.0.0.0/24"
//! }
//!
//! resource "aws_internet_gateway" "main" {
//!   vpc_id = aws_vpc.main.id
//! }
//!
//! resource "aws_route_table" "main" {
//!   vpc_id = aws_vpc.main.id
//! }
//!
//! resource "aws_route_table_association" "main" {
//!   subnet_id      = aws_subnet.main.id
//!   route_table_id = aws_route_table.main.id
//! }
//!
//! resource "aws_db_subnet_group" "main" {
//!   name       = "main"
//!   subnet_ids = [aws_subnet.main.id]
//! }
//!
//! resource "aws_route" "main" {
//!   route_table_id         = aws_route_table.main.id
//!   destination_cidr_block = "0.0.0.0/0"
//!   gateway_id             = aws_internet_gateway.main.id
//! }
//! ```
//!
//! ```hcl,pass
//! resource "aws_vpc" "main" {
//!   cidr_block = "10.0.0.0/16"
//! }
//!
//! resource "aws_subnet" "main" {
//!   vpc_id     = aws_vpc.main.id
//!   cidr_block = "10.0.0.0/24"
//! }
//!
//! resource "aws_internet_gateway" "main" {
//!   vpc_id = aws_vpc.main.id
//! }
//!
//! resource "aws_route_table" "main" {
//!   vpc_id = aws_vpc.main.id
//! }
//!
//! resource "aws_route_table_association" "main" {
//!   subnet_id      = aws_subnet.main.id
//!   route_table_id = aws_route_table.main.id
//! }
//!
//! resource "aws_db_subnet_group" "main" {
//!   name       = "main"
//!   subnet_ids = [aws_subnet.main.id]
//! }
//! ```
//!
//! ```hcl,unknown
//! variable "gateway" {
//!   type = string
//! }
//!
//! resource "aws_vpc" "main" {
//!   cidr_block = "10.0.0.0/16"
//! }
//!
//! resource "aws_subnet" "main" {
//!   vpc_id     = aws_vpc.main.id
//!   cidr_block = "10.0.0.0/24"
//! }
//!
//! resource "aws_internet_gateway" "main" {
//!   vpc_id = aws_vpc.main.id
//! }
//!
//! resource "aws_route_table" "main" {
//!   vpc_id = aws_vpc.main.id
//! }
//!
//! resource "aws_route_table_association" "main" {
//!   subnet_id      = aws_subnet.main.id
//!   route_table_id = aws_route_table.main.id
//! }
//!
//! resource "aws_db_subnet_group" "main" {
//!   name       = "main"
//!   subnet_ids = [aws_subnet.main.id]
//! }
//!
//! resource "aws_route" "main" {
//!   route_table_id         = aws_route_table.main.id
//!   destination_cidr_block = "0.0.0.0/0"
//!   gateway_id             = var.gateway
//! }
//! ```

use check::{Check, Instance, Meta, Severity};
use model::{Attr, Subnet, Target};
use reach::Exposure;
use stack::Value;

/// What the rule says about itself.
pub const META: Meta = Meta {
    code: "RDS029",
    name: "public-subnets",
    severity: Severity::High,
    resources: &["aws_db_subnet_group"],
    aliases: &["2f737336-b18a-4602-8ea0-b200312e1ac1"],
    controls: &[],
    since: "0.1.0",
    links: &[
        "https://registry.terraform.io/providers/hashicorp/aws/5.100.0/docs/resources/db_subnet_group",
    ],
};

/// Judges a subnet group.
pub fn check<'a>(it: &Instance<'a>, check: &mut Check<'a>) {
    for id in it.get::<Vec<Attr<'a, &'a Value>>>("subnet_ids").attr.elements() {
        let Target::Here(subnet) = check.model().target::<Subnet>(id.value()) else { continue };
        match check.reach().exposure(check.model(), subnet) {
            Exposure::Public(..) => {
                check.fail(id.value(), "subnet_ids", "a subnet of the database is public");
            }
            Exposure::Unknown(value) => {
                check.unknown(
                    value,
                    "subnet_ids",
                    "it is not known whether a subnet of the database is public",
                );
            }
            Exposure::Private(_) => {}
        }
    }
}
