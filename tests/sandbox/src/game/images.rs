//! Pictures: a pattern of its own for every name, as a real PNG.

use sha2::{Digest, Sha256};

/// Fields on each side of the pattern, and around it.
const FIELDS: usize = 7;

/// The edge length for a `size` of the query.
pub fn edge(size: &str) -> Option<u32> {
    Some(match size {
        "original" => 256,
        "large" => 200,
        "medium" => 128,
        "small" => 64,
        "icon" => 32,
        _ => return None,
    })
}

/// The picture for that name.
pub fn png(name: &str, edge: u32) -> Option<Vec<u8>> {
    let hash: [u8; 32] = Sha256::digest(name.as_bytes()).into();
    let mut bytes = Vec::new();
    let mut encoder = png::Encoder::new(&mut bytes, edge, edge);
    encoder.set_color(png::ColorType::Indexed);
    encoder.set_depth(png::BitDepth::Eight);
    encoder.set_palette(palette(&hash));
    let mut writer = encoder.write_header().ok()?;
    writer
        .write_image_data(&pixels(&hash, edge as usize))
        .ok()?;
    writer.finish().ok()?;
    Some(bytes)
}

/// A light ground and two dark colours of the name's own.
fn palette(hash: &[u8; 32]) -> Vec<u8> {
    let mut colours = vec![0xf4, 0xf1, 0xea];
    for at in [0, 3] {
        colours.extend(hash[at..at + 3].iter().map(|c| c / 2 + 24));
    }
    colours
}

fn pixels(hash: &[u8; 32], edge: usize) -> Vec<u8> {
    let mut pixels = Vec::with_capacity(edge * edge);
    for y in 0..edge {
        for x in 0..edge {
            pixels.push(colour(hash, x * FIELDS / edge, y * FIELDS / edge));
        }
    }
    pixels
}

fn colour(hash: &[u8; 32], x: usize, y: usize) -> u8 {
    let last = FIELDS - 1;
    if x == 0 || y == 0 || x == last || y == last {
        return 0;
    }
    // Left and right mirror each other.
    hash[6 + (y - 1) * 3 + x.min(last - x) - 1] % 3
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pictures_are_pngs_of_the_wanted_size() {
        for size in ["original", "large", "medium", "small", "icon"] {
            let edge = edge(size).unwrap();
            let bytes = png("johny", edge).unwrap();
            let reader = png::Decoder::new(std::io::Cursor::new(&bytes))
                .read_info()
                .unwrap();
            assert_eq!((reader.info().width, reader.info().height), (edge, edge));
        }
        assert_eq!(edge("huge"), None);
        assert_ne!(png("johny", 32), png("mara", 32));
    }
}
