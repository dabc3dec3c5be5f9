//! The listener for metrics: one request a connection, and one connection at a time, so that nobody can keep a drain busy.

use std::{
    io::{self, Read, Write},
    net::{SocketAddr, TcpListener, TcpStream},
    thread,
    time::{Duration, Instant},
};

/// The longest that one caller may take.
const PATIENCE: Duration = Duration::from_secs(2);

/// The longest request that is read.
const MOST: usize = 8 << 10;

/// Serves the page at `/metrics` for as long as the process runs, and says at which address.
pub(in crate::cli::drain) fn serve(
    address: SocketAddr,
    page: impl Fn() -> String + Send + 'static,
) -> io::Result<SocketAddr> {
    let listener = TcpListener::bind(address)?;
    let address = listener.local_addr()?;
    thread::Builder::new()
        .name("metrics".to_owned())
        .spawn(move || {
            loop {
                match listener.accept() {
                    // What goes wrong with one caller concerns that one.
                    Ok((stream, _)) => drop(answer(&stream, &page)),
                    // As of too many open files, which passes.
                    Err(_) => thread::sleep(PATIENCE),
                }
            }
        })?;
    Ok(address)
}

fn answer(mut stream: &TcpStream, page: &impl Fn() -> String) -> io::Result<()> {
    let deadline = Instant::now() + PATIENCE;
    stream.set_write_timeout(Some(PATIENCE))?;
    let head = read_head(stream, deadline)?;
    let mut words = head.split(u8::is_ascii_whitespace);
    let (method, target) = (words.next(), words.next().unwrap_or_default());
    let path = target.split(|byte| *byte == b'?').next();
    let (status, body) = match (method, path) {
        (Some(b"GET" | b"HEAD"), Some(b"/metrics")) => ("200 OK", page()),
        (Some(b"GET" | b"HEAD"), _) => {
            ("404 Not Found", "the metrics are at /metrics\n".to_owned())
        }
        _ => (
            "405 Method Not Allowed",
            "GET is what there is\n".to_owned(),
        ),
    };
    let shown = if method == Some(b"HEAD") { "" } else { &body };
    let answer = format!(
        "HTTP/1.1 {status}\r\ncontent-type: text/plain; version=0.0.4; charset=utf-8\r\ncontent-length: {}\r\nconnection: close\r\n\r\n{shown}",
        body.len()
    );
    stream.write_all(answer.as_bytes())?;
    stream.shutdown(std::net::Shutdown::Write)
}

/// The request up to its empty line.
fn read_head(mut stream: &TcpStream, deadline: Instant) -> io::Result<Vec<u8>> {
    let (mut head, mut piece) = (Vec::new(), [0; 1024]);
    while !head.windows(4).any(|four| four == b"\r\n\r\n") {
        let left = deadline.saturating_duration_since(Instant::now());
        if left.is_zero() || head.len() > MOST {
            return Err(io::ErrorKind::TimedOut.into());
        }
        stream.set_read_timeout(Some(left))?;
        match stream.read(&mut piece)? {
            0 => return Err(io::ErrorKind::UnexpectedEof.into()),
            read => head.extend_from_slice(piece.get(..read).unwrap_or_default()),
        }
    }
    Ok(head)
}
