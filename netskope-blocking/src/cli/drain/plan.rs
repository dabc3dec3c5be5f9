//! What was typed after `nskope drain`, checked.

use super::{
    keep::Keep,
    moment::{self, End},
    name,
};
use crate::cli::{
    args::{drain::Asked, query::common::Reading},
    console::Console,
    failure::{Exit, Failure},
    text::is_standard_input,
};
use jiff::Timestamp;
use netskope_blocking::{
    drain::{Format, Origin, Status, StoreErrorKind, state_folder},
    model::{
        Tenant,
        v2::{Index, Start, Stream},
    },
};
use std::{
    path::{Path, PathBuf},
    time::Duration,
};

/// What a drain is to do.
pub(super) struct Plan {
    pub(super) streams: Vec<Stream>,
    pub(super) index: Index,
    pub(super) from: Option<Start>,
    pub(super) until: Option<End>,
    pub(super) out: Out,
    /// Whether what is there is set aside.
    pub(super) restart: bool,
    pub(super) keep: Option<Keep>,
}

/// Where records go to.
pub(super) enum Out {
    Folder(Folder),
    /// Standard output; the ledgers are below this folder.
    Pipe(PathBuf),
}

/// A folder, and how it is written to.
pub(super) struct Folder {
    pub(super) path: PathBuf,
    pub(super) format: Format,
    pub(super) rotate_size: Option<u64>,
    pub(super) rotate_age: Option<Duration>,
}

impl Out {
    /// The folder of a stream's ledger.
    pub(super) fn ledger(&self, origin: &Origin) -> PathBuf {
        match self {
            Self::Folder(folder) => folder.path.join(origin.folder()),
            Self::Pipe(state) => state.join(origin.state()),
        }
    }

    /// Where ledgers are.
    pub(super) fn place(&self) -> &Path {
        match self {
            Self::Folder(folder) => &folder.path,
            Self::Pipe(state) => state,
        }
    }
}

impl Plan {
    pub(super) fn of(
        args: &Asked,
        reading: &Reading,
        now: Timestamp,
        console: Console,
    ) -> Result<Self, Failure> {
        let keep = |query: &String| Keep::typed(query, reading.dialect(), console);
        let index = Index::parse(&args.index);
        let from = args.from.as_deref().map(|from| moment::start(from, now));
        let until = args.until.as_deref().map(|until| moment::end(until, now));
        Ok(Self {
            streams: streams(args)?,
            index: index.map_err(|error| Failure::from(error).about("--index"))?,
            from: from.transpose()?,
            until: until.transpose()?,
            out: out(args)?,
            restart: args.restart,
            keep: args.filter.as_ref().map(keep).transpose()?,
        })
    }

    /// What a stream's ledger and its records are called by.
    pub(super) fn origin(&self, tenant: &Tenant, stream: &Stream) -> Origin {
        Origin::new(tenant, stream.clone(), self.index.clone())
    }

    /// Refuses where an index that is new here is not told where to begin, before anything is sent or made.
    pub(super) fn check_starts(&self, tenant: &Tenant) -> Result<(), Failure> {
        if self.from.is_some() {
            return Ok(());
        }
        let is_new = |stream: &&Stream| {
            let folder = self.out.ledger(&self.origin(tenant, stream));
            match Status::read(folder) {
                Ok(status) => status.last.is_none() && status.pending.is_none(),
                Err(error) => error.kind() == StoreErrorKind::NoLedger,
            }
        };
        let new: Vec<String> = self
            .streams
            .iter()
            .filter(is_new)
            .map(ToString::to_string)
            .collect();
        if new.is_empty() {
            return Ok(());
        }
        let message = format!(
            "{}: not drained to '{}' yet, and no --from says where to begin",
            new.join(", "),
            self.out.place().display(),
        );
        Err(Failure::new(Exit::Usage, message).hint(
            "add --from head for the oldest records, --from tail for those to come, or --from TIME",
        ))
    }
}

/// Each stream once: two drains of one would take pages from each other.
fn streams(args: &Asked) -> Result<Vec<Stream>, Failure> {
    if args.all {
        return Ok(Stream::all().collect());
    }
    let mut streams = Vec::new();
    for typed in &args.streams {
        let stream = name::stream(typed)?;
        if !streams.contains(&stream) {
            streams.push(stream);
        }
    }
    Ok(streams)
}

fn out(args: &Asked) -> Result<Out, Failure> {
    if !is_standard_input(&args.out) {
        return Ok(Out::Folder(Folder {
            path: args.out.clone(),
            format: args.format,
            rotate_size: args.rotate_size.as_deref().map(moment::size).transpose()?,
            rotate_age: args.rotate_age.as_deref().map(moment::age).transpose()?,
        }));
    }
    if args.format != Format::Ndjson || args.rotate_size.is_some() || args.rotate_age.is_some() {
        return Err(Failure::new(
            Exit::Usage,
            "--out -: standard output gets plain lines and no files",
        )
        .hint(
            "leave out --format, --rotate-size and --rotate-age, and pipe through gzip or zstd",
        ));
    }
    state_folder().map(Out::Pipe).ok_or_else(|| {
        Failure::new(
            Exit::Local,
            "--out -: this user has no home to keep the place in",
        )
        .hint("set XDG_STATE_HOME to a folder for it")
    })
}
