//! Questions of people at work, by the level of the learners (PEDAGOGY section 6).

use course_format::Level;

/// One list for A1 and A2, one for B1, one from B2 on.
fn by<'a>(level: Level, ways: [&'a [&'a str]; 3]) -> &'a [&'a str] {
    match level {
        Level::A1 | Level::A2 => ways[0],
        Level::B1 => ways[1],
        Level::B2 | Level::C1 | Level::C2 => ways[2],
    }
}

pub fn first(level: Level) -> &'static [&'static str] {
    by(
        level,
        [&["What do I do first?"], &["What should I do first?", "Where do I start?"], &["What has to be done first?"]],
    )
}

pub fn next(level: Level) -> &'static [&'static str] {
    by(
        level,
        [
            &["OK. What do I do next?", "And then?", "Right. And after that?", "OK. What’s next?"],
            &["What should I do next?", "I see. And then?", "OK. What do I do after that?", "Right. What comes next?"],
            &["What has to be done next?", "I see. And after that?", "Right. What comes next?", "And then?"],
        ],
    )
}

/// Where nothing better can be asked.
pub fn more(level: Level) -> &'static [&'static str] {
    by(
        level,
        [
            &["OK. Anything else?", "Do I need to know anything else?"],
            &["Is there anything else I should know?", "Anything else I have to remember?"],
            &["Is there anything else I should bear in mind?", "Anything else I ought to know?"],
        ],
    )
}

/// What somebody from outside asks about the work of others.
pub fn visitor() -> &'static [&'static str] {
    &["I see. And then?", "And what comes after that?", "Right. And what do you do next?"]
}

/// Before "if ...": "What do I do".
pub fn case(level: Level) -> &'static [&'static str] {
    by(
        level,
        [
            &["What do I do", "And what do I do", "OK. But what do I do"],
            &["What should I do", "And what do I do", "But what do I do"],
            &["What has to be done", "And what am I supposed to do", "What should I do"],
        ],
    )
}

/// Before a verb phrase: "Can I".
pub fn permission(level: Level, again: bool) -> &'static [&'static str] {
    if again {
        by(
            level,
            [
                &["And can I", "OK. Can I"],
                &["And can I", "And am I allowed to"],
                &["And may I", "Then am I allowed to"],
            ],
        )
    } else {
        by(level, [&["Can I"], &["Am I allowed to", "Can I"], &["May I", "Am I allowed to"]])
    }
}

pub fn forbidden() -> &'static [&'static str] {
    &["Is there anything I mustn’t do?", "Is there anything I should be careful about?"]
}

pub fn about() -> &'static [&'static str] {
    &["What about", "And what about", "OK. And what about"]
}
