//! Pictures of pages: PNG and JPEG hold one, TIFF may hold many.

use std::io::Cursor;

use image::{DynamicImage, GrayImage};
use tiff::{
    ColorType,
    decoder::{Decoder, DecodingResult, Limits},
};

use super::ocr::{check_size, decode, grey};
use crate::pipeline::Refusal;

const MAX_TIFF_PAGES: usize = 200;
const MAX_TIFF_MEMORY: usize = 250 << 20;

/// Whether the bytes begin like a picture that we read.
pub fn is_picture(bytes: &[u8]) -> bool {
    bytes.starts_with(b"\x89PNG\r\n\x1a\n") || bytes.starts_with(&[0xFF, 0xD8, 0xFF]) || is_tiff(bytes)
}

fn is_tiff(bytes: &[u8]) -> bool {
    bytes.starts_with(b"II*\0") || bytes.starts_with(b"MM\0*")
}

/// The pages that a file of pictures holds, in grey.
pub fn pages(bytes: &[u8]) -> Result<Vec<GrayImage>, Refusal> {
    if is_tiff(bytes) { of_tiff(bytes) } else { Ok(vec![grey(decode(bytes)?)]) }
}

/// How many pages a file of pictures holds, without unpacking them.
pub fn count(bytes: &[u8]) -> u32 {
    if !is_tiff(bytes) {
        return 1;
    }
    let Ok(mut decoder) = Decoder::new(Cursor::new(bytes)) else { return 1 };
    let mut count = 1;
    while count < MAX_TIFF_PAGES && decoder.more_images() && decoder.next_image().is_ok() {
        count += 1;
    }
    u32::try_from(count).unwrap_or(1)
}

fn of_tiff(bytes: &[u8]) -> Result<Vec<GrayImage>, Refusal> {
    let damaged = |error: tiff::TiffError| match error {
        tiff::TiffError::LimitsExceeded => Refusal::PictureTooLarge,
        _ => Refusal::DamagedPicture,
    };
    let mut limits = Limits::default();
    limits.decoding_buffer_size = MAX_TIFF_MEMORY;
    let mut decoder = Decoder::new(Cursor::new(bytes)).map_err(damaged)?.with_limits(limits);
    let (mut pages, mut pixels) = (Vec::new(), 0_usize);
    loop {
        let (width, height) = decoder.dimensions().map_err(damaged)?;
        check_size(width, height)?;
        let color = decoder.colortype().map_err(damaged)?;
        let page =
            shades(decoder.read_image().map_err(damaged)?, color, width, height).ok_or(Refusal::DamagedPicture)?;
        pixels += page.len();
        pages.push(page);
        if pages.len() > MAX_TIFF_PAGES {
            return Err(Refusal::TooManyScans);
        }
        if pixels > MAX_TIFF_MEMORY {
            return Err(Refusal::PictureTooLarge);
        }
        if !decoder.more_images() {
            return Ok(pages);
        }
        decoder.next_image().map_err(damaged)?;
    }
}

fn shades(read: DecodingResult, color: ColorType, width: u32, height: u32) -> Option<GrayImage> {
    let bytes = match read {
        DecodingResult::U8(bytes) => bytes,
        DecodingResult::U16(words) => words.into_iter().map(|w| w.to_be_bytes()[0]).collect(),
        _ => return None,
    };
    match color {
        ColorType::Gray(1) => bits(&bytes, width, height),
        ColorType::Gray(8 | 16) => GrayImage::from_raw(width, height, bytes),
        ColorType::RGB(_) => image::RgbImage::from_raw(width, height, bytes).map(|i| grey(DynamicImage::ImageRgb8(i))),
        ColorType::RGBA(_) => {
            image::RgbaImage::from_raw(width, height, bytes).map(|i| grey(DynamicImage::ImageRgba8(i)))
        }
        _ => None,
    }
}

/// One bit for each dot, each row beginning with a byte of its own: faxes and most scanners.
fn bits(bytes: &[u8], width: u32, height: u32) -> Option<GrayImage> {
    let stride = width.div_ceil(8) as usize;
    let dot = |x: u32, y: u32| bytes.get(y as usize * stride + x as usize / 8).map(|b| b >> (7 - x % 8) & 1);
    dot(width.checked_sub(1)?, height.checked_sub(1)?)?;
    Some(GrayImage::from_fn(width, height, |x, y| image::Luma([dot(x, y).unwrap_or(0) * 255])))
}
