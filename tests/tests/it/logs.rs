//! What libraries log, at their most talkative.

use log::{LevelFilter, Log, Metadata, Record};
use netskope_blocking::Client;
use netskope_model::{
    Tenant, V1Token,
    v1::clients::{Query, Request},
};
use netskope_stand_in::{
    DEFAULT_V1_TOKEN, Fault, Fleet, Options, StandIn,
    server::{ServeOptions, spawn},
};
use std::sync::Mutex;

struct Lines(Mutex<Vec<String>>);

static LINES: Lines = Lines(Mutex::new(Vec::new()));

impl Log for Lines {
    fn enabled(&self, _: &Metadata<'_>) -> bool {
        true
    }

    fn log(&self, record: &Record<'_>) {
        let line = format!("{} {} {}", record.level(), record.target(), record.args());
        self.0.lock().unwrap().push(line);
    }

    fn flush(&self) {}
}

/// The token, also where bytes are printed as numbers.
fn shows_token(line: &str) -> bool {
    let bytes: Vec<String> = DEFAULT_V1_TOKEN
        .bytes()
        .map(|byte| byte.to_string())
        .collect();
    line.contains(DEFAULT_V1_TOKEN) || line.contains(&bytes.join(", "))
}

#[test]
fn no_log_at_any_level_holds_the_token() {
    log::set_logger(&LINES).unwrap();
    log::set_max_level(LevelFilter::Trace);
    let options = Options {
        fleet: Fleet::new(3, 7, 1_732_000_000),
        faults: vec![
            Fault::reset(),
            Fault::empty(),
            Fault::cut_after(20),
            Fault::cut_after(usize::MAX),
        ],
        ..Options::default()
    };
    let running = spawn(StandIn::new(options), &ServeOptions::default()).unwrap();
    let client = Client::builder(Tenant::parse(running.url()).unwrap())
        .v1_token(V1Token::new(DEFAULT_V1_TOKEN).unwrap())
        .build()
        .unwrap();
    let query = Query::parse("host_info").unwrap();
    assert_eq!(
        client
            .page(Request::new().matching(query))
            .unwrap()
            .devices()
            .len(),
        3
    );
    let lines = LINES.0.lock().unwrap();
    assert!(
        lines.iter().any(|line| line.starts_with("TRACE")),
        "{lines:#?}"
    );
    let leaks: Vec<_> = lines.iter().filter(|line| shows_token(line)).collect();
    assert!(leaks.is_empty(), "{leaks:#?}");
}
