//! A certificate authority of the day, and one certificate for the loopback interface.

use super::ServeError;
use rcgen::{
    BasicConstraints, CertificateParams, DnType, ExtendedKeyUsagePurpose, IsCa, Issuer, KeyPair,
    KeyUsagePurpose,
};
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::ServerConfig;
use tokio_rustls::rustls::pki_types::PrivatePkcs8KeyDer;

const NAMES: [&str; 3] = ["localhost", "127.0.0.1", "::1"];

/// Makes both and writes the authority to `ca.pem` in this directory.
pub(super) fn prepare(directory: &Path) -> Result<(TlsAcceptor, PathBuf), ServeError> {
    let (config, authority) =
        certificate().map_err(|error| ServeError::Certificate(error.to_string()))?;
    let file = directory.join("ca.pem");
    fs::create_dir_all(directory)
        .and_then(|()| fs::write(&file, authority))
        .map_err(|error| ServeError::Authority(file.clone(), error))?;
    Ok((TlsAcceptor::from(Arc::new(config)), file))
}

fn certificate() -> Result<(ServerConfig, String), Box<dyn std::error::Error>> {
    let authority_key = KeyPair::generate()?;
    let authority = authority_params();
    let authority_pem = authority.self_signed(&authority_key)?.pem();
    let issuer = Issuer::new(authority, authority_key);
    let key = KeyPair::generate()?;
    let certificate = server_params()?.signed_by(&key, &issuer)?;
    let config = ServerConfig::builder()
        .with_no_client_auth()
        .with_single_cert(
            vec![certificate.der().clone()],
            PrivatePkcs8KeyDer::from(key.serialize_der()).into(),
        )?;
    Ok((config, authority_pem))
}

fn authority_params() -> CertificateParams {
    let mut params = CertificateParams::default();
    params.is_ca = IsCa::Ca(BasicConstraints::Constrained(0));
    params.key_usages = vec![KeyUsagePurpose::KeyCertSign, KeyUsagePurpose::CrlSign];
    name(&mut params, "netskope-stand-in authority");
    params
}

fn server_params() -> Result<CertificateParams, rcgen::Error> {
    let mut params = CertificateParams::new(NAMES.map(str::to_owned))?;
    params.key_usages = vec![KeyUsagePurpose::DigitalSignature];
    params.extended_key_usages = vec![ExtendedKeyUsagePurpose::ServerAuth];
    // Newer OpenSSL refuses a certificate without it when checking strictly.
    params.use_authority_key_identifier_extension = true;
    name(&mut params, "netskope-stand-in");
    Ok(params)
}

fn name(params: &mut CertificateParams, name: &str) {
    params.distinguished_name = rcgen::DistinguishedName::new();
    params.distinguished_name.push(DnType::CommonName, name);
}
