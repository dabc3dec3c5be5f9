#![doc = include_str!("../README.md")]

#[doc = include_str!("../../README.md")]
#[doc(hidden)]
#[derive(Debug)]
pub struct TheReadme;
