//! R5, a noun to its verb; R8, "before" to "first, then"; R9, a participle to "when".

use super::phrase::{bare, gerund_base};
use crate::engine::english::parse::{Form, parse};
use crate::engine::english::text::{capitalise, word_count};
use crate::engine::english::words::is_finite;
use crate::engine::facts::has_pronoun;

const NOUNS: [(&str, &str); 22] = [
    ("removal", "remove"),
    ("installation", "install"),
    ("preparation", "prepare"),
    ("disposal", "throw away"),
    ("inspection", "check"),
    ("replacement", "replace"),
    ("addition", "add"),
    ("application", "apply"),
    ("collection", "collect"),
    ("delivery", "deliver"),
    ("movement", "move"),
    ("storage", "store"),
    ("transfer", "move"),
    ("use", "use"),
    ("consumption", "eat or drink"),
    ("assembly", "assemble"),
    ("operation", "use"),
    ("administration", "give"),
    ("measurement", "measure"),
    ("treatment", "treat"),
    ("discharge", "discharge"),
    ("submission", "send in"),
];

/// "Check the seal before removal of the lid." -> "Check the seal before you remove the lid."
///
/// Only beside an order: there the reader is who does it.
pub fn noun_to_verb(sentence: &str) -> Option<String> {
    let words: Vec<&str> = sentence.split(' ').collect();
    let at = words.windows(3).position(|w| {
        matches!(w[0].to_lowercase().as_str(), "before" | "after")
            && w[2] == "of"
            && NOUNS.iter().any(|(n, _)| *n == w[1])
    })?;
    let (noun, verb) = NOUNS.iter().find(|(n, _)| *n == words[at + 1])?;
    let other: String =
        if at == 0 { sentence.split_once(", ")?.1.to_owned() } else { format!("{}.", words[..at].join(" ")) };
    let sure =
        matches!(parse(&other), Form::Do(_) | Form::DoNot(_)) && *noun != "consumption" && verb.split(' ').count() == 1;
    let object = words.get(at + 3).filter(|w| matches!(**w, "the" | "a" | "an" | "any" | "each" | "all"))?;
    sure.then(|| {
        let mut out: Vec<&str> = words[..=at].to_vec();
        out.extend(["you", verb, object]);
        out.extend(&words[at + 4..]);
        out.join(" ")
    })
}

/// "Before closing the lid, wipe it." -> "First wipe the lid. Then close it." For beginners; not where "before" is a deadline.
pub fn first_then(sentence: &str) -> Option<String> {
    let (before, order) = sentence.strip_suffix('.')?.strip_prefix("Before ")?.split_once(", ")?;
    let (ing, thing) = before.split_once(' ')?;
    let verb = gerund_base(ing)?;
    let figures = before.contains(|c: char| c.is_ascii_digit());
    if figures
        || order.contains([',', ':'])
        || thing.contains(" and ")
        || thing.contains(" or ")
        || word_count(thing) > 5
    {
        return None;
    }
    let Form::Do(command) = parse(order) else { return None };
    if command.phrases.len() != 1 || order.contains(" before ") || order.contains(" after ") {
        return None;
    }
    let points = |t: &str| t.split(' ').any(|w| matches!(bare(w), "it" | "them"));
    if points(thing) || !points(order) {
        return (!has_pronoun(thing) && !has_pronoun(order)).then(|| format!("First {order}. Then {verb} {thing}."));
    }
    let pronoun = if order.split(' ').any(|w| bare(w) == "it") { "it" } else { "them" };
    let once = order.split(' ').filter(|w| bare(w) == pronoun).count() == 1;
    let named = order.split(' ').map(|w| if bare(w) == pronoun { thing } else { w }).collect::<Vec<_>>().join(" ");
    (once && thing.starts_with("the ")).then(|| format!("First {named}. Then {verb} {pronoun}."))
}

/// "Wearing gloves, lift the tray." -> "Wear gloves when you lift the tray."
pub fn participle(sentence: &str) -> Option<String> {
    let (lead, order) = sentence.split_once(", ")?;
    let (ing, thing) = lead.split_once(' ')?;
    let verb = gerund_base(ing)?;
    let tool = matches!(verb.as_str(), "wear" | "use" | "hold");
    let plain = !lead.contains(" and ") && !order.contains([',', ':']);
    let one = matches!(parse(order), Form::Do(ref c) if c.phrases.len() == 1);
    (tool && plain && one && ing.chars().next().is_some_and(char::is_uppercase) && !has_pronoun(thing))
        .then(|| format!("{} {thing} when you {order}", capitalise(&verb)))
}

