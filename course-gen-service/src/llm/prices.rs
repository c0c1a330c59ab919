//! What a call costs.

/// Millionths of a US dollar: sums stay exact.
#[derive(Clone, Copy, Debug, Default, Eq, Ord, PartialEq, PartialOrd)]
pub struct MicroUsd(pub i64);

impl MicroUsd {
    /// "2.50"
    pub fn of_usd(text: &str) -> Option<Self> {
        let usd: f64 = text.trim().parse().ok()?;
        let fits = (0.0..=1_000_000.0).contains(&usd);
        #[expect(clippy::cast_possible_truncation, reason = "at most 10^12, checked before")]
        fits.then(|| Self((usd * 1e6).round() as i64))
    }

    pub fn usd(self) -> f64 {
        self.0 as f64 / 1e6
    }
}

/// Tokens of one call, as the provider counted them.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub struct Usage {
    pub input: u64,
    /// Of the input, what the provider had in its cache.
    pub cached: u64,
    pub output: u64,
}

/// US dollars for a million tokens; the same number is millionths of a dollar for one.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Price {
    pub input: f64,
    pub cached: f64,
    pub output: f64,
}

impl Price {
    pub fn of(self, usage: Usage) -> MicroUsd {
        let fresh = usage.input.saturating_sub(usage.cached) as f64;
        let cost = fresh * self.input + usage.cached as f64 * self.cached + usage.output as f64 * self.output;
        #[expect(clippy::cast_possible_truncation, reason = "`as` stops at the largest value, which no cap lets pass")]
        MicroUsd(cost.ceil() as i64)
    }
}

/// List prices by the beginning of the model's name, as published in autumn 2025; the longest match counts.
/// `LLM_PRICES` goes first.
const TABLE: [(&str, f64, f64, f64); 22] = [
    ("claude-3-5-haiku", 0.80, 0.08, 4.0),
    ("claude-3-haiku", 0.25, 0.03, 1.25),
    ("claude-haiku-4", 1.0, 0.10, 5.0),
    ("claude-opus-4", 15.0, 1.50, 75.0),
    ("claude-opus-4-5", 5.0, 0.50, 25.0),
    ("claude-opus-4-6", 5.0, 0.50, 25.0),
    ("claude-sonnet-4", 3.0, 0.30, 15.0),
    ("gemini-2.0-flash", 0.10, 0.025, 0.40),
    ("gemini-2.5-flash", 0.30, 0.03, 2.50),
    ("gemini-2.5-flash-lite", 0.10, 0.01, 0.40),
    ("gemini-2.5-pro", 2.50, 0.25, 15.0),
    ("gpt-4.1", 2.0, 0.50, 8.0),
    ("gpt-4.1-mini", 0.40, 0.10, 1.60),
    ("gpt-4.1-nano", 0.10, 0.025, 0.40),
    ("gpt-4o", 2.50, 1.25, 10.0),
    ("gpt-4o-mini", 0.15, 0.075, 0.60),
    ("gpt-5", 1.25, 0.125, 10.0),
    ("gpt-5-mini", 0.25, 0.025, 2.0),
    ("gpt-5-nano", 0.05, 0.005, 0.40),
    ("o3", 2.0, 0.50, 8.0),
    ("o3-mini", 1.10, 0.55, 4.40),
    ("o4-mini", 1.10, 0.275, 4.40),
];

/// A model that nobody priced counts as the dearest: a spend cap that errs stops too early, not too late.
const UNKNOWN: Price = Price { input: 15.0, cached: 15.0, output: 75.0 };

/// What each model costs.
#[derive(Clone, Debug, Default)]
pub struct Prices(Vec<(String, Price)>);

impl Prices {
    /// The built-in table behind `model=input/output,...`.
    pub fn new(overrides: &str) -> Result<Self, String> {
        let wrong = |entry: &str| format!("LLM_PRICES: `{entry}` is not model=input/output");
        let mut out = Vec::new();
        for entry in overrides.split(',').map(str::trim).filter(|e| !e.is_empty()) {
            let (model, amounts) = entry.split_once('=').ok_or_else(|| wrong(entry))?;
            let (input, output) = amounts.split_once('/').ok_or_else(|| wrong(entry))?;
            let amount = |text: &str| text.trim().parse::<f64>().ok().filter(|a| (0.0..=10_000.0).contains(a));
            let (input, output) = amount(input).zip(amount(output)).ok_or_else(|| wrong(entry))?;
            out.push((model.trim().to_owned(), Price { input, cached: input, output }));
        }
        Ok(Self(out))
    }

    pub fn of(&self, model: &str) -> Price {
        let model = model.strip_prefix("models/").unwrap_or(model);
        let own = self.0.iter().find(|(name, _)| name == model).map(|(_, price)| *price);
        let listed = || {
            TABLE
                .iter()
                .filter(|(name, ..)| model.starts_with(name))
                .max_by_key(|(name, ..)| name.len())
                .map(|(_, input, cached, output)| Price { input: *input, cached: *cached, output: *output })
        };
        own.or_else(listed).unwrap_or(UNKNOWN)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longest_name_decides_and_unknown_models_are_dear() {
        let prices = Prices::new("house-model = 1/2").unwrap();
        let million = Usage { input: 1_000_000, cached: 0, output: 0 };
        assert_eq!(prices.of("gpt-4.1-mini-2025-04-14").of(million), MicroUsd(400_000));
        assert_eq!(prices.of("gpt-4.1").of(million), MicroUsd(2_000_000));
        assert_eq!(prices.of("house-model").of(million), MicroUsd(1_000_000));
        assert_eq!(prices.of("models/gemini-2.5-flash").of(million), MicroUsd(300_000));
        assert_eq!(prices.of("somebody-elses").of(million), MicroUsd(15_000_000));
        assert!(Prices::new("gpt=2").is_err());
    }

    #[test]
    fn cached_input_is_cheaper_and_fractions_round_up() {
        let price = Price { input: 2.0, cached: 0.5, output: 8.0 };
        assert_eq!(price.of(Usage { input: 100, cached: 40, output: 10 }), MicroUsd(120 + 20 + 80));
        assert_eq!(
            Price { input: 0.1, cached: 0.1, output: 0.1 }.of(Usage { input: 1, cached: 0, output: 0 }),
            MicroUsd(1)
        );
    }

    #[test]
    fn amounts_are_read_exactly() {
        assert_eq!(MicroUsd::of_usd("2.50"), Some(MicroUsd(2_500_000)));
        assert_eq!(MicroUsd::of_usd("0"), Some(MicroUsd(0)));
        for wrong in ["", "-1", "NaN", "inf", "two", "1e30"] {
            assert_eq!(MicroUsd::of_usd(wrong), None, "{wrong}");
        }
    }
}
