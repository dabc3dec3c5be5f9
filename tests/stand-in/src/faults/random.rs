//! Faults drawn from a seed, of which a consumer that does everything right loses nothing.

use super::Fault;
use crate::random::Random as Numbers;
use http::{HeaderValue, StatusCode};
use std::collections::BTreeMap;
use std::time::Duration;

/// Faults at random, on v2 requests only: the same values meet the same requests of an index with the same faults.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RandomFaults {
    /// What sets them apart from others.
    pub seed: u64,
    /// How many of 100 requests they meet.
    pub percent: u64,
    /// The most requests in a row that they meet on one endpoint and index, so that every consumer comes to an end.
    pub in_a_row: u64,
    /// Which.
    pub kinds: Kinds,
}

/// Which faults are drawn. None of them ends a consumer that does everything right, as 401 and 403 do.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Kinds {
    /// Those that pass within a second or so, and leave what a page says as it is.
    #[default]
    Passing,
    /// As well answers that stall or never come, and pages with a huge `wait_time`, with none, or with a wrong
    /// `timestamp_hwm`.
    All,
}

impl RandomFaults {
    /// 20 of 100 requests, 3 in a row at most, with faults that pass.
    pub const fn new(seed: u64) -> Self {
        Self {
            seed,
            percent: 20,
            in_a_row: 3,
            kinds: Kinds::Passing,
        }
    }
}

/// What was drawn so far.
pub(crate) struct Random {
    plan: RandomFaults,
    states: BTreeMap<(String, String), State>,
}

struct State {
    numbers: Numbers,
    in_a_row: u64,
}

impl Random {
    pub(crate) fn new(plan: RandomFaults) -> Self {
        Self {
            plan,
            states: BTreeMap::new(),
        }
    }

    /// The fault that this request of an index meets, if any.
    pub(crate) fn draw(&mut self, stream: &str, index: &str) -> Option<Fault> {
        let key = (stream.to_owned(), index.to_owned());
        let state = self.states.entry(key).or_insert_with(|| State {
            numbers: [stream, index]
                .iter()
                .fold(Numbers::new(self.plan.seed), |numbers, name| {
                    numbers.fork_name(name)
                }),
            in_a_row: 0,
        });
        let met = state.numbers.below(100) < self.plan.percent;
        if !met || state.in_a_row >= self.plan.in_a_row {
            state.in_a_row = 0;
            return None;
        }
        state.in_a_row += 1;
        Some(fault(&mut state.numbers, self.plan.kinds).on_v2())
    }
}

const PASSING: u64 = 18;
const ALL: u64 = 23;

fn fault(numbers: &mut Numbers, kinds: Kinds) -> Fault {
    let kind = numbers.below(match kinds {
        Kinds::Passing => PASSING,
        Kinds::All => ALL,
    });
    // As often before as after.
    let moved = |numbers: &mut Numbers, fault: Fault| {
        if numbers.one_in(2) {
            fault.moved()
        } else {
            fault
        }
    };
    // Of bytes: within a short page, and now and then within a long one.
    let bytes = |numbers: &mut Numbers| {
        let bound = 1 << numbers.below(18);
        usize::try_from(numbers.below(bound)).unwrap_or_default()
    };
    let short = |numbers: &mut Numbers| Duration::from_millis(1 + numbers.below(300));
    match kind {
        0 => {
            Fault::status(StatusCode::TOO_MANY_REQUESTS).retry_after(HeaderValue::from_static("1"))
        }
        1 => Fault::status(StatusCode::TOO_MANY_REQUESTS).bare(),
        2 => Fault::status(StatusCode::CONFLICT),
        3 => moved(numbers, Fault::status(StatusCode::INTERNAL_SERVER_ERROR)),
        4 => moved(numbers, Fault::status(StatusCode::BAD_GATEWAY)),
        5 => {
            let fault = Fault::status(StatusCode::SERVICE_UNAVAILABLE);
            moved(numbers, fault.retry_after(HeaderValue::from_static("1")))
        }
        6 => Fault::no_content(),
        7 => moved(numbers, Fault::not_ok("Internal error, try again")),
        8 => moved(numbers, Fault::html(StatusCode::OK, "<h1>Sign in</h1>")),
        9 => moved(numbers, Fault::empty()),
        10 => Fault::cut_after(bytes(numbers)),
        11 => Fault::gzip_cut_after(bytes(numbers)),
        12 => Fault::gzip_corrupt(),
        13 | 14 => moved(numbers, Fault::reset()),
        15 => Fault::slow(short(numbers)),
        16 => Fault::wait_time(-numbers.below(100).cast_signed() - 1),
        17 => Fault::late(short(numbers)),
        18 => moved(numbers, Fault::silence()),
        19 => Fault::stall_after(bytes(numbers)),
        20 => Fault::wait_time(1_000_000),
        21 => Fault::without_wait_time(),
        _ => Fault::skewed((numbers.below(2 * 86_400)).cast_signed() - 86_400),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn drawn(seed: u64, index: &str, kinds: Kinds) -> Vec<Option<Fault>> {
        let mut random = Random::new(RandomFaults {
            percent: 60,
            kinds,
            ..RandomFaults::new(seed)
        });
        (0..4000)
            .map(|_| random.draw("events/page", index))
            .collect()
    }

    #[test]
    fn the_same_seed_gives_the_same_faults_to_the_same_index() {
        let one = drawn(1, "a", Kinds::All);
        assert_eq!(one, drawn(1, "a", Kinds::All));
        assert_ne!(one, drawn(2, "a", Kinds::All));
        assert_ne!(one, drawn(1, "b", Kinds::All));
    }

    #[test]
    fn they_never_meet_more_than_so_many_in_a_row() {
        let drawn = drawn(1, "a", Kinds::Passing);
        let longest = (drawn.split(Option::is_none)).map(<[_]>::len).max();
        assert_eq!(longest, Some(3));
    }

    #[test]
    fn every_kind_is_drawn_and_passing_ones_pass() {
        let silence = Fault::silence().on_v2();
        let huge = Fault::wait_time(1_000_000);
        let reset = Fault::reset().on_v2();
        let all = drawn(3, "a", Kinds::All);
        for fault in [&silence, &huge, &reset, &reset.clone().moved()] {
            assert!(all.contains(&Some(fault.clone())), "{fault:?}");
        }
        let passing = drawn(3, "a", Kinds::Passing);
        assert!(passing.contains(&Some(reset)));
        for fault in [silence, huge] {
            assert!(!passing.contains(&Some(fault)));
        }
    }
}
