//! A run that shall catch up reads everything from before it, and ends.

use super::chance::Chance;
use netskope_model::{
    Session, Tenant, V2Token,
    drain::{Drain, Goal, Resume, Step},
    flow::{Flow, Output, Tick},
    retry::RetryPolicy,
    v2::{Index, Start, Stream},
};
use netskope_stand_in::{DEFAULT_V2_TOKEN, DataExport, Events, Options, StandIn};
use std::time::Duration;

const ORIGIN: u64 = 1_700_000_000;

#[test]
fn a_run_that_caught_up_has_read_all_from_before_it() {
    for seed in 0..60 {
        let mut chance = Chance::new(seed);
        let events = Events {
            seed,
            backlog: chance.below(40),
            span: chance.pick(&[60, 7_200, 200_000]),
            per_second: chance.below(3),
        };
        let mut tenant = StandIn::new(Options {
            dataexport: DataExport {
                events,
                page_size: 2 + chance.below(20),
                hour_windows: chance.one_in(2),
                wait_time: chance.pick(&[None, Some(0), Some(7)]),
                served: true,
                ..DataExport::default()
            },
            ..Options::default()
        });
        let start = chance.pick(&[Start::Head, Start::Tail, Start::At(ORIGIN - 100_000)]);
        let began = Tick::from_millis(chance.below(30_000));
        let there = events.backlog + began.as_millis() * events.per_second / 1_000;
        run(&mut tenant, start, began);
        let read = tenant.served_pages().last().unwrap().positions.end;
        assert!(read >= there, "seed {seed}: {read} of {there}");
        let pages = tenant.served_pages().len();
        assert!(pages < 150, "seed {seed}: {pages} pages");
    }
}

/// Reads until the goal is reached.
fn run(tenant: &mut StandIn, start: Start, began: Tick) {
    let seconds = |now: Tick| ORIGIN + now.as_millis() / 1_000;
    let session = Session::new(
        Tenant::parse("acme.goskope.com").unwrap(),
        V2Token::new(DEFAULT_V2_TOKEN).unwrap(),
        RetryPolicy::patient(1),
    );
    let stream = Stream::parse("events/page").unwrap();
    let index = Index::parse("siem-1").unwrap();
    let mut drain = Drain::new(session, stream, index, Resume::Fresh(start), seconds(began));
    let (mut goal, mut now) = (Goal::until(seconds(began)), began);
    loop {
        match drain.poll(now).unwrap() {
            Output::Transmit(request) => {
                let reply = tenant.handle(now, &request.try_into().unwrap());
                now = now + Duration::from_millis(40);
                drain.handle(now, Ok(reply.response.into()));
            }
            Output::Wait(wait) => now = now + wait.duration,
            Output::Deliver(Step::Intend(_)) => {}
            Output::Deliver(Step::Page(delivery)) => {
                drain.acknowledge();
                if goal.is_reached(&delivery.page, seconds(now), seconds(now)) {
                    return;
                }
            }
            Output::Finished => unreachable!("a drain ends with an error only"),
        }
        assert!(tenant.served() < 500, "it does not come to an end");
    }
}
