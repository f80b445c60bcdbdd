//! Any text has a tree in native syntax.
#![no_main]

#[allow(dead_code, reason = "a target needs some of the laws")]
#[path = "../../engine/syntax/tests/suite/laws.rs"]
mod text;

libfuzzer_sys::fuzz_target!(|text: &str| text::native(text));
