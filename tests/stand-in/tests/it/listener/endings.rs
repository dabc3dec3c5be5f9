//! Bodies that come slowly, or never.

use super::*;

const HEAD_ENDS: &[u8] = b"\r\n\r\n";

/// What arrives until this time has passed, or the connection ends.
fn within(mut stream: &TcpStream, time: Duration) -> Vec<u8> {
    let (start, mut arrived) = (Instant::now(), Vec::new());
    while let Some(left) = time
        .checked_sub(start.elapsed())
        .filter(|left| !left.is_zero())
    {
        stream.set_read_timeout(Some(left)).unwrap();
        let mut piece = [0; 4096];
        match stream.read(&mut piece) {
            Ok(0) => break,
            Ok(length) => arrived.extend_from_slice(&piece[..length]),
            Err(error) => {
                assert!(matches!(
                    error.kind(),
                    ErrorKind::WouldBlock | ErrorKind::TimedOut
                ));
                break;
            }
        }
    }
    arrived
}

fn body_of(answer: &[u8]) -> Option<&[u8]> {
    let head = answer
        .windows(HEAD_ENDS.len())
        .position(|bytes| bytes == HEAD_ENDS)?;
    answer.get(head + HEAD_ENDS.len()..)
}

#[test]
fn a_slow_body_takes_its_time_and_comes_whole() {
    let running = serve();
    running.push_fault(Fault::slow(Duration::from_millis(600)));
    let start = Instant::now();
    let mut stream = ask(&running);
    let early = within(&stream, Duration::from_millis(300));
    let mut answer = early.clone();
    stream.set_read_timeout(None).unwrap();
    stream.read_to_end(&mut answer).unwrap();
    assert!(start.elapsed() >= Duration::from_millis(590));
    let (early, whole) = (body_of(&early).unwrap(), body_of(&answer).unwrap());
    assert!(early.len() < whole.len());
    let mut prompt = Vec::new();
    ask(&running).read_to_end(&mut prompt).unwrap();
    assert_eq!(body_of(&prompt), Some(whole));
}

#[test]
fn a_stalled_body_stops_and_the_connection_stays() {
    let running = serve();
    running.push_fault(Fault::stall_after(7));
    let mut stream = ask(&running);
    let answer = within(&stream, Duration::from_millis(300));
    assert_eq!(body_of(&answer).map(<[u8]>::len), Some(7));
    let mut rest = [0; 1];
    let error = stream.read(&mut rest).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::WouldBlock);
}

#[test]
fn silence_sends_nothing_and_the_next_is_answered() {
    let running = serve();
    running.push_fault(Fault::silence());
    let stream = ask(&running);
    assert_eq!(within(&stream, Duration::from_millis(300)), b"");
    let mut answer = String::new();
    ask(&running).read_to_string(&mut answer).unwrap();
    assert!(answer.starts_with("HTTP/1.1 200"));
}

#[test]
fn chunks_announce_no_length_and_break_in_the_middle() {
    let mut options = options();
    options.dataexport.events = Events::backlog(100, 7);
    options.dataexport.page_size = 50;
    options.dataexport.chunked = true;
    let running = server::spawn(StandIn::new(options), &ServeOptions::default()).unwrap();
    running.push_fault(Fault::cut_after(1000).on_v2());
    for is_whole in [false, true] {
        let mut stream = connect(&running);
        next(&mut stream);
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        let (head, _) = answer.split_once("\r\n\r\n").unwrap();
        assert!(head.contains("\r\ntransfer-encoding: chunked"), "{head}");
        assert!(!head.contains("content-length"), "{head}");
        assert_eq!(answer.ends_with("\r\n0\r\n\r\n"), is_whole);
        assert_eq!(answer.len() > 2000, is_whole);
    }
}

fn next(stream: &mut TcpStream) {
    write!(
        stream,
        "GET /api/v2/events/dataexport/events/page?operation=next&index=a HTTP/1.1\r\n\
         Host: tenant\r\nNetskope-Api-Token: {DEFAULT_V2_TOKEN}\r\nConnection: close\r\n\r\n"
    )
    .unwrap();
}

#[test]
fn a_second_request_meanwhile_is_a_conflict() {
    let mut options = options();
    options.dataexport.events = Events::backlog(10, 7);
    let running = server::spawn(StandIn::new(options), &ServeOptions::default()).unwrap();
    running.push_fault(Fault::slow(Duration::from_secs(1)).on_v2());
    let (mut first, mut second) = (connect(&running), connect(&running));
    next(&mut first);
    while running.served() == 0 {
        std::thread::sleep(Duration::from_millis(5));
    }
    next(&mut second);
    let mut answer = String::new();
    second.read_to_string(&mut answer).unwrap();
    assert!(answer.starts_with("HTTP/1.1 409"), "{answer}");
    answer.clear();
    first.read_to_string(&mut answer).unwrap();
    assert!(answer.starts_with("HTTP/1.1 200"), "{answer}");
    assert!(answer.contains(&running.records("events/page", 0..10).join(",")));
}
