//! Sends to the receivers of Toornament's webhooks.

use std::error::Error;
use std::sync::Arc;
use std::time::Duration;

use http_body_util::Full;
use hyper::Uri;
use hyper::body::Bytes;
use hyper::client::conn::http1;
use hyper::header::HOST;
use hyper_util::rt::TokioIo;
use playoff_sandbox::toornament::webhooks::Delivery;
use tokio::net::TcpStream;

use super::Shared;

/// How long a receiver may take.
const LIMIT: Duration = Duration::from_secs(10);
/// Nobody else is ever called.
const LOOPBACK: [&str; 3] = ["127.0.0.1", "[::1]", "localhost"];

/// Sends what the library says, one after the other.
pub fn carry_out(shared: &Arc<Shared>, deliveries: Vec<Delivery>) {
    if deliveries.is_empty() {
        return;
    }
    let shared = shared.clone();
    tokio::spawn(async move {
        for delivery in deliveries {
            tokio::time::sleep(Duration::from_millis(delivery.after_ms)).await;
            let outcome = match tokio::time::timeout(LIMIT, send(&delivery)).await {
                Ok(Ok(status)) => Ok(status),
                Ok(Err(error)) => Err(error.to_string()),
                Err(elapsed) => Err(elapsed.to_string()),
            };
            let next = shared.sandbox().delivered(delivery.id, outcome);
            carry_out(&shared, next);
        }
    });
}

async fn send(delivery: &Delivery) -> Result<u16, Box<dyn Error + Send + Sync>> {
    let uri: Uri = delivery.url.parse()?;
    let authority = uri.authority().ok_or("the address has no host")?;
    if uri.scheme_str() != Some("http") || !LOOPBACK.contains(&authority.host()) {
        return Err("only http to loopback is called".into());
    }
    let host = authority.host().trim_matches(['[', ']']);
    let stream = TcpStream::connect((host, authority.port_u16().unwrap_or(80))).await?;
    let (mut sender, connection) = http1::handshake(TokioIo::new(stream)).await?;
    // Its errors come out at the request, too.
    tokio::spawn(connection);
    let target = uri.path_and_query().map_or("/", |target| target.as_str());
    let mut request = hyper::Request::builder()
        .method(delivery.method)
        .uri(target)
        .header(HOST, authority.as_str());
    for (name, value) in &delivery.headers {
        request = request.header(name, value);
    }
    let body = Full::new(Bytes::from(delivery.body.clone()));
    let answer = sender.send_request(request.body(body)?).await?;
    Ok(answer.status().as_u16())
}
