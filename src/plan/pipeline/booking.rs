//! The booking key: the same for a vehicle and a month, whatever else changes.

use sha2::{Digest, Sha256};

/// Crockford's base 32: no I, L, O, U, so that it can be read out on the phone.
const DIGITS: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/// `2612-7KQ4M2XR`: year and month, then 40 bits of a hash over vehicle and month.
pub fn booking_key(vehicle: &str, month: &str) -> String {
    let hash = Sha256::digest(format!("{vehicle}|{month}").as_bytes());
    let bits = hash
        .iter()
        .take(5)
        .fold(0_u64, |bits, byte| (bits << 8) | u64::from(*byte));
    let code: String = (0..8)
        .rev()
        .map(|place| char::from(DIGITS[((bits >> (place * 5)) & 31) as usize]))
        .collect();
    let digits: String = month.chars().filter(char::is_ascii_digit).skip(2).collect();
    format!("{digits}-{code}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_booking_belongs_to_one_vehicle_and_one_month() {
        let key = booking_key("LSKDEMO0000000001", "2026-12");
        assert!(key.starts_with("2612-") && key.len() == 13, "{key}");
        assert_eq!(key, booking_key("LSKDEMO0000000001", "2026-12"));
        assert_ne!(key, booking_key("LSKDEMO0000000001", "2027-01"));
        assert_ne!(key, booking_key("LSKDEMO0000000002", "2026-12"));
    }
}
