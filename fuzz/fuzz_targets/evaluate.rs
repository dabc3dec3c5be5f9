//! [`netskope_fuzz::evaluate`] as libFuzzer calls it.

#![no_main]

libfuzzer_sys::fuzz_target!(|text: &str| netskope_fuzz::evaluate(text));
