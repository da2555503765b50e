//! The beginning of a text as numbers: lists of many texts are put in order by it, with hardly a look at the texts.

/// The first 8·`N` bytes, zeros behind a shorter text: where those of two texts differ they are in the order of the texts.
pub fn beginning<const N: usize>(text: &str) -> [u64; N] {
    let mut rest = text.as_bytes();
    std::array::from_fn(|_| {
        let mut bytes = [0; 8];
        let known = rest.len().min(bytes.len());
        let (own, behind) = rest.split_at(known);
        bytes[..known].copy_from_slice(own);
        rest = behind;
        u64::from_be_bytes(bytes)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn beginnings_that_differ_are_in_the_order_of_their_texts() {
        let texts = [
            "",
            "\0",
            "a",
            "a\0",
            "ab",
            "abcdefgh",
            "abcdefghi",
            "abcdefgi",
            "电话:1",
            "电话:13800138000",
            "电话:2",
        ];
        for (first, second) in texts.iter().flat_map(|a| texts.iter().map(move |b| (a, b))) {
            let (one, other) = (beginning::<2>(first), beginning::<2>(second));
            assert!(
                one == other || one.cmp(&other) == first.cmp(second),
                "{first} {second}"
            );
        }
        assert_ne!(beginning::<2>("电话:1"), beginning::<2>("电话:2"));
    }
}
