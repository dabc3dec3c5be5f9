use super::*;
use std::{net::SocketAddr, time::Instant};
use tokio::io::{AsyncReadExt, AsyncWriteExt};

const SHORT: Duration = Duration::from_millis(100);
/// More than the buffers of a connection take.
const LENGTH: usize = 64 << 20;

const BOUNDS: Bounds = Bounds {
    at_once: 2,
    head: SHORT,
    whole: Duration::from_mins(1),
};

async fn server(bounds: Bounds) -> SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let router = Router::new().fallback(|| async { vec![b'x'; LENGTH] });
    tokio::spawn(serve(listener, router, bounds));
    address
}

async fn sent(address: SocketAddr, text: &str) -> TcpStream {
    let mut stream = TcpStream::connect(address).await.unwrap();
    stream.write_all(text.as_bytes()).await.unwrap();
    stream
}

async fn received(mut stream: TcpStream) -> usize {
    let mut answer = Vec::new();
    // A connection may end with a reset; what came before it counts.
    let _ = stream.read_to_end(&mut answer).await;
    answer.len()
}

const WHOLE: &str = "GET / HTTP/1.1\r\nHost: a\r\n\r\n";

#[tokio::test]
async fn a_request_is_answered_and_the_connection_ends() {
    let stream = sent(server(BOUNDS).await, WHOLE).await;
    assert!(received(stream).await > LENGTH);
}

#[tokio::test]
async fn half_a_head_is_not_waited_for() {
    let address = server(BOUNDS).await;
    for half in ["", "GET / HTTP/1.1\r\nHost:"] {
        let stream = sent(address, half).await;
        let ended = time::timeout(50 * SHORT, received(stream)).await;
        assert!(ended.unwrap() < LENGTH, "{half}");
    }
}

#[tokio::test]
async fn an_answer_that_nobody_reads_is_given_up() {
    let bounds = Bounds {
        whole: SHORT,
        ..BOUNDS
    };
    let stream = sent(server(bounds).await, WHOLE).await;
    time::sleep(5 * SHORT).await;
    assert!(received(stream).await < LENGTH);
}

#[tokio::test]
async fn more_connections_than_there_are_places_wait() {
    let address = server(BOUNDS).await;
    let start = Instant::now();
    let idle = [sent(address, "").await, sent(address, "").await];
    let third = sent(address, WHOLE).await;
    assert!(received(third).await > LENGTH);
    assert!(start.elapsed() >= SHORT, "more were served at once");
    drop(idle);
}
