// SPDX-FileCopyrightText: 2026 The Hubbub developers
// SPDX-License-Identifier: GPL-3.0-or-later
//! The plain contract on Tokio, Axum and rustls. Usage: hubbub-bench-axum CERTIFICATE KEY
//!
//! As Axum's own chat example does it: one broadcast channel, one task a guest, which sends what
//! has gathered with one flush.

use std::io::Write;
use std::net::Ipv4Addr;
use std::sync::Arc;

use axum::extract::ws::{Message, Utf8Bytes, WebSocket, WebSocketUpgrade};
use axum::extract::State;
use axum::response::Response;
use axum::routing::any;
use axum::Router;
use axum_server::tls_rustls::RustlsConfig;
use futures_util::{stream::SplitStream, SinkExt, StreamExt};
use tokio::net::TcpSocket;
use tokio::sync::broadcast::{self, error::RecvError, error::TryRecvError, Sender};

/// Messages that may wait for the slowest guest; whoever falls behind loses some.
const CAPACITY: usize = 65536;

/// Connections that the kernel keeps until they are accepted.
const BACKLOG: u32 = 4096;

async fn chat(State(room): State<Sender<Utf8Bytes>>, upgrade: WebSocketUpgrade) -> Response {
    upgrade.on_upgrade(move |socket| serve(room, socket))
}

async fn next_text(stream: &mut SplitStream<WebSocket>) -> Option<Utf8Bytes> {
    loop {
        match stream.next().await? {
            Ok(Message::Text(text)) => return Some(text),
            Ok(Message::Close(_)) | Err(_) => return None,
            Ok(_) => {}
        }
    }
}

async fn serve(room: Sender<Utf8Bytes>, socket: WebSocket) {
    let (mut sink, mut stream) = socket.split();
    let Some(name) = next_text(&mut stream).await else {
        return;
    };
    let mut said = room.subscribe();
    let _ = room.send(format!("* {name} joined").into());

    let sender = tokio::spawn(async move {
        loop {
            match said.recv().await {
                Ok(text) => {
                    if sink.feed(Message::Text(text)).await.is_err() {
                        return;
                    }
                }
                Err(RecvError::Lagged(_)) => continue,
                Err(RecvError::Closed) => return,
            }
            // Whatever else is there goes out with the same flush.
            loop {
                match said.try_recv() {
                    Ok(text) => {
                        if sink.feed(Message::Text(text)).await.is_err() {
                            return;
                        }
                    }
                    Err(TryRecvError::Lagged(_)) => continue,
                    Err(_) => break,
                }
            }
            if sink.flush().await.is_err() {
                return;
            }
        }
    });

    while let Some(text) = next_text(&mut stream).await {
        let _ = room.send(format!("{name}: {text}").into());
    }
    sender.abort();
    let _ = room.send(format!("* {name} left").into());
}

#[tokio::main]
async fn main() {
    let files: Vec<String> = std::env::args().skip(1).collect();
    let [certificate, key] = files.as_slice() else {
        panic!("usage: hubbub-bench-axum CERTIFICATE KEY");
    };
    rustls::crypto::ring::default_provider()
        .install_default()
        .expect("a provider of cryptography");
    let tls = RustlsConfig::from_pem_file(certificate, key)
        .await
        .expect("the certificate");
    // rustls remembers 256 sessions unless it is given a key for tickets.
    let mut config = (*tls.get_inner()).clone();
    config.ticketer = rustls::crypto::ring::Ticketer::new().expect("a key for tickets");
    let tls = RustlsConfig::from_config(Arc::new(config));
    // Not TcpListener::bind(): its queue is too short for a crowd that comes at once.
    let socket = TcpSocket::new_v4().expect("a socket");
    socket
        .bind((Ipv4Addr::LOCALHOST, 0).into())
        .expect("a port");
    let listener = socket
        .listen(BACKLOG)
        .expect("to listen")
        .into_std()
        .expect("a listener");
    println!("{}", listener.local_addr().expect("an address").port());
    std::io::stdout().flush().expect("standard output");

    let (room, _) = broadcast::channel(CAPACITY);
    let app = Router::new().route("/chat", any(chat)).with_state(room);
    let acceptor = axum_server::tls_rustls::RustlsAcceptor::new(tls);
    axum_server::Server::from_tcp(listener)
        .acceptor(acceptor)
        .serve(app.into_make_service())
        .await
        .expect("to serve");
}
