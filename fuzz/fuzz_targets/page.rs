//! [`netskope_fuzz::page`] as libFuzzer calls it.

#![no_main]

libfuzzer_sys::fuzz_target!(|body: &[u8]| netskope_fuzz::page(body));
