/// The inner product of two vectors, in four running sums that the processor adds at once.
@inline(__always)
func dot(_ count: Int, _ x: UnsafePointer<Double>, _ y: UnsafePointer<Double>) -> Double {
  var sums = SIMD4<Double>()
  var i = 0
  while i + 4 <= count {
    sums += SIMD4(x[i], x[i + 1], x[i + 2], x[i + 3]) * SIMD4(y[i], y[i + 1], y[i + 2], y[i + 3])
    i += 4
  }
  var sum = sums.sum()
  while i < count {
    sum += x[i] * y[i]
    i += 1
  }
  return sum
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
