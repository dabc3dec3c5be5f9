//! Many records at once: all of them take a step before the next one is taken, because so the processor fetches many
//! records at a time.

use super::program::{Action, Program, Step, YES};
use super::quick::{Get, Probe, Quick, TextOf, TextTest};
use super::record::Record;
use super::source::InMemory;
use alloc::vec::Vec;

/// Records in a block: the bits of a word.
pub(super) const BLOCK: usize = 64;

/// Of fewer records each is looked for, instead of testing all of a block.
const FEW: u32 = 16;

/// So many probes at most are made of a record before the next record.
const MOST: usize = 4;

/// A run over blocks of records.
pub(super) struct Blocks<'f, 's, R: Record> {
    program: &'f Program<'s, R>,
    /// For each step the records of the block that have come to it, as bits.
    waiting: Vec<u64>,
    /// The probes of the first steps, as far as they have one.
    probes: Vec<Probe<R>>,
    /// How many of them were of use in the block before.
    together: usize,
}

impl<'f, 's, R: Record> Blocks<'f, 's, R> {
    pub(super) fn new(program: &'f Program<'s, R>) -> Self {
        let probes = program.steps.iter().map_while(|step| match &step.action {
            Action::Quick(quick) => quick.probe(),
            _ => None,
        });
        Self {
            program,
            waiting: alloc::vec![0; program.steps.len()],
            probes: probes.take(MOST).collect(),
            together: 0,
        }
    }

    /// Which of up to 64 records match, as bits.
    pub(super) fn matching(&mut self, records: &[R]) -> u64 {
        let probed = self.probe(records);
        let together = core::mem::take(&mut self.together);
        let all = u64::MAX >> BLOCK.saturating_sub(records.len()).min(BLOCK - 1);
        if let Some(first) = self.waiting.first_mut() {
            *first = all;
        }
        let mut found = 0;
        let steps = &*self.program.steps;
        for (place, step) in steps.iter().enumerate() {
            let here = self.waiting.get_mut(place).map_or(0, core::mem::take);
            if here == 0 {
                continue;
            }
            if place < self.probes.len() && here.count_ones() >= FEW {
                self.together = place + 1;
            }
            let mut next = place + 1;
            let probed = probed.get(place).filter(|_| place < together);
            let holding = match &step.action {
                Action::Quick(quick) => quick.holding(records, here, probed.copied()),
                Action::Test(condition) => each(records, here, |record| {
                    condition.holds(InMemory::of(record))
                }),
                Action::AnyRow(count) => {
                    let within = next..next + *count as usize;
                    next = within.end;
                    self.any_row(steps.get(within).unwrap_or_default(), records, here)
                }
            };
            let jumping = if step.jumps_if {
                holding
            } else {
                here & !holding
            };
            if let Some(next) = self.waiting.get_mut(next) {
                *next |= here & !jumping;
            }
            match self.waiting.get_mut(step.target as usize) {
                Some(target) => *target |= jumping,
                None if step.target == YES => found |= jumping,
                None => {}
            }
        }
        found
    }

    /// What the first steps ask of the records themselves, where most records come to them: a record is fetched once.
    fn probe(&self, records: &[R]) -> [u64; MOST] {
        let mut probed = [0; MOST];
        match self.probes.get(..self.together) {
            Some([a]) => probed[..1].copy_from_slice(&probe([*a], records)),
            Some([a, b]) => probed[..2].copy_from_slice(&probe([*a, *b], records)),
            Some([a, b, c]) => probed[..3].copy_from_slice(&probe([*a, *b, *c], records)),
            Some([a, b, c, d]) => probed = probe([*a, *b, *c, *d], records),
            _ => {}
        }
        probed
    }

    /// For which of the records, given as bits, a row matches.
    fn any_row(&self, steps: &[Step<'s, R>], records: &[R], among: u64) -> u64 {
        let list = self.program.rows.unwrap_or_default();
        if let [
            Step {
                action: Action::Quick(Quick::Text(Get::Element(get, without_rows), test)),
                jumps_if,
                ..
            },
            rest @ ..,
        ] = steps
        {
            fetch(records, among, list, *get);
            if rest.is_empty() {
                return each(records, among, |record| match record.rows(list) {
                    [] => without_rows == jumps_if,
                    rows => rows.iter().any(|row| test.holds(get(row)) == *jumps_if),
                });
            }
        }
        each(records, among, |record| {
            self.program.any_row(steps, InMemory::of(record))
        })
    }
}

/// Touches first rows, and then the texts of all, so that they are on their way from memory when the first is tested.
fn fetch<R: Record>(records: &[R], among: u64, list: &str, get: TextOf<R::Row>) {
    let mut touched = 0;
    each(records, among, |record| {
        touched ^= record.rows(list).first().map_or(0, |row| get(row).len());
        false
    });
    let mut ends = 0;
    each(records, among, |record| {
        for row in record.rows(list) {
            let text = get(row).as_bytes();
            ends ^= text.first().unwrap_or(&0) ^ text.last().unwrap_or(&0);
        }
        false
    });
    core::hint::black_box((touched, ends));
}

impl<R: Record> Quick<R> {
    /// For which of the records, given as bits, it holds; what its probe gave for all of them may be known.
    fn holding(&self, records: &[R], among: u64, probed: Option<u64>) -> u64 {
        let Some(own) = self.probe() else {
            return match self {
                Self::Text(Get::Own(get), TextTest::In(texts)) => {
                    each(records, among, |record| texts.has(get(record)))
                }
                _ => each(records, among, |record| self.holds(InMemory::of(record))),
            };
        };
        let likely = match probed {
            Some(likely) => likely & among,
            None if among.count_ones() < FEW => each(records, among, |record| own.passes(record)),
            None => {
                let [likely] = probe([own], records);
                likely & among
            }
        };
        match self {
            Self::Text(Get::Own(get), TextTest::Is(wanted)) => {
                // Texts of one length differ at their ends, mostly.
                let wanted = wanted.as_bytes();
                let end = wanted.last_chunk::<8>();
                each(records, likely, |record| {
                    let text = get(record).as_bytes();
                    text.last_chunk() == end && text == wanted
                })
            }
            _ => likely,
        }
    }
}

/// Which of up to 64 records pass each of the probes.
#[inline]
fn probe<R, const N: usize>(probes: [Probe<R>; N], records: &[R]) -> [u64; N] {
    let mut passing = [0_u64; N];
    for record in records {
        for (passing, probe) in passing.iter_mut().zip(&probes) {
            *passing = (*passing | u64::from(probe.passes(record))).rotate_right(1);
        }
    }
    // They went round by as many bits as there are records.
    passing.map(|passing| passing.rotate_left(u32::try_from(records.len()).unwrap_or(0)))
}

/// Which of the records, given as bits, pass a test.
#[inline]
fn each<R>(records: &[R], among: u64, mut test: impl FnMut(&R) -> bool) -> u64 {
    let (mut rest, mut found) = (among, 0);
    while rest != 0 {
        let place = rest.trailing_zeros();
        let holds = records.get(place as usize).is_some_and(&mut test);
        found |= u64::from(holds) << place;
        rest &= rest - 1;
    }
    found
}
