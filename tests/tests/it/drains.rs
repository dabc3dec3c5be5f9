//! Log streams drained to a disk that forgets, over a wire that fails, by a program that dies: none lost, none twice.

mod chance;
mod disk;
mod goal;
mod schedule;
mod wire;

use schedule::Tally;

/// How many schedules an ordinary run goes through; `DRAIN_SCHEDULES` says otherwise.
const SCHEDULES: u64 = 1_500;

#[test]
fn nothing_is_lost_or_doubled_whatever_fails_and_whenever() {
    let schedules =
        std::env::var("DRAIN_SCHEDULES").map_or(SCHEDULES, |text| text.parse().unwrap());
    let first = std::env::var("DRAIN_SEED").map_or(0, |text| text.parse().unwrap());
    let mut tally = Tally::default();
    for seed in first..first + schedules {
        if let Err(trouble) = schedule::run(seed, &mut tally) {
            panic!("DRAIN_SCHEDULES=1 DRAIN_SEED={seed}: {trouble}");
        }
    }
    println!("{schedules} schedules: {tally:?}");
    // A test that meets no trouble proves nothing.
    for (what, count) in tally.counts() {
        assert!(
            schedules < 1_000 || count >= schedules / 10,
            "{what}: {count}"
        );
    }
}
