//! Who is trusted.

use crate::server::{client, read_request};
use netskope_blocking::{
    BuildError,
    model::{ErrorKind, v1::clients::Request},
};
use rcgen::{BasicConstraints, CertificateParams, CertifiedIssuer, IsCa, KeyPair};
use rustls::{ServerConfig, ServerConnection, StreamOwned, pki_types::PrivatePkcs8KeyDer};
use std::{
    env, fs,
    io::{self, Write},
    net::{TcpListener, TcpStream},
    path::PathBuf,
    sync::Arc,
    thread,
};

type Connection = StreamOwned<ServerConnection, TcpStream>;

/// A server with a certificate for this name; its authority is in the file.
fn serve(name: &str) -> (String, PathBuf) {
    serve_with(name, |stream| {
        let body = r#"{"status":"success","msg":"","data":[]}"#;
        let _ = write!(
            stream,
            "HTTP/1.1 200 OK\r\ncontent-length: {}\r\n\r\n{body}",
            body.len()
        );
        stream.conn.send_close_notify();
        let _ = stream.flush();
    })
}

/// The same, with an answer of its own.
fn serve_with(name: &str, answer: fn(&mut Connection)) -> (String, PathBuf) {
    let mut params = CertificateParams::new(Vec::new()).unwrap();
    params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    let authority = CertifiedIssuer::self_signed(params, KeyPair::generate().unwrap()).unwrap();
    let key = KeyPair::generate().unwrap();
    let certificate = CertificateParams::new([name.to_owned()])
        .unwrap()
        .signed_by(&key, &authority)
        .unwrap();
    let config =
        ServerConfig::builder_with_provider(Arc::new(rustls::crypto::ring::default_provider()))
            .with_safe_default_protocol_versions()
            .unwrap()
            .with_no_client_auth()
            .with_single_cert(
                vec![certificate.der().clone()],
                PrivatePkcs8KeyDer::from(key.serialize_der()).into(),
            )
            .unwrap();

    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    thread::spawn(move || {
        let (stream, _) = listener.accept().unwrap();
        let mut stream = StreamOwned::new(ServerConnection::new(Arc::new(config)).unwrap(), stream);
        // A client that does not trust the certificate sends no request.
        if stream.conn.complete_io(&mut stream.sock).is_ok() {
            read_request(&mut stream);
            answer(&mut stream);
        }
    });

    let file = env::temp_dir().join(format!("nskope-ca-{}-{port}.pem", std::process::id()));
    fs::write(&file, authority.pem()).unwrap();
    (format!("https://localhost:{port}"), file)
}

#[test]
fn a_given_authority_is_trusted() {
    let (url, authority) = serve("localhost");
    let client = client(&url).ca_file(&authority).build().unwrap();
    fs::remove_file(authority).unwrap();
    assert!(client.page(Request::new()).unwrap().devices().is_empty());
}

#[test]
fn an_unknown_authority_is_not() {
    let (url, authority) = serve("localhost");
    fs::remove_file(authority).unwrap();
    let error = client(&url)
        .build()
        .unwrap()
        .page(Request::new())
        .unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Tls, "{error}");
    assert!(error.hint().unwrap().contains("certificate authority"));
}

#[test]
fn another_name_is_not() {
    let (url, authority) = serve("elsewhere.example");
    let client = client(&url).ca_file(&authority).build().unwrap();
    fs::remove_file(authority).unwrap();
    let error = client.page(Request::new()).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Tls, "{error}");
}

#[test]
fn a_record_damaged_on_its_way_is_no_matter_of_trust() {
    let before_the_answer: fn(&mut Connection) = |stream| damage(&stream.sock);
    let within_it: fn(&mut Connection) = |stream| {
        let _ = write!(stream, "HTTP/1.1 200 OK\r\ncontent-length: 99\r\n\r\n{{");
        damage(&stream.sock);
    };
    for answer in [before_the_answer, within_it] {
        let (url, authority) = serve_with("localhost", answer);
        let client = client(&url).ca_file(&authority).retries(0).build().unwrap();
        fs::remove_file(authority).unwrap();
        let error = client.page(Request::new()).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Network, "{error}");
        assert!(
            error.to_string().contains("ended before the answer did"),
            "{error}"
        );
    }
}

/// A record of application data that nobody encrypted.
fn damage(mut connection: &TcpStream) {
    let _ = connection.write_all(b"\x17\x03\x03\x00\x20................................");
}

#[test]
fn a_server_without_tls_is_not() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    thread::spawn(move || {
        let (mut stream, _) = listener.accept().unwrap();
        let _ = stream.write_all(b"HTTP/1.1 400 Bad Request\r\n\r\n");
        let _ = io::copy(&mut stream, &mut io::sink());
    });
    let client = client(&format!("https://localhost:{port}"))
        .build()
        .unwrap();
    let error = client.page(Request::new()).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Tls, "{error}");
}

#[test]
fn a_file_of_authorities_must_hold_some() {
    let file = env::temp_dir().join(format!("nskope-no-ca-{}.pem", std::process::id()));
    fs::write(&file, "no certificate").unwrap();
    let error = client("https://localhost")
        .ca_file(&file)
        .build()
        .unwrap_err();
    assert!(matches!(error, BuildError::NoCertificate { .. }), "{error}");
    fs::remove_file(&file).unwrap();
    let error = client("https://localhost")
        .ca_file(&file)
        .build()
        .unwrap_err();
    assert!(matches!(error, BuildError::CaFile { .. }), "{error}");
}
