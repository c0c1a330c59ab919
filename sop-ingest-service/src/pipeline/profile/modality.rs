//! Must, must not, should, may: of a sentence by its own words, of a fragment by the heading or sentence above it.

use course_format::sop::Modality;

use super::imperative::{Place, opening, verb};
use crate::pipeline::{pattern::patterns, words};

patterns! {
    FORBIDS_PEOPLE = r"(?i)(?P<who>[\p{L}’']+)\s+(?:may\s+(?:not|never|no longer)|can\s?not|can[’']t)\s+\p{L}+";
    // "No smoking": forbidden without a verb that says so.
    FORBIDS_BARELY = r"(?i)^(?:no|absolutely no|strictly no)\s+\p{L}+ing\b";
    // "Only operators with a licence may charge a battery": whoever is named has the permission.
    ONLY_MAY = r"(?i)^only\s[^,;:]{2,80}?\s(?:may|can)\s+(?P<what>\p{L}+(?:\s+\p{L}+)?)";
    MANY_PEOPLE = r"(?i)^\p{L}{2,}(?:ers|ors|ists|ees|ians|ants)$";
    // Without one of these words nothing is forbidden, and without one of those nothing is said of what is to be done.
    NEGATIVE = r"(?i)not|n[’']t|never|no\s|nobody|neither|prohibit|forbid";
    DEMANDS = r"(?i)must|shall|should|ought|ha(?:s|ve|ving|d)\s+to|need|requir|oblig|mandator|compuls|necess|essential|important|critical|vital|crucial|imperative|to\s+be|time\s+to|sure\s+to|recommend|advis|expected|encourag|prefer|suggest|meant|supposed|practice|ideally|allow|permit|entitle|free|authori|welcome|accept|ok|fine|optional|may|can|go\s+for\s+it";
    QUOTED = r#""[^"]{1,60}"|“[^”]{1,60}”"#;
    PARENTHESIS = r"\([^)]*\)";
    // Conditions, reasons and purposes say nothing about what must be done.
    ASIDE = r"(?i)(?:^|[\s(,;—–-])(?:if|when|whenever|unless|until|in case|whether|while|once|as long as|because|since|so that|so as to|in order to|any time|anytime|where)\s[^,;:.→—–]*";
    RELATIVE = r"(?i)\b(?:that|which|who)\s+(?:you |we |they |it )?(?:must|shall|should|may|might|can|could|has to|have to|needs? to|is required|are required)\b(?: not)?";
    FORBIDS_DIRECTLY = r"(?i)(?:^|[.:;,→—–-]\s*|\b(?:please|and|then|but|or|always|so)\s+)(?:do\s+not|don[’']t|never)\s+(?P<verb>\p{L}+)";
    FORBIDS = r"(?i)\b(?:must\s+(?:not|never|no longer)|mustn[’']t|shall\s+(?:not|never)|may\s+(?:not|never|no longer)\s+be\s+\p{L}+(?:ed|en|wn|rn|pt|ld|nt|ut|et)|can\s*not\s+be\s+(?:used|accepted|opened|eaten|returned|shared|taken|stored)|(?:is|are|be)\s+(?:not\s+(?:allowed|permitted|acceptable|to be)|strictly\s+(?:prohibited|forbidden)|prohibited|forbidden|never)|not\s+allowed|no\s+(?:one|person)\s+(?:may|must|shall)|nobody\s+(?:may|must|shall)|under\s+no\s+circumstances|no\s+\p{L}+(?:\s+\p{L}+)?\s+(?:may|must|shall|is allowed|are allowed|is permitted|are permitted))\b";
    NOT_YET = r"(?i)\bmay not (?:yet|always|necessarily|have|be able)\b";
    FREE = r"(?i)\b(?:need\s+not|do(?:es)?\s+not\s+(?:need|have)\s+to|don[’']t\s+(?:need|have)\s+to|not\s+(?:required|necessary|obliged))\b";
    OBLIGES = r"(?i)\b(?:must|shall|(?:has|have|having)\s+to\b|needs?\s+to|(?:is|are|be)\s+(?:required|obliged|mandatory|compulsory|obligatory|necessary|essential|to\s+be\s+\p{L}+(?:ed|en|pt|t|n))|(?:it\s+is|it[’']s)\s+(?:very\s+|extremely\s+)?(?:important|critical|essential|vital|crucial|imperative|mandatory|necessary)|to\s+be\s+(?:stored|kept|used|recorded|checked|done|completed|worn|cleaned|placed|reported|signed)|needs?\s+\p{L}+ing|(?:it[’']s|it\s+is)\s+time\s+to|be\s+sure\s+to|required\s+to)\b";
    ADVISES = r"(?i)(?:\bshould\b(?:n[’']t)?|\bought\s+to\b|\b(?:is|are|be)\s+(?:strongly\s+|highly\s+|also\s+|optional but )?(?:recommended|advised|advisable|encouraged|preferable|preferred|suggested|expected\s+to|meant\s+to\s+be|supposed\s+to)|\brecommended\b|\bencouraged\b|\bwe\s+(?:recommend|advise|suggest)|\b(?:best|good)\s+practice\b|\bideally\b)";
    PERMITS = r"(?i)(?:\b(?:is|are|be)\s+(?:also\s+)?(?:allowed|permitted|entitled|free|authori[sz]ed|welcome|acceptable)|\b(?:it[’']s|it\s+is|is)\s+(?:\p{L}+\s+)?(?:ok|okay|fine|acceptable)\b|\bfeel\s+free\b|\bgo for it\b|\b(?:is|are)\s+optional\b)";
    MAY = r"(?i)(?P<who>[\p{L}’']+)\s+may\s+(?:also\s+|only\s+|then\s+)?(?P<what>\p{L}+(?:\s+\p{L}+)?)";
    CAN = r"(?i)(?P<who>[\p{L}’']+)(?:\s+(?:also|then|now|only|both))?\s+can\s+(?:also\s+|only\s+|then\s+|now\s+)?(?P<what>\p{L}+(?:\s+\p{L}+)?)";
    // What happens by itself is possible, not permitted.
    HAPPENS = r"(?i)^(?:(?:be|get|become)\s+(?:lost|damaged|contaminated|found|seen|injured|harmed|killed|exposed|affected|caused|hot|wet|cold|dangerous|slippery|toxic|difficult|easier|hard|present|different|available|higher|lower|needed|necessary|required|delayed|unable|subject|reached|downloaded|viewed|accessed|told)|appear|smell|cor+ode|cause|occur|result|lead|contain|vary|become|happen|burst|damage|contaminate|produce|indicate|seem|differ|leak|fail|break|burn|drip|grow|look|affect|include|have|need|not|also|spread|cut|crack|explode|ignite|catch|hurt|kill|harm|poison|react|spill|fall|drop|overheat|expire|spoil|rise|increase|decrease|arise|exceed|take|go|come|mean|act|form|turn|remain|live|survive|multiply|help|drain|save|serve)\b";
    PEOPLE = r"(?i)^(?:you|staff|employees?|volunteers?|cooks?|users?|operators?|managers?|technicians?|students?|workers?|members?|anyone|anybody|everyone|everybody|nurses?|personnel|team|teams|supervisors?|customers?|guests?|visitors?|drivers?|patients?|they|responders?|people|persons?|who|assistants?|attendants?|officers?|agents?|engineers?|chefs?|we)$";
    SAYS_WHERE = r"(?i)\bcan be (?:found|seen|downloaded|viewed|accessed|reached|contacted)\b";
    CONSIDER = r"(?i)^(?:consider|try|prefer|aim|avoid if)$";
    MAY_HEADING = r"(?i)^(?:(?:what(?:'s| is) )?(?:allowed|permitted|acceptable)(?: items| foods?)?|ok(?:ay)?|(?:what )?you (?:may|can)(?: .*)?|optional)$";
    MUST_NOT_HEADING = r"(?i)^(?:do\s*not(?:s|[’']s)?|don[’']?ts?|don[’']t[’']?s|not allowed|not permitted|never|prohibited(?: .*)?|forbidden(?: .*)?|unacceptable|must not|you must not|avoid|what not to do|things not to do|not acceptable)$";
    BOTH_HEADING = r"(?i)^do(?:[’']?s)?\s*(?:/|and|&)\s*(?:do\s*not|don[’']?t)(?:[’']?s)?$";
    MUST_HEADING = r"(?i)^(?:do|dos|do[’']s|always|must|you must|required|mandatory|must do)$";
    SHOULD_HEADING = r"(?i)^(?:recommended|should|you should|recommendations|best practices?)$";
}

