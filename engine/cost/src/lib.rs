//! banana.
