use std::collections::BTreeMap;
use std::net::IpAddr;
use std::time::Duration;

use tokio::time::Instant;

/// The most senders that are counted at a time.
const MAX_SENDERS: usize = 20_000;

/// How much somebody may send: at once, and each second in the long run.
#[derive(Clone, Copy, Debug)]
struct Rate {
    burst: f64,
    second: f64,
}

/// Questions, muddiest points and results of one browser.
const WORDS: Rate = Rate { burst: 6.0, second: 0.2 };
/// Whatever else one browser sends: supporting ten questions in a row is fine.
const TAPS: Rate = Rate { burst: 40.0, second: 2.0 };
/// All that comes from one address: a whole audience may be behind it.
const ADDRESS: Rate = Rate { burst: 400.0, second: 40.0 };

/// Who sends.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Sender {
    Words(String),
    Taps(String),
    Address(IpAddr),
}

/// Counts what browsers and addresses send, in memory only and no longer than it matters.
#[derive(Debug, Default)]
pub(crate) struct Allowances(BTreeMap<Sender, Bucket>);

#[derive(Debug)]
struct Bucket {
    left: f64,
    counted: Instant,
    rate: Rate,
}

impl Allowances {
    /// Takes one post, of many words or a tap, from the allowances of a browser and its address; how long to wait where
    /// one of them is used up.
    pub(crate) fn take(&mut self, browser: &str, address: Option<IpAddr>, words: bool) -> Result<(), Duration> {
        self.take_at(browser, address, words, Instant::now())
    }

    fn take_at(&mut self, browser: &str, address: Option<IpAddr>, words: bool, now: Instant) -> Result<(), Duration> {
        if self.0.len() >= MAX_SENDERS {
            // Who is full again is as good as new.
            self.0.retain(|_, bucket| !bucket.is_full(now));
        }
        if self.0.len() >= MAX_SENDERS {
            return Err(Duration::from_secs(10));
        }
        let own =
            if words { (Sender::Words(browser.to_owned()), WORDS) } else { (Sender::Taps(browser.to_owned()), TAPS) };
        let address = address.map(|address| (Sender::Address(address), ADDRESS));
        let asked: Vec<(Sender, Rate)> = [Some(own), address].into_iter().flatten().collect();
        for (sender, rate) in &asked {
            let bucket = self.0.entry(sender.clone()).or_insert_with(|| Bucket::new(*rate, now));
            bucket.fill(now);
            if bucket.left < 1.0 {
                return Err(Duration::from_secs_f64((1.0 - bucket.left) / rate.second));
            }
        }
        for (sender, _) in &asked {
            if let Some(bucket) = self.0.get_mut(sender) {
                bucket.left -= 1.0;
            }
        }
        Ok(())
    }
}

impl Bucket {
    fn new(rate: Rate, now: Instant) -> Self {
        Self { left: rate.burst, counted: now, rate }
    }

    fn fill(&mut self, now: Instant) {
        let gained = now.saturating_duration_since(self.counted).as_secs_f64() * self.rate.second;
        self.left = (self.left + gained).min(self.rate.burst);
        self.counted = now;
    }

    fn is_full(&self, now: Instant) -> bool {
        let gained = now.saturating_duration_since(self.counted).as_secs_f64() * self.rate.second;
        self.left + gained >= self.rate.burst
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_browser_is_stopped_before_its_address() {
        let (mut all, now) = (Allowances::default(), Instant::now());
        let address = Some("10.0.0.1".parse().unwrap());
        assert!((0..6).all(|_| all.take_at("a", address, true, now).is_ok()));
        assert_eq!(all.take_at("a", address, true, now), Err(Duration::from_secs(5)));
        assert!(all.take_at("a", address, false, now).is_ok(), "support is counted apart");
        assert!(all.take_at("b", address, true, now).is_ok(), "and so is the neighbour");
        assert!(all.take_at("a", address, true, now + Duration::from_secs(5)).is_ok());
    }

    #[test]
    fn new_browsers_do_not_get_round_the_address() {
        let (mut all, now) = (Allowances::default(), Instant::now());
        let address = Some("10.0.0.1".parse().unwrap());
        assert!((0..400).all(|n| all.take_at(&n.to_string(), address, true, now).is_ok()));
        assert!(all.take_at("new", address, true, now).is_err());
        assert!(all.take_at("new", Some("10.0.0.2".parse().unwrap()), true, now).is_ok());
    }

    #[test]
    fn memory_has_a_bound_and_forgets() {
        let (mut all, now) = (Allowances::default(), Instant::now());
        for n in 0..=MAX_SENDERS {
            let _ = all.take_at(&n.to_string(), None, false, now);
        }
        assert_eq!(all.0.len(), MAX_SENDERS);
        assert!(all.take_at("new", None, false, now + Duration::from_mins(1)).is_ok());
        assert_eq!(all.0.len(), 1);
    }
}