/// What the words of one sentence demand.
pub fn of_sentence(sentence: &str, place: Place) -> Modality {
    let words = without_quotes(sentence);
    if words.trim_end().ends_with('?') {
        return Modality::None;
    }
    let command = verb(&words, place);
    if forbids(&words) && !obliges_first(&words) && (command.is_none() || !opens_with_command(&words, command.as_ref()))
    {
        return Modality::MustNot;
    }
    if let Some(command) = command {
        return if CONSIDER.is_match(&words[command]) { Modality::Should } else { Modality::Must };
    }
    if !DEMANDS.is_match(&words) {
        return Modality::None;
    }
    let main = without_asides(&words[opening(&words)..]);
    let main = PARENTHESIS.replace_all(&main, " ");
    stated(&RELATIVE.replace_all(&main, " "))
}

/// A positive command stands before the prohibition: "Check the list and do not enter".
fn opens_with_command(words: &str, command: Option<&std::ops::Range<usize>>) -> bool {
    let Some(command) = command else { return false };
    let forbidden = FORBIDS_DIRECTLY.find(words).or_else(|| FORBIDS.find(words)).map_or(usize::MAX, |m| m.start());
    let negative = matches!(words[command.clone()].to_lowercase().as_str(), "do" | "don't" | "don’t" | "neither");
    command.start < forbidden && !negative
}

