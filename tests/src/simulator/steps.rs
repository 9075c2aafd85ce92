//! Workers move by steps. Whatever a worker asks of the outside stands between
//! two gates, one before it takes effect and one before the worker hears of it;
//! a worker stands still at a gate until the scheduler opens it. So a worker can
//! be left there for as long as one likes, or be dropped there, which is a crash.

use std::collections::BTreeMap;
use std::future::poll_fn;
use std::pin::Pin;
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll};

use futures_util::task::noop_waker_ref;

/// The gates of one worker. A worker that does several things at once stands at
/// several gates.
#[derive(Debug, Clone, Default)]
pub struct Steps(Arc<Mutex<Gates>>);

#[derive(Debug, Default)]
struct Gates {
    closed: BTreeMap<usize, &'static str>,
    open: Option<usize>,
    next: usize,
}

impl Steps {
    /// Stands at a gate until it is opened.
    pub async fn gate(&self, name: &'static str) {
        let mut place = None;
        poll_fn(|_| {
            let mut gates = self.0.lock().unwrap();
            match place {
                None => {
                    place = Some(gates.next);
                    let next = gates.next;
                    gates.closed.insert(next, name);
                    gates.next += 1;
                    Poll::Pending
                }
                Some(place) if gates.open == Some(place) => {
                    gates.open = None;
                    gates.closed.remove(&place);
                    Poll::Ready(())
                }
                Some(_) => Poll::Pending,
            }
        })
        .await;
    }

    /// The gates at which the worker stands.
    pub fn gates(&self) -> Vec<usize> {
        self.0.lock().unwrap().closed.keys().copied().collect()
    }

    /// The names of the gates at which the worker stands.
    pub fn names(&self) -> Vec<&'static str> {
        self.0.lock().unwrap().closed.values().copied().collect()
    }

    fn open(&self, gate: usize) {
        self.0.lock().unwrap().open = Some(gate);
    }
}

/// What a worker does, from its start to its answer.
pub type Work<T> = Pin<Box<dyn Future<Output = T> + Send>>;

/// Lets a worker run to its first gate; its answer, should it need none.
pub fn start<T>(work: &mut Work<T>) -> Option<T> {
    match work.as_mut().poll(&mut Context::from_waker(noop_waker_ref())) {
        Poll::Ready(answer) => Some(answer),
        Poll::Pending => None,
    }
}

/// Opens a gate and lets the worker run to the next; its answer, if there is
/// none.
pub fn step<T>(work: &mut Work<T>, steps: &Steps, gate: usize) -> Option<T> {
    steps.open(gate);
    start(work)
}
