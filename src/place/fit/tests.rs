use super::*;

/// Made-up drives by a known curve: every size from 3 to 250 km, all terrains, `noise` as a share.
fn drives(truth: &TravelCurve, count: u64, noise: f64) -> Vec<Sample> {
    let terrains = [Terrain::Plain, Terrain::Hills, Terrain::Mountains];
    let one = |number: u64| {
        let dice = |turn: u64| {
            let mixed = (number * 31 + turn).wrapping_mul(0x9E37_79B9_7F4A_7C15);
            let mixed = (mixed ^ (mixed >> 29)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
            ((mixed >> 32) % 1000) as f64 / 1000.0
        };
        let pick = |turn| terrains[(dice(turn) * 3.0) as usize];
        let mut sample = Sample {
            straight_km: 3.0 + 247.0 * dice(1) * dice(2),
            terrain: (pick(3), pick(4)),
            km: 0.0,
            minutes: 0.0,
            ends: number,
        };
        sample.km = estimate_km(&sample, truth) * (1.0 + noise * (dice(5) * 2.0 - 1.0));
        sample.minutes = minutes(truth, sample.km) * (1.0 + noise * (dice(6) * 2.0 - 1.0));
        sample
    };
    (0..count).map(one).collect()
}

fn a_truth() -> TravelCurve {
    TravelCurve {
        detour_far: 1.32,
        detour_near: 0.55,
        detour_fade_km: 18.0,
        hills: 1.16,
        mountains: 1.34,
        speed_far: 68.0,
        speed_loss_near: 40.0,
        speed_fade_km: 45.0,
        ..TravelCurve::default()
    }
}

/// Largest share by which two curves differ, in km and minutes.
fn apart(one: &TravelCurve, other: &TravelCurve) -> (f64, f64) {
    let (mut km, mut time) = (0.0_f64, 0.0_f64);
    for sample in drives(other, 300, 0.0) {
        let (a, b) = (estimate_km(&sample, one), estimate_km(&sample, other));
        km = km.max((a / b - 1.0).abs());
        time = time.max((minutes(one, b) / minutes(other, b) - 1.0).abs());
    }
    (km, time)
}

#[test]
fn finds_the_curve_that_made_the_drives() {
    let fit = fit(&drives(&a_truth(), 400, 0.0), &TravelCurve::default());
    let (km, time) = apart(&fit.curve, &a_truth());
    assert!(km < 0.005 && time < 0.005, "{km} {time} {:?}", fit.curve);
    assert!(fit.km.better && fit.minutes.better);
    assert!(fit.km.after.mean < 0.3, "{:?}", fit.km);
}

#[test]
fn one_drive_in_ten_that_is_wrong_moves_nothing() {
    let mut drives = drives(&a_truth(), 400, 0.05);
    for sample in drives.iter_mut().step_by(10) {
        sample.km *= 10.0;
        sample.minutes *= 60.0;
    }
    let fit = fit(&drives, &TravelCurve::default());
    let (km, time) = apart(&fit.curve, &a_truth());
    assert!(km < 0.06 && time < 0.06, "{km} {time} {:?}", fit.curve);
}

#[test]
fn few_drives_move_one_factor_and_leave_the_shape() {
    let now = TravelCurve::default();
    let truth = TravelCurve {
        detour_far: now.detour_far * 1.1,
        detour_near: now.detour_near * 1.1,
        speed_far: now.speed_far * 0.8,
        speed_loss_near: now.speed_loss_near * 0.8,
        ..now
    };
    let fit = fit(&drives(&truth, 20, 0.02), &now);
    let (km, time) = apart(&fit.curve, &truth);
    assert!(km < 0.02 && time < 0.02, "{km} {time}");
    assert_eq!(fit.curve.detour_fade_km, now.detour_fade_km);
    assert_eq!(fit.curve.speed_fade_km, now.speed_fade_km);
}

#[test]
fn a_curve_that_fits_already_is_left_as_it_is() {
    let now = a_truth();
    let fit = fit(&drives(&now, 200, 0.0), &now);
    assert_eq!(
        (fit.curve, fit.km.better, fit.minutes.better),
        (now, false, false)
    );
}

#[test]
fn the_misses_told_are_of_drives_the_curve_was_not_fitted_to() {
    // Distances that follow nothing: no curve can be better than chance on what it has not seen.
    let mut drives = drives(&TravelCurve::default(), 60, 0.9);
    for sample in &mut drives {
        sample.ends = (sample.km * 1000.0) as u64;
    }
    let fit = fit(&drives, &TravelCurve::default());
    let seen = drives
        .iter()
        .map(|s| (estimate_km(s, &fit.curve) - s.km).abs());
    let seen = seen.sum::<f64>() / drives.len() as f64;
    assert!(fit.km.after.mean >= seen, "{} {seen}", fit.km.after.mean);
    assert!(fit.km.before.mean > 0.0);
}

#[test]
fn misses_are_mean_bias_and_what_nine_of_ten_stay_below() {
    let errors = vec![-1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 2.0, 10.0];
    let misses = misses(errors);
    assert_eq!((misses.mean, misses.bias, misses.p90), (2.0, 1.8, 2.0));
}

#[test]
fn of_short_trips_nobody_measured_nothing_new_is_said() {
    let now = TravelCurve::default();
    let mut drives = drives(&a_truth(), 400, 0.02);
    drives.retain(|sample| sample.straight_km > 25.0);
    let fit = fit(&drives, &now);
    assert!(fit.km.better && fit.minutes.better && drives.len() > 100);
    let short = |curve: &TravelCurve| curve.detour_far + curve.detour_near;
    let slow = |curve: &TravelCurve| curve.speed_far - curve.speed_loss_near;
    assert!(
        (short(&fit.curve) - short(&now)).abs() < 0.002,
        "{:?}",
        fit.curve
    );
    assert!(
        (slow(&fit.curve) - slow(&now)).abs() < 0.11,
        "{:?}",
        fit.curve
    );
}

#[test]
fn where_nothing_fades_how_fast_stays_as_it_was() {
    let now = TravelCurve::default();
    let truth = TravelCurve {
        detour_near: 0.0,
        speed_loss_near: 0.0,
        ..now
    };
    let curve = fit(&drives(&truth, 300, 0.0), &now).curve;
    assert!(
        curve.detour_near < 0.02 && curve.speed_loss_near < 1.0,
        "{curve:?}"
    );
    for (left, fade, was) in [
        (curve.detour_near, curve.detour_fade_km, now.detour_fade_km),
        (
            curve.speed_loss_near,
            curve.speed_fade_km,
            now.speed_fade_km,
        ),
    ] {
        assert!(left > 0.0 || fade == was, "{curve:?}");
    }
}
