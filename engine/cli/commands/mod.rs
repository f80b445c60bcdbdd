//! One verb a file.

pub(crate) mod apply;
pub(crate) mod baseline;
pub(crate) mod check;
pub(crate) mod cost;
pub(crate) mod eval;
pub(crate) mod explain;
pub(crate) mod plan;
pub(crate) mod prices;
pub(crate) mod rules;
pub(crate) mod rules_test;
pub(crate) mod state;
pub(crate) mod unlock;
pub(crate) mod usage;
