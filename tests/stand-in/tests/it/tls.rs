//! TLS: the authority written down is the one to trust.

use crate::asking::*;
use netskope_stand_in::server::{self, ServeOptions};
use netskope_stand_in::{DEFAULT_V1_TOKEN, StandIn};
use std::io::{Read, Write};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::{fs, io};
use tokio_rustls::rustls::pki_types::pem::PemObject;
use tokio_rustls::rustls::pki_types::{CertificateDer, ServerName};
use tokio_rustls::rustls::{ClientConfig, ClientConnection, RootCertStore, StreamOwned};

fn directory(name: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_TARGET_TMPDIR"))
        .join(name)
        .join("made")
}

fn trusting(ca_file: Option<&Path>) -> Arc<ClientConfig> {
    let mut roots = RootCertStore::empty();
    if let Some(file) = ca_file {
        roots
            .add(CertificateDer::from_pem_file(file).unwrap())
            .unwrap();
    }
    let config = ClientConfig::builder().with_root_certificates(roots);
    Arc::new(config.with_no_client_auth())
}

fn ask(url: &str, name: &str, config: Arc<ClientConfig>) -> io::Result<String> {
    let address = url.strip_prefix("https://").unwrap();
    let name = ServerName::try_from(name.to_owned()).unwrap();
    let connection = ClientConnection::new(config, name).unwrap();
    let mut stream = StreamOwned::new(connection, TcpStream::connect(address)?);
    write!(
        stream,
        "GET /api/v1/clients?token={DEFAULT_V1_TOKEN} HTTP/1.1\r\nHost: tenant\r\n\r\n"
    )?;
    let mut answer = String::new();
    stream.read_to_string(&mut answer)?;
    Ok(answer)
}

#[test]
fn the_chain_verifies_for_every_name_of_the_loopback_interface() {
    let serve = ServeOptions {
        tls: Some(directory("chain")),
        ..ServeOptions::default()
    };
    let running = server::spawn(tenant(numbered(2)), &serve).unwrap();
    let config = trusting(running.ca_file());
    for name in ["localhost", "127.0.0.1", "::1"] {
        let answer = ask(running.url(), name, Arc::clone(&config)).unwrap();
        assert!(answer.contains(r#""_id":"pc-1""#), "{name}");
    }
    assert!(ask(running.url(), "tenant.example", config).is_err());
    assert!(ask(running.url(), "localhost", trusting(None)).is_err());
}

#[test]
fn a_cut_breaks_tls_without_a_goodbye() {
    let serve = ServeOptions {
        tls: Some(directory("cut")),
        ..ServeOptions::default()
    };
    let running = server::spawn(tenant(numbered(2)), &serve).unwrap();
    running.push_fault(netskope_stand_in::Fault::cut_after(20));
    let error = ask(running.url(), "localhost", trusting(running.ca_file())).unwrap_err();
    assert_eq!(error.kind(), io::ErrorKind::UnexpectedEof);
    running.push_fault(netskope_stand_in::Fault::reset());
    assert!(ask(running.url(), "localhost", trusting(running.ca_file())).is_err());
}

#[test]
fn a_directory_that_cannot_be_written_is_named() {
    let file = directory("taken");
    fs::create_dir_all(file.parent().unwrap()).unwrap();
    fs::write(&file, "").unwrap();
    let serve = ServeOptions {
        tls: Some(file),
        ..ServeOptions::default()
    };
    let error = server::spawn(StandIn::new(options()), &serve).unwrap_err();
    assert!(error.to_string().contains("ca.pem"), "{error}");
}
