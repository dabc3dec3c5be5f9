//! The tests of `netskope-wasm`, run where it will be used: in Node, and in a browser against the stand-in.

use anyhow::Result;

use super::glue_tool;
use crate::command::Run;
use crate::service::StandIn;
use crate::toolchain::{self, chromium, wasm::Toolchain};
use crate::{paths, rust};

/// Runs `netskope-wasm/tests/node` in Node.
pub(crate) fn in_node(toolchain: Toolchain) -> Result<()> {
    toolchain::require_node()?;
    tests(toolchain, "node")?.run()
}

/// Runs `netskope-wasm/tests/browser.rs` in headless Chromium, beside stand-ins that any page may ask.
pub(crate) fn in_chromium(toolchain: Toolchain) -> Result<()> {
    chromium::ensure()?;
    let options = "--devices 50 --seed 1 --record --rate-limit off --cors * --backlog 120 --page-size 50 --wait-time 0 \
        --served --forbid events/audit --faults netskope-wasm/tests/browser/faults.ndjson";
    let options: Vec<_> = options.split_whitespace().collect();
    let stand_in = StandIn::start(&options)?;
    let closing = StandIn::start(&[&options[..], &["--keep-alive", "off"]].concat())?;
    tests(toolchain, "browser")?
        .env("CHROMEDRIVER", chromium::CHROMEDRIVER)
        // Seconds for all tests together; waits take a few of them, and a busy machine more.
        .env("WASM_BINDGEN_TEST_TIMEOUT", "120")
        .env("STAND_IN_URL", &stand_in.url)
        .env("CLOSING_STAND_IN_URL", &closing.url)
        .secret_env("STAND_IN_TOKEN", &stand_in.v1_token)
        .secret_env("STAND_IN_V2_TOKEN", &stand_in.v2_token)
        .run()
}

/// Runs the package in Node against the stand-in: beside the other client, in one scenario each, and through faults.
pub(crate) fn over_real_connections() -> Result<()> {
    rust::build_programs()?;
    Run::new("node")
        .args([
            "--test",
            "tests/same-requests.test.mjs",
            "tests/drain.test.mjs",
        ])
        .env("NETSKOPE_BIN_DIR", paths::target().join("debug"))
        .run()
}

fn tests(toolchain: Toolchain, name: &str) -> Result<Run> {
    let mut runner = glue_tool()?.into_os_string();
    runner.push(" test-runner");
    Ok(toolchain
        .cargo("test")
        .args(["--package", "netskope-wasm", "--test", name])
        .env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUNNER", runner))
}
