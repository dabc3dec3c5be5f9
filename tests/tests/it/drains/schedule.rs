//! One run: a tenant, a disk, and a program that goes on until it has read enough.

use super::{
    chance::Chance,
    disk::{Crash, Disk, Fuse},
    wire::Wire,
};
use netskope_model::{
    Session, Tenant, V2Token,
    drain::{Drain, Resume, Step},
    flow::{Flow, Output, Tick},
    retry::RetryPolicy,
    v2::{Index, Operation, Start, Stream},
};
use netskope_stand_in::{
    DEFAULT_V2_TOKEN, DataExport, EarlyResend, Events, FreshNext, GivenEvents, Kinds, Options,
    RandomFaults, RateLimit, StandIn, events_of,
};
use std::{collections::BTreeMap, fmt::Write, time::Duration};

const STREAM: &str = "events/page";
/// Tick 0 of the tenant, in seconds since 1970.
const ORIGIN: u64 = 1_700_000_000;

/// By how many seconds the machine's clock may be ahead of the tenant's.
const CLOCKS_AHEAD: [u64; 4] = [0, 0, 3_600 * 24 * 3, 3_600 * 24 * 365];

/// What the schedules met.
#[derive(Debug, Default)]
pub(super) struct Tally {
    crashes: u64,
    errors: u64,
    faults: u64,
    abandoned: u64,
    unacknowledged: u64,
    /// Pages that came by `resend`.
    missed: u64,
    /// Requests for a page once more.
    resent: u64,
    empty: u64,
    pages: u64,
}

impl Tally {
    pub(super) fn counts(&self) -> [(&'static str, u64); 9] {
        [
            ("crashes", self.crashes),
            ("errors", self.errors),
            ("faults", self.faults),
            ("abandoned", self.abandoned),
            ("unacknowledged", self.unacknowledged),
            ("missed", self.missed),
            ("resent", self.resent),
            ("empty", self.empty),
            ("pages", self.pages),
        ]
    }
}

struct World<'a> {
    start: Start,
    disk: Disk,
    fuse: Fuse,
    wire: Wire,
    chance: Chance,
    now: Tick,
    /// How many pages are enough.
    enough: u64,
    acknowledged: u64,
    /// The position of the first record of the first page.
    first: Option<u64>,
    /// How many records there were when the index was first told to start.
    there: Option<u64>,
    /// How many there were at tick 0, where one comes in each second.
    growing: Option<u64>,
    tally: &'a mut Tally,
}

/// Why a program ended before it had enough.
enum End {
    Crash,
    Error,
}

impl From<Crash> for End {
    fn from(_: Crash) -> Self {
        Self::Crash
    }
}

pub(super) fn run(seed: u64, tally: &mut Tally) -> Result<(), String> {
    let mut chance = Chance::new(seed);
    let start = chance.pick(&[
        Start::Head,
        Start::Tail,
        Start::At(ORIGIN - chance_span(seed)),
    ]);
    let options = options(&mut chance);
    // Only a page's own mark shows that a clock is ahead.
    let marks_are_true = options.dataexport.random_faults.is_none();
    let ahead = chance.pick(if marks_are_true { &CLOCKS_AHEAD } else { &[0] });
    let mut world = World {
        start,
        growing: options
            .dataexport
            .given
            .is_empty()
            .then_some(options.dataexport.events.backlog),
        disk: Disk::new(!chance.one_in(4)),
        fuse: Fuse {
            crashes: u32::try_from(chance.below(10)).unwrap(),
            rarity: 2 + chance.below(40),
            chance: Chance::new(chance.number()),
        },
        wire: Wire::new(
            StandIn::new(options),
            Chance::new(chance.number()),
            chance.pick(&[2, 3, 5, 10, 50]),
        ),
        now: Tick::default(),
        enough: 1 + chance.below(12),
        acknowledged: 0,
        first: None,
        there: None,
        chance,
        tally,
    };
    if world.chance.one_in(3) {
        world.be_used_before();
    }
    loop {
        let (last, intent) = world.disk.open();
        world.wire.is_new = last.is_none();
        let resume = Resume::of(last, intent, Some(start)).map_err(|error| error.to_string())?;
        if matches!(resume, Resume::Fresh(_)) {
            world.there = None;
        }
        let mut drain = Drain::new(
            session(seed),
            Stream::parse(STREAM).unwrap(),
            Index::parse("siem-1").unwrap(),
            resume,
            ORIGIN + ahead + world.now.as_millis() / 1_000,
        );
        match world.live(&mut drain) {
            Ok(()) => break,
            Err(End::Crash) => {
                world.tally.crashes += 1;
                world.disk.crash(&mut world.chance);
            }
            Err(End::Error) => world.tally.errors += 1,
        }
        world.now = world.now + Duration::from_secs(world.chance.below(20));
        if world.wire.tenant.served() > 2_000 {
            return Err("it does not come to an end".to_owned());
        }
    }
    world.tally.faults += world.wire.faults;
    world.compare()
}

fn chance_span(seed: u64) -> u64 {
    Chance::new(!seed).below(90_000)
}

fn session(seed: u64) -> Session {
    Session::new(
        Tenant::parse("acme.goskope.com").unwrap(),
        V2Token::new(DEFAULT_V2_TOKEN).unwrap(),
        RetryPolicy::patient(seed),
    )
}

