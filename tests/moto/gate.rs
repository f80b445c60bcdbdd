//! Between banana and moto: a gate that holds back the requests that hold a certain word until it is opened, and lets all others pass.

use super::proxy::{forward, request};
use super::server::Moto;
use std::io::Write;
use std::net::{TcpListener, TcpStream};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Condvar, Mutex};
use std::thread;
use std::time::{Duration, Instant};

/// A running gate. It ends with the test process.
#[derive(Debug)]
pub(crate) struct Gate {
    port: u16,
    open: Arc<(Mutex<bool>, Condvar)>,
    waiting: Arc<AtomicUsize>,
}

impl Gate {
    /// Stands before a server, closed.
    pub(crate) fn before(moto: &Moto, word: &'static str) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        let to = moto.endpoint().trim_start_matches("http://").to_owned();
        let open = Arc::new((Mutex::new(false), Condvar::new()));
        let waiting = Arc::new(AtomicUsize::new(0));
        let gate = Self { port, open: Arc::clone(&open), waiting: Arc::clone(&waiting) };
        thread::spawn(move || {
            for client in listener.incoming().flatten() {
                let (to, open, waiting) = (to.clone(), Arc::clone(&open), Arc::clone(&waiting));
                // A client that dies at the gate is what some tests are about.
                thread::spawn(move || drop(serve(client, &to, word, &open, &waiting)));
            }
        });
        gate
    }

    /// `http://127.0.0.1:12345`
    pub(crate) fn endpoint(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }

    /// Waits until a request stands before the gate.
    pub(crate) fn reached(&self) {
        let start = Instant::now();
        while self.waiting.load(Ordering::SeqCst) == 0 {
            assert!(start.elapsed() < Duration::from_mins(2), "nobody comes");
            thread::sleep(Duration::from_millis(10));
        }
    }

    /// How many requests have come to the gate.
    pub(crate) fn comers(&self) -> usize {
        self.waiting.load(Ordering::SeqCst)
    }

    /// Lets everything pass, or nothing more.
    pub(crate) fn set(&self, is_open: bool) {
        *self.open.0.lock().unwrap() = is_open;
        self.open.1.notify_all();
        if !is_open {
            self.waiting.store(0, Ordering::SeqCst);
        }
    }
}

fn serve(
    mut client: TcpStream,
    to: &str,
    word: &str,
    open: &(Mutex<bool>, Condvar),
    waiting: &AtomicUsize,
) -> std::io::Result<()> {
    let request = request(&mut client)?;
    if String::from_utf8_lossy(&request).contains(word) {
        waiting.fetch_add(1, Ordering::SeqCst);
        let mut is_open = open.0.lock().unwrap();
        while !*is_open {
            is_open = open.1.wait(is_open).unwrap();
        }
    }
    client.write_all(&forward(&request, to)?)
}
