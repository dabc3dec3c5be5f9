#![doc = include_str!("../README.md")]

mod rate;
mod read;
mod usage;

use anyhow::{Result, bail};
use std::env;

fn main() -> Result<()> {
    let words: Vec<String> = env::args().skip(1).collect();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    match words[..] {
        ["usage", program, ref arguments @ ..] => usage::usage(program, arguments),
        ["read", url, pages] => read::read(url, pages.parse()?, None),
        ["read", url, pages, file] => read::read(url, pages.parse()?, Some(file)),
        ["rate"] => rate::rate(),
        _ => bail!(
            "usage: netskope-blocking-bench usage PROGRAM ARGUMENT... | read URL PAGES [FILE] | rate"
        ),
    }
}

#[expect(clippy::print_stdout, reason = "the figures are the product")]
fn print(figures: &serde_json::Value) {
    println!("{figures}");
}
