//! Random numbers from a seed: splitmix64, which needs one word of state and passes the usual tests.

const STEP: u64 = 0x9E37_79B9_7F4A_7C15;

#[derive(Clone, Debug)]
pub(crate) struct Random(u64);

impl Random {
    pub(crate) fn new(seed: u64) -> Self {
        Self(seed)
    }

    /// An independent sequence for this number.
    pub(crate) fn fork(&self, number: u64) -> Self {
        let mut forked = Self(self.0 ^ number.wrapping_mul(STEP).rotate_left(17));
        Self(forked.next())
    }

    /// An independent sequence for this name.
    pub(crate) fn fork_name(&self, name: &str) -> Self {
        (name.bytes()).fold(self.clone(), |random, byte| random.fork(u64::from(byte)))
    }

    pub(crate) fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(STEP);
        mixed(self.0)
    }

    /// A number from 0 up to, but without, this bound, which is not 0.
    pub(crate) fn below(&mut self, bound: u64) -> u64 {
        self.next() % bound
    }

    /// True once in so many times.
    pub(crate) fn one_in(&mut self, times: u64) -> bool {
        self.below(times) == 0
    }

    pub(crate) fn pick<T: Copy>(&mut self, of: &[T]) -> T {
        let place = usize::try_from(self.next() >> 32).unwrap_or_default();
        of[place % of.len()]
    }

    /// A row, each as likely as its weight says.
    pub(crate) fn weighted<'a, T>(&mut self, rows: &'a [T], weight: impl Fn(&T) -> u64) -> &'a T {
        let mut left = self.below(rows.iter().map(&weight).sum());
        for row in rows {
            match left.checked_sub(weight(row)) {
                Some(rest) => left = rest,
                None => return row,
            }
        }
        &rows[0]
    }

    /// So many characters of this alphabet.
    pub(crate) fn text(&mut self, alphabet: &[u8], length: usize) -> String {
        (0..length)
            .map(|_| char::from(self.pick(alphabet)))
            .collect()
    }

    pub(crate) fn hex(&mut self, length: usize) -> String {
        self.text(b"0123456789abcdef", length)
    }

    /// 32 hexadecimal digits in the grouping of a UUID, in capitals.
    pub(crate) fn uuid(&mut self) -> String {
        [8, 4, 4, 4, 12]
            .map(|length| self.hex(length).to_uppercase())
            .join("-")
    }
}

/// Another number for each number, one to one.
pub(crate) fn mixed(number: u64) -> u64 {
    let mixed = (number ^ (number >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    mixed ^ (mixed >> 31)
}
