//! What a text at a level may hold: the guide's table.

use course_format::Level;

/// Maxima for one level.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    pub words_a_sentence: usize,
    pub mean_words: f32,
    pub actions: usize,
    pub words_a_reading: usize,
}

pub fn of(level: Level) -> Limits {
    let (words_a_sentence, mean_words, actions, words_a_reading) = match level {
        Level::A1 => (10, 7.0, 1, 100),
        Level::A2 => (14, 9.0, 1, 160),
        Level::B1 => (20, 13.0, 2, 260),
        Level::B2 => (25, 17.0, 3, 400),
        Level::C1 | Level::C2 => (30, 20.0, 3, 550),
    };
    Limits { words_a_sentence, mean_words, actions, words_a_reading }
}
