//! Whole commands, in process: what people type, what they read, how it ends.

#[cfg(test)]
mod disk;

#[cfg(test)]
mod suite {
    pub(crate) mod bad_input;
    pub(crate) mod bill;
    mod change;
    mod config;
    mod custom;
    pub(crate) mod findings;
    mod fixes;
    mod formats;
    mod integrations;
    pub(crate) mod known;
    pub(crate) mod language;
    mod planned;
    pub(crate) mod plans;
    #[cfg(not(feature = "apply"))]
    pub(crate) mod refused;
    mod roots;
    mod sarif;
    pub(crate) mod saved;
    pub(crate) mod stage;
    #[cfg(feature = "apply")]
    mod state;
    pub(crate) mod suppressions;
}
