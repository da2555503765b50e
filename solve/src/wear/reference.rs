//! Answers computed apart from this code: the log-likelihood written out once more with 40 digits (mpmath), its
//! maximum by Newton's method from a grid, errors from second differences. The lives are invented.
#![expect(
    clippy::unreadable_literal,
    reason = "digits as the reference printed them"
)]

use super::*;

pub(super) fn failed(time: f64, entry: f64, count: u64) -> Life {
    Life::new(Observed::Failed(time), entry, count).expect("a life")
}

pub(super) fn good(time: f64, entry: f64, count: u64) -> Life {
    Life::new(Observed::Good(time), entry, count).expect("a life")
}

pub(super) fn between(lower: f64, upper: f64, entry: f64, count: u64) -> Life {
    Life::new(Observed::Between { lower, upper }, entry, count).expect("a life")
}

pub(super) fn numbers(fit: &Fit) -> [f64; 5] {
    [
        fit.shape,
        fit.scale,
        fit.se_log_shape,
        fit.se_log_scale,
        fit.loglik,
    ]
}

pub(super) fn assert_close(found: [f64; 5], expected: [f64; 5]) {
    for (found, expected) in found.into_iter().zip(expected) {
        let away = (found - expected).abs() / expected.abs();
        assert!(away < 1e-9, "{found} is not {expected}");
    }
}

pub(super) const CLASS: Prior = Prior {
    shape: 2.0,
    sd_log_shape: 0.35,
    scale: 1e8,
    sd_log_scale: 0.5,
};

#[test]
fn the_posterior_mode_agrees_with_forty_digits() {
    let lives = [
        failed(1.508e8, 1.091e8, 1),
        good(8.738e7, 0.0, 1),
        good(2.49e8, 1.217e8, 1),
        good(8.808e7, 4.62e7, 1),
        failed(4.29e7, 0.0, 1),
        failed(1.167e8, 8.14e7, 1),
    ];
    let expected = [
        1.6179888369691333,
        133688363.87244624,
        0.2732675586753041,
        0.29348590876857317,
        -59.119283248431415,
    ];
    assert_close(
        numbers(&fit_with_prior(&lives, &CLASS).expect("a law")),
        expected,
    );
}

#[test]
#[expect(clippy::too_many_lines, reason = "seven cases, a line a life")]
fn agrees_with_forty_digits_whatever_the_censoring_and_the_unit() {
    let cases: [(&[Life], [f64; 5]); 7] = [
        // right
        (
            &[
                good(0.06056, 0.0, 1),
                good(0.02621, 0.0, 1),
                good(0.06682, 0.0, 1),
                failed(0.07086, 0.0, 1),
                failed(0.0924, 0.0, 1),
                failed(0.06882, 0.0, 1),
                good(0.03845, 0.0, 1),
                good(0.1188, 0.0, 1),
                failed(0.1108, 0.0, 1),
                failed(0.06354, 0.0, 1),
            ],
            [
                4.149054539445399,
                0.1011077561806654,
                0.3294803359237518,
                0.1077869398278197,
                9.783269691599473,
            ],
        ),
        // trunc_mixed
        (
            &[
                between(5.415e8, 1.13e9, 2.498e8, 1),
                failed(4.166e8, 0.0, 1),
                failed(3.823e8, 0.0, 1),
                good(2.703e8, 8.1e7, 1),
                good(1.526e9, 6.917e8, 1),
                failed(4.372e8, 0.0, 1),
                good(6.982e8, 0.0, 1),
                failed(2.944e8, 0.0, 1),
                between(0.0, 3.603e8, 0.0, 1),
                good(3.887e8, 2.271e8, 1),
            ],
            [
                1.220604010985491,
                708425571.1348258,
                0.36418406899072564,
                0.3428702609951744,
                -88.10130451409388,
            ],
        ),
        // interval
        (
            &[
                between(144.7, 401.4, 0.0, 4),
                good(624.9, 0.0, 1),
                between(401.4, 614.5, 0.0, 1),
            ],
            [
                2.280602585931108,
                446.59905264507563,
                0.41038720565678743,
                0.20703995549406376,
                -6.2807824764004225,
            ],
        ),
        // trunc
        (
            &[
                failed(1.508e8, 1.091e8, 1),
                good(8.738e7, 0.0, 1),
                good(2.49e8, 1.217e8, 1),
                good(8.808e7, 4.62e7, 1),
                failed(4.29e7, 0.0, 1),
                failed(1.167e8, 8.14e7, 1),
            ],
            [
                1.2117108242200156,
                136787093.707606,
                0.5393958818506828,
                0.5272048168010229,
                -58.88417476843682,
            ],
        ),
        // status
        (
            &[
                good(0.01512, 0.0, 1),
                good(0.0104, 0.0, 2),
                between(0.0, 0.02716, 0.0, 1),
                between(0.0, 0.01512, 0.0, 1),
                good(0.02716, 0.0, 1),
                good(0.01671, 0.0, 1),
                between(0.0, 0.0104, 0.0, 1),
                between(0.0, 0.01798, 0.0, 1),
                between(0.0, 0.02101, 0.0, 1),
            ],
            [
                0.8791897549459818,
                0.02491186866387078,
                1.454327400097479,
                0.744135858558043,
                -6.694173672874669,
            ],
        ),
        // few
        (
            &[
                good(160300.0, 0.0, 1),
                good(53990.0, 0.0, 1),
                good(129500.0, 0.0, 1),
                good(115500.0, 0.0, 1),
                good(159900.0, 0.0, 1),
                good(107300.0, 0.0, 1),
                good(34510.0, 0.0, 1),
                good(66750.0, 0.0, 1),
                good(50380.0, 0.0, 1),
                good(110300.0, 0.0, 1),
                good(35900.0, 0.0, 1),
                good(125200.0, 0.0, 1),
                good(74600.0, 0.0, 1),
                good(147100.0, 0.0, 1),
                good(102800.0, 0.0, 1),
                good(39630.0, 0.0, 1),
                good(85950.0, 0.0, 1),
                failed(77240.0, 0.0, 1),
                good(152300.0, 0.0, 1),
                failed(42540.0, 0.0, 1),
                good(21490.0, 0.0, 1),
                good(68650.0, 0.0, 1),
                good(55950.0, 0.0, 1),
                good(43330.0, 0.0, 1),
                good(88130.0, 0.0, 1),
                good(48890.0, 0.0, 1),
                failed(138400.0, 0.0, 1),
                failed(77960.0, 0.0, 1),
                good(118300.0, 0.0, 1),
                good(18490.0, 0.0, 1),
            ],
            [
                2.3112392258445116,
                233570.68896652787,
                0.3980161422910609,
                0.34489940823807036,
                -55.90291995825322,
            ],
        ),
        // mixed
        (
            &[
                between(1424.0, 3315.0, 0.0, 1),
                between(0.0, 531.6, 0.0, 1),
                failed(2921.0, 0.0, 1),
                good(4666.0, 0.0, 1),
                between(4887.0, 6360.0, 0.0, 1),
                good(908.9, 0.0, 1),
                good(6360.0, 0.0, 2),
                good(1551.0, 0.0, 1),
                between(531.6, 1424.0, 0.0, 1),
            ],
            [
                0.948980642525367,
                6527.427293694165,
                0.42703945396565546,
                0.5091598218803166,
                -20.896445580978053,
            ],
        ),
    ];
    for (lives, expected) in cases {
        assert_close(numbers(&fit(lives).expect("identified")), expected);
    }
}
