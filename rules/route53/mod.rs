//! DNS.

pub mod dangling_record;
pub mod dnssec;
pub mod query_log;
pub mod transfer_lock;
