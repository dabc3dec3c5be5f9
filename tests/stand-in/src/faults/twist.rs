//! What goes wrong within a true page.

/// A change to a page or to its bytes; the index and `resend` know nothing of it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Twist {
    #[default]
    None,
    /// This `wait_time`, or none.
    WaitTime(Option<i64>),
    /// A `timestamp_hwm` so many seconds ahead.
    Skew(i64),
    /// So many spaces before the end of its records.
    Padded(u64),
    /// An empty page as a 204.
    NoContent,
    /// Damaged gzip.
    Gzip(Damage),
}

/// How gzip is damaged.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Damage {
    /// It ends after so many bytes.
    CutAfter(usize),
    /// One byte is another.
    Corrupt,
}

impl Damage {
    /// Damages these bytes and says whether they are others now.
    pub(crate) fn afflict(self, gzip: &mut Vec<u8>) -> bool {
        match self {
            Self::CutAfter(bytes) => {
                let is_shorter = bytes < gzip.len();
                gzip.truncate(bytes);
                is_shorter
            }
            Self::Corrupt => {
                let middle = gzip.len() / 2;
                if let Some(byte) = gzip.get_mut(middle) {
                    *byte ^= 0xFF;
                }
                true
            }
        }
    }
}
