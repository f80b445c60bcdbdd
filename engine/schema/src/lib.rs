//! The AWS provider's schema as compact data: every resource type and data source, its attributes, flags and blocks.
//!
//! Source: `terraform providers schema -json` of hashicorp/aws 5.100.0, condensed by `generate.py`. Decoding is lazy: a look-up
//! unpacks the text once (about a millisecond) and then reads only the lines of the type asked for.

mod checks;
mod closest;
mod planned;
mod region;
mod sections;
mod table;
mod types;

pub use checks::{Checks, Group, Test, Together, ValueCheck};
pub use closest::closest;
pub use planned::{Entry, Rule};
pub use region::regions;
pub use table::{body_count, data_source, data_source_names, provider, resource, resource_names};
pub use types::{Attribute, Block, Body, Nesting, Schema, Type};
