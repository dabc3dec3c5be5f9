//! [`netskope_fuzz::parse`] as libFuzzer calls it.

#![no_main]

libfuzzer_sys::fuzz_target!(|text: &str| netskope_fuzz::parse(text));