fn options(chance: &mut Chance) -> Options {
    let is_growing = chance.one_in(8);
    let given = if is_growing {
        BTreeMap::new()
    } else {
        BTreeMap::from([(STREAM.to_owned(), events(chance))])
    };
    let either = |chance: &mut Chance| chance.one_in(2);
    Options {
        rate_limit: chance.pick(&[RateLimit::On, RateLimit::Off]),
        dataexport: DataExport {
            origin: i64::try_from(ORIGIN).unwrap(),
            events: Events {
                seed: chance.number(),
                backlog: chance.below(12),
                span: 7_200,
                per_second: 1,
            },
            given,
            page_size: 1 + chance.below(5),
            wait_time: either(chance).then_some(0),
            hour_windows: either(chance),
            fresh_next: chance.pick(&[FreshNext::Oldest, FreshNext::Now]),
            early_resend: chance.pick(&[EarlyResend::Refuse, EarlyResend::Empty]),
            served: true,
            random_faults: either(chance).then(|| RandomFaults {
                kinds: Kinds::All,
                ..RandomFaults::new(chance.number())
            }),
            ..DataExport::default()
        },
        ..Options::default()
    }
}

/// Some events of the day before, with gaps of hours.
fn events(chance: &mut Chance) -> GivenEvents {
    let (count, mut second) = (chance.below(30), ORIGIN - 86_400);
    let mut lines = String::new();
    for id in 0..count {
        second = (second + chance.pick(&[0, 0, 1, 60, 4_000, 12_000])).min(ORIGIN);
        writeln!(
            lines,
            r#"{{"_id":"{id}","timestamp":{second},"n":{}}}"#,
            chance.number()
        )
        .unwrap();
    }
    events_of(lines).unwrap()
}

impl World<'_> {
    /// Someone else read some pages with the same index, long ago.
    fn be_used_before(&mut self) {
        for operation in ["head", "next", "next"] {
            let request = http::Request::builder()
                .uri(format!(
                    "/api/v2/events/dataexport/{STREAM}?operation={operation}&index=siem-1"
                ))
                .header("netskope-api-token", DEFAULT_V2_TOKEN);
            let request = request.body(Vec::new()).unwrap();
            self.wire.tenant.handle(self.now, &request);
            self.now = self.now + Duration::from_hours(1);
        }
    }

    /// How many records have come in.
    fn arrived(&self) -> u64 {
        self.growing
            .map_or(u64::MAX, |at_first| at_first + self.now.as_millis() / 1_000)
    }

    /// Runs a program until it has enough, or ends.
    fn live(&mut self, drain: &mut Drain) -> Result<(), End> {
        loop {
            match drain.poll(self.now) {
                Ok(Output::Transmit(request)) => {
                    self.fuse.step()?;
                    self.there = self.there.or(Some(self.arrived()));
                    let request: http::Request<Vec<u8>> = request.try_into().unwrap();
                    let is_resend = request.uri().to_string().contains("=resend");
                    let (now, answer) = self.wire.round_trip(self.now, request);
                    self.fuse.step()?;
                    self.now = now;
                    if self.chance.one_in(30) {
                        self.tally.abandoned += 1;
                        continue;
                    }
                    self.tally.resent += u64::from(is_resend);
                    drain.handle(now, answer);
                    self.fuse.step()?;
                }
                Ok(Output::Wait(wait)) => {
                    self.fuse.step()?;
                    self.now = self.now + wait.duration;
                }
                Ok(Output::Deliver(Step::Intend(intent))) => {
                    self.disk.intend(&intent, &mut self.fuse)?;
                }
                Ok(Output::Deliver(Step::Page(delivery))) => {
                    self.tally.missed += u64::from(delivery.operation == Operation::Resend);
                    self.tally.empty += u64::from(delivery.page.is_empty());
                    if delivery.sequence == 1 {
                        self.first = self.started();
                    }
                    if self.chance.one_in(20) {
                        self.tally.unacknowledged += 1;
                        continue;
                    }
                    let commit = delivery.commit(0);
                    self.disk.take(&delivery.page, &commit, &mut self.fuse)?;
                    self.wire.is_new = false;
                    drain.acknowledge();
                    self.tally.pages += 1;
                    self.acknowledged += 1;
                    if self.acknowledged >= self.enough {
                        return Ok(());
                    }
                }
                Ok(Output::Finished) => unreachable!("a drain ends with an error only"),
                Err(_) => return Err(End::Error),
            }
        }
    }

    /// Where the tenant put the index when it was last told to start; nowhere if it never was.
    fn started(&self) -> Option<u64> {
        let starts = |operation| {
            operation == Operation::from(self.start)
                || self.start == Start::Tail && matches!(operation, Operation::Epoch(_))
        };
        let mut served = self.wire.tenant.served_pages().iter().rev();
        let page = served.find(|page| starts(page.operation))?;
        Some(page.positions.start)
    }

    fn compare(&mut self) -> Result<(), String> {
        let served = self.wire.tenant.served_pages().last().unwrap();
        let end = served.positions.end;
        let first = self.first.ok_or("it began elsewhere than it should")?;
        if self.start == Start::Tail && self.there.is_some_and(|there| first > there) {
            return Err("it began at a later tail".to_owned());
        }
        let mut expected = self.wire.tenant.records(STREAM, first..end).join("\n");
        if !expected.is_empty() {
            expected.push('\n');
        }
        let found = self.disk.records();
        if found == expected {
            return Ok(());
        }
        Err(format!("expected\n{expected}found\n{found}"))
    }
}