/// "Drivers shall check the truck and shall not use it": what comes first is what the sentence is about.
fn obliges_first(words: &str) -> bool {
    let main = without_asides(words);
    let forbidden = FORBIDS_DIRECTLY.find(&main).into_iter().chain(FORBIDS.find(&main)).map(|m| m.start()).min();
    let plain = RELATIVE.replace_all(&main, |c: &regex::Captures<'_>| " ".repeat(c[0].len()));
    let obliged = OBLIGES.find(&plain).map(|m| m.start());
    let allowed = permission(&plain);
    forbidden.is_some_and(|forbidden| obliged.into_iter().chain(allowed).any(|at| at < forbidden))
}

fn forbids(words: &str) -> bool {
    if !NEGATIVE.is_match(words) {
        return false;
    }
    let main = without_asides(words);
    let body = words[opening(words)..].trim_start();
    let neither = verb(body, Place::Item).is_some_and(|v| body[v].eq_ignore_ascii_case("neither"));
    let barely = neither || FORBIDS_BARELY.is_match(body);
    let directly = barely
        || FORBIDS_DIRECTLY.captures_iter(&main).any(|c| !matches!(&c["verb"], "less" | "more" | "fewer" | "later"));
    let people = FORBIDS_PEOPLE.captures_iter(&main).any(|c| is_person(&c["who"]));
    directly || people && !NOT_YET.is_match(&main) || (FORBIDS.is_match(&main) && !NOT_YET.is_match(&main))
}

/// What a sentence without a command says ("must be", "are allowed to").
fn stated(main: &str) -> Modality {
    if FREE.is_match(main) {
        return Modality::None;
    }
    let obliges = OBLIGES.find(main).map(|m| m.start());
    let advises = ADVISES
        .find(main)
        .filter(|m| !main[..m.start()].trim().is_empty() || !m.as_str().eq_ignore_ascii_case("should"))
        .map(|m| m.start());
    let permits = PERMITS.find(main).map(|m| m.start()).or_else(|| permission(main));
    let earliest = [(obliges, Modality::Must), (advises, Modality::Should), (permits, Modality::May)];
    earliest
        .into_iter()
        .filter_map(|(at, m)| at.map(|at| (at, m)))
        .min_by_key(|(at, _)| *at)
        .map_or(Modality::None, |(_, m)| m)
}

fn is_person(word: &str) -> bool {
    PEOPLE.is_match(word) || words::is_role(word) || MANY_PEOPLE.is_match(word)
}

fn permission(main: &str) -> Option<usize> {
    if ONLY_MAY.is_match(main.trim_start()) {
        return Some(0);
    }
    let may = MAY
        .captures_iter(main)
        .find(|c| {
            let what = c["what"].to_lowercase();
            // "The rotor may break": things that act by themselves have no permission.
            let permitted = what.starts_with("be ") || is_person(&c["who"]);
            !["not", "never", "no "].iter().any(|no| what.starts_with(no))
                && permitted
                && (is_person(&c["who"]) || !HAPPENS.is_match(&what))
        })
        .and_then(|c| c.get(0))
        .map(|m| m.start());
    may.or_else(|| {
        let found = CAN.captures_iter(main).find(|c| {
            let passive = c["what"].to_lowercase().starts_with("be ") && !SAYS_WHERE.is_match(&c[0]);
            if passive {
                !HAPPENS.is_match(&c["what"]) && c["what"].ends_with(['d', 'n', 't'])
            } else {
                PEOPLE.is_match(&c["who"]) && !matches!(&c["who"].to_lowercase()[..], "who" | "we")
            }
        })?;
        found.get(0).map(|m| m.start())
    })
}

pub fn without_quotes(text: &str) -> String {
    if !text.contains(['"', '“']) {
        return text.to_owned();
    }
    QUOTED
        .replace_all(text, |c: &regex::Captures<'_>| {
            "“".to_owned() + &" ".repeat(c[0].chars().count().saturating_sub(2)) + "”"
        })
        .into_owned()
}

