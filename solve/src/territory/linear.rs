//! Small dense linear algebra.
//!
//! Responsible for: inverting a matrix with one row per visited point, and the vector steps around it.
//! Not responsible for: sparsity.

/// The inverse of a row-major matrix (Gauss-Jordan, partial pivoting); `None` where it is singular.
pub(super) fn invert(size: usize, mut a: Vec<f64>) -> Option<Vec<f64>> {
    let mut inverse = vec![0.0; size * size];
    for k in 0..size {
        inverse[k * size + k] = 1.0;
    }
    for k in 0..size {
        let mut pivot = k;
        for row in k + 1..size {
            if a[row * size + k].abs() > a[pivot * size + k].abs() {
                pivot = row;
            }
        }
        let value = a[pivot * size + k];
        if value.abs() < 1e-13 {
            return None;
        }
        for col in 0..size {
            a.swap(k * size + col, pivot * size + col);
            inverse.swap(k * size + col, pivot * size + col);
            a[k * size + col] /= value;
            inverse[k * size + col] /= value;
        }
        let top = a[k * size..(k + 1) * size].to_vec();
        let top_inverse = inverse[k * size..(k + 1) * size].to_vec();
        for row in (0..size).filter(|&row| row != k) {
            let factor = a[row * size + k];
            if factor != 0.0 {
                add(&mut a[row * size..(row + 1) * size], -factor, &top);
                add(
                    &mut inverse[row * size..(row + 1) * size],
                    -factor,
                    &top_inverse,
                );
            }
        }
    }
    Some(inverse)
}

/// `to` += `factor` × `from`.
pub(super) fn add(to: &mut [f64], factor: f64, from: &[f64]) {
    for (to, from) in to.iter_mut().zip(from) {
        *to += factor * from;
    }
}

/// The inner product.
pub(super) fn dot(a: &[f64], b: &[f64]) -> f64 {
    a.iter().zip(b).map(|(a, b)| a * b).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_matrix_times_its_inverse_is_the_identity() {
        let a = [0.0, 2.0, 1.0, 3.0, -1.0, 4.0, 1.0, 5.0, -2.0];
        let inverse = invert(3, a.to_vec()).unwrap();
        for row in 0..3 {
            for col in 0..3 {
                let column: Vec<f64> = (0..3).map(|k| inverse[k * 3 + col]).collect();
                let want = f64::from(u8::from(row == col));
                assert!((dot(&a[row * 3..row * 3 + 3], &column) - want).abs() < 1e-12);
            }
        }
    }

    #[test]
    fn a_singular_matrix_is_refused() {
        assert!(invert(2, vec![1.0, 2.0, 2.0, 4.0]).is_none());
    }
}
