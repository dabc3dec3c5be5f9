//! `cargo xtask demo`: the page and the command line on synthetic devices and log streams, all on this machine.

use std::ffi::OsString;
use std::fs;
use std::thread;
use std::time::Duration;

use anyhow::{Context, Result, bail};
use serde_json::Value;

use crate::command::Run;
use crate::service::{Service, StandIn};
use crate::{console, page, paths, rust};

const TENANT: &[&str] = &[
    "--devices",
    "2000",
    "--seed",
    "2000",
    "--backlog",
    "6000",
    "--events-per-second",
    "20",
    "--page-size",
    "2000",
];
const LOGS: &str = "target/demo/logs";
const POLL: Duration = Duration::from_millis(200);

/// The two servers of the demo.
struct Demo {
    stand_in: StandIn,
    page: Service,
}

/// Runs the demo until Ctrl-C, or with `--check` until it has answered once through each client.
pub(crate) fn run(arguments: &[OsString]) -> Result<()> {
    match arguments {
        [] => Demo::start()?.invite()?.wait(),
        [option] if option == "--check" => check(),
        _ => bail!("usage: cargo xtask demo [--check]"),
    }
}

/// Brings the demo up, looks one device up through the command line and the page's server, drains a log stream, and shuts it
/// down.
pub(crate) fn check() -> Result<()> {
    let demo = Demo::start()?;
    let query = demo.query_for_one_device()?;
    for (way, answer) in [
        (
            "command line",
            demo.nskope(&["clients", &query, "--output", "json"])
                .read()?,
        ),
        ("page's server", demo.ask_page(&query)?),
    ] {
        let device = one_device(&answer).with_context(|| format!("through the {way}"))?;
        console::result(&format!("{query}, through the {way}:\n  {device}"));
    }
    let drain = "drain --stream page --index check --from head --until caught-up --out";
    let drain: Vec<_> = drain.split(' ').chain([LOGS]).collect();
    demo.nskope(&drain).run()?;
    demo.nskope(&["drain", "verify", LOGS]).run()
}

impl Demo {
    fn start() -> Result<Self> {
        page::build()?;
        rust::build_programs()?;
        // Of a demo before, whose tenant is gone.
        let logs = paths::root().join(LOGS);
        if logs.exists() {
            fs::remove_dir_all(logs)?;
        }
        let stand_in = StandIn::start(TENANT)?;
        let app = paths::app().join("dist");
        let app = app
            .to_str()
            .context("the path of this repository is not valid UTF-8")?;
        let page = Service::start(
            "netskope-web-demo",
            &["--listen", "127.0.0.1:0", "--app", app],
            &[
                ("NETSKOPE_TENANT", &stand_in.url),
                ("NETSKOPE_V1_TOKEN", &stand_in.v1_token),
            ],
        )?;
        Ok(Self { stand_in, page })
    }

    /// Prints what to try.
    fn invite(self) -> Result<Self> {
        let settings = self.write_settings()?;
        let query = self.query_for_one_device()?;
        let link = self.page.told("link")?;
        console::result(&format!(
            "\nThe page:\n    {link}\n\n\
             The command line, in another terminal here (on the stand-in's tenant and tokens):\n    \
             . {settings}\n    \
             nskope clients \"{query}\"\n    \
             nskope clients \"last_event.status eq 'Disabled' and host_info.os eq 'Mac'\" --limit 10\n    \
             nskope clients \"host_info.hostname like 'lap'\" --all --output csv --fields host_info.hostname,last_event.event\n    \
             nskope drain --stream page --stream alerts/dlp --index demo --from head --out {LOGS}\n    \
             nskope drain verify {LOGS}\n\n\
             Ctrl-C ends it all."
        ));
        Ok(self)
    }

    /// Writes what the command line needs to a file, so that no token stands on a command line.
    fn write_settings(&self) -> Result<String> {
        let folder = paths::target().join("demo");
        fs::create_dir_all(&folder)?;
        let programs = paths::target().join("debug");
        let StandIn {
            url,
            v1_token,
            v2_token,
            ..
        } = &self.stand_in;
        let text = format!(
            "export NETSKOPE_TENANT='{url}'\nexport NETSKOPE_V1_TOKEN='{v1_token}'\nexport NETSKOPE_V2_TOKEN='{v2_token}'\nexport PATH='{}':\"$PATH\"\n",
            programs.display()
        );
        let file = folder.join("env");
        fs::write(&file, text)?;
        Ok(file
            .strip_prefix(paths::root())
            .unwrap_or(&file)
            .display()
            .to_string())
    }

    /// A query for some device, one whose name is easily typed if there is one.
    fn query_for_one_device(&self) -> Result<String> {
        let some = self
            .nskope(&["clients", "--limit", "50", "--output", "json"])
            .read()?;
        let some: Vec<Value> = serde_json::from_str(&some).context("nskope listed no devices")?;
        let names: Vec<_> = some.iter().filter_map(hostname).collect();
        let easy = names
            .iter()
            .find(|name| name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-'));
        let name = easy.or(names.first()).context("no device has a name")?;
        Ok(format!("host_info.hostname eq '{name}'"))
    }

    fn nskope(&self, arguments: &[&str]) -> Run {
        Run::new(paths::binary("nskope"))
            .args(arguments)
            .env("NETSKOPE_TENANT", &self.stand_in.url)
            .secret_env("NETSKOPE_V1_TOKEN", &self.stand_in.v1_token)
            .secret_env("NETSKOPE_V2_TOKEN", &self.stand_in.v2_token)
    }

    /// Asks the page's server as the page does, with the access key exchanged for a cookie.
    fn ask_page(&self, query: &str) -> Result<String> {
        Run::new("node")
            .args(["xtask/src/demo/ask-page.mjs", query])
            .secret_env("LINK", self.page.told("link")?)
            .read()
    }

    fn wait(mut self) -> Result<()> {
        loop {
            for server in [&mut self.stand_in.service, &mut self.page] {
                if let Some(status) = server.ended()? {
                    bail!("a server of the demo has ended by itself ({status})");
                }
            }
            thread::sleep(POLL);
        }
    }
}

/// The one device of an answer, in one line.
fn one_device(answer: &str) -> Result<String> {
    let answer: Value = serde_json::from_str(answer).context("the answer is not JSON")?;
    let devices = answer["data"]
        .as_array()
        .or_else(|| answer.as_array())
        .context("the answer has no devices")?;
    let device = devices.first().context("the device was not found")?;
    let device = device.get("attributes").unwrap_or(device);
    let last = &device["last_event"];
    let line = [
        hostname(device),
        device["host_info"]["os"].as_str(),
        last["status"].as_str(),
        last["event"].as_str(),
    ];
    Ok(line.into_iter().flatten().collect::<Vec<_>>().join(", "))
}

fn hostname(device: &Value) -> Option<&str> {
    device.get("attributes").unwrap_or(device)["host_info"]["hostname"].as_str()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shows_the_device_of_either_answer() {
        let device = r#"{"attributes":{"host_info":{"hostname":"a","os":"Mac"},"last_event":{"status":"Enabled"}}}"#;
        assert_eq!(
            one_device(&format!("[{device}]")).unwrap(),
            "a, Mac, Enabled"
        );
        assert_eq!(
            one_device(&format!(r#"{{"status":"success","data":[{device}]}}"#)).unwrap(),
            "a, Mac, Enabled"
        );
        assert!(one_device("[]").is_err());
        assert!(one_device("<html>").is_err());
    }
}
