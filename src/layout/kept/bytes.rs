use std::collections::BTreeMap;

use crate::layout::Layouter;

/// What can be written down and read again as the same value.
pub(super) trait Packed: Sized {
    /// Writes it down.
    fn pack(&self, to: &mut Packer<'_>);

    /// Reads it; `None` where there is no such value.
    fn unpack(from: &mut Unpacker<'_>) -> Option<Self>;
}

/// Bytes that are being written.
pub(super) struct Packer<'a> {
    pub(super) layouter: &'a Layouter,
    pub(super) bytes: Vec<u8>,
    /// Whether everything could be written down.
    pub(super) whole: bool,
}

/// Bytes that are being read.
pub(super) struct Unpacker<'a> {
    pub(super) layouter: &'a Layouter,
    pub(super) rest: &'a [u8],
}

impl<'a> Unpacker<'a> {
    /// The next bytes.
    pub(super) fn take(&mut self, count: usize) -> Option<&'a [u8]> {
        let (taken, rest) = self.rest.split_at_checked(count)?;
        self.rest = rest;
        Some(taken)
    }

    fn array<const N: usize>(&mut self) -> Option<[u8; N]> {
        self.take(N)?.try_into().ok()
    }
}

/// More than this is not made room for before it is read.
const MOST_EXPECTED: usize = 4096;

macro_rules! numbers {
    ($($number:ty),*) => {$(
        impl Packed for $number {
            fn pack(&self, to: &mut Packer<'_>) {
                to.bytes.extend_from_slice(&self.to_le_bytes());
            }

            fn unpack(from: &mut Unpacker<'_>) -> Option<Self> {
                from.array().map(Self::from_le_bytes)
            }
        }
    )*};
}

numbers!(u8, u16, u32, f32, f64);

/// Seven bits a byte, the lowest first; all but the last byte have their top bit set.
impl Packed for usize {
    #[allow(clippy::cast_possible_truncation, reason = "seven bits")]
    fn pack(&self, to: &mut Packer<'_>) {
        let mut rest = *self;
        while rest >= 0x80 {
            to.bytes.push((rest & 0x7f) as u8 | 0x80);
            rest >>= 7;
        }
        to.bytes.push((rest & 0x7f) as u8);
    }

    fn unpack(from: &mut Unpacker<'_>) -> Option<Self> {
        let mut value = 0;
        for shift in (0..Self::BITS).step_by(7) {
            let byte = u8::unpack(from)?;
            value |= Self::from(byte & 0x7f) << shift;
            if byte < 0x80 {
                return Some(value);
            }
        }
        None
    }
}

impl Packed for bool {
    fn pack(&self, to: &mut Packer<'_>) {
        to.bytes.push(u8::from(*self));
    }

    fn unpack(from: &mut Unpacker<'_>) -> Option<Self> {
        match u8::unpack(from)? {
            0 => Some(false),
            1 => Some(true),
            _ => None,
        }
    }
}

fn pack_text(text: &str, to: &mut Packer<'_>) {
    text.len().pack(to);
    to.bytes.extend_from_slice(text.as_bytes());
}

fn unpack_text<'a>(from: &mut Unpacker<'a>) -> Option<&'a str> {
    let length = usize::unpack(from)?;
    std::str::from_utf8(from.take(length)?).ok()
}

impl Packed for String {
    fn pack(&self, to: &mut Packer<'_>) {
        pack_text(self, to);
    }

    fn unpack(from: &mut Unpacker<'_>) -> Option<Self> {
        unpack_text(from).map(str::to_owned)
    }
}

impl Packed for Box<str> {
    fn pack(&self, to: &mut Packer<'_>) {
        pack_text(self, to);
    }

    fn unpack(from: &mut Unpacker<'_>) -> Option<Self> {
        unpack_text(from).map(Self::from)
    }
}

impl<T: Packed> Packed for Option<T> {
    fn pack(&self, to: &mut Packer<'_>) {
        self.is_some().pack(to);
        if let Some(value) = self {
            value.pack(to);
        }
    }

    fn unpack(from: &mut Unpacker<'_>) -> Option<Self> {
        if bool::unpack(from)? { T::unpack(from).map(Some) } else { Some(None) }
    }
}

impl<T: Packed> Packed for Vec<T> {
    fn pack(&self, to: &mut Packer<'_>) {
        self.len().pack(to);
        for value in self {
            value.pack(to);
        }
    }

    fn unpack(from: &mut Unpacker<'_>) -> Option<Self> {
        let count = usize::unpack(from)?;
        let mut values = Self::with_capacity(count.min(from.rest.len()).min(MOST_EXPECTED));
        for _ in 0..count {
            values.push(T::unpack(from)?);
        }
        Some(values)
    }
}

impl<A: Packed, B: Packed> Packed for (A, B) {
    fn pack(&self, to: &mut Packer<'_>) {
        self.0.pack(to);
        self.1.pack(to);
    }

    fn unpack(from: &mut Unpacker<'_>) -> Option<Self> {
        Some((A::unpack(from)?, B::unpack(from)?))
    }
}

impl Packed for BTreeMap<String, String> {
    fn pack(&self, to: &mut Packer<'_>) {
        self.len().pack(to);
        for (name, value) in self {
            name.pack(to);
            value.pack(to);
        }
    }

    fn unpack(from: &mut Unpacker<'_>) -> Option<Self> {
        Vec::<(String, String)>::unpack(from).map(Self::from_iter)
    }
}

/// A struct is its fields, one after the other.
macro_rules! packed_struct {
    ($name:ty { $($field:ident),* $(,)? }) => {
        impl Packed for $name {
            fn pack(&self, to: &mut Packer<'_>) {
                let Self { $($field),* } = self;
                $($field.pack(to);)*
            }

            fn unpack(from: &mut Unpacker<'_>) -> Option<Self> {
                Some(Self { $($field: Packed::unpack(from)?),* })
            }
        }
    };
}

/// A choice is its number and what it holds.
macro_rules! packed_enum {
    ($name:ty { $($number:literal $variant:ident
        $(($item:ident: $inner:ty))? $({ $($field:ident),* })?),* $(,)?
    }) => {
        impl Packed for $name {
            fn pack(&self, to: &mut Packer<'_>) {
                match self {
                    $(Self::$variant $(($item))? $({ $($field),* })? => {
                        to.bytes.push($number);
                        $($item.pack(to);)?
                        $($($field.pack(to);)*)?
                    })*
                }
            }

            fn unpack(from: &mut Unpacker<'_>) -> Option<Self> {
                Some(match u8::unpack(from)? {
                    $($number => Self::$variant
                        $((<$inner as Packed>::unpack(from)?))? $({ $($field: Packed::unpack(from)?),* })?,)*
                    _ => return None,
                })
            }
        }
    };
}

pub(super) use {packed_enum, packed_struct};
