//! Terraform's functions, one family a file. Names, parameters and results are those of Terraform 1.11.4.

mod call;
mod collection;
mod conversion;
mod filesystem;
mod numeric;
mod sensitive;
mod sequence;
mod set;
mod signature;
mod string;
mod table;
mod template;

pub(crate) use call::{Call, Outcome, Trouble, call};
pub(crate) use signature::{Function, Parameter, Returns, Run, Want};
pub(crate) use table::{find, names, reads_files, renders};
pub(crate) use template::render_string;
