//! When and how often a failed request is repeated.

use std::time::Duration;

/// How persistent a client is.
#[derive(Clone, Debug)]
pub struct RetryPolicy {
    retries: u32,
    first_delay: Duration,
    longest_delay: Duration,
    patience: Duration,
    seed: u64,
}

const FOR_EVER: u32 = u32::MAX;

impl RetryPolicy {
    /// Three retries, half a second doubling to thirty seconds between them, and no wait above two minutes.
    ///
    /// The seed spreads the delays of clients that failed at the same moment.
    pub const fn new(seed: u64) -> Self {
        Self {
            retries: 3,
            first_delay: Duration::from_millis(500),
            longest_delay: Duration::from_secs(30),
            patience: Duration::from_mins(2),
            seed,
        }
    }

    /// Retries for ever, a second doubling to five minutes between them, for what runs unattended.
    ///
    /// A server that asks for more than an hour is asked again after one. With a number of [`retries`](Self::retries) it
    /// gives up after these.
    pub const fn patient(seed: u64) -> Self {
        Self {
            retries: FOR_EVER,
            first_delay: Duration::from_secs(1),
            longest_delay: Duration::from_mins(5),
            patience: Duration::from_hours(1),
            seed,
        }
    }

    /// How often a failed request is repeated; with 0 the first failure is the answer.
    #[must_use]
    pub const fn retries(self, retries: u32) -> Self {
        Self { retries, ..self }
    }

    /// The delay after this many failures, or nothing where it is time to give up.
    pub(crate) fn delay(&self, failures: u32, asked: Option<Duration>) -> Option<Duration> {
        let asked = asked.unwrap_or_default();
        let for_ever = self.retries == FOR_EVER;
        if !for_ever && (failures > self.retries || asked > self.patience) {
            return None;
        }
        Some(asked.min(self.patience).max(self.backoff(failures)))
    }

    /// Between half and the whole of a delay that doubles with each failure.
    fn backoff(&self, failures: u32) -> Duration {
        let doublings = failures.saturating_sub(1).min(16);
        let ceiling = self
            .first_delay
            .saturating_mul(1 << doublings)
            .min(self.longest_delay);
        let share = u32::try_from(mix(self.seed.wrapping_add(failures.into())) % 1000).unwrap_or(0);
        ceiling / 2 + ceiling / 2 * share / 1000
    }
}

/// The finaliser of `SplitMix64`: enough to spread delays.
const fn mix(seed: u64) -> u64 {
    let mut z = seed.wrapping_mul(0x9E37_79B9_7F4A_7C15);
    z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    z ^ (z >> 31)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn delays_double_within_their_jitter_and_end() {
        let policy = RetryPolicy::new(7).retries(9);
        for failures in 1..=9 {
            let ceiling = Duration::from_millis(500 << (failures - 1)).min(Duration::from_secs(30));
            let delay = policy.delay(failures, None).unwrap();
            assert!(
                delay >= ceiling / 2 && delay <= ceiling,
                "{failures}: {delay:?}"
            );
        }
        assert_eq!(policy.delay(10, None), None);
    }

    #[test]
    fn a_server_is_obeyed_up_to_the_patience() {
        let policy = RetryPolicy::new(7);
        assert_eq!(
            policy.delay(1, Some(Duration::from_mins(2))),
            Some(Duration::from_mins(2))
        );
        assert_eq!(policy.delay(1, Some(Duration::from_secs(121))), None);
    }

    #[test]
    fn the_patient_never_give_up_unless_told() {
        let patient = RetryPolicy::patient(7);
        for (failures, most) in [(1, 1), (2, 2), (9, 256), (10, 300), (u32::MAX, 300)] {
            let most = Duration::from_secs(most);
            let delay = patient.delay(failures, None).unwrap();
            assert!(delay >= most / 2 && delay <= most, "{failures}: {delay:?}");
        }
        let asked = |seconds| patient.delay(1, Some(Duration::from_secs(seconds)));
        assert_eq!(asked(1_800), Some(Duration::from_mins(30)));
        assert_eq!(asked(u64::MAX), Some(Duration::from_hours(1)));
        let told = RetryPolicy::patient(7).retries(9);
        assert!(told.delay(9, None).is_some());
        assert_eq!(told.delay(10, None), None);
    }

    #[test]
    fn seeds_spread_delays() {
        let delays: std::collections::BTreeSet<_> = (0..50)
            .filter_map(|seed| RetryPolicy::new(seed).delay(1, None))
            .collect();
        assert!(delays.len() > 40, "{delays:?}");
    }
}
