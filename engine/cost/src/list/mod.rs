//! AWS's own price list: what `GetProducts` answers and what the offer files hold, read into prices of the book's keys. Pure: the caller
//! brings the text. Format: <https://docs.aws.amazon.com/awsaccountbilling/latest/aboutv2/price-changes.html>

mod file;
mod product;
mod update;

pub use file::{List, ListError};
pub use product::{Product, pick};
pub use update::{Update, csv, keys};
