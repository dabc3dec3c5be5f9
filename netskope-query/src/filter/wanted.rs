//! Which members of a JSON text a query may look at.

use alloc::string::String;

/// The paths that may lead further, in order, and how much of each was followed.
#[derive(Clone, Copy)]
pub(super) struct Wanted<'p> {
    paths: &'p [String],
    from: usize,
}

impl<'p> Wanted<'p> {
    /// All of the paths, which are in order.
    pub(super) fn all(paths: &'p [String]) -> Self {
        Self { paths, from: 0 }
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
        (is_end || !paths.is_empty()).then_some(Self {
            paths,
            from: from + 1,
        })
    }
}

/// What of a path was not followed yet.
fn tail(path: &str, from: usize) -> &[u8] {
    path.as_bytes().get(from..).unwrap_or_default()
}
