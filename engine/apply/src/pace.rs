//! How many calls at once, and how many a second.

use std::sync::{Mutex, PoisonError};
use std::time::Duration;
use tokio::sync::{Semaphore, SemaphorePermit};
use tokio::time::{Instant, sleep_until};

/// Calls that may come at once after a pause, in seconds of the rate. EC2's own bucket of reads holds five seconds' worth: 100 at 20 a second
/// (EC2 API throttling in the EC2 Developer Guide).
const BURST: f64 = 5.0;

/// Slots and a token bucket. A slot is held for one call, never for a wait between calls.
pub(crate) struct Pace {
    slots: Semaphore,
    /// Calls a second at most.
    limit: f64,
    bucket: Mutex<Bucket>,
}

struct Bucket {
    tokens: f64,
    /// Calls a second for now: AWS' limits are not ours to know, so each time it throttles they are halved, and grow back by a twentieth of the limit
    /// every second.
    rate: f64,
    filled: Instant,
    /// AWS asked for quiet until then.
    quiet: Instant,
}

impl Pace {
    pub(crate) fn new(slots: usize, rate: f64) -> Self {
        let now = Instant::now();
        let rate = rate.max(0.1);
        let bucket = Bucket { tokens: burst(rate), rate, filled: now, quiet: now };
        Self { slots: Semaphore::new(slots.max(1)), limit: rate, bucket: Mutex::new(bucket) }
    }

    /// Waits for a slot, then for a token. Dropping the permit gives the slot back.
    pub(crate) async fn enter(&self) -> Option<SemaphorePermit<'_>> {
        // The semaphore is never closed.
        let permit = self.slots.acquire().await.ok();
        while let Err(until) = self.take() {
            sleep_until(until).await;
        }
        permit
    }

    /// Takes a token, or says when there may be one.
    fn take(&self) -> Result<(), Instant> {
        let mut bucket = self.bucket.lock().unwrap_or_else(PoisonError::into_inner);
        let now = Instant::now();
        if now < bucket.quiet {
            return Err(bucket.quiet);
        }
        let time = now.duration_since(bucket.filled).as_secs_f64();
        bucket.rate = (bucket.rate + time * self.limit / 20.0).min(self.limit);
        bucket.tokens = (bucket.tokens + time * bucket.rate).min(burst(self.limit));
        bucket.filled = now;
        if bucket.tokens >= 1.0 {
            bucket.tokens -= 1.0;
            return Ok(());
        }
        let missing = (1.0 - bucket.tokens) / bucket.rate;
        Err(now + Duration::from_secs_f64(missing) + Duration::from_millis(1))
    }

    /// AWS throttles: nobody calls for `pause`, no burst follows, and then it goes more slowly for a while. Several calls that are throttled together
    /// count as one.
    pub(crate) fn hush(&self, pause: Duration) {
        let mut bucket = self.bucket.lock().unwrap_or_else(PoisonError::into_inner);
        let now = Instant::now();
        if bucket.quiet <= now {
            bucket.rate = (bucket.rate / 2.0).max((self.limit / 20.0).min(1.0));
        }
        bucket.quiet = bucket.quiet.max(now + pause);
        (bucket.filled, bucket.tokens) = (bucket.quiet, 1.0);
    }
}

fn burst(rate: f64) -> f64 {
    (BURST * rate).max(1.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test(start_paused = true)]
    async fn a_burst_then_the_rate() {
        let pace = Pace::new(100, 10.0);
        let start = Instant::now();
        for _ in 0..50 {
            drop(pace.enter().await);
        }
        assert_eq!(start.elapsed(), Duration::ZERO);
        for _ in 0..20 {
            drop(pace.enter().await);
        }
        let took = start.elapsed();
        assert!(
            (Duration::from_millis(1950)..Duration::from_millis(2100)).contains(&took),
            "{took:?}"
        );
    }

    #[tokio::test(start_paused = true)]
    async fn no_more_than_the_slots() {
        let pace = Pace::new(2, 1000.0);
        let (a, _b) = (pace.enter().await, pace.enter().await);
        let third = tokio::time::timeout(Duration::from_secs(5), pace.enter());
        assert!(third.await.is_err());
        drop(a);
        assert!(pace.enter().await.is_some());
    }

    #[tokio::test(start_paused = true)]
    async fn throttling_quiets_everybody() {
        let pace = Pace::new(10, 100.0);
        pace.hush(Duration::from_secs(3));
        let start = Instant::now();
        drop(pace.enter().await);
        assert!(start.elapsed() >= Duration::from_secs(3));
    }

    #[tokio::test(start_paused = true)]
    async fn after_throttling_the_rate_is_halved_and_grows_back() {
        let pace = Pace::new(10, 20.0);
        let calls = async |count: u32| {
            let start = Instant::now();
            for _ in 0..count {
                drop(pace.enter().await);
            }
            start.elapsed()
        };
        pace.hush(Duration::from_secs(1));
        pace.hush(Duration::from_secs(1));
        calls(1).await;
        let slow = calls(10).await;
        assert!((Duration::from_millis(800)..Duration::from_secs(1)).contains(&slow), "{slow:?}");
        calls(300).await;
        let full = calls(40).await;
        assert!(
            (Duration::from_millis(1950)..Duration::from_millis(2100)).contains(&full),
            "{full:?}"
        );
    }
}
