import Foundation

/// Replaces x by `e^(x - shift)`, which must not overflow, and returns the sum.
///
/// Relative errors are below 1e-15; results below 1e-307 are 0. Not-a-number stays what it is.
func replaceByExponentials(_ count: Int, _ x: UnsafeMutablePointer<Double>, minus shift: Double) -> Double {
  var sums = SIMD4<Double>()
  var i = 0
  while i + 4 <= count {
    let power = exponential(UnsafeRawPointer(x + i).loadUnaligned(as: SIMD4<Double>.self) - shift)
    UnsafeMutableRawPointer(x + i).storeBytes(of: power, as: SIMD4<Double>.self)
    sums += power
    i += 4
  }
  var sum = sums.sum()
  while i < count {
    x[i] = exp(x[i] - shift)
    sum += x[i]
    i += 1
  }
  return sum
}

/// `e^x`: the nearest power of two times Taylor's polynomial of degree 13 in the remainder, at most `ln 2 / 2`.
@inline(__always)
private func exponential(_ x: SIMD4<Double>) -> SIMD4<Double> {
  // Adding 1.5 x 2^52 rounds to a whole number, which is then in the lowest bits.
  let shift = 6_755_399_441_055_744.0
  let clamped = x.replacing(with: -708, where: x .< -708)
  let shifted = clamped * 1.442_695_040_888_963_4 + shift
  let n = shifted - shift
  // ln 2 in two parts, the first short enough for an exact product with n (W. Cody, W. Waite, 1980).
  let rest = (clamped - n * 0.693_147_180_369_123_816_490) - n * 1.908_214_929_270_587_700_02e-10
  var p = SIMD4<Double>(repeating: 1 / 6_227_020_800)
  p = p * rest + 1 / 479_001_600
  p = p * rest + 1 / 39_916_800
  p = p * rest + 1 / 3_628_800
  p = p * rest + 1 / 362_880
  p = p * rest + 1 / 40_320
  p = p * rest + 1 / 5_040
  p = p * rest + 1 / 720
  p = p * rest + 1 / 120
  p = p * rest + 1 / 24
  p = p * rest + 1 / 6
  p = p * rest + 0.5
  p = p * rest + 1
  p = p * rest + 1
  let bits = unsafeBitCast(shifted, to: SIMD4<Int64>.self) &+ 1023
  let power = unsafeBitCast(bits &<< 52, to: SIMD4<Double>.self)
  var y = p * power
  y.replace(with: 0, where: x .< -708)
  y.replace(with: x, where: x .!= x)
  return y
}
