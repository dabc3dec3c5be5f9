//! Ctrl-C and SIGTERM.

use super::{Folder, drain, drain_from, holding, run, serve, started::Started, whole};
use netskope_stand_in::DataExport;
use std::{
    net::TcpListener,
    time::{Duration, Instant},
};

#[test]
fn a_signal_ends_a_drain_between_pages_with_the_code_that_suits_its_purpose() {
    // A stream at rest, which the tenant asks to leave alone for long.
    let tenant = serve(DataExport {
        wait_time: Some(300),
        ..holding(5)
    });
    let never = &["--until", "2100-01-01T00:00:00Z"][..];
    for (goal, signal, code) in [
        (&[][..], "-TERM", 0),
        (&[][..], "-INT", 0),
        (never, "-INT", 130),
        (never, "-TERM", 143),
    ] {
        let out = Folder::new();
        let line = out.line("--stream page --from head --json-log");
        let mut started = Started::new(drain(&tenant, &line).args(goal));
        started.until("\"event\":\"waiting\"");
        let asked = Instant::now();
        started.signal(signal);
        let (exit, said) = started.end();
        assert_eq!(exit, Some(code), "{signal} {said}");
        assert!(
            asked.elapsed() < Duration::from_secs(3),
            "{:?}",
            asked.elapsed()
        );
        assert!(said.contains("\"event\":\"summary\""), "{said}");
        whole(&tenant, &out, 5).unwrap();
    }
}

#[test]
fn what_was_stopped_goes_on_without_a_record_lost_or_doubled() {
    let tenant = serve(DataExport {
        wait_time: Some(1),
        ..holding(550)
    });
    let out = Folder::new();
    let line = out.line("--stream page --from head --until caught-up --json-log");
    for _ in 0..2 {
        let mut started = Started::new(&mut drain(&tenant, &line));
        started.until("\"event\":\"page\"");
        started.signal("-TERM");
        assert_eq!(started.end().0, Some(143));
    }
    let (code, _, stderr) = run(&mut drain(&tenant, &line));
    assert_eq!(code, Some(0), "{stderr}");
    whole(&tenant, &out, 550).unwrap();
}

#[test]
fn a_second_signal_does_not_wait_for_an_answer() {
    let silent = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}", silent.local_addr().unwrap());
    let out = Folder::new();
    let line = out.line("--stream page --from head");
    let mut started = Started::new(&mut drain_from(&url, &line));
    started.until("events/page: begins");
    let (_connection, _) = silent.accept().unwrap();
    started.signal("-INT");
    std::thread::sleep(Duration::from_millis(300));
    let asked = Instant::now();
    started.signal("-INT");
    assert_eq!(started.end().0, Some(130));
    assert!(asked.elapsed() < Duration::from_secs(2));
}
