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
}

impl Limited {
    fn answer(&mut self, now: Tick) -> HttpResponse {
        let second = Duration::from_secs(1);
        self.arrivals.retain(|&arrived| arrived + second > now);
        let passes = self.arrivals.len() < PERMITS;
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
    fn step(&mut self, seed: &mut u64) {
        let now = self.at;
        if let Some(answer) = self.answer.take() {
            self.drain.handle(now, Ok(answer));
        }
        match self.drain.poll(now).unwrap() {
            Output::Transmit(_) => {
                let arrival = now + jitter(seed, 10, 30);
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

#[test]
fn twenty_streams_use_the_permitted_rate_and_earn_no_refusal() {
    let session = Session::new(
        Tenant::parse("acme.goskope.com").unwrap(),
        V2Token::new("2f57a4d1e2f57a4d1e2f57a4d1e2f57a").unwrap(),
        RetryPolicy::patient(1),
    );
    let mut consumers: Vec<_> = Stream::all()
        .take(20)
        .map(|stream| Consumer {
            drain: Drain::new(
                session.clone(),
                stream,
                Index::parse("siem-1").unwrap(),
                Resume::Fresh(Start::Head),
            ),
            tenant: Limited::default(),
            at: Tick::default(),
            answer: None,
            pages: 0,
        })
        .collect();
    let (mut seed, end) = (7, Tick::default() + RUN);
    while let Some(next) = consumers
        .iter_mut()
        .filter(|consumer| consumer.at < end)
        .min_by_key(|consumer| consumer.at)
    {
        next.step(&mut seed);
    }
    let permitted = usize::try_from(RUN.as_secs()).unwrap() * PERMITS;
    for consumer in &consumers {
        let stream = consumer.drain.stream();
        assert_eq!(consumer.tenant.refused, 0, "{stream}");
        let pages = consumer.pages;
        assert!(
            pages * 100 >= permitted * 97,
            "{stream}: {pages} of {permitted}"
        );
    }
    let pages: usize = consumers.iter().map(|consumer| consumer.pages).sum();
    println!("{pages} of {} permitted pages", permitted * consumers.len());
}
