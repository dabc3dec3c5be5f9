//! [`netskope_fuzz::print_round_trip`] as libFuzzer calls it.

#![no_main]

libfuzzer_sys::fuzz_target!(|text: &str| netskope_fuzz::print_round_trip(text));
