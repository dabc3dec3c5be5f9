//! A server in front of a stand-in, and a browser that has opened its link.

use crate::wire::{Answer, Ask};
use netskope_model::{Tenant, V1Token};
use netskope_stand_in::{
    Device, Fault, Options, RateLimit, StandIn,
    server::{self, ServeOptions},
};
use netskope_web_demo::{Running, Settings, spawn};
use serde_json::{Value, json};
use std::{
    fs,
    path::PathBuf,
    sync::atomic::{AtomicU32, Ordering},
};

/// The token of the tenant in all tests; no answer may hold it.
pub(crate) const TOKEN: &str = "f32a973eddd7bc1602fc0f48dc0a";
pub(crate) const CLIENTS: &str = "/api/v1/clients?limit=100&skip=0";

pub(crate) struct Site {
    pub(crate) tenant: server::Running,
    pub(crate) server: Running,
}

impl Site {
    pub(crate) fn new() -> Self {
        Self::with(|_| ())
    }

    pub(crate) fn with(change: impl FnOnce(&mut Settings)) -> Self {
        let tenant = tenant();
        let mut settings = settings(tenant.url());
        change(&mut settings);
        Self {
            server: spawn(settings).unwrap(),
            tenant,
        }
    }

    pub(crate) fn failing(fault: Fault) -> Self {
        let site = Self::new();
        site.tenant.push_fault(fault);
        site
    }

    pub(crate) fn ask(&self, method: &str, target: &str) -> Ask {
        Ask::new(self.server.url(), method, target)
    }

    pub(crate) fn get(&self, target: &str) -> Answer {
        self.ask("GET", target).send()
    }

    /// The cookie that a browser has after opening the link.
    pub(crate) fn cookie(&self) -> String {
        let answer = self.get(self.server.link().strip_prefix(self.server.url()).unwrap());
        let cookie = answer.header("set-cookie").unwrap();
        cookie.split(';').next().unwrap().to_owned()
    }

    /// A request of the page.
    pub(crate) fn post(&self, target: &str, body: impl Into<Vec<u8>>) -> Ask {
        self.ask("POST", target)
            .with("Cookie", &self.cookie())
            .with("Origin", self.server.url())
            .with("Sec-Fetch-Site", "same-origin")
            .with("Content-Type", "application/json")
            .body(body)
    }

    pub(crate) fn query(&self, query: &str) -> Answer {
        self.post(CLIENTS, json!({ "query": query }).to_string())
            .send()
    }

    /// Requests that reached the tenant: their targets and bodies.
    pub(crate) fn forwarded(&self) -> Vec<(String, Value)> {
        self.tenant
            .requests()
            .into_iter()
            .map(|request| {
                (
                    request.target,
                    serde_json::from_slice(&request.body).unwrap(),
                )
            })
            .collect()
    }
}

/// Two devices; the numbers show whether integers pass unchanged.
pub(crate) fn devices() -> [Value; 2] {
    ["alpha", "beta"].map(|name| {
        json!({
            "_id": name,
            "device_id": name,
            "client_version": "94.1.1.960",
            "host_info": {"hostname": name, "os": "Windows", "serial": 9_223_372_036_854_775_807_u64},
            "last_event": {"actor": "System", "event": "Tunnel Up", "status": "Enabled", "timestamp": 1_653_013_620},
            "users": [{"_id": "a", "user_added_time": 1_650_583_473.179_131_7, "username": "\u{2019}x@example.com"}],
            "unknown": {"kept": [1, null, true]},
        })
    })
}

fn tenant() -> server::Running {
    let options = Options {
        clients: devices().map(Device::from).into(),
        v1_token: TOKEN.to_owned(),
        record: true,
        rate_limit: RateLimit::Off,
        ..Options::default()
    };
    server::spawn(StandIn::new(options), &ServeOptions::default()).unwrap()
}

pub(crate) fn settings(tenant: &str) -> Settings {
    Settings::new(
        Tenant::parse(tenant).unwrap(),
        V1Token::new(TOKEN).unwrap(),
        built_page(),
    )
}

/// A page like the bundler's, with a file beside it that must not be served.
pub(crate) fn built_page() -> PathBuf {
    static PAGES: AtomicU32 = AtomicU32::new(0);
    let number = PAGES.fetch_add(1, Ordering::Relaxed);
    let root =
        PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(format!("{}-{number}", std::process::id()));
    let page = root.join("dist");
    fs::create_dir_all(page.join("assets")).unwrap();
    fs::write(root.join("secret.txt"), "not to be served").unwrap();
    for (name, content) in [
        ("index.html", "<!doctype html><title>Devices</title>"),
        ("icon.svg", "<svg/>"),
        ("assets/index-Dk3l_x9Q.js", "export {}"),
        ("assets/index-B1a2c3d4.css", "a{}"),
        ("assets/client_bg-C9.wasm", "\0asm"),
    ] {
        fs::write(page.join(name), content).unwrap();
    }
    page
}
