//! Regular expressions as named constants, compiled at their first use.

use regex::Regex;

#[expect(clippy::expect_used, reason = "every pattern is a constant that a test compiles")]
pub fn compile(pattern: &str) -> Regex {
    Regex::new(pattern).expect("a constant pattern compiles")
}

/// `patterns! { NAME = r"..."; }` declares lazily compiled regular expressions, and a test that each compiles.
macro_rules! patterns {
    ($($name:ident = $pattern:expr;)+) => {
        $(static $name: std::sync::LazyLock<regex::Regex> = std::sync::LazyLock::new(|| $crate::pipeline::pattern::compile($pattern));)+

        #[cfg(test)]
        #[test]
        fn every_pattern_compiles() {
            $(assert!(!$name.as_str().is_empty());)+
        }
    };
}
pub(crate) use patterns;
