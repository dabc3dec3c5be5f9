//! The page's server as a program. See the library's documentation.

use clap::Parser;
use netskope_model::{Tenant, V1Token};
use netskope_web_demo::{Running, Settings, StartError, spawn};
use std::{
    env, fs,
    io::{self, Write},
    net::SocketAddr,
    path::{Path, PathBuf},
    process::ExitCode,
};
use tokio::runtime;

const USAGE: u8 = 2;
const LOCAL: u8 = 5;
const TOKEN: &str = "NETSKOPE_V1_TOKEN";

/// Serves the device lookup page and holds the API token for it.
///
/// When ready it prints one line of JSON on stdout: where it listens, and the link to open. The token comes from
/// `NETSKOPE_V1_TOKEN` or a file, never from an argument.
#[derive(Parser)]
#[command(name = "netskope-web-demo", version)]
struct Arguments {
    /// The tenant: a host such as acme.goskope.com, or its URL
    #[arg(long, env = "NETSKOPE_TENANT", value_name = "HOST")]
    tenant: String,
    /// A file with the REST API v1 token; without it, `NETSKOPE_V1_TOKEN` holds the token
    #[arg(long, value_name = "FILE")]
    token_file: Option<PathBuf>,
    /// A PEM file with the certificate authorities to trust for the tenant in place of the platform's
    #[arg(long, value_name = "FILE")]
    ca_file: Option<PathBuf>,
    /// The directory of the built page [default: app beside this program, else web-demo/app/dist]
    #[arg(long, value_name = "DIR")]
    app: Option<PathBuf>,
    /// The address to listen on; port 0 takes a free one
    #[arg(long, value_name = "ADDRESS", default_value = "127.0.0.1:0")]
    listen: SocketAddr,
    /// Let --listen be an address that other machines can reach
    #[arg(long)]
    public: bool,
    /// Another name under which browsers reach this server, over https unless it is a loopback name; repeatable
    #[arg(long, value_name = "NAME[:PORT]")]
    allow_host: Vec<String>,
}

/// Why the program ends before it served anything.
struct Failure {
    code: u8,
    message: String,
    hint: Option<String>,
}

fn main() -> ExitCode {
    match run(Arguments::parse()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            complain(&failure.message);
            if let Some(hint) = &failure.hint {
                complain(&format!("  {hint}"));
            }
            ExitCode::from(failure.code)
        }
    }
}

fn run(arguments: Arguments) -> Result<(), Failure> {
    let runtime = runtime::Builder::new_current_thread()
        .enable_io()
        .build()
        .map_err(|error| Failure::local("the system gives no event queue", &error))?;
    let settings = settings(arguments)?;
    let listen = settings.listen;
    let running = spawn(settings)?;
    if !listen.ip().is_loopback() {
        complain(&format!(
            "warning: what travels to and from {listen} is not encrypted; let only a proxy that ends TLS reach it"
        ));
    }
    runtime.block_on(async {
        let end = end().map_err(|error| Failure::local("cannot wait for signals", &error))?;
        announce(&running).map_err(|error| Failure::local("cannot write to stdout", &error))?;
        end.await;
        Ok(())
    })
}

fn settings(arguments: Arguments) -> Result<Settings, Failure> {
    let tenant = Tenant::parse(&arguments.tenant)?;
    let token = token(arguments.token_file.as_deref())?;
    let app = arguments.app.unwrap_or_else(built_page);
    Ok(Settings {
        ca_file: arguments.ca_file,
        listen: arguments.listen,
        public: arguments.public,
        allow_hosts: arguments.allow_host,
        ..Settings::new(tenant, token, app)
    })
}

fn token(file: Option<&Path>) -> Result<V1Token, Failure> {
    let text = match file {
        // Its name is not repeated: some give the token itself for it.
        Some(file) => fs::read_to_string(file)
            .map_err(|error| Failure::local("cannot read the token file", &error))?,
        None => env::var(TOKEN).map_err(|_| Failure {
            code: USAGE,
            message: "there is no token".to_owned(),
            hint: Some(format!(
                "put the REST API v1 token into {TOKEN}, or into a file for --token-file"
            )),
        })?,
    };
    Ok(V1Token::new(text)?)
}

/// Beside the program, as installed; else where the page is built, seen from the repository's root.
fn built_page() -> PathBuf {
    env::current_exe()
        .ok()
        .and_then(|program| Some(program.parent()?.join("app")))
        .filter(|beside| beside.is_dir())
        .unwrap_or_else(|| Path::new("web-demo/app/dist").to_owned())
}

fn announce(running: &Running) -> io::Result<()> {
    let ready = serde_json::json!({ "url": running.url(), "link": running.link() });
    let mut stdout = io::stdout().lock();
    writeln!(stdout, "{ready}")?;
    stdout.flush()
}

#[expect(
    clippy::print_stderr,
    reason = "the one place where the program complains"
)]
fn complain(words: &str) {
    eprintln!("{words}");
}

/// The user's wish to end, watched for from this call on.
#[cfg(unix)]
fn end() -> io::Result<impl Future<Output = ()>> {
    use tokio::signal::unix::{SignalKind, signal};
    let mut interrupt = signal(SignalKind::interrupt())?;
    let mut terminate = signal(SignalKind::terminate())?;
    Ok(async move {
        tokio::select! {
            _ = interrupt.recv() => {}
            _ = terminate.recv() => {}
        }
    })
}

/// The user's wish to end.
#[cfg(not(unix))]
fn end() -> io::Result<impl Future<Output = ()>> {
    Ok(async {
        // Where no signal can be waited for, there is nothing to end for.
        let _ = tokio::signal::ctrl_c().await;
    })
}

impl From<netskope_model::Error> for Failure {
    fn from(error: netskope_model::Error) -> Self {
        Self {
            code: USAGE,
            message: error.to_string(),
            hint: error.hint().map(str::to_owned),
        }
    }
}

impl From<StartError> for Failure {
    fn from(error: StartError) -> Self {
        Self {
            code: if error.is_usage() { USAGE } else { LOCAL },
            message: error.to_string(),
            hint: error.hint().map(str::to_owned),
        }
    }
}

impl Failure {
    fn local(what: &str, why: &dyn std::fmt::Display) -> Self {
        Self {
            code: LOCAL,
            message: format!("{what}: {why}"),
            hint: None,
        }
    }
}
