//! The command line against a stand-in for a tenant that holds recorded devices.

use crate::command::nskope;
use netskope_stand_in::{
    AboveCap, DEFAULT_V1_TOKEN, Device, Fleet, Options, RateLimit, StandIn, clients_of,
    server::{Running, ServeOptions, spawn},
};
use serde_json::Value;
use std::{
    env, fs,
    path::PathBuf,
    process::{Command, Output},
};

pub(crate) fn serve(options: Options) -> Running {
    spawn(StandIn::new(options), &ServeOptions::default()).unwrap()
}

/// `nskope clients` on a tenant, with its token.
pub(crate) fn clients(url: &str, arguments: &[&str]) -> Command {
    let mut command = nskope(&["clients", "--tenant", url]);
    command
        .args(arguments)
        .env("NETSKOPE_V1_TOKEN", DEFAULT_V1_TOKEN);
    command
}

/// A recorded response, which is not part of this repository.
fn recorded(name: &str) -> Option<Vec<u8>> {
    let folder = env::var_os("NETSKOPE_FIXTURES").map_or_else(
        || {
            PathBuf::from(concat!(
                env!("CARGO_MANIFEST_DIR"),
                "/../../shared/fixtures"
            ))
        },
        PathBuf::from,
    );
    let body = fs::read(folder.join(name)).ok();
    if body.is_none() {
        eprintln!(
            "SKIPPED: no recorded response {name} in {}",
            folder.display()
        );
    }
    body
}

fn holding(clients: Vec<Device>) -> Options {
    Options {
        clients,
        rate_limit: RateLimit::Off,
        ..Options::default()
    }
}

fn found(output: &Output) -> Vec<Value> {
    assert!(output.status.success(), "{output:?}");
    serde_json::from_slice(&output.stdout).unwrap()
}

#[test]
fn each_recorded_device_is_found_by_its_name_and_printed_as_it_was_recorded() {
    let Some(body) = recorded("jupiterone-graph-netskope/clients_v1_2024_page1_even.json") else {
        return;
    };
    let devices = clients_of(&body).unwrap();
    let records: Vec<Value> = devices
        .iter()
        .map(|device| device.value().clone())
        .collect();
    let tenant = serve(holding(devices));
    assert_eq!(records.len(), 38);
    for device in &records {
        let name = device["host_info"]["hostname"].as_str().unwrap();
        let query = netskope_query::field("host_info.hostname")
            .eq(name)
            .to_string();
        let output = clients(tenant.url(), &[&query, "--output", "json"])
            .output()
            .unwrap();
        let same_name: Vec<_> = records
            .iter()
            .filter(|other| other["host_info"]["hostname"] == *name)
            .collect();
        assert_eq!(
            found(&output).iter().collect::<Vec<_>>(),
            same_name,
            "{query}"
        );
    }
}

#[test]
fn the_articles_queries_work_and_the_slip_is_pointed_out() {
    let Some(body) = recorded("jupiterone-graph-netskope/clients_v1_2022_page1.json") else {
        return;
    };
    let devices = clients_of(&body).unwrap();
    let [first, second] = [0, 1].map(|place: usize| devices[place].value().clone());
    let tenant = serve(holding(devices));
    let name = |device: &Value| device["host_info"]["hostname"].as_str().unwrap().to_owned();
    let either = format!(
        "host_info.hostname eq '{}' or host_info.hostname eq '{}'",
        name(&first),
        name(&second)
    );
    let output = clients(tenant.url(), &[&either, "--output", "json"])
        .output()
        .unwrap();
    assert_eq!(found(&output), [first, second]);

    let output = clients(tenant.url(), &["host_info", "--output", "json"])
        .output()
        .unwrap();
    assert_eq!(found(&output).len(), 35);

    let slip = clients(
        tenant.url(),
        &["last_events.status = 0", "--output", "json"],
    )
    .output()
    .unwrap();
    let right = clients(tenant.url(), &["last_event.status = 0", "--output", "json"])
        .output()
        .unwrap();
    assert_eq!(slip.stdout, right.stdout);
    assert!(found(&slip).iter().all(|device| {
        let users = device["users"].as_array().unwrap();
        users
            .iter()
            .any(|user| user["last_event"]["status"] == "Disabled")
    }));
    assert!(right.stderr.is_empty());
    insta::assert_snapshot!(String::from_utf8(slip.stderr).unwrap());
}

#[test]
fn a_tenant_that_gives_few_devices_at_a_time_is_read_whole() {
    let tenant = serve(Options {
        fleet: Fleet::new(250, 7, 1_732_000_000),
        limit_cap: 100,
        above_cap: AboveCap::Refuse,
        rate_limit: RateLimit::Off,
        ..Options::default()
    });
    let refused = clients(tenant.url(), &["--all", "--retries", "0"])
        .output()
        .unwrap();
    let stderr = String::from_utf8(refused.stderr).unwrap();
    assert_eq!(refused.status.code(), Some(4), "{stderr}");
    assert!(
        stderr.contains("limit must be at most 100") && stderr.contains("--page-size"),
        "{stderr}"
    );
    let pages = ["--all", "--page-size", "100", "--output", "json"];
    let output = clients(tenant.url(), &pages).output().unwrap();
    assert_eq!(found(&output).len(), 250);
}
