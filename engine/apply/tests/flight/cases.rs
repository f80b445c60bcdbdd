//! Single laws, one a test.
