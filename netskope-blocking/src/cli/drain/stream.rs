//! One stream of a drain.

use super::{
    event::{Ending, Event, Trouble, brief},
    moment::End,
    plan::{Folder, Out, Plan},
    stuck::Watch,
};
use crate::cli::{failure::Failure, harmless::harmless_json};
use jiff::Timestamp;
use netskope_blocking::{
    Client,
    drain::{self, DrainError, Ended, FileSink, Job, PipeSink, Sink, Stop, StoreError},
    model::{Error, drain::Goal, v2::Stream},
};
use std::{
    io::{self, IsTerminal, Write},
    path::Path,
};

/// What all streams of a drain share.
pub(super) struct Drained {
    pub(super) client: Client,
    pub(super) plan: Plan,
    pub(super) stop: Stop,
    /// When the drain began.
    pub(super) now: Timestamp,
}

impl Drained {
    /// Drains a stream until it is at its end, and tells of it meanwhile.
    pub(super) fn drain(&self, stream: &Stream, tell: &dyn Fn(Event)) -> Ending {
        let ended = match &self.plan.out {
            Out::Folder(folder) => self.to_folder(stream, folder, tell),
            Out::Pipe(state) => self.to_pipe(stream, state, tell),
        };
        match ended {
            Ok(Ended::Reached) => Ending::Reached,
            Ok(Ended::Stopped) => Ending::Stopped,
            Err(trouble) if matches!(trouble.failure, Failure::ClosedPipe) => {
                // Nobody reads any more, which is how `head` ends a pipe.
                self.stop.raise();
                Ending::Stopped
            }
            Err(trouble) => Ending::Failed(trouble),
        }
    }

    fn to_folder(
        &self,
        stream: &Stream,
        folder: &Folder,
        tell: &dyn Fn(Event),
    ) -> Result<Ended, Trouble> {
        let origin = self.plan.origin(self.client.tenant(), stream);
        if self.plan.restart {
            tell(Event::SetAside(FileSink::set_aside(&folder.path, &origin)?));
        }
        let mut builder = FileSink::builder(&folder.path).format(folder.format);
        if let Some(bytes) = folder.rotate_size {
            builder = builder.rotate_at(bytes);
        }
        if let Some(age) = folder.rotate_age {
            builder = builder.rotate_after(age);
        }
        if let Some(keep) = self.plan.keep.clone() {
            builder = builder.keep(move |record| keep.keeps(record));
        }
        self.to_sink(stream, builder.open(&origin)?, tell)
    }

    fn to_pipe(
        &self,
        stream: &Stream,
        state: &Path,
        tell: &dyn Fn(Event),
    ) -> Result<Ended, Trouble> {
        let origin = self.plan.origin(self.client.tenant(), stream);
        if self.plan.restart {
            tell(Event::SetAside(PipeSink::set_aside(state, &origin)?));
        }
        let mut sink = PipeSink::open(standard_output, state, &origin)?;
        if let Some(keep) = self.plan.keep.clone() {
            sink = sink.keep(move |record| keep.keeps(record));
        }
        self.to_sink(stream, sink, tell)
    }

    fn to_sink(
        &self,
        stream: &Stream,
        mut sink: impl Sink<Error = StoreError>,
        tell: &dyn Fn(Event),
    ) -> Result<Ended, Trouble> {
        let job = Job {
            stream: stream.clone(),
            index: self.plan.index.clone(),
            start: self.plan.from,
            goal: self.goal(),
        };
        let mut watch = Watch::new(stream.clone());
        let ended = self.client.drain_into(&mut sink, job, &self.stop, |event| {
            let stuck = watch.take(&event, Timestamp::now());
            told(event)
                .into_iter()
                .chain(stuck.map(Event::Stuck))
                .for_each(tell);
        });
        ended.map_err(|error| match error {
            DrainError::Request(error) => error.into(),
            DrainError::Sink(error) => error.into(),
        })
    }

    fn goal(&self) -> Option<Goal> {
        let time = match self.plan.until? {
            End::CaughtUp => self.now.as_second(),
            End::Time(time) => time,
        };
        Some(Goal::until(u64::try_from(time).unwrap_or_default()))
    }
}

fn told(event: drain::Event<'_>) -> Option<Event> {
    Some(match event {
        drain::Event::Started(resume) => Event::Started {
            resume: resume.clone(),
        },
        drain::Event::Failed { error, failures } => Event::Failed {
            failure: Failure::repeated(error.clone(), failures),
        },
        drain::Event::Waiting(wait) => Event::Waiting(*wait),
        drain::Event::Asking => Event::Asking,
        drain::Event::Page { page, commit } => Event::Page {
            commit: commit.clone(),
            bytes: page.ndjson().len() as u64,
        },
        _ => return None,
    })
}

impl From<Error> for Trouble {
    fn from(error: Error) -> Self {
        Self {
            brief: brief(error.kind()),
            kind: error.kind().as_str(),
            failure: error.into(),
        }
    }
}

impl From<StoreError> for Trouble {
    fn from(error: StoreError) -> Self {
        Self {
            brief: "cannot store",
            kind: error.kind().as_str(),
            failure: error.into(),
        }
    }
}

/// Standard output, for a page at a time. What would steer a terminal is shown instead.
fn standard_output() -> Box<dyn Write> {
    let stdout = io::stdout().lock();
    if stdout.is_terminal() {
        return Box::new(Harmless(stdout));
    }
    Box::new(stdout)
}

struct Harmless<W>(W);

impl<W: Write> Write for Harmless<W> {
    fn write(&mut self, lines: &[u8]) -> io::Result<usize> {
        // Whole records come at a time, so that no letter is cut in two.
        let shown = String::from_utf8_lossy(lines);
        self.0.write_all(harmless_json(&shown).as_bytes())?;
        Ok(lines.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.0.flush()
    }
}
