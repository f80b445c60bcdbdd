//! The laws of the house, as tests.

#[cfg(test)]
mod tidy {
    mod laws;
}