/// "When using the slicer, wear a glove." -> "When you use the slicer, wear a glove." Beside an order only.
pub fn when_you(sentence: &str) -> Option<String> {
    with_you(sentence, &["When", "when", "While", "while"])
}

/// "Before sending a letter, check the address." -> "Before you send a letter, check the address." Beside an order only.
pub fn before_you(sentence: &str) -> Option<String> {
    with_you(sentence, &["Before", "before", "After", "after"])
}

fn with_you(sentence: &str, openers: &[&str]) -> Option<String> {
    let words: Vec<&str> = sentence.split(' ').collect();
    let at = words.windows(2).position(|w| openers.contains(&w[0]) && gerund_base(bare(w[1])).is_some())?;
    let other = if at == 0 { sentence.split_once(", ")?.1.to_owned() } else { format!("{}.", words[..at].join(" ")) };
    if !matches!(parse(&other), Form::Do(_) | Form::DoNot(_)) {
        return None;
    }
    // "when cleaning products are running low": the -ing word belongs to a subject with its own verb.
    let clause = words[at + 2..].iter().scan(true, |inside, w| {
        let now = *inside;
        *inside = super::phrase::tail(w).is_empty();
        now.then_some(*w)
    });
    let clause: Vec<&str> = clause.collect();
    if clause.len() > 8
        || clause.iter().any(|w| is_finite(bare(w)) || *w == "and" || *w == "or")
        || at > 0 && sentence[..sentence.len() - 1].contains(',')
    {
        return None;
    }
    let verb = gerund_base(bare(words[at + 1]))?;
    let ending = super::phrase::tail(words[at + 1]);
    let mut out: Vec<String> = words[..=at].iter().map(|w| (*w).to_owned()).collect();
    out.push(format!("you {verb}{ending}"));
    out.extend(words[at + 2..].iter().map(|w| (*w).to_owned()));
    Some(out.join(" "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nouns_become_verbs() {
        assert_eq!(
            noun_to_verb("Check the seal before removal of the lid.").as_deref(),
            Some("Check the seal before you remove the lid.")
        );
        assert_eq!(
            noun_to_verb("After installation of the filter, press start.").as_deref(),
            Some("After you install the filter, press start.")
        );
        assert_eq!(noun_to_verb("The seal is checked before removal of the lid."), None);
    }

    #[test]
    fn before_is_first_and_then() {
        assert_eq!(
            first_then("Before closing the lid, wipe it.").as_deref(),
            Some("First wipe the lid. Then close it.")
        );
        assert_eq!(
            first_then("Before opening the valve, check the pressure.").as_deref(),
            Some("First check the pressure. Then open the valve.")
        );
        assert_eq!(first_then("Before 10:00, check the pressure."), None);
    }

    #[test]
    fn who_does_it_is_said_after_before() {
        assert_eq!(
            before_you("Before sending a letter by e-mail, check the address.").as_deref(),
            Some("Before you send a letter by e-mail, check the address.")
        );
        assert_eq!(
            before_you("Wash your hands after removing the gloves.").as_deref(),
            Some("Wash your hands after you remove the gloves.")
        );
        assert_eq!(before_you("The lid is wiped before closing the box."), None);
        assert_eq!(before_you("Before opening hours, check the desk and the door is closed."), None);
    }

    #[test]
    fn a_participle_is_when() {
        assert_eq!(
            participle("Wearing gloves, lift the tray.").as_deref(),
            Some("Wear gloves when you lift the tray.")
        );
        assert_eq!(participle("Being hot, the tray must be left."), None);
        assert_eq!(
            when_you("When using the slicer, wear a glove.").as_deref(),
            Some("When you use the slicer, wear a glove.")
        );
        assert_eq!(when_you("Tell the cook when cleaning products are running low."), None);
        assert_eq!(when_you("Tell the cook when cleaning products, bags, tissues are running low."), None);
    }
}
