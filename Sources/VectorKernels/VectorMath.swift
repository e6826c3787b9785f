/// Functions of eight numbers at once, and of rows of numbers, for attention, normalisation and smooth activations.
///
/// Relative errors are below 1e-6. The rounding of a row does not depend on the number of threads.
enum VectorMath {
  /// Eight numbers.
  typealias Lanes = SIMD8<Float>

  /// `e^x`: the nearest power of two times a polynomial of degree 6 in the remainder. 0 below -87.3, infinity above
  /// 88.7, and not-a-number for not-a-number.
  @inline(__always)
  static func exp(_ x: Lanes) -> Lanes {
    // Adding 1.5 x 2^23 rounds to a whole number, which is then in the lowest bits.
    let shift: Float = 12_582_912
    // Not `clamped`, which is not inlined.
    let above = x.replacing(with: -87.5, where: x .< -87.5)
    let clamped = above.replacing(with: 89, where: x .> 89)
    let shifted = clamped * 1.442_695_041 + shift
    let n = shifted - shift
    let rest = ((clamped - n * 0.693_359_375) - n * -2.121_944_4e-4) * 1.442_695_041
    var p = Lanes(repeating: 1.533_479_4e-4)
    p = p * rest + 1.339_564_4e-3
    p = p * rest + 9.618_491_4e-3
    p = p * rest + 5.550_339_96e-2
    p = p * rest + 0.240_226_47
    p = p * rest + 0.693_147_2
    p = p * rest + 1
    let bits = SIMD8<Int32>.bits(of: shifted) &- 0x4B40_0000
    let power = SIMD8<Int32>.floats(bits: (bits &+ 127) &<< 23)
    var y = p * power
    y.replace(with: 0, where: x .< -87.3)
    y.replace(with: .infinity, where: x .> 88.72)
    y.replace(with: x, where: x .!= x)
    return y
  }

  /// `1 / (1 + e^{-x})`, from `e^{-|x|}`, so that nothing overflows.
  @inline(__always)
  static func logistic(_ x: Lanes) -> Lanes {
    let isNegative = x .< 0
    let e = exp(x.replacing(with: -x, where: x .> 0))
    let s = 1 / (1 + e)
    return s.replacing(with: e * s, where: isNegative)
  }

  /// `1 - erf(|x|)`, as `t exp(-x^2) P(t)` with `t = 1 / (1 + |x| / 2)` and a polynomial of degree 8, fitted by least
  /// squares to a relative error of 2e-7.
  @inline(__always)
  static func complementaryErrorFunction(ofMagnitude x: Lanes) -> Lanes {
    let magnitude = x.replacing(with: -x, where: x .< 0)
    let t = 1 / (1 + magnitude * 0.5)
    var p = Lanes(repeating: -6.148_390_8e-2)
    p = p * t + 0.295_434_53
    p = p * t - 0.507_776_42
    p = p * t + 0.299_438_995
    p = p * t - 3.987_802_9e-2
    p = p * t + 0.207_688_78
    p = p * t + 0.241_986_116
    p = p * t + 0.282_510_015
    p = p * t + 0.282_079_726
    return p * t * exp(-magnitude * magnitude)
  }

  /// `erf(x)`; for small x by its Taylor series, which preserves relative accuracy.
  @inline(__always)
  static func erf(_ x: Lanes) -> Lanes {
    let tail = 1 - complementaryErrorFunction(ofMagnitude: x)
    let square = x * x
    // 2 / sqrt(pi) times (-1)^k / (k! (2 k + 1)).
    var p = Lanes(repeating: 1.205_533_3e-4)
    p = p * square - 8.548_327e-4
    p = p * square + 5.223_977_6e-3
    p = p * square - 2.686_617_1e-2
    p = p * square + 0.112_837_92
    p = p * square - 0.376_126_39
    p = p * square + 1.128_379_2
    return (x * p).replacing(with: tail.replacing(with: -tail, where: x .< 0), where: square .> 0.25)
  }

  /// `tanh(x)`, from `e^{2x}`; for small x by its Taylor series.
  @inline(__always)
  static func tanh(_ x: Lanes) -> Lanes {
    let square = x * x
    var p = Lanes(repeating: 62.0 / 2835)
    p = p * square - 17.0 / 315
    p = p * square + 2.0 / 15
    p = p * square - 1.0 / 3
    p = p * square + 1
    let far = 1 - 2 / (exp(2 * x) + 1)
    return (x * p).replacing(with: far, where: square .> 0.04)
  }

  /// `(1 + erf(x / sqrt(2))) / 2`: the standard normal distribution function.
  @inline(__always)
  static func normalDistribution(_ x: Lanes) -> Lanes {
    let tail = 0.5 * complementaryErrorFunction(ofMagnitude: x * 0.707_106_78)
    return tail.replacing(with: 1 - tail, where: x .> 0)
  }
}

extension SIMD8<Int32> {
  /// The bits of eight numbers.
  @inline(__always)
  fileprivate static func bits(of floats: SIMD8<Float>) -> SIMD8<Int32> { unsafeBitCast(floats, to: Self.self) }

  /// Eight numbers with these bits.
  @inline(__always)
  fileprivate static func floats(bits: SIMD8<Int32>) -> SIMD8<Float> { unsafeBitCast(bits, to: SIMD8<Float>.self) }
}
