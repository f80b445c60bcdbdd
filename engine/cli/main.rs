//! banana.
fn main() {}
