//! `--dry-run`: what would be done. Nothing is sent.

use super::{
    event::begun,
    moment::End,
    plan::{Out, Plan},
};
use crate::cli::{
    failure::{Exit, Failure},
    print,
};
use jiff::Timestamp;
use netskope_blocking::{
    drain::{Status, StoreErrorKind},
    model::{
        Tenant,
        drain::Resume,
        v2::{Operation, Stream},
    },
};
use std::{
    fs::{self, File},
    path::Path,
    process,
};

pub(super) fn run(plan: &Plan, tenant: &Tenant) -> Result<Exit, Failure> {
    plan.check_starts(tenant)?;
    let mut lines = vec![
        format!("tenant  {tenant}"),
        format!("index   {}", plan.index),
        "token   given; whether it may read the streams is not asked".to_owned(),
        format!("output  {}", output(&plan.out)),
        format!("until   {}", until(plan.until)),
    ];
    for stream in &plan.streams {
        let would =
            would(plan, tenant, stream).map_err(|failure| failure.about(&stream.to_string()))?;
        lines.push(format!("{stream}: {would}"));
    }
    lines.push("nothing was sent".to_owned());
    print::text(&lines.join("\n"))?;
    Ok(Exit::Found)
}

fn output(out: &Out) -> String {
    match out {
        Out::Folder(folder) => format!("'{}', as {}", folder.path.display(), folder.format),
        Out::Pipe(state) => format!("standard output; the ledgers are in '{}'", state.display()),
    }
}

fn until(end: Option<End>) -> String {
    match end {
        None => "stopped".to_owned(),
        Some(End::CaughtUp) => "caught up".to_owned(),
        Some(End::Time(seconds)) => Timestamp::from_second(seconds)
            .map_or_else(|_| seconds.to_string(), |time| time.to_string()),
    }
}

/// What would be done with a stream.
fn would(plan: &Plan, tenant: &Tenant, stream: &Stream) -> Result<String, Failure> {
    let folder = plan.out.ledger(&plan.origin(tenant, stream));
    check_writable(&folder)?;
    let fresh = plan.from.map(Resume::Fresh);
    let resume = match Status::read(&folder) {
        Ok(_) if plan.restart => fresh,
        Ok(status) => resume(status).or(fresh),
        Err(error) if error.kind() == StoreErrorKind::NoLedger => fresh,
        Err(error) => return Err(error.into()),
    };
    // Without one, it was refused that nothing says where to begin.
    let Some(resume) = resume else {
        return Ok(String::new());
    };
    let aside = if plan.restart && folder.exists() {
        "; what is there gets another name"
    } else {
        ""
    };
    Ok(format!(
        "{}; asks for `{}` first{aside}",
        begun(&resume),
        first(&resume)
    ))
}

fn resume(status: Status) -> Option<Resume> {
    match (status.last, status.pending) {
        (last, Some(intent)) => Some(Resume::Doubt {
            last,
            asked: intent.operation,
            is_tail: false,
        }),
        (Some(last), None) => Some(Resume::After(last)),
        (None, None) => None,
    }
}

/// What would be asked for first.
fn first(resume: &Resume) -> Operation {
    match resume {
        Resume::Fresh(start) => (*start).into(),
        Resume::After(_) => Operation::Next,
        Resume::Doubt { asked, .. } => match asked {
            Operation::Next => Operation::Resend,
            first => *first,
        },
    }
}

/// Tries a file in the nearest folder that is there, and takes it away again.
fn check_writable(folder: &Path) -> Result<(), Failure> {
    let there = folder.ancestors().find(|path| path.exists());
    let there = there.unwrap_or(Path::new("."));
    let cannot = |why: &str| {
        let message = format!("cannot write in '{}': {why}", there.display());
        Failure::new(Exit::Local, message)
    };
    if !there.is_dir() {
        return Err(cannot("it is no folder").hint("name a folder; what stands there is a file"));
    }
    let probe = there.join(format!(".nskope-{}", process::id()));
    let tried = File::create_new(&probe).and_then(|_| fs::remove_file(&probe));
    tried.map_err(|error| cannot(&error.to_string()))
}
