//! Records that are there twice.

use super::{Finding, page};
use crate::drain::{error::StoreError, ledger::Reader};
use netskope_model::v2::Digest;
use std::{collections::BTreeMap, path::Path};

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
    let Some((mut reader, _)) = Reader::open(folder)? else {
        return Ok(findings);
    };
    // It was read before, up to where it is damaged.
    while let Ok(Some(line)) = reader.next() {
        let Some((sequence, place)) = line
            .commit
            .and_then(|entry| Some((entry.commit.sequence, entry.place?)))
        else {
            continue;
        };
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
