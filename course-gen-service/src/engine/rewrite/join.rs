//! R20, steps joined for readers from B1 on: "After cooling the soup, seal the container." What is done first is said or
//! done first, an order stays an order, and what is joined is checked by the lock like every other wording.

use super::phrase::{bare, without_capital};
use crate::engine::english::forms::{gerund, participle};
use crate::engine::english::parse::{Form, parse};
use crate::engine::english::sentence::sentences;
use crate::engine::english::text::{capitalise, list, word_count};
use crate::engine::english::words::is_verb;
use course_format::Level;

/// Words of a part that becomes subordinate: longer ones are hard to keep in mind.
const SUBORDINATE: usize = 14;

/// What goes on, or holds at all times, is not over when the next step begins.
const LASTING: [&str; 34] = [
    "keep", "wear", "use", "ensure", "avoid", "follow", "remember", "stay", "work", "be", "do", "have", "maintain",
    "note", "see", "refer", "repeat", "allow", "let", "continue", "treat", "handle", "include", "contact", "respect",
    "apply", "try", "consider", "start", "begin", "protect", "prevent", "never", "always",
];

/// Words after which a part may not be moved: they tie it to something else.
const TIED: [&str; 17] = [
    " if ",
    " when ",
    " unless ",
    " not ",
    " never ",
    " before ",
    " after ",
    " until ",
    " while ",
    " then ",
    " once ",
    " immediately ",
    " always ",
    " or ",
    " because ",
    " so that ",
    " whenever ",
];

/// An order that may be joined: its verb phrases, each with its verb in small letters.
struct Order {
    phrases: Vec<String>,
    text: String,
    critical: bool,
}

impl Order {
    fn of(sentence: &str) -> Option<Self> {
        let signs = sentence.contains(['“', '"', '/', '→', '&', '(', '–', ';', '?', '!']) || sentence.contains(": ");
        let plain = !signs && sentence.ends_with('.');
        if !plain || sentences(sentence).len() != 1 || !(2..=18).contains(&word_count(sentence)) {
            return None;
        }
        let Form::Do(command) = parse(sentence) else { return None };
        let verbs = command.phrases.iter().all(|p| is_verb(p.split(' ').next().unwrap_or_default()));
        let whole = command.phrases.iter().all(|p| p.contains(' ')) || command.phrases.len() == 1;
        (verbs && whole).then_some(Self { phrases: command.phrases, text: command.text, critical: false })
    }

    fn of_part(part: &Part<'_>) -> Option<Self> {
        Self::of(part.text).map(|order| Self { critical: part.critical, ..order })
    }

    fn tied(&self) -> bool {
        let text = format!(" {} ", self.text.to_lowercase().replace(',', " "));
        TIED.iter().any(|w| text.contains(w))
    }

    /// Whether it is over before the next one begins, and can be said in a part of a sentence.
    fn is_finished(&self) -> bool {
        let first = |p: &String| p.split(' ').next().unwrap_or_default().to_owned();
        let lasting = self.phrases.iter().any(|p| LASTING.contains(&first(p).as_str()) || is_care(p));
        !self.critical && !lasting && !self.tied() && word_count(&self.text) <= SUBORDINATE && !self.text.contains(", ")
    }

    /// Whether it is a step of its own: what holds at all times, or says how the one before is done, is none.
    fn is_step(&self) -> bool {
        const HOW: [&str; 5] = ["start", "begin", "finish", "end", "work"];
        let first = self.text.split(' ').next().unwrap_or_default();
        !LASTING.contains(&first) && !HOW.contains(&first) && !is_care(&self.text) || first == "repeat"
    }

    fn with(&self, form: impl Fn(&str) -> String) -> String {
        let parts: Vec<String> = self
            .phrases
            .iter()
            .map(|p| match p.split_once(' ') {
                Some((verb, rest)) => format!("{} {rest}", form(verb)),
                None => form(p),
            })
            .collect();
        list(&parts)
    }

    fn doing(&self) -> String {
        self.with(gerund)
    }

    fn done(&self) -> String {
        self.with(participle)
    }
}

/// "make sure that ...", "take care to ..."
fn is_care(phrase: &str) -> bool {
    phrase.starts_with("make sure") || phrase.starts_with("take care")
}

