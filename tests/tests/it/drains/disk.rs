//! A consumer's records on a disk that forgets, at a crash, what it was not told to keep.

use super::chance::Chance;
use netskope_model::v2::{Commit, Intent, Operation, Page};
use serde::Deserialize;
use serde_json::{Value, json};

/// The program ends here.
#[derive(Debug)]
pub(super) struct Crash;

/// A ledger of intents and commits beside the records.
#[derive(Debug)]
pub(super) struct Disk {
    ledger: File,
    records: File,
    keeps_intents: bool,
}

#[derive(Debug, Default)]
struct File {
    bytes: Vec<u8>,
    kept: usize,
}

/// When the program ends, by chance: before any step.
#[derive(Debug)]
pub(super) struct Fuse {
    pub(super) chance: Chance,
    /// How many more times it ends.
    pub(super) crashes: u32,
    pub(super) rarity: u64,
}

impl Fuse {
    pub(super) fn step(&mut self) -> Result<(), Crash> {
        if self.crashes > 0 && self.chance.one_in(self.rarity) {
            self.crashes -= 1;
            return Err(Crash);
        }
        Ok(())
    }
}

impl Disk {
    pub(super) fn new(keeps_intents: bool) -> Self {
        Self {
            ledger: File::default(),
            records: File::default(),
            keeps_intents,
        }
    }

    /// Cuts off what is torn, and says what was done last.
    pub(super) fn open(&mut self) -> (Option<Commit>, Option<Intent>) {
        let whole = self.ledger.bytes.iter().rposition(|byte| *byte == b'\n');
        self.ledger.cut(whole.map_or(0, |end| end + 1));
        let (mut commit, mut intent, mut end) = (None, None, 0);
        for line in self.ledger.bytes.split_inclusive(|byte| *byte == b'\n') {
            let line: Value = serde_json::from_slice(line).unwrap();
            if let Some(written) = line.get("commit") {
                commit = Some(Commit::deserialize(written).unwrap());
                end = line["end"].as_u64().unwrap();
            } else {
                intent = Some(Intent::deserialize(&line["intent"]).unwrap());
            }
        }
        let end = usize::try_from(end).unwrap();
        assert!(
            self.records.bytes.len() >= end,
            "records of a commit are missing"
        );
        self.records.cut(end);
        if !self.keeps_intents {
            intent = commit.as_ref().map(|commit: &Commit| Intent {
                sequence: commit.sequence + 1,
                operation: Operation::Next,
            });
        }
        (commit, intent)
    }

    pub(super) fn intend(&mut self, intent: &Intent, fuse: &mut Fuse) -> Result<(), Crash> {
        if !self.keeps_intents {
            return Ok(());
        }
        fuse.step()?;
        self.ledger.write_line(&json!({ "intent": intent }));
        fuse.step()?;
        self.ledger.keep();
        fuse.step()
    }

    pub(super) fn take(
        &mut self,
        page: &Page,
        commit: &Commit,
        fuse: &mut Fuse,
    ) -> Result<(), Crash> {
        fuse.step()?;
        self.records.write(page.ndjson());
        fuse.step()?;
        self.records.keep();
        fuse.step()?;
        let end = self.records.bytes.len();
        self.ledger
            .write_line(&json!({ "commit": commit, "end": end }));
        fuse.step()?;
        self.ledger.keep();
        fuse.step()
    }

    pub(super) fn crash(&mut self, chance: &mut Chance) {
        self.ledger.crash(chance);
        self.records.crash(chance);
    }

    /// All records that are safe, one a line.
    pub(super) fn records(&mut self) -> &str {
        self.open();
        str::from_utf8(&self.records.bytes).unwrap()
    }
}

impl File {
    fn write(&mut self, bytes: &[u8]) {
        self.bytes.extend_from_slice(bytes);
    }

    fn write_line(&mut self, line: &Value) {
        self.write(format!("{line}\n").as_bytes());
    }

    fn keep(&mut self) {
        self.kept = self.bytes.len();
    }

    fn cut(&mut self, end: usize) {
        self.bytes.truncate(end);
        self.keep();
    }

    /// Any part of what was not kept may have reached the disk.
    fn crash(&mut self, chance: &mut Chance) {
        let unsure = self.bytes.len() - self.kept;
        let reached = chance.below(unsure as u64 + 1);
        self.cut(self.kept + usize::try_from(reached).unwrap());
    }
}
