//! Whole commands, in process: what people type, what they read, how it ends.

mod suite {
    pub mod bad_input;
    pub mod bill;
    pub mod findings;
    pub mod language;
    pub mod plans;
    pub mod stage;
}
