//! How much of what a tenant permits is fetched: 20 streams at once, in simulated time.

use crate::print;
use anyhow::{Context, Result, bail};
use netskope_model::drain::{Drain, Resume, Step};
use netskope_model::flow::{Flow, HttpResponse, Output, Tick};
use netskope_model::retry::RetryPolicy;
use netskope_model::v2::{Index, Start, Stream};
use netskope_model::{Session, Tenant, Tokens, V2Token};
use netskope_stand_in::{DEFAULT_V2_TOKEN, DataExport, Events, Options, StandIn};
use serde_json::json;
use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::time::Duration;

const STREAMS: usize = 20;
const TIME: Duration = Duration::from_mins(10);
/// What the documents permit on each stream in a second.
const PERMITTED: u32 = 4;
/// By how much requests may be closer to each other, or further apart, when they arrive than when they left, in milliseconds.
const JITTERS: &[u64] = &[0, 10, 20, 40];
/// Milliseconds that every request takes on its way.
const THERE: u64 = 30;
/// Milliseconds in which an answer is there, whole: at least, and by how much more.
const BACK: (u64, u64) = (40, 60);
/// The most milliseconds by which a sleeper oversleeps.
const LATE: u64 = 2;

/// Prints, for each jitter, how long a page of a stream took and how many requests a thousand of them.
pub(crate) fn rate() -> Result<()> {
    for &jitter in JITTERS {
        let done = Simulation::new(jitter)?.run()?;
        let permitted = 1000.0 / f64::from(PERMITTED);
        let taken = TIME.as_secs_f64() * 1000.0 * to_f64(STREAMS) / to_f64(done.pages);
        let requests = to_f64(done.answers) / to_f64(done.pages) * 1000.0;
        line(jitter, "ms a page", taken, permitted);
        line(jitter, "requests for 1,000 pages", requests, 1000.0);
    }
    Ok(())
}

fn line(jitter: u64, unit: &str, ours: f64, permitted: f64) {
    for (engine, figure) in [("ours", ours), ("permitted", permitted)] {
        print(&json!({
            "task": "rate",
            "query": format!("{jitter} ms"),
            "engine": engine,
            "unit": unit,
            "rounds": [figure],
        }));
    }
}

/// What came of it.
struct Done {
    pages: usize,
    answers: usize,
}

struct Simulation {
    tenant: StandIn,
    drains: Vec<Drain>,
    /// What is on its way to the tenant or back, for each drain.
    travelling: Vec<Option<Travelling>>,
    /// When which drain goes on; the earliest first.
    agenda: BinaryHeap<Reverse<(Tick, usize)>>,
    jitter: u64,
    random: Random,
    done: Done,
}

enum Travelling {
    There(http::Request<Vec<u8>>),
    Back(HttpResponse),
}

impl Simulation {
    fn new(jitter: u64) -> Result<Self> {
        let session = Session::new(
            Tenant::parse("acme.goskope.com")?,
            Tokens::from(V2Token::new(DEFAULT_V2_TOKEN)?),
            RetryPolicy::patient(7),
        );
        let names = Stream::all().filter(|stream| stream.name() != "watchlist");
        let drains = names.take(STREAMS).map(|stream| {
            let index = Index::parse("bench")?;
            let resume = Resume::Fresh(Start::Head);
            Ok(Drain::new(session.clone(), stream, index, resume, 0))
        });
        let drains = drains.collect::<Result<Vec<_>>>()?;
        Ok(Self {
            tenant: tenant(),
            travelling: drains.iter().map(|_| None).collect(),
            agenda: (0..drains.len())
                .map(|which| Reverse((Tick::default(), which)))
                .collect(),
            drains,
            jitter,
            random: Random(jitter),
            done: Done {
                pages: 0,
                answers: 0,
            },
        })
    }

    fn run(mut self) -> Result<Done> {
        let end = Tick::default() + TIME;
        while let Some(Reverse((now, which))) = self.agenda.pop() {
            if now >= end {
                break;
            }
            match self.travelling[which].take() {
                Some(Travelling::There(request)) => self.answer(now, which, &request),
                Some(Travelling::Back(answer)) => {
                    self.done.answers += 1;
                    self.drains[which].handle(now, Ok(answer));
                    self.go_on(now, which)?;
                }
                None => self.go_on(now, which)?,
            }
        }
        Ok(self.done)
    }

    fn answer(&mut self, now: Tick, which: usize, request: &http::Request<Vec<u8>>) {
        let answer = self.tenant.handle(now, request).response.into();
        let back = BACK.0 + self.random.below(BACK.1);
        self.travelling[which] = Some(Travelling::Back(answer));
        self.wake(now + Duration::from_millis(back), which);
    }

    fn go_on(&mut self, now: Tick, which: usize) -> Result<()> {
        let drain = self.drains.get_mut(which).context("no such drain")?;
        loop {
            match drain.poll(now)? {
                Output::Transmit(request) => {
                    self.travelling[which] = Some(Travelling::There(request.try_into()?));
                    let there = THERE + self.random.below(self.jitter);
                    self.wake(now + Duration::from_millis(there), which);
                    return Ok(());
                }
                Output::Wait(wait) => {
                    let late = Duration::from_millis(self.random.below(LATE));
                    self.wake(now + wait.duration + late, which);
                    return Ok(());
                }
                Output::Deliver(Step::Page(_)) => {
                    self.done.pages += 1;
                    drain.acknowledge();
                }
                Output::Deliver(Step::Intend(_)) => {}
                Output::Finished => bail!("a drain ended by itself"),
            }
        }
    }

    fn wake(&mut self, moment: Tick, which: usize) {
        self.agenda.push(Reverse((moment, which)));
    }
}

/// A tenant under its documented limit, with more pages than can be fetched, each of one record so that it is quick.
fn tenant() -> StandIn {
    StandIn::new(Options {
        dataexport: DataExport {
            events: Events::backlog(2 * u64::from(PERMITTED) * TIME.as_secs(), 7),
            page_size: 1,
            wait_time: Some(0),
            ..DataExport::default()
        },
        ..Options::default()
    })
}

/// `SplitMix64`.
struct Random(u64);

impl Random {
    /// A number from 0 up to this one.
    fn below(&mut self, bound: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        (mixed ^ (mixed >> 31)) % (bound + 1)
    }
}

#[expect(clippy::cast_precision_loss, reason = "far below 2^53")]
fn to_f64(count: usize) -> f64 {
    count as f64
}
