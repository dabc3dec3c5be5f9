//! Which members of a JSON text a query may look at.

use alloc::string::String;

/// The paths that may lead further, in order, and how much of each was followed.
#[derive(Clone, Copy)]
pub(super) struct Wanted<'p> {
    paths: &'p [String],
    from: usize,
    /// For each first byte of what remains of them a bit, of two with six equal bits the same; all bits for many paths.
    firsts: u64,
}

/// Of more paths the first bytes are not looked at.
const FEW: usize = 16;

impl<'p> Wanted<'p> {
    /// All of the paths, which are in order.
    pub(super) fn all(paths: &'p [String]) -> Self {
        Self::new(paths, 0)
    }

    fn new(paths: &'p [String], from: usize) -> Self {
        let firsts = if paths.len() > FEW {
            u64::MAX
        } else {
            let first = |path: &String| tail(path, from).first().map_or(0, |first| bit(*first));
            paths.iter().map(first).fold(0, |all, bit| all | bit)
        };
        Self {
            paths,
            from,
            firsts,
        }
    }

    /// Whether a key with this first byte may lead further.
    #[inline]
    pub(super) fn may_begin(self, first: u8) -> bool {
        self.firsts & bit(first) != 0
    }

    /// What remains wanted of the member with this key; `None` where it leads nowhere.
    pub(super) fn member(self, key: &str) -> Option<Self> {
        let first = (self.paths).partition_point(|path| tail(path, self.from) < key.as_bytes());
        let paths = self.paths.get(first..)?;
        let end = paths.partition_point(|path| tail(path, self.from).starts_with(key.as_bytes()));
        let (paths, from) = (paths.get(..end)?, self.from + key.len());
        let is_end = paths.first().is_some_and(|path| path.len() == from);
        let first = paths.partition_point(|path| tail(path, from) < b".");
        let paths = paths.get(first..)?;
        let paths =
            paths.get(..paths.partition_point(|path| tail(path, from).starts_with(b".")))?;
        (is_end || !paths.is_empty()).then(|| Self::new(paths, from + 1))
    }
}

/// What of a path was not followed yet.
fn tail(path: &str, from: usize) -> &[u8] {
    path.as_bytes().get(from..).unwrap_or_default()
}

fn bit(first: u8) -> u64 {
    1 << (first & 63)
}
