//! Rules for text that people type, for `#[garde(custom(...))]`.

/// One line: something besides white space, no control characters, no bidirectional overrides.
///
/// # Errors
/// What is wrong, for the person who typed it.
pub fn line(value: &str, (): &()) -> garde::Result {
    if value.trim().is_empty() {
        return Err(garde::Error::new("must not be blank"));
    }
    if value.chars().any(|c| c.is_control() || is_override(c)) {
        return Err(garde::Error::new("must not contain control characters"));
    }
    Ok(())
}

/// Several lines: line breaks and tabs are fine, other control characters are not.
///
/// # Errors
/// As [`line`].
pub fn lines(value: &str, (): &()) -> garde::Result {
    if value.trim().is_empty() {
        return Err(garde::Error::new("must not be blank"));
    }
    if value.chars().any(|c| (c.is_control() && !matches!(c, '\n' | '\r' | '\t')) || is_override(c)) {
        return Err(garde::Error::new("must not contain control characters"));
    }
    Ok(())
}

/// [`line`] where there is a value.
///
/// # Errors
/// As [`line`].
pub fn optional_line(value: &Option<String>, context: &()) -> garde::Result {
    value.as_deref().map_or(Ok(()), |v| line(v, context))
}

/// [`lines`] where there is a value.
///
/// # Errors
/// As [`lines`].
pub fn optional_lines(value: &Option<String>, context: &()) -> garde::Result {
    value.as_deref().map_or(Ok(()), |v| lines(v, context))
}

/// Characters that make a text read otherwise than it is stored (U+202E and its like).
pub fn is_override(c: char) -> bool {
    matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}
