//! Tables.

pub mod dax_encryption;
pub mod dax_tls;
pub mod point_in_time;
pub mod table_deletion;
pub mod table_key;
pub mod table_scaling;
