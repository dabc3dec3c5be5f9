//! The rate of log streams, against a counter of its own.

use netskope_model::{
    Session, Tenant, V2Token,
    drain::{Drain, Resume, Step},
    flow::{Flow, HttpResponse, Output, Tick},
    retry::RetryPolicy,
    v2::{Index, Start, Stream},
};
use std::{collections::VecDeque, time::Duration};

const PERMITS: usize = 4;
const RUN: Duration = Duration::from_mins(5);

/// One stream of a tenant: no more than 4 requests in any second, as they arrive.
#[derive(Default)]
struct Limited {
    arrivals: VecDeque<Tick>,
    refused: usize,
    /// Until when someone else uses all there is.
    taken_until: Tick,
}

impl Limited {
    fn answer(&mut self, now: Tick) -> HttpResponse {
        let second = Duration::from_secs(1);
        self.arrivals.retain(|&arrived| arrived + second > now);
        let passes = self.arrivals.len() < PERMITS && now >= self.taken_until;
        if passes {
            self.arrivals.push_back(now);
        } else {
            self.refused += 1;
        }
        http::Response::builder()
            .status(if passes { 200 } else { 429 })
            .header("RateLimit-Limit", PERMITS)
            .header("RateLimit-Remaining", PERMITS - self.arrivals.len())
            .header("RateLimit-Reset", 1)
            .body(br#"{"ok":1,"result":[{"_id":"a"}],"wait_time":0}"#.to_vec())
            .unwrap()
            .into()
    }
}

/// A number from `from` on, below `to`.
fn jitter(seed: &mut u64, from: u64, to: u64) -> Duration {
    *seed = seed
        .wrapping_mul(6_364_136_223_846_793_005)
        .wrapping_add(1_442_695_040_888_963_407);
    Duration::from_millis(from + (*seed >> 33) % (to - from))
}

/// One stream being drained, and when it goes on.
struct Consumer {
    drain: Drain,
    tenant: Limited,
    at: Tick,
    answer: Option<HttpResponse>,
    pages: usize,
}

impl Consumer {
    /// Requests take from 10 ms to so many on their way.
    fn step(&mut self, seed: &mut u64, slowest: u64) {
        let now = self.at;
        if let Some(answer) = self.answer.take() {
            self.drain.handle(now, Ok(answer));
        }
        match self.drain.poll(now).unwrap() {
            Output::Transmit(_) => {
                let arrival = now + jitter(seed, 10, slowest);
                self.answer = Some(self.tenant.answer(arrival));
                self.at = arrival + jitter(seed, 5, 80);
            }
            Output::Wait(wait) => self.at = now + wait.duration,
            Output::Deliver(Step::Intend(_)) => {}
            Output::Deliver(Step::Page(_)) => {
                self.pages += 1;
                self.drain.acknowledge();
            }
            Output::Finished => unreachable!("a drain ends with an error only"),
        }
    }
}

/// What becomes of 20 streams that are drained at once.
fn run(slowest: u64) -> Vec<Consumer> {
    let mut consumers = consumers();
    let (mut seed, end) = (7, Tick::default() + RUN);
    while let Some(next) = consumers
        .iter_mut()
        .filter(|consumer| consumer.at < end)
        .min_by_key(|consumer| consumer.at)
    {
        next.step(&mut seed, slowest);
    }
    consumers
}

fn consumers() -> Vec<Consumer> {
    let session = Session::new(
        Tenant::parse("acme.goskope.com").unwrap(),
        V2Token::new("2f57a4d1e2f57a4d1e2f57a4d1e2f57a").unwrap(),
        RetryPolicy::patient(1),
    );
    Stream::all()
        .take(20)
        .map(|stream| Consumer {
            drain: Drain::new(
                session.clone(),
                stream,
                Index::parse("siem-1").unwrap(),
                Resume::Fresh(Start::Head),
                0,
            ),
            tenant: Limited::default(),
            at: Tick::default(),
            answer: None,
            pages: 0,
        })
        .collect()
}

/// How many of 100 permitted pages a consumer has.
fn share(consumer: &Consumer) -> usize {
    let permitted = usize::try_from(RUN.as_secs()).unwrap() * PERMITS;
    consumer.pages * 100 / permitted
}

#[test]
fn twenty_streams_use_the_permitted_rate_and_earn_no_refusal() {
    for consumer in run(30) {
        let stream = consumer.drain.stream();
        assert_eq!(consumer.tenant.refused, 0, "{stream}");
        assert!(share(&consumer) >= 97, "{stream}: {} pages", consumer.pages);
    }
}

/// Requests left further apart with each refusal; five minutes without one bring them closer again by as much.
#[test]
fn after_a_burst_of_someone_elses_the_rate_is_back_in_three_quarters_of_an_hour() {
    let mut consumer = consumers().remove(0);
    consumer.tenant.taken_until = Tick::default() + RUN;
    let mut seed = 7;
    let mut pages_until = |end: Duration| {
        let before = consumer.pages;
        while consumer.at < Tick::default() + end {
            consumer.step(&mut seed, 30);
        }
        consumer.pages - before
    };
    let minute = Duration::from_mins(1);
    assert_eq!(pages_until(RUN), 0);
    // It may still wait for minutes then.
    pages_until(RUN + 5 * minute);
    let slow = pages_until(RUN + 6 * minute);
    pages_until(RUN + 50 * minute);
    let back = pages_until(RUN + 51 * minute);
    assert!(slow <= 60 * PERMITS * 90 / 100, "{slow} pages in a minute");
    assert!(back >= 60 * PERMITS * 97 / 100, "{back} pages in a minute");
    assert!(consumer.tenant.refused > 8);
}

#[test]
fn a_way_of_uneven_length_is_learnt() {
    for consumer in run(80) {
        let stream = consumer.drain.stream();
        let refused = consumer.tenant.refused;
        assert!(refused <= 4, "{stream}: {refused} refused");
        assert!(share(&consumer) >= 90, "{stream}: {} pages", consumer.pages);
    }
}
