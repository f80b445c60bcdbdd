//! `backend "s3"`: a state as an object of a bucket, with its lock beside it, as Terraform 1.10 and later keep both.

mod lock;
mod settings;
mod store;

pub use settings::S3Settings;
pub use store::S3Store;
