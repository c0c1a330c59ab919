//! A page as a picture in grey: read, put upright, and written for the recogniser.

use std::{io::Write, path::Path};

use image::{DynamicImage, GrayImage, ImageDecoder, ImageReader, Limits, imageops::FilterType};

use crate::pipeline::Refusal;

/// A page of A3 at 400 dots per inch; what claims to be larger is not a page.
pub const MAX_PIXELS: u64 = 60_000_000;
const MAX_SIDE: u32 = 20_000;
const MAX_MEMORY: u64 = 300 << 20;

/// Pictures of this kind are pages.
pub fn decode(bytes: &[u8]) -> Result<DynamicImage, Refusal> {
    let damaged = |_| Refusal::DamagedPicture;
    let mut reader =
        ImageReader::new(std::io::Cursor::new(bytes)).with_guessed_format().map_err(|_| Refusal::DamagedPicture)?;
    let (width, height) = reader_size(bytes)?;
    check_size(width, height)?;
    let mut limits = Limits::default();
    limits.max_alloc = Some(MAX_MEMORY);
    reader.limits(limits);
    let mut decoder = reader.into_decoder().map_err(damaged)?;
    let orientation = decoder.orientation().map_err(damaged)?;
    let mut image = DynamicImage::from_decoder(decoder).map_err(damaged)?;
    // A telephone that was held on its side says so, and turns nothing.
    image.apply_orientation(orientation);
    Ok(image)
}

/// Width and height as the file says them, before anything is unpacked.
fn reader_size(bytes: &[u8]) -> Result<(u32, u32), Refusal> {
    let reader =
        ImageReader::new(std::io::Cursor::new(bytes)).with_guessed_format().map_err(|_| Refusal::DamagedPicture)?;
    reader.into_dimensions().map_err(|error| match error {
        image::ImageError::Limits(_) => Refusal::PictureTooLarge,
        _ => Refusal::DamagedPicture,
    })
}

pub fn check_size(width: u32, height: u32) -> Result<(), Refusal> {
    let too_large = width > MAX_SIDE || height > MAX_SIDE || u64::from(width) * u64::from(height) > MAX_PIXELS;
    if too_large { Err(Refusal::PictureTooLarge) } else { Ok(()) }
}

/// White where the picture is transparent, then grey.
pub fn grey(image: DynamicImage) -> GrayImage {
    if !image.color().has_alpha() {
        return image.into_luma8();
    }
    let mut pixels = image.into_luma_alpha8();
    for pixel in pixels.pixels_mut() {
        let (shade, alpha) = (u16::from(pixel.0[0]), u16::from(pixel.0[1]));
        pixel.0 = [u8::try_from((shade * alpha + 255 * (255 - alpha)) / 255).unwrap_or(255), 255];
    }
    DynamicImage::ImageLumaA8(pixels).into_luma8()
}

pub fn scaled(picture: &GrayImage, factor: f32) -> GrayImage {
    let side = |length: u32| whole(length as f32 * factor).max(1);
    image::imageops::resize(picture, side(picture.width()), side(picture.height()), FilterType::CatmullRom)
}

/// In the simplest form that the recogniser reads.
pub fn write(picture: &GrayImage, path: &Path) -> std::io::Result<()> {
    let mut file = std::io::BufWriter::new(std::fs::File::create(path)?);
    write!(file, "P5\n{} {}\n255\n", picture.width(), picture.height())?;
    file.write_all(picture.as_raw())?;
    file.flush()
}

/// The nearest whole number from 0 on.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "negative and huge values are cut off")]
pub fn whole(value: f32) -> u32 {
    value.round().max(0.0) as u32
}
