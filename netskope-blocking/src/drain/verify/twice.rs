//! Records that are there twice.

use super::{Finding, page};
use crate::drain::{
    error::StoreError,
    ledger::{Parts, Place},
};
use netskope_model::v2::Digest;
use std::{collections::BTreeMap, iter, path::Path};

/// How many are named.
const NAMED: usize = 100;

/// Finds equal digests; the records are read a second time only where there are some.
pub(super) fn find(folder: &Path, mut digests: Vec<Digest>) -> Result<Vec<Finding>, StoreError> {
    digests.sort_unstable();
    let equal = digests.windows(2).filter(|pair| pair[0] == pair[1]);
    let mut first: BTreeMap<Digest, Option<(u64, u64)>> =
        equal.map(|pair| (pair[0], None)).collect();
    drop(digests);
    if first.is_empty() {
        return Ok(Vec::new());
    }
    let (mut findings, mut more) = (Vec::new(), 0);
    for (sequence, place) in places(folder)? {
        let mut number = 0;
        let _ = page::read(folder, &place, |line| {
            number += 1;
            let again = (sequence, number);
            match first.get_mut(&Digest::of(line)) {
                None => {}
                Some(seen @ None) => *seen = Some(again),
                Some(&mut Some(first)) if findings.len() < NAMED => {
                    findings.push(Finding::Twice { first, again });
                }
                Some(_) => more += 1,
            }
        });
    }
    if more > 0 {
        findings.push(Finding::MoreTwice(more));
    }
    Ok(findings)
}

/// Where each page is.
fn places(folder: &Path) -> Result<impl Iterator<Item = (u64, Place)>, StoreError> {
    // They were read before, up to where they are damaged.
    let parts = Parts::open(folder)?.into_iter().flatten().flatten();
    let lines = parts.flat_map(|(mut reader, _)| iter::from_fn(move || reader.next().ok()?));
    Ok(lines.filter_map(|line| {
        let entry = line.commit?;
        Some((entry.commit.sequence, entry.place?))
    }))
}
