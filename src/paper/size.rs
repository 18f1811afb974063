use kurbo::Size;

/// Sheets of paper that printers hold.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum SheetSize {
    /// 210 × 297 mm.
    #[default]
    A4,
    /// 8.5 × 11 inches.
    Letter,
}

/// A sheet as it lies before the reader.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Sheet {
    /// How large it is.
    pub size: SheetSize,
    /// Whether its longer side is the width.
    pub landscape: bool,
}

impl Sheet {
    /// Width and height in CSS pixels, 96 an inch.
    #[must_use]
    pub fn pixels(self) -> Size {
        let (width, height) = match self.size {
            SheetSize::A4 => (210.0 / 25.4 * 96.0, 297.0 / 25.4 * 96.0),
            SheetSize::Letter => (8.5 * 96.0, 11.0 * 96.0),
        };
        if self.landscape { Size::new(height, width) } else { Size::new(width, height) }
    }
}
