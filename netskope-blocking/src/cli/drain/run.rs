//! A drain from its beginning to its end.

use super::{
    board::Board,
    dry_run,
    event::{Ending, Event},
    metrics,
    plan::{Out, Plan},
    signals::Signals,
    stream::Drained,
    voice::{JsonLog, Lines, Screen, Voice},
};
use crate::cli::{
    args::drain::{Asked, Drain},
    console::Console,
    failure::{Exit, Failure},
    settings::{Settings, V2},
};
use jiff::Timestamp;
use netskope_blocking::drain::Stop;
use std::{
    env,
    io::{self, IsTerminal},
    net::SocketAddr,
    sync::{
        Arc,
        mpsc::{self, RecvTimeoutError},
    },
    thread,
    time::Duration,
};

/// How often time passes for those who tell of a drain.
const TICK: Duration = Duration::from_millis(100);

pub(super) fn run(drain: &Drain, args: &Asked, console: Console) -> Result<Exit, Failure> {
    let now = Timestamp::now();
    let plan = Plan::of(args, &drain.reading, now, console)?;
    let settings = Settings::resolve(&drain.connection, &V2, |name| env::var_os(name), console)?;
    if args.dry_run {
        return dry_run::run(&plan, &settings.tenant);
    }
    plan.check_starts(&settings.tenant)?;
    let stop = Stop::new();
    let signals = Signals::raise(&stop.flag()).map_err(|error| {
        Failure::new(Exit::Local, format!("cannot listen for signals: {error}"))
    })?;
    let client = settings.client(console);
    let client = match args.retries {
        Some(retries) => client.retries(retries),
        None => client,
    };
    let drained = Drained {
        client: client.build()?,
        plan,
        stop,
        now,
    };
    let voice = voice(drain, args, &drained.plan, drained.stop.clone(), console);
    let board = Arc::new(Board::new(&drained.plan.streams, voice));
    if let Some(address) = args.metrics {
        serve_metrics(address, &board, args, console)?;
    }
    let endings = all(&drained, &board);
    board.finish();
    Ok(exit(&endings, &drained.plan, &signals))
}

fn voice(drain: &Drain, args: &Asked, plan: &Plan, stop: Stop, console: Console) -> Box<dyn Voice> {
    if args.json_log {
        return Box::new(JsonLog);
    }
    let is_dumb = env::var_os("TERM").is_some_and(|term| term == "dumb");
    let records_are_shown = matches!(plan.out, Out::Pipe(_)) && io::stdout().is_terminal();
    if !io::stderr().is_terminal() || is_dumb || records_are_shown || drain.connection.verbose {
        return Box::new(Lines::new(console));
    }
    let colours = anstream::AutoStream::choice(&io::stderr()) != anstream::ColorChoice::Never;
    Box::new(Screen::new(colours, stop))
}

fn serve_metrics(
    address: SocketAddr,
    board: &Arc<Board>,
    args: &Asked,
    console: Console,
) -> Result<(), Failure> {
    let of = Arc::clone(board);
    let page = move || of.with(metrics::page);
    let address = metrics::serve(address, page).map_err(|error| {
        Failure::new(
            Exit::Local,
            format!("cannot serve metrics at {address}: {error}"),
        )
        .hint("choose another port, or 0 for a free one")
    })?;
    if args.json_log {
        return Ok(());
    }
    console.say(format_args!("metrics are at http://{address}/metrics"));
    if !address.ip().is_loopback() {
        console.say("warning: other machines can read the metrics, and no password is asked for");
    }
    Ok(())
}

/// Drains all streams, a thread each, and says how each ended.
fn all(drained: &Drained, board: &Board) -> Vec<Ending> {
    thread::scope(|scope| {
        let (done, ended) = mpsc::channel();
        for (place, stream) in drained.plan.streams.iter().enumerate() {
            let done = done.clone();
            scope.spawn(move || {
                let tell = |event: Event| board.take(place, &event);
                let ending = drained.drain(stream, &tell);
                tell(Event::Ended(ending.clone()));
                // The receiver waits for every one.
                let _ = done.send(ending);
            });
        }
        drop(done);
        let mut endings = Vec::new();
        loop {
            match ended.recv_timeout(TICK) {
                Ok(ending) => endings.push(ending),
                Err(RecvTimeoutError::Timeout) => board.tick(),
                Err(RecvTimeoutError::Disconnected) => return endings,
            }
        }
    })
}

/// The worst of what happened, by what needs a person first.
fn exit(endings: &[Ending], plan: &Plan, signals: &Signals) -> Exit {
    const WORST_FIRST: [Exit; 4] = [Exit::Local, Exit::Refused, Exit::Usage, Exit::Server];
    let failed: Vec<Exit> = endings
        .iter()
        .filter_map(|ending| match ending {
            Ending::Failed(trouble) => Some(trouble.failure.exit()),
            Ending::Reached | Ending::Stopped => None,
        })
        .collect();
    if let Some(worst) = WORST_FIRST.into_iter().find(|exit| failed.contains(exit)) {
        return worst;
    }
    let is_cut_short = plan.until.is_some()
        && endings
            .iter()
            .any(|ending| matches!(ending, Ending::Stopped));
    match signals.exit() {
        Some(exit) if is_cut_short => exit,
        _ => Exit::Found,
    }
}
