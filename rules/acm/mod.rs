//! Certificates.

pub mod certificate_key;
pub mod certificate_replacement;
pub mod certificate_transparency;
pub mod wildcard_certificate;
