//! English by rules: what a sentence of an instruction says, and how to ask about it.
//!
//! Nothing here guesses. A sentence that the rules do not understand is [`Form::Other`]: it is read and quoted, and no
//! question is made from its grammar.

pub mod adjunct;
pub mod article;
pub mod case;
pub mod chunks;
pub mod clause;
pub mod forms;
pub mod limit;
pub mod matter;
pub mod moment;
pub mod parse;
pub mod part;
pub mod purpose;
pub mod quantity;
pub mod question;
pub mod sentence;
pub mod situation;
pub mod statement;
pub mod text;
pub mod two_words;
pub mod words;

pub use adjunct::{Adjunct, Wh};
pub use parse::{Command, Form, Modal};
pub use quantity::{Dimension, Quantity};
pub use question::About;
