//! Tokens spell their text.
#![no_main]

libfuzzer_sys::fuzz_target!(|text: &str| banana_syntax::spell(text));
