//! Terraform's functions, one family a file. Names, parameters and results are those of Terraform 1.11.4.

mod call;
mod collection;
mod conversion;
mod date;
mod encoding;
mod filesystem;
mod format;
mod hash;
mod json;
mod network;
mod numeric;
mod pattern;
mod provider;
mod sensitive;
mod sequence;
mod set;
mod signature;
mod string;
mod table;
mod template;
mod yaml;

pub(crate) use call::{Call, Outcome, Trouble, call};
pub use date::duration;
pub(crate) use date::is_duration;
pub(crate) use hash::sha1_of;
pub(crate) use pattern::go_regex;
pub(crate) use signature::{Function, Parameter, Returns, Run, Want};
pub(crate) use table::{find, names, reads_files, renders};
pub(crate) use template::render_string;
pub use yaml::read_yaml;
