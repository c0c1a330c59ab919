//! Personal data: names, phone numbers, e-mail addresses and numbers of people, found so that models and indexes never
//! see them.
//!
//! What belongs to a post and not to a person stays: emergency numbers, extensions, hotlines, the mailbox of a team. Staff
//! need them, and they tell nothing about anybody.

mod people;

use std::collections::BTreeMap;
use std::ops::Range;

use course_format::sop::{Clause, LiteralKind, PersonalData, PersonalKind, Span};

use super::{
    pattern::patterns,
    words::{is_given_name, is_given_name_too},
};

patterns! {
    NUMBER_OF_PERSON = r"(?i)\b(?:(?:employee|staff|personnel|payroll|badge|worker|patient|member|student|insurance|social security|national insurance|national id|identity card|passport|tax|driving licen[cs]e|driver[’']s licen[cs]e|visa)\s*(?:card\s+)?(?:id|no\.?|nos\.?|number|nr\.?|#)|passport|ssn|nhs number|nino|ausweis)\s*(?:is|:|=|\|)?\s*(?P<id>[A-Z]{0,4}[ -]?\d[\dA-Z]*(?:[ -][A-Z]{0,3}\d[\dA-Z]*){0,4})";
    IBAN = r"\b[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){2,7}(?: ?[A-Z0-9]{1,4})?\b";
    SSN = r"\b\d{3}-\d{2}-\d{4}\b";
    CARD = r"\b(?:\d{4}[ -]?){3}\d{1,7}\b";
    PHONE = r"(?:\+\d{1,3}[ .-]?)?(?:\(0?\d{1,4}\)[ .-]?|\b0\d{2,4}[ /-])\d{3,4}(?:[ -]?\d{2,4}){1,3}\b|\+\d{1,3}(?:[ .-]?\d{2,4}){2,5}\b";
    PHONE_OF_PERSON = r"(?i)\b(?:mobile|cell(?:phone)?|private|home|personal|handy)\b";
    PHONE_OF_POST = r"(?i)\b(?:emergency|emergencies|ambulance|fire (?:brigade|service|department)|police|poison|hotline|helpline|help ?desk|service ?desk|switchboard|front desk|reception|control (?:room|centre|center)|security|department|dept|office|team|line|ward|clinic|hospital|laborator(?:y|ies)|lab|support|centre|center|agency|company|duty|on[- ]call|maintenance|facilities|supplier|customer service|toll[- ]free|24[- ]?(?:h|hours?|/7)|ext(?:ension)?\.?|doctor|manager|supervisor|warden|engineer|officer|it)\b";
    TOLL_FREE = r"^(?:\+?1[ .-]?)?\(?8(?:00|33|44|55|66|77|88)\)?[ .-]|^0?800\b|^\+\d{1,3}[ .-]?800\b";
}

/// Local parts of mailboxes that several people read. A longer one belongs to a post when it contains one of these.
const POSTS: [&str; 64] = [
    "info",
    "support",
    "help",
    "security",
    "safety",
    "service",
    "desk",
    "office",
    "team",
    "admin",
    "contact",
    "sales",
    "account",
    "billing",
    "invoice",
    "payroll",
    "hello",
    "enquir",
    "inquir",
    "booking",
    "reserv",
    "reception",
    "frontdesk",
    "facilit",
    "maint",
    "quality",
    "compliance",
    "privacy",
    "legal",
    "press",
    "media",
    "webmaster",
    "postmaster",
    "noreply",
    "no-reply",
    "training",
    "warehouse",
    "dispatch",
    "logistic",
    "order",
    "pharmacy",
    "ward",
    "clinic",
    "lab",
    "kitchen",
    "manager",
    "incident",
    "emergency",
    "alert",
    "report",
    "abuse",
    "devops",
    "operations",
    "travel",
    "jobs",
    "career",
    "feedback",
    "complaint",
    "customer",
    "housekeeping",
    "engineering",
    "purchas",
    "procure",
    "audit",
];
/// The same, where they are whole parts of an address: too short to be looked for inside of words.
const SHORT_POSTS: [&str; 14] =
    ["hr", "it", "qa", "qc", "ehs", "hse", "ops", "soc", "noc", "ir", "pr", "cs", "gm", "ict"];

