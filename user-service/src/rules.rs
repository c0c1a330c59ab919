//! What may stand in a field, as [`garde`] rules.

use std::collections::BTreeSet;

use platform::Problem;
use uuid::Uuid;

type Rule = garde::Result;

fn broken(message: &str) -> Rule {
    Err(garde::Error::new(message))
}

/// The one spelling of an address: Cognito would keep `Ana@example.com` and `ana@example.com` apart.
pub fn canonical_email(email: &str) -> String {
    email.trim().to_lowercase()
}

pub fn email(value: &str, (): &()) -> Rule {
    let value = value.trim();
    let plain = value.len() <= 254 && value.bytes().all(|b| b.is_ascii_graphic() && !b"<>()[],;:\\\"".contains(&b));
    let parts = value.rsplit_once('@');
    let domain_ok = |domain: &str| {
        domain.contains('.')
            && domain.split('.').all(|label| {
                !label.is_empty()
                    && !label.starts_with('-')
                    && !label.ends_with('-')
                    && label.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')
            })
    };
    match parts {
        Some((local, domain))
            if plain && !local.is_empty() && local.len() <= 64 && !local.contains('@') && domain_ok(domain) =>
        {
            Ok(())
        }
        _ => broken("is not an e-mail address"),
    }
}

pub fn display_name(value: &str, (): &()) -> Rule {
    if value.trim().is_empty() || value.chars().count() > 100 || value.chars().any(char::is_control) {
        return broken("must be 1 to 100 characters, without control characters");
    }
    Ok(())
}

/// A BCP 47 tag of the simple kind: `de`, `pt-BR`, `sr-Latn`.
pub fn language(value: &str, (): &()) -> Rule {
    let mut parts = value.split('-');
    let primary = parts.next().unwrap_or_default();
    let ok = (2..=3).contains(&primary.len())
        && primary.bytes().all(|b| b.is_ascii_lowercase())
        && value.len() <= 20
        && parts.all(|p| (2..=8).contains(&p.len()) && p.bytes().all(|b| b.is_ascii_alphanumeric()));
    if ok { Ok(()) } else { broken("must be a language tag such as \"de\" or \"pt-BR\"") }
}

/// E.164: what SNS takes.
pub fn phone(value: &str, (): &()) -> Rule {
    let digits = value.strip_prefix('+').unwrap_or_default();
    let ok = (8..=15).contains(&digits.len()) && digits.bytes().all(|b| b.is_ascii_digit()) && !digits.starts_with('0');
    if ok { Ok(()) } else { broken("must be an international number such as +4915112345678") }
}

pub fn client_ids(value: &[Uuid], (): &()) -> Rule {
    if value.len() > 50 {
        return broken("at most 50 clients");
    }
    if value.iter().collect::<BTreeSet<_>>().len() != value.len() {
        return broken("a client is named twice");
    }
    Ok(())
}

/// The pool's policy, checked here too so that the answer can say which rule is broken.
///
/// # Errors
/// 422 `weak_password`.
pub fn check_password(password: &str) -> Result<(), Problem> {
    let missing = [
        (password.chars().count() >= 10, "at least 10 characters"),
        (password.chars().any(char::is_uppercase), "an upper-case letter"),
        (password.chars().any(char::is_lowercase), "a lower-case letter"),
        (password.chars().any(|c| c.is_ascii_digit()), "a digit"),
    ];
    let missing: Vec<_> = missing.iter().filter(|(ok, _)| !ok).map(|(_, what)| *what).collect();
    if missing.is_empty() { Ok(()) } else { Err(weak_password(format!("needs {}", missing.join(", ")))) }
}

pub fn weak_password(message: impl Into<String>) -> Problem {
    Problem::invalid("new_password", "weak_password", message).code("weak_password")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_told_from_what_only_looks_like_one() {
        for good in ["ana@example.com", "a.b+c@sub.example.co", " Ana@Example.com "] {
            assert!(email(good, &()).is_ok(), "{good}");
        }
        for bad in [
            "",
            "ana",
            "@example.com",
            "ana@",
            "ana@localhost",
            "a b@example.com",
            "a@b@example.com",
            "a@-x.de",
            "a@x..de",
            "<a@x.de>",
        ] {
            assert!(email(bad, &()).is_err(), "{bad}");
        }
    }

    #[test]
    fn phone_numbers_are_international() {
        assert!(phone("+4915112345678", &()).is_ok());
        for bad in ["015112345678", "+0151123456", "+49", "+49 151 12345678", "+4915112345678901"] {
            assert!(phone(bad, &()).is_err(), "{bad}");
        }
    }

    #[test]
    fn languages_are_tags() {
        for good in ["de", "pt-BR", "sr-Latn", "yue"] {
            assert!(language(good, &()).is_ok(), "{good}");
        }
        for bad in ["", "DE", "german", "de_AT", "d", "de-", "../etc"] {
            assert!(language(bad, &()).is_err(), "{bad}");
        }
    }

    #[test]
    fn a_weak_password_is_told_what_it_needs() {
        assert!(check_password("Long-enough-1").is_ok());
        let problem = check_password("short").unwrap_err();
        assert_eq!(problem.code, "weak_password");
        assert_eq!(problem.errors[0].message, "needs at least 10 characters, an upper-case letter, a digit");
    }
}
