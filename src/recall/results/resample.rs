/// How many resamples an interval is made of.
pub const RESAMPLES: usize = 2000;

/// From how many values on the interval comes from the normal distribution, which resampling then gives anyway.
const MANY: usize = 400;

/// The interval in which 95 % of the means of resamples lie, after B. Efron, "Bootstrap Methods", Ann. Statist. 7 (1979):
/// draw as many values as there are, with replacement, take their mean, and again; the 2.5 and 97.5 percentiles.
///
/// The draws are pseudo-random from `seed`, so the same values give the same interval. `None` without values.
pub(super) fn interval(values: &[f64], seed: u64) -> Option<(f64, f64)> {
    let mean = mean(values)?;
    if values.len() >= MANY {
        let squares: f64 = values.iter().map(|value| (value - mean) * (value - mean)).sum();
        let error = squares.sqrt() / count(values);
        return Some((mean - 1.96 * error, mean + 1.96 * error));
    }
    // Whoever is asked first must not matter.
    let mut values = values.to_vec();
    values.sort_by(f64::total_cmp);
    let mut draws = Draws(seed);
    let mut means: Vec<f64> = (0..RESAMPLES)
        .map(|_| (0..values.len()).map(|_| values[draws.below(values.len())]).sum::<f64>() / count(&values))
        .collect();
    means.sort_by(f64::total_cmp);
    let tail = RESAMPLES / 40;
    Some((means[tail], means[RESAMPLES - 1 - tail]))
}

/// The mean; `None` without values.
pub(super) fn mean(values: &[f64]) -> Option<f64> {
    if values.is_empty() { None } else { Some(values.iter().sum::<f64>() / count(values)) }
}

#[allow(clippy::cast_precision_loss, reason = "people are few")]
fn count(values: &[f64]) -> f64 {
    values.len() as f64
}

/// A seed from words: FNV-1a.
pub(super) fn seed(words: &[&str]) -> u64 {
    let bytes = words.iter().flat_map(|word| word.bytes().chain([0]));
    bytes.fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
}

/// Pseudo-random numbers: `SplitMix64` (Steele, Lea, Flood, OOPSLA 2014).
struct Draws(u64);

impl Draws {
    #[allow(clippy::cast_possible_truncation, reason = "the upper half of the product is below `end`")]
    fn below(&mut self, end: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^= mixed >> 31;
        ((u128::from(mixed) * end as u128) >> 64) as usize
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_values_in_any_order_give_the_same_interval() {
        let values = [0.0, 0.5, 1.0, -0.5, 0.0, 0.5, -1.0, 0.5];
        let mut turned = values;
        turned.reverse();
        assert_eq!(interval(&values, 7), interval(&turned, 7));
        let (low, high) = interval(&values, 7).unwrap();
        assert!(low < 0.125 && 0.125 < high && low >= -1.0 && high <= 1.0, "{low} {high}");
        assert_eq!(interval(&[], 7), None);
        assert_eq!(interval(&[0.5; 6], 7), Some((0.5, 0.5)));
    }

    #[test]
    fn many_values_have_the_interval_that_resampling_comes_close_to() {
        let few: Vec<f64> = (0..MANY - 1).map(|n| f64::from(u8::from(n % 3 == 0))).collect();
        let many: Vec<f64> = (0..=MANY).map(|n| f64::from(u8::from(n % 3 == 0))).collect();
        let ((a, b), (c, d)) = (interval(&few, 1).unwrap(), interval(&many, 1).unwrap());
        assert!((a - c).abs() < 0.01 && (b - d).abs() < 0.01, "{a} {b} {c} {d}");
    }
}
