//! Killed at any instant, under random faults: what the tenant served is what is on disk, once.

use super::{Folder, drain, holding, long, run, serve, whole};
use netskope_blocking::model::v2::Operation;
use netskope_stand_in::{DataExport, RandomFaults, server::Running};
use std::{
    env, fs,
    process::{Child, Command, ExitStatus, Stdio},
    sync::atomic::{AtomicU64, Ordering},
    thread,
    time::{Duration, Instant},
};

/// How many drains are killed until they are done; `DRAIN_KILLS` says otherwise.
const RUNS: u64 = 50;
/// So many at a time: they wait for repeats most of it.
const AT_ONCE: u64 = 10;
const EVENTS: u64 = 600;
const PAGE: u64 = 20;
const KILLS: u64 = 6;
const PATIENCE: Duration = Duration::from_mins(2);

/// What was met, over all runs.
#[derive(Debug, Default)]
struct Tally {
    kills: AtomicU64,
    resent: AtomicU64,
    spoilt: AtomicU64,
    torn: AtomicU64,
    /// Runs in which the ledger went on in another part.
    parted: AtomicU64,
    /// Kills in the midst of that.
    parting: AtomicU64,
}

#[test]
fn a_drain_that_is_killed_again_and_again_loses_and_doubles_nothing() {
    let runs = env::var("DRAIN_KILLS").map_or(RUNS, |text| text.parse().unwrap());
    let (next, tally) = (AtomicU64::new(0), Tally::default());
    thread::scope(|scope| {
        for _ in 0..AT_ONCE {
            scope.spawn(|| {
                loop {
                    let seed = next.fetch_add(1, Ordering::Relaxed);
                    if seed >= runs {
                        return;
                    }
                    survive(seed, &tally);
                }
            });
        }
    });
    println!("{runs} runs: {tally:?}");
    // A test that meets no trouble proves nothing.
    let Tally {
        kills,
        resent,
        spoilt,
        parted,
        ..
    } = tally;
    for (what, count) in [("kills", kills), ("resent", resent), ("spoilt", spoilt)] {
        assert!(count.into_inner() >= runs, "{what}");
    }
    assert_eq!(parted.into_inner(), runs / 2);
}

/// One stream, drained by processes of which all but the last are killed.
fn survive(seed: u64, tally: &Tally) {
    let format = ["ndjson", "ndjson.gz", "ndjson.zst"][usize::try_from(seed % 3).unwrap()];
    let tenant = serve(DataExport {
        page_size: PAGE,
        random_faults: Some(RandomFaults::new(seed)),
        ..holding(EVENTS)
    });
    let out = Folder::new();
    let line = || {
        let line = out.line("--stream page --from head --until caught-up");
        let mut command = drain(&tenant, &line);
        command.args(["--format", format]);
        command.stdout(Stdio::null()).stderr(Stdio::null());
        command
    };
    let mut chance = Chance(seed);
    if seed % 2 == 1 {
        // It goes on in another part after some pages, of 30.
        let room = 400 * (1 + chance.below(20));
        long::ledger(&out, &tenant, usize::try_from(room).unwrap());
    }
    let [next_part, closed] = ["ledger.ndjson.new", "ledger-1.ndjson"]
        .map(|name| out.path().join("events-page").join(name));
    for kill in 0..KILLS {
        let served = tenant.served() + chance.below(8);
        let is_served = || tenant.served() >= served;
        let is_parting = || next_part.exists() || closed.exists();
        // One in the midst of it, if it is quick enough.
        let ended = if seed % 4 == 1 && kill == 3 {
            killed(line(), is_parting, chance.below(500))
        } else {
            killed(line(), is_served, chance.below(6_000))
        };
        if let Some(status) = ended {
            assert!(status.success(), "seed {seed}: {status}");
            break;
        }
        tally.kills.fetch_add(1, Ordering::Relaxed);
        let is_midst = next_part.exists().into();
        tally.parting.fetch_add(is_midst, Ordering::Relaxed);
    }
    let (code, _, stderr) = run(line().stderr(Stdio::piped()));
    assert_eq!(code, Some(0), "seed {seed}: {stderr}");
    assert_eq!(whole(&tenant, &out, EVENTS), Ok(()), "seed {seed}");
    count(&tenant, &out, tally);
}

/// Kills a process so many microseconds after it is due; where it ends before, how it ended.
fn killed(mut command: Command, is_due: impl Fn() -> bool, after: u64) -> Option<ExitStatus> {
    let mut child: Child = command.spawn().unwrap();
    let began = Instant::now();
    while !is_due() && began.elapsed() < PATIENCE {
        if let Some(status) = child.try_wait().unwrap() {
            return Some(status);
        }
        thread::sleep(Duration::from_micros(100));
    }
    thread::sleep(Duration::from_micros(after));
    child.kill().unwrap();
    let status = child.wait().unwrap();
    status.code().is_some().then_some(status)
}

fn count(tenant: &Running, out: &Folder, tally: &Tally) {
    let pages = tenant.served_pages();
    let resent = pages
        .iter()
        .filter(|page| page.operation == Operation::Resend);
    tally
        .resent
        .fetch_add(resent.count() as u64, Ordering::Relaxed);
    let spoilt = pages.iter().filter(|page| !page.whole);
    tally
        .spoilt
        .fetch_add(spoilt.count() as u64, Ordering::Relaxed);
    let parted = out.path().join("events-page/ledger-1.ndjson").exists();
    tally.parted.fetch_add(parted.into(), Ordering::Relaxed);
    let files = fs::read_dir(out.path().join("events-page")).unwrap();
    let torn = files.filter(|file| {
        file.as_ref()
            .unwrap()
            .file_name()
            .to_string_lossy()
            .contains(".torn-")
    });
    tally.torn.fetch_add(torn.count() as u64, Ordering::Relaxed);
}

/// Numbers at random, the same for the same seed.
struct Chance(u64);

impl Chance {
    fn below(&mut self, end: u64) -> u64 {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % end
    }
}
