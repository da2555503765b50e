//! Figures rounded, without the call into the C library that `f64::round` is on older processors.

/// Added to a figure whose fraction is then cut off, this rounds it: a half itself would lift what lies just below one.
const JUST_BELOW_HALF: f64 = 0.499_999_999_999_999_94;
/// From here on every figure is whole.
const WHOLE_FROM: f64 = 4_503_599_627_370_496.0;

/// As `figure.round()`.
pub fn whole(figure: f64) -> f64 {
    if figure.abs() < WHOLE_FROM {
        let cut = (figure.abs() + JUST_BELOW_HALF) as i64;
        (cut as f64).copysign(figure)
    } else {
        figure.round()
    }
}

/// To a tenth.
pub fn tenths(figure: f64) -> f64 {
    whole(figure * 10.0) / 10.0
}

/// To a ten-thousandth: probabilities, hours and values as they are kept.
pub fn ten_thousandths(figure: f64) -> f64 {
    whole(figure * 1e4) / 1e4
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_figure_is_rounded_as_the_language_rounds_it() {
        let odd = [
            0.0,
            0.5,
            0.499_999_999_999_999_94,
            1.5,
            2.5,
            WHOLE_FROM - 0.5,
            WHOLE_FROM,
            WHOLE_FROM + 1.0,
            1e300,
            f64::MIN_POSITIVE,
            f64::INFINITY,
        ];
        let many = (0..20_000).map(|n| f64::from(n) / 640.0 + f64::from(n % 10) * 1e-13);
        for figure in odd.into_iter().chain(many) {
            for figure in [figure, -figure] {
                assert_eq!(
                    whole(figure).to_bits(),
                    figure.round().to_bits(),
                    "{figure}"
                );
            }
        }
        assert!(whole(f64::NAN).is_nan());
    }
}
