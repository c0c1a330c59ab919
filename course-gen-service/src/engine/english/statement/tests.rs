use super::*;

fn said(text: &str) -> Option<(Who, Force, String)> {
    all(text).into_iter().next().map(|s| (s.who, s.force, s.act))
}

fn acts(text: &str) -> Vec<String> {
    all(text).into_iter().map(|s| s.act).collect()
}

#[test]
fn one_subject_may_have_several_duties() {
    assert_eq!(
        acts("You are responsible for securing approval, properly submitting your form, and booking your travel."),
        ["secure approval", "properly submit your form", "book your travel"]
    );
    assert_eq!(
        acts("The HR Officer keeps the leave records and answers questions about the balance."),
        ["keep the leave records", "answer questions about the balance"]
    );
    assert_eq!(acts("The line manager approves or refuses each request."), ["approve or refuse each request"]);
}

#[test]
fn duties_of_the_reader_have_many_wordings() {
    for text in [
        "You must check the balance.",
        "You are required to check the balance.",
        "You'll also need to check the balance.",
        "It is your responsibility to check the balance.",
        "You have to check the balance.",
    ] {
        assert_eq!(said(text), Some((Who::You, Force::Must, "check the balance".into())), "{text}");
    }
    assert_eq!(said("You do not need to explain it.").map(|s| s.1), Some(Force::Free));
    assert_eq!(said("You are not allowed to smoke here.").map(|s| s.1), Some(Force::MustNot));
    assert_eq!(said("You should not smoke here."), None);
}

#[test]
fn people_and_things_are_told_apart() {
    let people = |p: &str| Who::People(p.to_owned());
    assert_eq!(
        said("The archive manager is responsible for checking the scans."),
        Some((people("The archive manager"), Force::Does, "check the scans".into()))
    );
    assert_eq!(
        said("Gallery attendants report missing labels to the curator."),
        Some((people("Gallery attendants"), Force::Does, "report missing labels to the curator".into()))
    );
    assert_eq!(
        said("The certificate has to be sent to the HR Officer."),
        Some((Who::Thing("The certificate".into()), Force::Must, "be sent to the HR Officer".into()))
    );
}

#[test]
fn conditions_and_second_clauses_are_left_alone() {
    for text in [
        "If a page is torn, you must repair it.",
        "Damaged objects must be reported and must not be moved.",
        "The purpose of the meeting is to agree on support.",
        "Dust can scratch the glass.",
        "Serious breaches may lead to a warning.",
        "Evidence may be lost.",
        "They must sign the log.",
        "Bags, coats and hats must be left there.",
        "Tools that are broken must be replaced.",
    ] {
        assert_eq!(said(text), None, "{text}");
    }
}
