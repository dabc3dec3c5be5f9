//! `nskope clients`: look devices up.

use super::{
    args::Clients,
    console::Console,
    failure::{Exit, Failure},
    fields::Fields,
    output::{self, Output},
    settings::{Settings, V1},
    text::Text,
};
use netskope_blocking::{
    Client,
    model::{
        Error, ErrorKind,
        v1::clients::{Absence, Page, Query, Request},
    },
};
use std::time::Duration;

pub(super) fn run(args: &Clients, console: Console) -> Result<Exit, Failure> {
    let text = Text::of(args.query.as_deref(), args.query_file.as_deref())?;
    let query = text.map(|text| query(&text, console)).transpose()?;
    let limit = if args.all { args.page_size } else { args.limit };
    let request = request(query.as_ref(), limit, args.skip)?;
    let fields = args.fields.as_deref().map(Fields::parse).transpose()?;
    for warning in fields.iter().flat_map(Fields::unknown) {
        console.say(format_args!("warning: {warning}"));
    }
    let client = Settings::resolve(
        &args.connection,
        &V1,
        |name| std::env::var_os(name),
        console,
    )?
    .client(console)
    .retries(args.retries)
    .on_wait(move |wait| console.waiting(wait))
    .build()?;
    let mut output = Output::new(output::standard(args.output, fields));

    let found = if args.all {
        all(&client, request, &mut output, console)?
    } else {
        some(&client, &request, &mut output, console)?
    };
    output.finish()?;
    Ok(conclude(&client, found, console))
}

/// The query, checked: one that is none is not sent, and what is said about others is said.
fn query(text: &Text, console: Console) -> Result<Query, Failure> {
    let query = Query::parse(&text.content).map_err(|error| {
        console.findings(text, error.diagnostics());
        Failure::NoQuery
    })?;
    console.warnings(text, &query.warnings());
    Ok(query)
}

fn conclude(client: &Client, found: Found, console: Console) -> Exit {
    match (found.devices, found.whole) {
        (0, true) => {
            console.say("no device matches");
            Exit::NothingMatched
        }
        // What is wrong with the answer has been said; that nothing matches is not known.
        (0, false) => Exit::Server,
        _ => {
            if let Some(request) = found.beyond {
                tell_of_more(client, request, console);
            }
            Exit::Found
        }
    }
}

/// What a lookup came to.
struct Found {
    devices: usize,
    /// Whether the answers were lists of devices and of nothing else.
    whole: bool,
    /// The call that tells whether there are more.
    beyond: Option<Request>,
}

fn request(query: Option<&Query>, limit: i64, skip: i64) -> Result<Request, Failure> {
    let all = "--all reads all devices, page by page";
    let request = Request::new()
        .limit(limit)
        .map_err(|error| Failure::from(error).hint(all))?
        .skip(skip)?;
    Ok(match query {
        Some(query) => request.matching(query.clone()),
        None => request,
    })
}

fn some(
    client: &Client,
    request: &Request,
    output: &mut Output,
    console: Console,
) -> Result<Found, Failure> {
    let page = client.page(request.clone()).map_err(failure)?;
    note(&page, console);
    let found = Found {
        devices: page.devices().len(),
        whole: is_whole(&page),
        beyond: request.beyond(&page),
    };
    output.take(page.into_devices())?;
    Ok(found)
}

fn all(
    client: &Client,
    request: Request,
    output: &mut Output,
    console: Console,
) -> Result<Found, Failure> {
    let mut found = Found {
        devices: 0,
        whole: true,
        beyond: None,
    };
    for page in client.pages(request).distinct() {
        let page = page.map_err(failure)?;
        note(&page, console);
        found.devices += page.devices().len();
        found.whole &= is_whole(&page);
        output.take(page.into_devices())?;
    }
    Ok(found)
}

/// An error with the flag that may help against it.
fn failure(error: Error) -> Failure {
    let hint = match error.kind() {
        ErrorKind::TooLarge => {
            "ask for fewer devices at a time, with --limit N or --all --page-size N"
        }
        ErrorKind::Rejected => {
            "check the query, or ask for fewer devices at a time, with --limit N or --all --page-size N"
        }
        ErrorKind::Server => {
            "try again later; where it gives a reason, change the query, or ask for fewer devices at a time, with --limit N or --all --page-size N"
        }
        _ => return error.into(),
    };
    Failure::from(error).hint(hint)
}

fn is_whole(page: &Page) -> bool {
    page.absence().is_none() && page.unread().is_empty()
}

fn note(page: &Page, console: Console) {
    if !page.unread().is_empty() {
        let count = page.unread().len();
        console.say(format_args!(
            "warning: {count} of the tenant's records are no devices, and left out"
        ));
    }
    match page.absence() {
        None => console.detail(format_args!("a page of {} devices", page.devices().len())),
        Some(Absence::NoData) => {
            console.say("the tenant answered with success but without a list of devices");
        }
        Some(Absence::NoContent) => {
            console.say("the tenant answered with HTTP 204, without a list of devices");
        }
    }
}

/// Asks for one device more. The devices are written by now, so that this is not worth a long wait.
fn tell_of_more(client: &Client, request: Request, console: Console) {
    const PATIENCE: Duration = Duration::from_secs(5);
    match client.hurried(PATIENCE).page(request) {
        Ok(page) if !page.is_empty() => console.say("more devices match; --all reads them all"),
        Ok(page) if page.absence().is_none() => {}
        _ => console.say("there may be more devices; --all reads them all"),
    }
}
