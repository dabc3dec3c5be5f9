//! The lines of the README, as they stand there, but for where they write and that they send nothing.

use super::{Folder, holding, serve};
use netskope_stand_in::DEFAULT_V2_TOKEN;
use std::{fs, path::Path, process::Command};

const README: &str = include_str!("../../../README.md");

/// What stands behind this on a line of the README.
fn behind(start: &str) -> String {
    let line = README
        .lines()
        .find_map(|line| line.trim().strip_prefix(start));
    line.unwrap().to_owned()
}

#[test]
fn the_lines_for_a_shell_for_cron_and_for_systemd_are_understood() {
    let tenant = serve(holding(1));
    let out = Folder::new();
    let token = out.path().join("token");
    fs::write(&token, DEFAULT_V2_TOKEN).unwrap();
    let program = Path::new(env!("CARGO_BIN_EXE_nskope"));
    for line in [
        behind("nskope drain --stream page --stream alert --index siem-1 --from '2"),
        behind("*/15 * * * *  NETSKOPE_TENANT=acme.goskope.com nskope drain"),
        behind("ExecStart=nskope drain"),
    ] {
        let start = if line.starts_with(" hours") {
            " --stream page --index siem-1 --from '2"
        } else {
            ""
        };
        let line = format!("{} drain{start}{line} --dry-run", program.display())
            .replace("/etc/nskope/token", token.to_str().unwrap())
            .replace("%d/token", token.to_str().unwrap())
            .replace("%L/netskope", out.text())
            .replace("/var/log/netskope", out.text());
        let mut command = Command::new("sh");
        command
            .args(["-c", &line])
            .env("NETSKOPE_TENANT", tenant.url());
        let output = command
            .env("NETSKOPE_V2_TOKEN", DEFAULT_V2_TOKEN)
            .output()
            .unwrap();
        let stderr = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "{line}: {stderr}");
        assert!(String::from_utf8_lossy(&output.stdout).ends_with("nothing was sent\n"));
    }
    assert!(tenant.requests().is_empty());
}
