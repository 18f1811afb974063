use std::fmt;

/// How slides become pages and pictures.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Frames {
    /// Whether each click of a slide has a page, or a picture, of its own.
    pub steps: bool,
    /// How large pictures are.
    pub scale: Scale,
}

/// How many pixels a picture of a slide has for each CSS pixel.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Scale {
    hundredths: u16,
}

impl Scale {
    /// The smallest: a slide is 320 pixels wide.
    pub const LEAST: Self = Self { hundredths: 25 };
    /// The largest: a slide is 5120 pixels wide, more than the largest screens have.
    pub const MOST: Self = Self { hundredths: 400 };

    /// The scale nearest to `factor`; `None` when that is not from [`Scale::LEAST`] to [`Scale::MOST`].
    #[must_use]
    pub fn new(factor: f64) -> Option<Self> {
        let hundredths = (factor * 100.0).round();
        let allowed = f64::from(Self::LEAST.hundredths)..=f64::from(Self::MOST.hundredths);
        #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "25 to 400")]
        allowed.contains(&hundredths).then_some(Self { hundredths: hundredths as u16 })
    }

    /// So many CSS pixels in pixels of a picture, at least one.
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a slide has some thousand pixels")]
    pub(super) fn pixels(self, length: f64) -> u32 {
        (length * f64::from(self.hundredths) / 100.0).round().max(1.0) as u32
    }
}

impl Default for Scale {
    /// A pixel a CSS pixel.
    fn default() -> Self {
        Self { hundredths: 100 }
    }
}

impl fmt::Display for Scale {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", f64::from(self.hundredths) / 100.0)
    }
}

#[cfg(test)]
mod tests {
    use super::Scale;

    #[test]
    fn scales_have_limits() {
        assert_eq!(Scale::new(1.0), Some(Scale::default()));
        assert_eq!(Scale::new(1.5).map(|scale| scale.pixels(1280.0)), Some(1920));
        for refused in [0.0, 0.2, 4.1, -1.0, f64::NAN, f64::INFINITY] {
            assert_eq!(Scale::new(refused), None, "{refused}");
        }
        assert_eq!(format!("{} {}", Scale::LEAST, Scale::MOST), "0.25 4");
    }
}
