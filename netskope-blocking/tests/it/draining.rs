//! Log streams, from a tenant's stand-in into files.

use netskope_blocking::{
    Client,
    drain::{DrainError, Ended, Event, FileSink, Job, Origin, Stop, StoreError},
    model::{
        ErrorKind, Tenant, V2Token,
        drain::{Goal, Resume},
        v2::{Index, Start, Stream},
    },
};
use netskope_stand_in::{
    DEFAULT_V2_TOKEN, DataExport, Events, Fault, Options, RateLimit, StandIn,
    server::{Running, ServeOptions, spawn},
};
use std::{
    fs,
    path::Path,
    thread,
    time::{Duration, Instant},
};
use tempfile::tempdir;

const EVENTS: u64 = 25;

/// A tenant with this many events in each stream, in pages of 10.
fn tenant(change: impl FnOnce(&mut DataExport)) -> Running {
    let mut dataexport = DataExport {
        events: Events::backlog(EVENTS, 1),
        page_size: 10,
        wait_time: Some(0),
        served: true,
        ..DataExport::default()
    };
    change(&mut dataexport);
    let options = Options {
        dataexport,
        rate_limit: RateLimit::Off,
        ..Options::default()
    };
    spawn(StandIn::new(options), &ServeOptions::default()).unwrap()
}

fn client(tenant: &Running) -> Client {
    let tenant = Tenant::parse(tenant.url()).unwrap();
    let client = Client::builder(tenant).v2_token(V2Token::new(DEFAULT_V2_TOKEN).unwrap());
    client.build().unwrap()
}

fn job(stream: &str) -> Job {
    Job {
        stream: Stream::parse(stream).unwrap(),
        index: Index::parse("siem-1").unwrap(),
        start: Some(Start::Head),
        // The backlog ends before the origin of time.
        goal: Some(Goal::until(DataExport::default().origin.unsigned_abs() - 1)),
    }
}

fn drain(
    client: &Client,
    out: &Path,
    job: Job,
    stop: &Stop,
    tell: impl FnMut(Event<'_>),
) -> Result<Ended, DrainError<StoreError>> {
    let origin = Origin::new(client.tenant(), job.stream.clone(), job.index.clone());
    let mut sink = FileSink::builder(out).open(&origin).unwrap();
    client.drain_into(&mut sink, job, stop, tell)
}

/// The lines of all segments of a stream.
fn lines(folder: &Path) -> Vec<String> {
    let mut segments: Vec<_> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| !path.ends_with("ledger.ndjson"))
        .collect();
    segments.sort();
    let texts = segments
        .iter()
        .map(|path| fs::read_to_string(path).unwrap());
    texts
        .flat_map(|text| text.lines().map(str::to_owned).collect::<Vec<_>>())
        .collect()
}

#[test]
fn streams_are_drained_side_by_side_and_a_forbidden_one_stops_no_other() {
    let tenant = tenant(|export| export.forbidden = vec!["alerts/uba".to_owned()]);
    let (client, out, stop) = (client(&tenant), tempdir().unwrap(), Stop::new());
    thread::scope(|scope| {
        for stream in ["page", "dlp", "uba"] {
            let (client, out, stop) = (&client, &out, &stop);
            scope.spawn(move || {
                let ended = drain(client, out.path(), job(stream), stop, |_| {});
                if stream != "uba" {
                    assert_eq!(ended.unwrap(), Ended::Reached);
                    return;
                }
                let DrainError::Request(error) = ended.unwrap_err() else {
                    panic!("the sink failed");
                };
                assert_eq!(error.kind(), ErrorKind::Refused);
            });
        }
    });
    for (stream, folder) in [("events/page", "events-page"), ("alerts/dlp", "alerts-dlp")] {
        let served = tenant.records(stream, 0..EVENTS);
        assert_eq!(served.len() as u64, EVENTS);
        assert_eq!(lines(&out.path().join(folder)), served);
    }
}

