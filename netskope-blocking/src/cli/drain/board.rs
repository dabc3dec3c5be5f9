//! Where the threads of a drain tell what happens to their streams.

use super::{
    event::Event,
    tally::Tally,
    voice::{Now, Voice},
};
use netskope_blocking::model::{flow::Tick, v2::Stream};
use std::{
    sync::{Mutex, MutexGuard, PoisonError},
    time::{Instant, SystemTime, UNIX_EPOCH},
};

/// All streams of a drain, and the voice that tells of them.
pub(super) struct Board {
    started: Instant,
    inner: Mutex<Inner>,
}

struct Inner {
    tallies: Vec<Tally>,
    voice: Box<dyn Voice>,
}

impl Board {
    pub(super) fn new(streams: &[Stream], voice: Box<dyn Voice>) -> Self {
        let tallies = streams.iter().map(Tally::new).collect();
        Self {
            started: Instant::now(),
            inner: Mutex::new(Inner { tallies, voice }),
        }
    }

    /// Counts and tells of something that happened to the stream at this place.
    pub(super) fn take(&self, place: usize, event: &Event) {
        let now = self.now();
        let mut inner = self.lock();
        let Inner { tallies, voice } = &mut *inner;
        if let Some(tally) = tallies.get_mut(place) {
            let before = tally.clone();
            tally.take(now.tick, event);
            voice.tell(&before, tally, event, now);
            voice.tick(tallies, now);
        }
    }

    /// Lets time pass.
    pub(super) fn tick(&self) {
        let now = self.now();
        let mut inner = self.lock();
        let Inner { tallies, voice } = &mut *inner;
        voice.tick(tallies, now);
    }

    /// The last words.
    pub(super) fn finish(&self) {
        let now = self.now();
        let mut inner = self.lock();
        let Inner { tallies, voice } = &mut *inner;
        voice.finish(tallies, now);
    }

    /// What can be told of all streams at this moment.
    pub(super) fn with<T>(&self, tell: impl FnOnce(&[Tally], Now) -> T) -> T {
        tell(&self.lock().tallies, self.now())
    }

    fn now(&self) -> Now {
        let since = SystemTime::now().duration_since(UNIX_EPOCH);
        let epoch = since.map_or(0, |since| since.as_secs());
        let millis = self.started.elapsed().as_millis();
        Now {
            tick: Tick::from_millis(u64::try_from(millis).unwrap_or(u64::MAX)),
            epoch: i64::try_from(epoch).unwrap_or(i64::MAX),
        }
    }

    fn lock(&self) -> MutexGuard<'_, Inner> {
        self.inner.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
