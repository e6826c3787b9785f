/// The inner product of two vectors, in four running sums that the processor adds at once.
@inline(__always)
func dot(_ count: Int, _ x: UnsafePointer<Double>, _ y: UnsafePointer<Double>) -> Double {
  var sums = SIMD4<Double>()
  var i = 0
  while i + 4 <= count {
    sums += quadruple(x + i) * quadruple(y + i)
    i += 4
  }
  var sum = sums.sum()
  while i < count {
    sum += x[i] * y[i]
    i += 1
  }
  return sum
}

/// Replaces x by `z = scale (x + momentum (x - previous))` and `previous` by x, and returns `<a, z>`.
@inline(__always)
func extrapolatedDot(
  _ count: Int, _ a: UnsafePointer<Double>, _ x: UnsafeMutablePointer<Double>,
  previous: UnsafeMutablePointer<Double>, momentum: Double, scale: Double
) -> Double {
  var sums = SIMD4<Double>()
  var i = 0
  while i + 4 <= count {
    let here = quadruple(x + i)
    let z = scale * (here + momentum * (here - quadruple(previous + i)))
    UnsafeMutableRawPointer(previous + i).storeBytes(of: here, as: SIMD4<Double>.self)
    UnsafeMutableRawPointer(x + i).storeBytes(of: z, as: SIMD4<Double>.self)
    sums += quadruple(a + i) * z
    i += 4
  }
  var sum = sums.sum()
  while i < count {
    let here = x[i]
    x[i] = scale * (here + momentum * (here - previous[i]))
    previous[i] = here
    sum += a[i] * x[i]
    i += 1
  }
  return sum
}

/// Four numbers in a row.
@inline(__always)
private func quadruple(_ x: UnsafePointer<Double>) -> SIMD4<Double> {
  UnsafeRawPointer(x).loadUnaligned(as: SIMD4<Double>.self)
}

/// `y += factor x`.
@inline(__always)
func add(_ count: Int, _ factor: Double, _ x: UnsafePointer<Double>, to y: UnsafeMutablePointer<Double>) {
  for i in 0..<count { y[i] += factor * x[i] }
}

/// The inner product of two vectors.
func inner(_ x: [Double], _ y: [Double]) -> Double {
  x.withUnsafeBufferPointer { x in
    y.withUnsafeBufferPointer { y in x.isEmpty ? 0 : dot(x.count, x.baseAddress!, y.baseAddress!) }
  }
}

/// The Euclidean norm.
func norm(_ x: [Double]) -> Double {
  inner(x, x).squareRoot()
}