#[test]
fn a_run_that_was_stopped_is_gone_on_with() {
    let tenant = tenant(|_| {});
    let (client, out) = (client(&tenant), tempdir().unwrap());
    let mut told = Vec::new();
    for expected in [Ended::Stopped, Ended::Stopped, Ended::Reached] {
        let stop = Stop::new();
        let ended = drain(
            &client,
            out.path(),
            job("page"),
            &stop,
            |event| match event {
                Event::Started(Resume::Fresh(Start::Head)) => told.push("fresh".to_owned()),
                Event::Started(Resume::After(last)) => {
                    told.push(format!("after {}", last.sequence));
                }
                Event::Page { commit, .. } => {
                    told.push(format!("{}: {}", commit.sequence, commit.mark.records));
                    stop.raise();
                }
                _ => {}
            },
        );
        assert_eq!(ended.unwrap(), expected);
    }
    assert_eq!(
        told,
        ["fresh", "1: 10", "after 1", "2: 10", "after 2", "3: 5"]
    );
    assert_eq!(
        lines(&out.path().join("events-page")),
        tenant.records("events/page", 0..EVENTS)
    );
    let operations: Vec<_> = tenant
        .served_pages()
        .iter()
        .map(|page| page.operation.to_string())
        .collect();
    assert_eq!(operations, ["head", "next", "next"]);
}

#[test]
fn a_wait_ends_when_it_is_stopped() {
    let tenant = tenant(|export| export.wait_time = Some(300));
    let (client, out, stop, began) = (
        client(&tenant),
        tempdir().unwrap(),
        Stop::new(),
        Instant::now(),
    );
    let mut waits = 0;
    let ended = drain(&client, out.path(), job("page"), &stop, |event| {
        if let Event::Waiting(_) = event {
            waits += 1;
            let stop = stop.clone();
            thread::spawn(move || {
                thread::sleep(Duration::from_millis(20));
                stop.raise();
            });
        }
    });
    assert_eq!((ended.unwrap(), waits), (Ended::Stopped, 1));
    assert!(began.elapsed() < Duration::from_mins(1));
}

#[test]
fn a_page_that_was_lost_on_the_way_is_asked_for_again() {
    let tenant = tenant(|_| {});
    tenant.push_fault(Fault::status(http::StatusCode::BAD_GATEWAY).on_v2().moved());
    let (client, out, stop) = (client(&tenant), tempdir().unwrap(), Stop::new());
    let mut told = Vec::new();
    let tell = |event: Event<'_>| match event {
        Event::Failed { error, failures } => told.push(format!("{failures}: {error}")),
        Event::Waiting(wait) => told.push(wait.reason.to_string()),
        _ => {}
    };
    assert_eq!(
        drain(&client, out.path(), job("page"), &stop, tell).unwrap(),
        Ended::Reached
    );
    assert_eq!(
        told,
        [
            "1: the tenant failed with HTTP 502 Bad Gateway",
            "the server failed, trying again"
        ]
    );
    assert_eq!(
        lines(&out.path().join("events-page")),
        tenant.records("events/page", 0..EVENTS)
    );
}

#[test]
fn a_page_is_given_until_it_is_acknowledged() {
    let tenant = tenant(|_| {});
    let (client, job) = (client(&tenant), job("page"));
    let resume = Resume::Fresh(Start::Head);
    let mut pages = client.drain(job.stream.clone(), job.index.clone(), resume);
    let mut next = || pages.next().unwrap().unwrap();
    let first = next();
    let again = next();
    assert_eq!(first.page(), again.page());
    // Too late: this page was given again since.
    first.acknowledge();
    let again = next();
    assert_eq!(again.page().len(), 10);
    let commit = again.commit();
    again.acknowledge();
    let second = next();
    assert!(!commit.is_of(second.page()));

    // The run dies here; the next one knows of the first page only.
    let resume = Resume::of(Some(commit), None, None).unwrap();
    let mut pages = client.drain(job.stream, job.index, resume);
    assert_eq!(pages.next().unwrap().unwrap().page(), second.page());
}

#[test]
fn where_to_begin_must_be_said_once() {
    let tenant = tenant(|_| {});
    let (client, out, stop) = (client(&tenant), tempdir().unwrap(), Stop::new());
    let nowhere = Job {
        start: None,
        ..job("page")
    };
    let error = drain(&client, out.path(), nowhere, &stop, |_| {}).unwrap_err();
    assert!(
        error.to_string().contains("it is not said where to start"),
        "{error}"
    );
    drain(&client, out.path(), job("page"), &stop, |_| {}).unwrap();
    let again = Job {
        start: None,
        ..job("page")
    };
    let stopped = Stop::new();
    stopped.raise();
    let ended = drain(&client, out.path(), again, &stopped, |_| {});
    assert_eq!(ended.unwrap(), Ended::Stopped);
    assert_eq!(tenant.served_pages().len(), 3);
}
