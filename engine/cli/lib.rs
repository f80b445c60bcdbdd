//! The program `banana`.
