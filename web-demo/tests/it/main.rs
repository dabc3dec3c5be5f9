//! The server as a browser, a script and an attacker meet it, in front of a stand-in for the tenant.

#![expect(
    clippy::unwrap_used,
    reason = "what a test cannot do without may end it"
)]

mod access;
mod checks;
mod lookup;
mod page;
mod program;
mod site;
mod tenant;
mod wire;
