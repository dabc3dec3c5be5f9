//! Who is trusted.

use crate::server::{client, read_request};
use netskope_blocking::{
    BuildError,
    model::{Error, ErrorKind, v1::clients::Request},
};
use rcgen::{BasicConstraints, CertificateParams, CertifiedIssuer, IsCa, KeyPair};
use rustls::{
    ServerConfig, ServerConnection, StreamOwned,
    pki_types::{CertificateDer, PrivateKeyDer, PrivatePkcs8KeyDer},
    server::WebPkiClientVerifier,
    version::{TLS12, TLS13},
};
use std::{
    env, fs,
    io::{self, Write},
    net::{TcpListener, TcpStream},
    path::PathBuf,
    sync::Arc,
    thread,
};

type Connection = StreamOwned<ServerConnection, TcpStream>;
type Authority = CertifiedIssuer<'static, KeyPair>;

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
    let authority = authority();
    let (certificate, key) = certificate(name, &authority);
    let config =
        ServerConfig::builder_with_provider(Arc::new(rustls::crypto::ring::default_provider()))
            .with_safe_default_protocol_versions()
            .unwrap()
            .with_no_client_auth()
            .with_single_cert(vec![certificate], key)
            .unwrap();
    listen(config, &authority, answer)
}

fn authority() -> Authority {
    let mut params = CertificateParams::new(Vec::new()).unwrap();
    params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    CertifiedIssuer::self_signed(params, KeyPair::generate().unwrap()).unwrap()
}

fn certificate(
    name: &str,
    authority: &Authority,
) -> (CertificateDer<'static>, PrivateKeyDer<'static>) {
    let key = KeyPair::generate().unwrap();
    let certificate = CertificateParams::new([name.to_owned()])
        .unwrap()
        .signed_by(&key, authority)
        .unwrap();
    let key = PrivatePkcs8KeyDer::from(key.serialize_der());
    (certificate.der().clone(), key.into())
}

fn listen(
    config: ServerConfig,
    authority: &Authority,
    answer: fn(&mut Connection),
) -> (String, PathBuf) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    thread::spawn(move || {
        let (stream, _) = listener.accept().unwrap();
        let mut stream = StreamOwned::new(ServerConnection::new(Arc::new(config)).unwrap(), stream);
        // A client that does not trust the certificate sends no request.
        if stream.conn.complete_io(&mut stream.sock).is_ok() {
            read_request(&mut stream);
            answer(&mut stream);
        } else {
            // Or what the client still sends would end the connection before it has read why.
            let _ = io::copy(&mut stream.sock, &mut io::sink());
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

/// Nothing is wrong with a certificate then, and no authority helps.
#[test]
fn a_handshake_that_fails_is_no_matter_of_trust() {
    const PROTOCOL_VERSION: &[u8] = b"\x15\x03\x01\x00\x02\x02\x46";
    const UNRECOGNIZED_NAME: &[u8] = b"\x15\x03\x03\x00\x02\x02\x70";
    for (answer, words) in [
        (PROTOCOL_VERSION, "received fatal alert: ProtocolVersion"),
        (UNRECOGNIZED_NAME, "received fatal alert: UnrecognisedName"),
        (b"HTTP/1.1 400 Bad Request\r\n\r\n", "corrupt message"),
    ] {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        thread::spawn(move || {
            let (mut stream, _) = listener.accept().unwrap();
            let _ = stream.write_all(answer);
            let _ = io::copy(&mut stream, &mut io::sink());
        });
        let client = client(&format!("https://localhost:{port}"));
        let client = client.retries(0).build().unwrap();
        is_of_the_handshake(&client.page(Request::new()).unwrap_err(), words);
    }
}

/// With TLS 1.3, a client hears of it only when it reads the answer.
#[test]
fn a_certificate_that_the_server_misses_is_no_matter_of_trust() {
    for (version, words) in [
        (&TLS12, "received fatal alert"),
        (&TLS13, "received fatal alert: CertificateRequired"),
    ] {
        let authority = authority();
        let mut known = rustls::RootCertStore::empty();
        known.add(authority.der().clone()).unwrap();
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let clients = WebPkiClientVerifier::builder_with_provider(known.into(), provider.clone());
        let (certificate, key) = certificate("localhost", &authority);
        let config = ServerConfig::builder_with_provider(provider)
            .with_protocol_versions(&[version])
            .unwrap()
            .with_client_cert_verifier(clients.build().unwrap())
            .with_single_cert(vec![certificate], key)
            .unwrap();
        let (url, authority) = listen(config, &authority, |_| {});
        let client = client(&url).ca_file(&authority).retries(0).build().unwrap();
        fs::remove_file(authority).unwrap();
        is_of_the_handshake(&client.page(Request::new()).unwrap_err(), words);
    }
}

fn is_of_the_handshake(error: &Error, words: &str) {
    assert_eq!(error.kind(), ErrorKind::Network, "{error}");
    let told = error.to_string();
    assert!(told.contains("no TLS connection"), "{told}");
    assert!(told.contains(words), "{told}");
    assert!(error.hint().unwrap().contains("client certificate"));
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