/// A sentence that may be joined.
#[derive(Clone, Copy, Debug)]
pub struct Part<'a> {
    pub text: &'a str,
    /// It sets a limit: it keeps a main clause of its own.
    pub critical: bool,
}

/// The ways to say these sentences in one, in the order in which they are to be tried. `turn` varies the first of them.
pub fn ways(parts: &[Part<'_>], ordered: bool, level: Level, document: &str, turn: usize) -> Vec<String> {
    let orders: Option<Vec<Order>> = parts.iter().map(Order::of_part).collect();
    let mut out = match (orders.as_deref(), ordered) {
        (Some([a, b]), true) => steps(a, b, level),
        (Some([a, b, c]), true) => three_steps(a, b, c),
        (Some([a, b]), false) => rules(a, b, level),
        _ => Vec::new(),
    };
    if !out.is_empty() {
        let by = turn % out.len();
        out.rotate_left(by);
    }
    if let [first, second] = parts {
        out.extend(relative(first.text, second.text));
        out.extend(statements(first.text, second.text, document));
        if level >= Level::B2 {
            out.extend(cases(first.text, second.text));
        }
    }
    out.into_iter().map(|s| capitalise(&s)).collect()
}

fn steps(a: &Order, b: &Order, level: Level) -> Vec<String> {
    let mut out = Vec::new();
    if !b.is_step() {
        return out;
    }
    if a.is_finished() {
        if level >= Level::B2 {
            out.push(format!("after {}, {}.", a.doing(), b.text));
            out.push(format!("once you have {}, {}.", a.done(), b.text));
        } else {
            out.push(format!("when you have {}, {}.", a.done(), b.text));
            out.push(format!("after {}, {}.", a.doing(), b.text));
        }
        if level >= Level::C1 {
            out.push(format!("having {}, {}.", a.done(), b.text));
        }
    }
    if b.is_finished() && b.phrases.len() == 1 && a.phrases.len() == 1 && a.is_step() && !a.tied() {
        out.push(format!("{} before {}.", a.text, b.doing()));
    }
    if a.is_step() && !a.tied() && !b.tied() {
        out.push(format!("{}, and then {}.", a.text, b.text));
    }
    out
}

fn three_steps(a: &Order, b: &Order, c: &Order) -> Vec<String> {
    let single = a.phrases.len() == 1 && b.phrases.len() == 1 && c.phrases.len() == 1;
    if !single || !a.is_finished() || !b.is_step() || !c.is_step() || b.tied() || c.tied() {
        return Vec::new();
    }
    let mut out = vec![format!("after {}, {}, and then {}.", a.doing(), b.text, c.text)];
    if b.is_finished() {
        out.push(format!("once you have {} and {}, {}.", a.done(), b.done(), c.text));
    }
    out
}

fn rules(a: &Order, b: &Order, level: Level) -> Vec<String> {
    if a.tied() || b.tied() || a.phrases.len() + b.phrases.len() > 3 {
        return Vec::new();
    }
    let mut out = vec![format!("{}, and {}.", a.text, b.text)];
    if level >= Level::B2 && a.phrases.len() == 1 && !a.critical {
        out.push(format!("as well as {}, {}.", a.doing(), b.text));
    }
    out
}

/// Two sentences of one clause, where both keep a main clause: what limits and bans allow.
pub fn in_one_clause(first: &str, second: &str, document: &str) -> Vec<String> {
    let ways = [relative(first, second), with_ban(first, second), beside(first, second, document)];
    ways.into_iter().flatten().map(|s| capitalise(&s)).collect()
}

/// "Check the date. Do not use old food." -> "Check the date, and do not use old food."
fn with_ban(first: &str, second: &str) -> Option<String> {
    let order = Order::of(first).filter(|o| !o.tied())?;
    let ban =
        matches!(parse(second), Form::DoNot(ref c) if c.phrases.len() == 1) && !second.contains([':', '“', '"', '(']);
    let rest = second.strip_prefix("Do not ").filter(|_| ban)?;
    Some(format!("{}, and do not {rest}", order.text))
}

/// "Close the door after use. It must not stay open." -> "Close the door after use; it must not stay open."
fn beside(first: &str, second: &str, document: &str) -> Option<String> {
    let says = |s: &str| {
        let form = matches!(parse(s), Form::Do(_) | Form::Duty { .. } | Form::Role { .. });
        form && s.ends_with('.') && !s.contains([':', ';', '“', '"', '(', '?', '!', '→'])
    };
    let duty = matches!(parse(second), Form::Duty { .. });
    (says(first) && says(second) && duty)
        .then(|| format!("{}; {}", first.trim_end_matches('.'), without_capital(second, document)))
}

/// "If A, do X. If B, do Y." -> "If A, do X; if B, do Y."
fn cases(first: &str, second: &str) -> Option<String> {
    let case = |s: &str| {
        s.starts_with("If ")
            && matches!(parse(s), Form::When { .. })
            && !s.contains([':', ';', '“', '"', '(', '?', '!'])
    };
    let rest = second.strip_prefix("If ").filter(|_| case(first) && case(second))?;
    Some(format!("{}; if {rest}", first.trim_end_matches('.')))
}

/// "Check the temperature. It must be below 5 °C." -> "Check the temperature, which must be below 5 °C."
fn relative(first: &str, second: &str) -> Option<String> {
    let order = Order::of(first).filter(|o| o.phrases.len() == 1 && !o.tied())?;
    let words: Vec<&str> = order.text.split(' ').collect();
    let thing = words.get(1).is_some_and(|w| matches!(*w, "the" | "a" | "an" | "your" | "each"));
    // Any word after the thing ("in the log", "again") would take the clause for itself.
    let clean = words[2..].iter().all(|w| {
        !matches!(
            *w,
            "in" | "on" | "at" | "with" | "to" | "from" | "into" | "and" | "for" | "by" | "that" | "as" | "again"
        )
    });
    let plural = words.last().is_some_and(|w| w.ends_with('s') && !w.ends_with("ss"));
    let one = sentences(second).len() == 1 && second.ends_with('.') && !second.contains([':', '(', '“', ',']);
    let rest = if plural { second.strip_prefix("They ") } else { second.strip_prefix("It ") }?;
    let finite = ["must ", "is ", "are ", "should ", "may ", "has to ", "have to "].iter().any(|w| rest.starts_with(w));
    let noun = words.last().is_some_and(|w| cefr::can_be(bare(w), cefr::PartOfSpeech::Noun));
    (thing && clean && noun && one && finite).then(|| format!("{}, which {rest}", order.text))
}

/// "Doors must be locked. Keys must be returned." -> "Doors must be locked, and keys must be returned."
fn statements(first: &str, second: &str, document: &str) -> Option<String> {
    let says = |s: &str| {
        let plain = !s.contains([':', ';', '“', '"', '→', '(', '/', '?', '!', ',']) && s.ends_with('.');
        let duty = matches!(parse(s), Form::Duty { .. } | Form::Role { .. });
        let text = format!(" {} ", s.trim_end_matches('.').to_lowercase());
        plain && duty && sentences(s).len() == 1 && word_count(s) <= 14 && !TIED.iter().any(|w| text.contains(w))
    };
    if !says(first) || !says(second) {
        return None;
    }
    Some(format!("{}, and {}", first.trim_end_matches('.'), without_capital(second, document)))
}

/// "If a reading is high, close the valve." -> "Should a reading be high, close the valve."
pub fn inverted(sentence: &str) -> Option<String> {
    let (condition, rest) = sentence.strip_prefix("If ")?.split_once(", ")?;
    let words: Vec<&str> = condition.split(' ').collect();
    let be = words.iter().position(|w| matches!(*w, "is" | "are"))?;
    let subject = &words[..be];
    let plain = (1..=6).contains(&be)
        && matches!(subject[0], "the" | "a" | "an" | "any" | "it" | "your")
        && !subject.iter().any(|w| matches!(*w, "that" | "which" | "who" | "and" | "or"))
        && !condition.contains(" and ")
        && !words[be + 1..].iter().any(|w| matches!(*w, "is" | "are" | "has" | "have"));
    let orders = matches!(parse(rest), Form::Do(_) | Form::DoNot(_));
    (plain && orders && be + 1 < words.len())
        .then(|| format!("Should {} be {}, {rest}", subject.join(" "), words[be + 1..].join(" ")))
}

/// "Next, open the valve.": a word that leads from the sentence before to an order.
pub fn led(sentence: &str, cue: &str) -> Option<String> {
    let first = sentence.split(' ').next()?;
    let order = matches!(parse(sentence), Form::Do(_)) && !bare(first).to_lowercase().ends_with("ly");
    let step = Order::of(sentence).is_none_or(|o| o.is_step());
    let free = !["First", "Then", "Next", "Finally", "After", "Once", "When", "If", "Before", "Having", "Always", "As"]
        .iter()
        .any(|w| bare(first) == *w);
    let small = format!("{}{}", first.to_lowercase(), &sentence[first.len()..]);
    (order && step && free && is_verb(&first.to_lowercase())).then(|| format!("{cue} {small}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn first(parts: &[&str], ordered: bool, level: Level) -> Option<String> {
        let parts: Vec<Part<'_>> = parts.iter().map(|text| Part { text, critical: false }).collect();
        ways(&parts, ordered, level, "doors keys", 0).into_iter().next()
    }

    #[test]
    fn steps_are_joined_in_their_order() {
        for (level, parts, expected) in [
            (Level::B2, ["Cool the soup.", "Seal the container."], "After cooling the soup, seal the container."),
            (
                Level::B1,
                ["Cool the soup.", "Seal the container."],
                "When you have cooled the soup, seal the container.",
            ),
            (
                Level::B2,
                ["Strip the bed and put the linen in the bag.", "Make the bed."],
                "After stripping the bed and putting the linen in the bag, make the bed.",
            ),
        ] {
            assert_eq!(first(&parts, true, level).as_deref(), Some(expected));
        }
        assert_eq!(
            first(&["Open the lid.", "Add the salt.", "Close the lid."], true, Level::B2).as_deref(),
            Some("After opening the lid, add the salt, and then close the lid.")
        );
    }

    #[test]
    fn rules_are_joined_without_an_order() {
        assert_eq!(
            first(&["Sweep the floors.", "Empty the buckets."], false, Level::B2).as_deref(),
            Some("Sweep the floors, and empty the buckets.")
        );
        assert_eq!(
            first(&["Doors must be locked.", "Keys must be returned."], false, Level::B1).as_deref(),
            Some("Doors must be locked, and keys must be returned.")
        );
    }

    #[test]
    fn a_thing_takes_its_limit_along() {
        assert_eq!(
            relative("Check the temperature.", "It must be below 5 °C.").as_deref(),
            Some("check the temperature, which must be below 5 °C.")
        );
        assert_eq!(relative("Write the value in the log.", "It must be below 5 °C."), None);
    }

    #[test]
    fn limits_and_bans_keep_a_main_clause() {
        let parts = [("Wait 5 minutes.", true), ("Open the lid.", false)];
        let parts: Vec<Part<'_>> = parts.iter().map(|(text, critical)| Part { text, critical: *critical }).collect();
        assert_eq!(ways(&parts, true, Level::B2, "", 0)[0], "Wait 5 minutes before opening the lid.");
        assert_eq!(
            in_one_clause("Check the date on every case.", "Do not accept old food.", ""),
            ["Check the date on every case, and do not accept old food."]
        );
        assert_eq!(
            in_one_clause("Close the door after use.", "The door must not stay open.", "the door"),
            ["Close the door after use; the door must not stay open."]
        );
        assert_eq!(
            cases("If the light is red, stop.", "If the light is green, go on.").as_deref(),
            Some("If the light is red, stop; if the light is green, go on.")
        );
    }

    #[test]
    fn what_is_tied_to_something_else_stays() {
        for parts in [
            ["Do not open the lid.", "Close the door."],
            ["Close the valve immediately.", "Wipe it if it is wet."],
            ["Use a clean cloth.", "Dry it before use if it is wet."],
            ["Vacuum the carpet.", "Start at the window and finish at the door."],
            ["Open the window.", "Use the red cloth for the toilet only."],
        ] {
            assert_eq!(first(&parts, true, Level::B2), None, "{parts:?}");
        }
    }

    #[test]
    fn conditions_can_be_turned() {
        assert_eq!(
            inverted("If the reading is high, close the valve.").as_deref(),
            Some("Should the reading be high, close the valve.")
        );
        assert_eq!(inverted("If you see smoke, leave the room."), None);
    }

    #[test]
    fn words_lead_on_to_orders_only() {
        assert_eq!(led("Open the valve.", "Next,").as_deref(), Some("Next, open the valve."));
        assert_eq!(led("The valve is open.", "Next,"), None);
        assert_eq!(led("After closing it, open the valve.", "Next,"), None);
    }
}
