//! Any text is a template, which renders or says why not.
#![no_main]

extern crate banana_syntax as syntax;

#[allow(dead_code, reason = "the laws need some of it")]
#[path = "../../engine/stack/tests/suite/memory.rs"]
mod memory;
#[allow(dead_code, reason = "a target needs some of the laws")]
#[path = "../../engine/syntax/tests/suite/laws.rs"]
mod text;
#[allow(dead_code, reason = "a target needs some of the laws")]
#[path = "../../engine/stack/tests/suite/laws.rs"]
mod value;

libfuzzer_sys::fuzz_target!(|text: &str| {
    text::template(text);
    value::template(text);
});
