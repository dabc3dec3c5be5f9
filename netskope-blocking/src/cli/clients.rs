//! `nskope clients`: look devices up.

use super::{
    args::Clients,
    console::Console,
    failure::{Exit, Failure},
    fields::Fields,
    output::{self, Output},
    query::query,
    settings::Settings,
};
use netskope_blocking::{
    Client,
    model::v1::clients::{Absence, Page, Query, Request},
};
use std::time::Duration;

pub(super) fn run(args: &Clients, console: Console) -> Result<Exit, Failure> {
    let query = query(args, console)?;
    let limit = if args.all { args.page_size } else { args.limit };
    let request = request(query.as_ref(), limit, args.skip)?;
    let fields = args.fields.as_deref().map(Fields::parse).transpose()?;
    for warning in fields.iter().flat_map(Fields::unknown) {
        console.say(format_args!("warning: {warning}"));
    }
    let client = Settings::resolve(&args.connection, |name| std::env::var_os(name), console)?
        .client(console)?;
    let mut output = Output::new(output::standard(args.output, fields));

    let found = if args.all {
        all(&client, request, &mut output, console)?
    } else {
        some(&client, request, &mut output, console)?
    };
    output.finish()?;
    if found == 0 {
        console.say("no device matches");
        return Ok(Exit::NothingMatched);
    }
    if !args.all && may_have_more(found, limit) {
        tell_of_more(&client, query.as_ref(), args.skip, found, console);
    }
    Ok(Exit::Found)
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
    request: Request,
    output: &mut Output,
    console: Console,
) -> Result<usize, Failure> {
    let page = client.page(request)?;
    note(&page, console);
    let found = page.devices().len();
    output.take(page.into_devices())?;
    Ok(found)
}

fn all(
    client: &Client,
    request: Request,
    output: &mut Output,
    console: Console,
) -> Result<usize, Failure> {
    let mut found = 0;
    for page in client.pages(request).distinct() {
        let page = page?;
        note(&page, console);
        found += page.devices().len();
        output.take(page.into_devices())?;
    }
    Ok(found)
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

/// Whether a page this full can be less than there is: it is as long as was asked, or as a tenant's own cap may be.
fn may_have_more(found: usize, limit: i64) -> bool {
    const SMALLEST_CAP: i64 = 100;
    i64::try_from(found).is_ok_and(|found| found >= limit.min(SMALLEST_CAP))
}

/// Asks for one device more. The devices are written by now, so that this is not worth a long wait.
fn tell_of_more(client: &Client, query: Option<&Query>, skip: i64, found: usize, console: Console) {
    const PATIENCE: Duration = Duration::from_secs(5);
    let next = skip.saturating_add(i64::try_from(found).unwrap_or(i64::MAX));
    let Ok(request) = request(query, 1, next) else {
        return;
    };
    match client.hurried(PATIENCE).page(request) {
        Ok(page) if page.devices().is_empty() => {}
        Ok(_) => console.say("more devices match; --all reads them all"),
        Err(_) => console.say("there may be more devices; --all reads them all"),
    }
}