/// Everything personal in these clauses, in the order of the text.
pub fn find(clauses: &[Clause]) -> Vec<PersonalData> {
    let mut found: Vec<(PersonalKind, Span, String)> = Vec::new();
    let names = people::find(clauses);
    for (clause, named) in clauses.iter().zip(&names) {
        let mut add = |kind, range: Range<usize>, identity: String| {
            let span = span(clause, &range);
            if !found.iter().any(|(_, other, _)| other.start < span.end && span.start < other.end) {
                found.push((kind, span, identity));
            }
        };
        for range in numbers(&clause.text) {
            add(PersonalKind::Id, range.clone(), clause.text[range].replace([' ', '-'], ""));
        }
        for literal in &clause.literals {
            let range = bytes(clause, literal.span);
            match literal.kind {
                LiteralKind::Email if !is_post(&literal.text) => {
                    add(PersonalKind::Email, range, literal.text.to_lowercase());
                }
                LiteralKind::Phone if is_private(clause, &literal.text, !named.is_empty()) => {
                    add(PersonalKind::Phone, range, digits(&literal.text));
                }
                _ => {}
            }
        }
        for phone in PHONE.find_iter(&clause.text).filter(|m| is_private(clause, m.as_str(), !named.is_empty())) {
            add(PersonalKind::Phone, phone.range(), digits(phone.as_str()));
        }
        for (range, identity) in named {
            add(PersonalKind::Person, range.clone(), identity.clone());
        }
    }
    found.sort_by_key(|(_, span, _)| span.start);
    numbered(found)
}

/// The same identity gets the same number, counted from the first that a reader meets.
fn numbered(found: Vec<(PersonalKind, Span, String)>) -> Vec<PersonalData> {
    let mut numbers: BTreeMap<(PersonalKind, String), usize> = BTreeMap::new();
    let mut last: BTreeMap<PersonalKind, usize> = BTreeMap::new();
    let marked = found.into_iter().map(|(kind, span, identity)| {
        let number = *numbers.entry((kind, identity)).or_insert_with(|| {
            let next = last.entry(kind).or_default();
            *next += 1;
            *next
        });
        PersonalData { kind, span, placeholder: format!("[{} {number}]", kind.label()) }
    });
    marked.collect()
}

fn span(clause: &Clause, range: &Range<usize>) -> Span {
    let start = clause.span.start + clause.text[..range.start].chars().count();
    Span { start, end: start + clause.text[range.clone()].chars().count() }
}

/// Bytes of the clause's text that a span of the document names.
fn bytes(clause: &Clause, span: Span) -> Range<usize> {
    let text = &clause.text;
    let at = |position: usize| {
        let inside = position.saturating_sub(clause.span.start);
        text.char_indices().nth(inside).map_or(text.len(), |(byte, _)| byte)
    };
    at(span.start)..at(span.end)
}

fn digits(text: &str) -> String {
    text.chars().filter(char::is_ascii_digit).collect()
}

/// "security@", "kitchen.manager@", "gsa-ir@gsa.gov": read by whoever holds the post.
fn is_post(address: &str) -> bool {
    let lower = address.to_lowercase();
    let Some((local, domain)) = lower.split_once('@') else { return false };
    let of_company = domain.split('.').next().unwrap_or_default();
    POSTS.iter().any(|post| local.contains(post))
        || made_of_words(local)
        || local.split(['.', '-', '_', '+']).any(|part| SHORT_POSTS.contains(&part) || part == of_company)
}

/// "businessapps": two words of the language written as one, neither of them a given name.
fn made_of_words(local: &str) -> bool {
    let word = |part: &str| {
        let capital: String = part.chars().take(1).flat_map(char::to_uppercase).chain(part.chars().skip(1)).collect();
        part.len() > 2 && cefr::zipf(part) > 4.0 && !is_given_name(&capital) && !is_given_name_too(&capital)
    };
    let cuts = local.char_indices().map(|(at, _)| at).skip(3);
    local.chars().all(|c| c.is_ascii_lowercase()) && cuts.into_iter().any(|at| word(&local[..at]) && word(&local[at..]))
}

/// Whether a phone number is somebody's own. Short numbers, hotlines and those of a department are not.
fn is_private(clause: &Clause, number: &str, beside_a_name: bool) -> bool {
    if digits(number).len() < 7 || TOLL_FREE.is_match(number) {
        return false;
    }
    beside_a_name || PHONE_OF_PERSON.is_match(&clause.text) || !PHONE_OF_POST.is_match(&clause.text)
}

/// Numbers that belong to one person: by the word before them or by their check digits.
fn numbers(text: &str) -> Vec<Range<usize>> {
    let mut found: Vec<Range<usize>> = Vec::new();
    found.extend(IBAN.find_iter(text).filter(|m| is_iban(m.as_str())).map(|m| m.range()));
    found.extend(SSN.find_iter(text).map(|m| m.range()));
    found.extend(CARD.find_iter(text).filter(|m| is_card(m.as_str())).map(|m| m.range()));
    let named = NUMBER_OF_PERSON.captures_iter(text).filter_map(|c| c.name("id"));
    found.extend(named.filter(|m| digits(m.as_str()).len() >= 4).map(|m| {
        let words = m.as_str().trim_end();
        m.start()..m.start() + words.len()
    }));
    found
}

