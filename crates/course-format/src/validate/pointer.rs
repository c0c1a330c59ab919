use std::fmt::Display;

/// A JSON pointer (RFC 6901) that grows on the way down.
#[derive(Clone, Debug, Default)]
pub(super) struct Pointer(String);

impl Pointer {
    /// The place of a field or an array entry below this one.
    pub(super) fn at(&self, segment: impl Display) -> Self {
        let segment = segment.to_string().replace('~', "~0").replace('/', "~1");
        Self(format!("{}/{segment}", self.0))
    }
}

impl Display for Pointer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}
