use super::Slip;
use crate::engine::english::parse::{Form, Modal};
use crate::engine::english::text::contains_word;
use crate::engine::forge::lines::Line;

/// The line with the first of `pairs` swapped that stands in it once; pairs are tried in both directions where `both`.
fn swap(line: &Line, frame: &'static str, pairs: &[(&str, &str)], both: bool) -> Option<Slip> {
    let turned = pairs.iter().map(|(a, b)| (*b, *a)).filter(|_| both);
    pairs.iter().copied().chain(turned).find_map(|(from, to)| {
        let framed = format!(" {from} ");
        let at = line.text.find(&framed)?;
        (line.text.matches(from).count() == 1 && !line.text.contains(to)).then(|| {
            let text = format!("{} {to} {}", &line.text[..at], &line.text[at + framed.len()..]);
            Slip::swapped(frame, &text, from, to)
        })
    })
}

/// "at least 20 seconds" -> "at most 20 seconds"; "within 24 hours" -> "after 24 hours"
pub(super) fn limit(line: &Line) -> Option<Slip> {
    let pairs = [
        ("at least", "at most"),
        ("no more than", "no less than"),
        ("not more than", "not less than"),
        ("a minimum of", "a maximum of"),
        ("no later than", "no earlier than"),
        ("or colder", "or warmer"),
        ("or more", "or less"),
        ("or lower", "or higher"),
        ("more than", "less than"),
        ("above", "below"),
        ("within", "after"),
    ];
    let measured = line.text.contains(|c: char| c.is_ascii_digit())
        || ["one ", "two ", "three ", "five ", "ten "].iter().any(|n| line.text.to_lowercase().contains(n));
    // "up to and including" and "less than or equal" have two words for the limit.
    let plain = !line.text.contains("equal") && !line.text.contains(" or until ");
    let found = (measured && plain).then(|| swap(line, "note-limit", &pairs, true)).flatten()?;
    // "28 days after opening" is no limit, "within 30 days of the end" says more than a limit, and nobody takes "not more than
    // 8 tablets" for "not less than 8".
    let front = |word: &str| {
        let behind = line.text.split(&format!(" {word} ")).nth(1).unwrap_or_default();
        let amount = behind.starts_with(|c: char| c.is_ascii_digit())
            || ["one ", "two ", "five "].iter().any(|n| behind.starts_with(n));
        amount && behind.split(' ').nth(2) != Some("of")
    };
    let timed = [" within ", " after ", " above ", " below "].iter().find(|w| line.text.contains(**w));
    let bare = pairs[..8].iter().any(|(a, b)| line.text.contains(a) || line.text.contains(b));
    let denied = [" not ", " never ", "Do not ", "Never "].iter().any(|n| line.text.contains(n));
    (bare || !denied && timed.is_none_or(|w| front(w.trim()))).then_some(found)
}

/// "every day" -> "every week"; "on Friday" -> "on Monday"
pub(super) fn often(line: &Line) -> Option<Slip> {
    const DAYS: [&str; 7] = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];
    const PAIRS: [(&str, &str); 14] = [
        ("every day", "every week"),
        ("every week", "every month"),
        ("every month", "every year"),
        ("every hour", "every day"),
        ("once a day", "once a week"),
        ("twice a day", "once a day"),
        ("once a week", "once a month"),
        ("once a month", "once a year"),
        ("every morning", "every evening"),
        ("every evening", "every morning"),
        ("at the beginning of", "at the end of"),
        ("at the end of", "at the beginning of"),
        ("at the start of", "at the end of"),
        ("before the end of", "after the end of"),
    ];
    let found = PAIRS.iter().find(|(from, to)| {
        line.text.matches(from).count() == 1 && contains_word(&line.text, from) && !line.text.contains(to)
    });
    if let Some((from, to)) = found {
        return Some(Slip::swapped("note-often", &line.text.replacen(from, to, 1), from, to));
    }
    let days: Vec<usize> = (0..7).filter(|d| contains_word(&line.text, DAYS[*d])).collect();
    let [only] = days.as_slice() else { return None };
    let (from, to) = (DAYS[*only], DAYS[(*only + 3) % 7]);
    (line.text.matches(from).count() == 1)
        .then(|| Slip::swapped("note-often", &line.text.replacen(from, to, 1), from, to))
}

/// "unless the manager has signed" -> "if the manager has signed"
pub(super) fn unless(line: &Line) -> Option<Slip> {
    swap(line, "note-unless", &[("unless", "if")], false)
}

