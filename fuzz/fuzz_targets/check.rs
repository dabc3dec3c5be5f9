//! [`netskope_fuzz::check`] as libFuzzer calls it.

#![no_main]

libfuzzer_sys::fuzz_target!(|text: &str| netskope_fuzz::check(text));