/// The remainder by 97, as ISO 13616 asks.
fn is_iban(text: &str) -> bool {
    let plain: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    if !(15..=34).contains(&plain.len()) {
        return false;
    }
    let (head, tail) = plain.split_at(4);
    let value = tail.chars().chain(head.chars()).filter_map(|c| c.to_digit(36)).fold(0_u64, |rest, digit| {
        let shift = if digit > 9 { 100 } else { 10 };
        (rest * shift + u64::from(digit)) % 97
    });
    value == 1
}

/// Luhn's check of payment cards.
fn is_card(text: &str) -> bool {
    let digits: Vec<u32> = text.chars().filter_map(|c| c.to_digit(10)).collect();
    if !(13..=19).contains(&digits.len()) {
        return false;
    }
    let doubled = |digit: u32| if digit > 4 { digit * 2 - 9 } else { digit * 2 };
    let sum: u32 = digits.iter().rev().enumerate().map(|(at, d)| if at % 2 == 1 { doubled(*d) } else { *d }).sum();
    sum.is_multiple_of(10)
}

#[cfg(test)]
mod tests {
    use course_format::sop::Redactor;

    use crate::pipeline;

    fn redacted(text: &str) -> String {
        let document = pipeline::read(text.as_bytes(), "notes.md").unwrap();
        Redactor::new([&document]).redact(text)
    }

    #[test]
    fn names_numbers_and_addresses_of_people_are_replaced() {
        for (text, expected) in [
            ("Call Maria Lopez on +49 170 5551234.", "Call [PERSON 1] on [PHONE 1]."),
            ("Rupert A. Collins, December 2020", "[PERSON 1], December 2020"),
            ("Ask Jonas Weber. Later J. Weber signs.", "Ask [PERSON 1]. Later [PERSON 1] signs."),
            ("Ask Mark Brown on 07700 900456.", "Ask [PERSON 1] on [PHONE 1]."),
            ("Ask Dr. Okonkwo or Mrs Brown before use.", "Ask Dr. [PERSON 1] or Mrs [PERSON 2] before use."),
            (
                "Approved by: Ikaika Nakamura\n\nOwner: Quality Manager",
                "Approved by: [PERSON 1]\n\nOwner: Quality Manager",
            ),
            ("Send the form to j.smith@example.com.", "Send the form to [EMAIL 1]."),
            ("Employee number: 4471-A9 must sign.", "Employee number: [ID 1] must sign."),
            ("Pay to DE89 3704 0044 0532 0130 00 only.", "Pay to [ID 1] only."),
            ("Show passport C01X00T47 at the gate.", "Show passport [ID 1] at the gate."),
            ("Anna van der Berg signs. Then van der Berg files it.", "[PERSON 1] signs. Then [PERSON 1] files it."),
            (
                "The log is kept by Piotr. Piotr's deputy is Grace Adeyemi.",
                "The log is kept by [PERSON 1]. [PERSON 1]'s deputy is [PERSON 2].",
            ),
        ] {
            assert_eq!(redacted(text), expected);
        }
    }

    #[test]
    fn numbers_and_mailboxes_of_posts_are_safety_content_and_stay() {
        for text in [
            "Call 112 or 911 in an emergency.",
            "Dial extension 4410 for the maintenance team.",
            "Report it to security@example.com and itservicedesk@example.org.",
            "Phone the poison centre on 030 19240 123.",
            "Write to businessapps@example.com.",
            "Call the hotline (877) 555-6716.",
            "Write to acme-lab@acme.com or hr@acme.com.",
        ] {
            assert_eq!(redacted(text), text);
        }
    }

    #[test]
    fn things_places_and_roles_are_nobody() {
        for text in [
            "The Kitchen Manager informs the Operations Manager.",
            "Go to 12 Martin Luther Street and ask for the Martin Luther Hospital.",
            "Use Mark Items in the menu. May the guest pay? Will Operations pay?",
            "Fill in form HK-12 at the Grace Period desk.",
            "Stain with Gram stain in a Petri dish. Add E. coli to the Erlenmeyer flask.",
            "Every employee must carry a badge. A passport is needed.",
            "Store raw meat on the Lower Shelf. Open the Daily Log.",
            "Order from Thomas Scientific or Robert Bosch GmbH.",
        ] {
            assert_eq!(redacted(text), text);
        }
    }
}