/// "will not be paid" -> "will be paid"; "must never be shared" -> "may be shared"; ", do not open it" -> ", open it"
pub(super) fn denied(line: &Line) -> Option<Slip> {
    const TURNED: [(&str, &str); 13] = [
        (" must never ", " may "),
        (" will not ", " will "),
        (" won't ", " will "),
        (" cannot ", " can "),
        (" can't ", " can "),
        (" is not ", " is "),
        (" are not ", " are "),
        (" were not ", " were "),
        (" do not have to ", " have to "),
        (" does not have to ", " has to "),
        (", do not ", ", "),
        (", DO NOT ", ", "),
        (", never ", ", "),
    ];
    const NOT: [&str; 8] = [" not ", " never ", "n't", "cannot", " no ", " nor ", " neither ", " NOT "];
    const UNSURE: [&str; 9] =
        [" any ", " anything", " anyone", " yet", " only ", " until ", " unless ", " whether ", " either "];
    let found: usize = NOT.iter().map(|n| line.text.matches(n).count()).sum();
    if found != 1 || UNSURE.iter().any(|w| line.text.contains(w)) || line.text.starts_with("Do not") {
        return None;
    }
    let (from, to) = TURNED.iter().find(|(from, _)| line.text.matches(from).count() == 1)?;
    // "If it is not there, call ...": the other case, about which the rule says nothing.
    let conditional = ["If ", "When ", "Where ", "Once ", "Unless "].iter().any(|o| line.text.starts_with(o));
    let at = line.text.find(from)?;
    let inside = conditional && !line.text[..at].contains(',') && !from.starts_with(',');
    let behind = [" if ", " when ", " that ", " who ", " which ", " where ", " because "];
    let within = behind.iter().any(|o| line.text[..at].contains(o));
    (!inside && !within).then(|| {
        Slip::new("note-not", &line.text.replacen(from, to, 1), "The SOP says the opposite of this.".to_owned())
    })
}

/// "is the only approved way" -> "is one approved way"
pub(super) fn one_of_several(line: &Line) -> Option<Slip> {
    let found = [" is the only ", " are the only "].into_iter().find(|w| line.text.matches(w).count() == 1)?;
    let text = match found {
        " is the only " => line.text.replacen(found, " is one ", 1),
        _ => line.text.replacen(found, " are some ", 1),
    };
    Some(Slip::new("note-only", &text, "“Only” rules out every other one. This version does not.".to_owned()))
}

/// "must" -> "may": a rule becomes a choice.
pub(super) fn strict(line: &Line) -> Option<Slip> {
    let duty = matches!(line.form, Form::Duty { modal: Modal::Must, negative: false, .. });
    let open = [" only ", " not ", "Only "].iter().any(|w| line.text.contains(w));
    if !duty || open || line.text.matches(" must ").count() != 1 {
        return None;
    }
    let why = "“Must” makes it a rule. With “may” it is only a choice.".to_owned();
    Some(Slip::new("note-force", &line.text.replacen(" must ", " may ", 1), why))
}

/// "inform the manager immediately" -> "inform the manager within an hour"
pub(super) fn at_once(line: &Line) -> Option<Slip> {
    let words = ["immediately", "straight away", "at once", "right away"];
    let from = words.iter().find(|w| {
        ["", ".", ",", ";"].iter().any(|end| line.text.contains(&format!(" {w}{end}")))
            && [".", ",", ";"].iter().any(|end| line.text.contains(&format!(" {w}{end}")))
            && line.text.matches(*w).count() == 1
    })?;
    let timed = ["hour", "minute", "before", "after"].iter().any(|w| line.text.contains(w));
    (!timed).then(|| {
        Slip::swapped(
            "note-often",
            &line.text.replacen(from, "by the end of the day", 1),
            from,
            "by the end of the day",
        )
    })
}

/// "on the top shelf" -> "on the bottom shelf"; "in the red bin" -> "in the blue bin", where the text has both.
pub(super) fn place(line: &Line, text: &str) -> Option<Slip> {
    const PAIRS: [(&str, &str); 6] = [
        ("the top", "the bottom"),
        ("the inside of", "the outside of"),
        ("the oldest", "the newest"),
        ("the lower", "the upper"),
        ("the incoming", "the outgoing"),
        ("clockwise", "anticlockwise"),
    ];
    const COLOURS: [&str; 7] = ["red", "blue", "green", "yellow", "white", "black", "orange"];
    if let Some(slip) = swap(line, "note-place", &PAIRS, true) {
        return Some(slip);
    }
    let own = COLOURS.iter().find(|c| line.text.contains(&format!(" {c} ")))?;
    let other = COLOURS.iter().find(|c| text.contains(&format!(" {c} ")) && !line.text.contains(**c))?;
    swap(line, "note-place", &[(own, other)], false)
}

/// "Close the lid and lock it." -> "Close the lid or lock it.": one of two actions is not enough.
pub(super) fn one_of_two(line: &Line) -> Option<Slip> {
    let Form::Do(command) = &line.form else { return None };
    let [_, second] = command.phrases.as_slice() else { return None };
    let joint = format!(" and {second}");
    let once = line.text.matches(" and ").count() == 1 && !line.text.contains(" or ") && !line.text.contains("then");
    (once && line.text.contains(&joint)).then(|| {
        let text = line.text.replacen(&joint, &format!(" or {second}"), 1);
        Slip::new("note-both", &text, "The SOP asks for both actions, not for one of them.".to_owned())
    })
}
