//! Crashes at any moment, after which a disk may have lost whatever was not waited for.
//!
//! A run is recorded, cut off at some operation, and played on a disk of which all that was synchronised stays, and of the rest
//! any part: names, lengths, and each block by itself, with zeros where one is lost. The next run must go on from that, and
//! may crash as well. In the end every record must be there, once.

use super::*;
use crate::drain::{
    disk::watch::{self, Op},
    verify,
};
use std::mem;

/// Blocks far smaller than those of a disk, so that a line is on several.
const BLOCK: usize = 48;
const SCHEDULES: u64 = 150;
const PAGES: u64 = 18;

#[test]
fn whatever_a_disk_loses_every_record_is_there_once() {
    for seed in 1..=SCHEDULES {
        let mut chance = Chance::new(seed);
        let format = Format::ALL[chance.below(3)];
        let (mut disk, mut served) = (Disk::default(), 0);
        for _ in 0..=chance.below(3) {
            let (_out, mut tape) = run(&disk, served, format, PAGES);
            tape.truncate(chance.below(tape.len() + 1));
            served = disk.play(tape, served);
            disk.crash(&mut chance);
        }
        ends_well(&disk, served, format, PAGES, &format!("seed {seed}"));
    }
}

#[test]
fn whichever_operation_a_crash_follows_every_record_is_there_once() {
    const PAGES: u64 = 7;
    let (_out, tape) = run(&Disk::default(), 0, Format::Ndjson, PAGES);
    let is_closed = |op: &Op| matches!(op, Op::Rename(from, _) if from.ends_with("ledger.ndjson"));
    assert!(tape.iter().filter(|op| is_closed(op)).count() >= 2);
    for end in 0..=tape.len() {
        for seed in 1..=4 {
            let (mut disk, mut chance) = (Disk::default(), Chance::new(seed));
            let served = disk.play(tape[..end].to_vec(), 0);
            disk.crash(&mut chance);
            let about = format!("{:?}, seed {seed}", tape[..end].last());
            ends_well(&disk, served, Format::Ndjson, PAGES, &about);
        }
    }
}

/// The next run has every record, once.
fn ends_well(disk: &Disk, served: u64, format: Format, pages: u64, about: &str) {
    let (out, _) = run(disk, served, format, pages);
    let folder = out.path().join("events-page");
    assert_eq!(records(&folder), scratch::records(pages), "{about}");
    let verified = verify(&folder).unwrap();
    assert!(verified.is_sound(), "{about}: {:?}", verified.findings);
}

const fn elsewhere(op: &Op) -> Option<u64> {
    match op {
        Op::Elsewhere(served) => Some(*served),
        _ => None,
    }
}

/// Drains to the end on a copy of a disk; what was done to it is told by paths within it.
fn run(disk: &Disk, served: u64, format: Format, pages: u64) -> (TempDir, Vec<Op>) {
    let out = tempdir().unwrap();
    disk.copy_to(out.path());
    watch::begin(None);
    // With parts of the ledger that have two or three pages.
    let builder = FileSink::builder(out.path()).format(format).rotate_at(300);
    let mut log = Log { served };
    let drained = builder
        .ledger_part(900)
        .open(&origin())
        .and_then(|mut sink| log.drain(&mut sink, pages));
    let tape = watch::begin(None);
    drained.unwrap_or_else(|error| panic!("{error}: {disk:?}"));
    let tape = tape.into_iter().map(|op| within(op, out.path())).collect();
    (out, tape)
}

fn within(op: Op, root: &Path) -> Op {
    let short = |path: PathBuf| path.strip_prefix(root).unwrap().to_owned();
    match op {
        Op::Folder(path) => Op::Folder(short(path)),
        Op::Create(path) => Op::Create(short(path)),
        Op::Write { path, at, bytes } => Op::Write {
            path: short(path),
            at,
            bytes,
        },
        Op::Sync(path) => Op::Sync(short(path)),
        Op::Cut(path, length) => Op::Cut(short(path), length),
        Op::Rename(from, to) => Op::Rename(short(from), short(to)),
        Op::Remove(path) => Op::Remove(short(path)),
        Op::SyncFolder(path) => Op::SyncFolder(short(path)),
        Op::Elsewhere(served) => Op::Elsewhere(served),
    }
}

