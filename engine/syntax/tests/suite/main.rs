//! The parser against its grammar, against itself, against another parser, and against Terraform.

#[cfg(test)]
mod found;
#[cfg(test)]
mod generate;
#[cfg(test)]
mod hcl_rs;
#[cfg(test)]
mod json;
#[cfg(test)]
mod laws;
#[cfg(test)]
mod limits;
#[cfg(test)]
mod native;
#[cfg(test)]
mod properties;
#[cfg(test)]
mod recovery;
#[cfg(test)]
mod show;
#[cfg(test)]
mod templates;
#[cfg(test)]
mod terraform;
