//! How points, paths and transformations are written down.

use kurbo::{Affine, BezPath, Cap, Join, PathEl, Point, Rect, Size, Stroke};

use crate::layout::kept::bytes::{Packed, Packer, Unpacker, packed_enum, packed_struct};

packed_struct!(Point { x, y });
packed_struct!(Size { width, height });
packed_struct!(Rect { x0, y0, x1, y1 });
packed_enum!(Join { 0 Bevel, 1 Miter, 2 Round });
packed_enum!(Cap { 0 Butt, 1 Square, 2 Round });

impl Packed for Affine {
    fn pack(&self, to: &mut Packer<'_>) {
        let is_plain = *self == Self::IDENTITY && self.as_coeffs().iter().all(|part| part.is_sign_positive());
        is_plain.pack(to);
        if !is_plain {
            for part in self.as_coeffs() {
                part.pack(to);
            }
        }
    }

    fn unpack(from: &mut Unpacker<'_>) -> Option<Self> {
        if bool::unpack(from)? {
            return Some(Self::IDENTITY);
        }
        let mut parts = [0.0; 6];
        for part in &mut parts {
            *part = f64::unpack(from)?;
        }
        Some(Self::new(parts))
    }
}

impl Packed for BezPath {
    fn pack(&self, to: &mut Packer<'_>) {
        // Only such paths can be put together again.
        to.whole &= self.elements().first().is_none_or(|first| matches!(first, PathEl::MoveTo(_)));
        self.elements().len().pack(to);
        for element in self.elements() {
            element.pack(to);
        }
    }

    fn unpack(from: &mut Unpacker<'_>) -> Option<Self> {
        let elements = Vec::<PathEl>::unpack(from)?;
        let is_path = elements.first().is_none_or(|first| matches!(first, PathEl::MoveTo(_)));
        is_path.then(|| Self::from_vec(elements))
    }
}

impl Packed for PathEl {
    fn pack(&self, to: &mut Packer<'_>) {
        match self {
            Self::MoveTo(end) => (0_u8, *end).pack(to),
            Self::LineTo(end) => (1_u8, *end).pack(to),
            Self::QuadTo(middle, end) => (2_u8, (*middle, *end)).pack(to),
            Self::CurveTo(one, two, end) => (3_u8, (*one, (*two, *end))).pack(to),
            Self::ClosePath => 4_u8.pack(to),
        }
    }

    fn unpack(from: &mut Unpacker<'_>) -> Option<Self> {
        let point = Point::unpack;
        Some(match u8::unpack(from)? {
            0 => Self::MoveTo(point(from)?),
            1 => Self::LineTo(point(from)?),
            2 => Self::QuadTo(point(from)?, point(from)?),
            3 => Self::CurveTo(point(from)?, point(from)?, point(from)?),
            4 => Self::ClosePath,
            _ => return None,
        })
    }
}

impl Packed for Stroke {
    fn pack(&self, to: &mut Packer<'_>) {
        let Self { width, join, miter_limit, start_cap, end_cap, dash_pattern, dash_offset } = self;
        (*width, *miter_limit).pack(to);
        join.pack(to);
        (*start_cap, *end_cap).pack(to);
        dash_pattern.to_vec().pack(to);
        dash_offset.pack(to);
    }

    fn unpack(from: &mut Unpacker<'_>) -> Option<Self> {
        let (width, miter_limit) = Packed::unpack(from)?;
        let join = Packed::unpack(from)?;
        let (start_cap, end_cap) = Packed::unpack(from)?;
        let dash_pattern = Vec::<f64>::unpack(from)?.into();
        let dash_offset = Packed::unpack(from)?;
        Some(Self { width, join, miter_limit, start_cap, end_cap, dash_pattern, dash_offset })
    }
}
