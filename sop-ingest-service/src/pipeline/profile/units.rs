//! Numbers and units as they are written in procedures; pieces of patterns.

/// "1,925", "0.5", "-18", "–12", "½".
pub const NUMBER: &str = r"(?:[+±−–-]\s?|(?i:minus)\s)?(?:\d{1,3}(?:[,\u{202F}\u{00A0}]\d{3})+(?:\.\d+)?|\d+\s\d/\d{1,2}|\d+(?:[.,]\d+)?(?:\s?[½¼¾⅓⅔⅛])?(?:\s?[x×]\s?10)?(?:\^[−–-]?\d+|[⁰¹²³⁴⁵⁶⁷⁸⁹⁻]+)?|[½¼¾⅓⅔⅛])";

pub const SPELLED: &str = r"(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|eighteen|twenty(?:[ -](?:one|two|three|four|five|six|seven|eight|nine))?|thirty|forty|forty-five|fifty|sixty|seventy|eighty|ninety|one hundred)";

/// Units that also stand after a number that is written out.
pub const SPELLED_UNIT: &str = r"(?:(?:business|working|calendar|consecutive|full)\s+)?(?:seconds?|minutes?|hours?|days?|weeks?|months?|years?|person-hours?|shifts?|metres?|meters?|feet|foot|inch(?:es)?|miles?|kilometres?|centimetres?|millimetres?|grams?|kilograms?|kilos?|pounds?|litres?|liters?|millilitres?|drops?|cups?|tablespoons?|teaspoons?|percent|per cent|degrees?|times|pixels?)";

/// A unit after digits. Longer names first; letters end where a word ends.
pub const UNIT: &str = concat!(
    r"(?:dB\(A\)|(?:°|º|˚)\s?[CFK]\b|(?:°|º|˚)|℃|℉|%(?:\s?\((?:v/v|w/v|w/w|m/m)\)|\s(?:v/v|w/v|w/w|m/m|RH)\b)?|‰|[kcm]?m[²³]|",
    r"(?:",
    r"(?i:degrees?(?:\s(?:Celsius|Fahrenheit|centigrade))?|percent|per\scent|ppm|ppb|bpm|mph|cc|gal|o[’']clock|",
    r"(?:business|working|calendar|consecutive)\s(?:days?|hours?)|person-hours?|man-hours?|",
    r"seconds?|secs?|minutes?|mins?|hours?|hrs?|days?|weeks?|months?|years?|yrs?|shifts?|times|",
    r"kilomet(?:re|er)s?|centimet(?:re|er)s?|millimet(?:re|er)s?|micromet(?:re|er)s?|met(?:re|er)s?|inch(?:es)?|feet|foot|yards?|miles?|",
    r"square\s(?:met(?:re|er)s?|feet)|kilograms?|milligrams?|micrograms?|grams?|kilos?|tonnes?|tons?|pounds?|lbs?|ounces?|oz|",
    r"millilit(?:re|er)s?|microlit(?:re|er)s?|lit(?:re|er)s?|gallons?|pints?|cups?|tablespoons?|teaspoons?|tbsp|tsp|drops?|",
    r"pixels?|people|persons?|copies|points|samples?|units?|pieces?|amps?|volts?|watts?|bytes?)",
    r"|mmHg|mbar|bar|psi|hPa|kPa|MPa|Pa|atm|rpm|RPM|rcf|RCF|x\s?g|×\s?g|mSv|µSv|μSv|kBq|MBq|Bq|mph|kHz|MHz|GHz|Hz|dB(?:A|\(A\))?|lux|lx|kV|mV|kVA|VA|mA|kWh|kW|MW|kJ|kcal|cal|Nm|",
    r"mmol|µmol|μmol|nmol|mol|mM|µM|μM|nM|mS|µS|μS|cfu|CFU|IU|dpi|px|kB|KB|MB|GB|TB|",
    r"km|cm|mm|µm|μm|um|nm|kg|mg|µg|μg|ug|ng|pg|mL|ml|µL|μL|µl|μl|uL|ul|dL|dl|cL|cl|hl|m2|m3|ms|hr|ft|cP|U|t|h|s|m|g|l|L|V|W|N|M|C|F)",
    r"(?:\s?/\s?(?:m²|m³|kg|mg|g|mL|ml|µL|μL|L|l|litre|liter|min|minute|h|hour|hr|s|day|week|month|year|m2|cm|m|dose|person|portion|sample)|\s(?i:per\s(?:litre|liter|kilogram|gram|minute|hour|day|week|month|year|shift|person|sample|millilitre)))?\b)"
);
