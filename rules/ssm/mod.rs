//! Parameters and documents.

pub mod parameter_key;
pub mod plain_parameter;
pub mod public_document;
pub mod session_encryption;
pub mod session_logs;