/// A disk, as it is seen and as it stays.
#[derive(Debug, Default)]
struct Disk {
    nodes: Vec<Node>,
    /// Which file has which name; none for a folder.
    names: BTreeMap<PathBuf, Option<usize>>,
    /// The names as they were before what their folders were not synchronised since.
    unsynced: Vec<(PathBuf, BTreeMap<PathBuf, Option<usize>>)>,
}

/// A file: what is on disk, and what was done to it since.
#[derive(Debug, Default)]
struct Node {
    synced: Vec<u8>,
    since: Vec<Change>,
}

#[derive(Debug)]
enum Change {
    Write(usize, Vec<u8>),
    Cut(usize),
}

impl Disk {
    /// Does what was done, and says how much was served by then.
    fn play(&mut self, tape: Vec<Op>, served: u64) -> u64 {
        let last = tape.iter().filter_map(elsewhere).next_back();
        for op in tape {
            self.apply(op);
        }
        last.unwrap_or(served)
    }

    fn apply(&mut self, op: Op) {
        match op {
            Op::Folder(path) => self.name(&path.clone(), |names| names.insert(path, None)),
            Op::Create(path) => {
                let node = self.nodes.len();
                self.nodes.push(Node::default());
                self.name(&path.clone(), |names| names.insert(path, Some(node)));
            }
            Op::Rename(from, to) => self.name(&to.clone(), |names| {
                let node = names.remove(&from).unwrap();
                names.insert(to, node)
            }),
            Op::Remove(path) => self.name(&path, |names| names.remove(&path)),
            Op::SyncFolder(folder) => self.unsynced.retain(|(unsynced, _)| *unsynced != folder),
            Op::Write { path, at, bytes } => {
                let at = usize::try_from(at).unwrap();
                self.node(&path).since.push(Change::Write(at, bytes));
            }
            Op::Cut(path, length) => {
                let length = usize::try_from(length).unwrap();
                self.node(&path).since.push(Change::Cut(length));
            }
            Op::Sync(path) => self.node(&path).sync(),
            Op::Elsewhere(_) => {}
        }
    }

    fn name<T>(
        &mut self,
        path: &Path,
        change: impl FnOnce(&mut BTreeMap<PathBuf, Option<usize>>) -> T,
    ) {
        let folder = path.parent().unwrap().to_owned();
        self.unsynced.push((folder, self.names.clone()));
        change(&mut self.names);
    }

    fn node(&mut self, path: &Path) -> &mut Node {
        let node = self.names[path].unwrap();
        &mut self.nodes[node]
    }

    fn crash(&mut self, chance: &mut Chance) {
        // Names are lost from the newest on.
        for (_, before) in mem::take(&mut self.unsynced).into_iter().rev() {
            if chance.below(2) == 0 {
                break;
            }
            self.names = before;
        }
        self.nodes.iter_mut().for_each(|node| node.crash(chance));
    }

    fn copy_to(&self, root: &Path) {
        for (path, node) in &self.names {
            match node {
                None => fs::create_dir_all(root.join(path)).unwrap(),
                Some(node) => fs::write(root.join(path), &self.nodes[*node].synced).unwrap(),
            }
        }
    }
}

impl Node {
    fn sync(&mut self) {
        for change in mem::take(&mut self.since) {
            match change {
                Change::Write(at, bytes) => self.write(at, &bytes),
                Change::Cut(length) => self.synced.truncate(length),
            }
        }
    }

    fn crash(&mut self, chance: &mut Chance) {
        for change in mem::take(&mut self.since) {
            match change {
                Change::Cut(length) if chance.below(2) == 0 => self.synced.truncate(length),
                Change::Write(at, bytes) if chance.below(3) > 0 => {
                    let blocks = bytes.chunks(BLOCK).enumerate();
                    for (number, block) in blocks {
                        match chance.below(4) {
                            0 => {}
                            1 => self.write(at + number * BLOCK, &vec![0; block.len()]),
                            _ => self.write(at + number * BLOCK, block),
                        }
                    }
                }
                Change::Cut(_) | Change::Write(..) => {}
            }
        }
    }

    fn write(&mut self, at: usize, bytes: &[u8]) {
        self.synced
            .resize(self.synced.len().max(at + bytes.len()), 0);
        self.synced[at..at + bytes.len()].copy_from_slice(bytes);
    }
}

/// Numbers that look random, and are the same for a seed (xorshift).
struct Chance(u64);

impl Chance {
    const fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15))
    }

    fn below(&mut self, end: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 >> 11).unwrap() % end
    }
}