pub fn without_asides(text: &str) -> String {
    let main = ASIDE.replace_all(text, " ");
    // Without a comma nobody can say where the condition ends: "If there are gaps they should be closed."
    if main.chars().any(char::is_alphabetic) { main.into_owned() } else { text.to_owned() }
}

/// "Do / Do not": a heading over both kinds says nothing of either.
pub fn names_both(title: &str) -> bool {
    BOTH_HEADING.is_match(title.trim().trim_end_matches([':', '.', '!']).trim())
}

/// What a sentence states, commands left aside: cells of tables begin with names that look like commands.
pub fn of_statement(sentence: &str) -> Modality {
    let main = without_asides(&without_quotes(sentence));
    if FORBIDS.is_match(&main) { Modality::MustNot } else { stated(&RELATIVE.replace_all(&main, " ")) }
}

/// What a heading such as "Do not" or "Allowed" demands of the items below it.
pub fn of_heading(title: &str) -> Modality {
    let title = title.trim().trim_end_matches([':', '.', '!']).trim();
    if MUST_NOT_HEADING.is_match(title) {
        Modality::MustNot
    } else if MAY_HEADING.is_match(title) {
        Modality::May
    } else if MUST_HEADING.is_match(title) {
        Modality::Must
    } else if SHOULD_HEADING.is_match(title) {
        Modality::Should
    } else {
        Modality::None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(sentence: &str) -> Modality {
        of_sentence(sentence, Place::Prose)
    }

    #[test]
    fn demands_are_read_from_the_main_clause() {
        use Modality::{May, Must, MustNot, None, Should};
        for (sentence, expected) in [
            ("This procedure must be read by all staff.", Must),
            ("Daily cleaning is done after each shift.", None),
            ("Volunteers may help under supervision.", May),
            ("Valuable evidence may be lost.", None),
            ("Only approved recipes may be used.", May),
            ("Data must never be shared.", MustNot),
            ("If it is open, do not use it.", MustNot),
            ("Put the bag in the bin. ", Must),
            ("It is recommended that you book early.", Should),
            ("A video can be found online.", None),
            ("You can book flights.", May),
            ("The date can be added to the name.", May),
            ("These can be easier to use.", None),
            ("It is critical that you notify IT.", Must),
            ("Please note that incidents need to be reported.", Must),
            ("Note that the team won't be available.", None),
            ("It's always OK to report.", May),
            ("You are responsible for securing approval.", None),
            ("What must I do?", None),
            ("Any files are to be stored in the folder.", Must),
            ("Label the probe \"Do not use\".", Must),
            ("Nobody may handle acid alone.", MustNot),
            ("You do not have to sign.", None),
            ("Drivers shall complete the check and shall not use a truck that failed.", Must),
            ("Jewellery may not be worn below the elbow.", MustNot),
            ("A trainee may dispense under supervision.", May),
            ("An unbalanced rotor may destroy the instrument.", None),
            ("Drivers may not repair the truck.", MustNot),
            ("Service providers may take part.", May),
            ("The lift may not work.", None),
            ("Oil that has been used for bread must not be re-used.", MustNot),
            ("It is good practice to take a photo.", Should),
            ("Document No.: WH-17", None),
            ("Only operators with a licence may charge a battery.", May),
            ("Employees are expected to spend with care.", Should),
            ("A manager cannot approve a claim of his own.", MustNot),
            ("No smoking in the charging bay.", MustNot),
            ("Neither share oil nor reuse tongs.", MustNot),
            ("Workers may watch but must not touch the hoist.", May),
        ] {
            assert_eq!(of(sentence), expected, "{sentence}");
        }
    }

    #[test]
    fn headings_speak_for_the_items_below_them() {
        assert_eq!(of_heading("DO NOT"), Modality::MustNot);
        assert_eq!(of_heading("Allowed:"), Modality::May);
        assert_eq!(of_heading("Do"), Modality::Must);
        assert_eq!(of_heading("Documents"), Modality::None);
    }
}
