//! Is something that the reader must do, avoid or believe negated? A "not" in a condition, a limit, a reason or a label
//! on a bottle does not count.

use super::modality::without_quotes;
use crate::pipeline::pattern::patterns;

patterns! {
    LIMIT = r"(?i)\b(?:no|not|never)\s+(?:more|less|longer|later|fewer|greater|higher|lower|earlier|closer|deeper|further|smaller|larger|older|over|under|above|below|\p{L}+er)\s+than\b|\b(?:no|not)\s+later\b|\bnot exceeding\b|\b(?:more|less) or not\b";
    CONDITION = r"(?i)(?:^|[\s(,;—–-])(?:if|when|whenever|unless|until|in case|whether|where|while|once|as long as|because|since|so that|so as|in order|any time|to (?:make sure|ensure|prevent|avoid|stop|confirm|check)|should (?:you|it|one|the))\s[^,;:.→]*";
    REASON = r"(?i)\b(?:this|that|it|which)\s+(?:makes sure|means|ensures|helps|prevents|stops|shows|indicates)\b[^.;]*";
    RELATIVE = r"(?i)(?P<before>\p{L}+)\s+(?:that|which|who|whose)\s+[^,.;:]{0,120}?(?:\b(?:not|never|no|nobody|none|nothing|cannot)\b|n[’']t\b)[^,.;:]*";
    COMPLEMENT = r"(?i)^(?:note|check|ensure|verify|confirm|sure|remember|know|say|says|see|is|are|aware|mind|believe|certain|means|mean|requires|require|important|critical|essential)$";
    // "Oil that has been used must not be kept": the relative clause has its own verb, and the demand comes after it.
    FORBIDS_AFTER = r"(?i)\b(?:that|which|who|whose)\s+(?:\p{L}+\s+)?(?:has|have|had|is|are|was|were|\p{L}+(?:ed|es|[^s]s))\s[^,.;:]*\b(?:must|shall|should|can|will)\s*(?:not|never)\b";
    FIXED = r"(?i)\bwhether or not\b|\bif not\b|\bor not\b|\bnot only\b|\bno\.\s*\d|\bno matter\b|\bdo not hesitate\b|\bnon[ -]|\bnot applicable\b|\bno doubt\b|\bwhy not\b|\bwithout worrying\b";
    NEGATION = r"(?i)\b(?:not|never|none|nobody|nothing|neither|nor|cannot|no one)\b|n[’']t\b|\bwithout\s+(?:\p{L}+ly\s+)?\p{L}+ing\b|\bno\s+\p{L}";
}

pub fn is_negated(text: &str) -> bool {
    if !NEGATION.is_match(text) {
        return false;
    }
    let text = without_quotes(text);
    let text = FIXED.replace_all(&text, " ");
    let text = LIMIT.replace_all(&text, " ");
    let text = REASON.replace_all(&text, " ");
    let text = CONDITION.replace_all(&text, " ");
    let text = RELATIVE.replace_all(&text, |c: &regex::Captures<'_>| {
        if COMPLEMENT.is_match(&c["before"]) || FORBIDS_AFTER.is_match(&c[0]) {
            c[0].to_owned()
        } else {
            format!("{} ", &c["before"])
        }
    });
    NEGATION.is_match(&text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_reader_must_avoid_or_believe_is_negated() {
        for text in [
            "Do not skip it.",
            "Data must never be shared.",
            "No app used",
            "Take care to not disturb the pellet.",
            "Note that the team won't be available.",
            "Send it here and not to me.",
            "Check that the lid is not open.",
            "Oil that has been used for bread must not be used again.",
            "Draw it without including the edge.",
        ] {
            assert!(is_negated(text), "{text}");
        }
    }

    #[test]
    fn conditions_limits_reasons_and_labels_are_not() {
        for text in [
            "Soak it for no longer than 2 h.",
            "If it is not available, call the manager.",
            "Label it \"Do not use\".",
            "Shake it; this makes sure samples don't get stuck.",
            "Reject food that is not labelled.",
            "Say whether or not it works.",
            "Wash your hands.",
            "Not more than 5 kg per box",
        ] {
            assert!(!is_negated(text), "{text}");
        }
    }
}
