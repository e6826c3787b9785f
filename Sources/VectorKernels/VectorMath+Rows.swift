extension VectorMath {
  /// Calls `body` with the offset of each group of eight numbers in a row of `count`, then `rest` with each remaining
  /// offset.
  @inline(__always)
  static func forEach(_ count: Int, _ body: (Int) -> Void, rest: (Int) -> Void) {
    var i = 0
    while i + 8 <= count {
      body(i)
      i += 8
    }
    while i < count {
      rest(i)
      i += 1
    }
  }

  /// Loads eight numbers of a row.
  @inline(__always)
  static func load(_ row: UnsafePointer<Float>, _ place: Int) -> Lanes {
    UnsafeRawPointer(row + place).loadUnaligned(as: Lanes.self)
  }

  /// Stores eight numbers in a row.
  @inline(__always)
  static func store(_ lanes: Lanes, _ row: UnsafeMutablePointer<Float>, _ place: Int) {
    UnsafeMutableRawPointer(row + place).storeBytes(of: lanes, as: Lanes.self)
  }

  /// The sum of `term` over the groups of eight numbers of a row, and of `rest` over the remaining numbers.
  @inline(__always)
  static func sum(_ count: Int, _ term: (Int) -> Lanes, rest: (Int) -> Float) -> Float {
    var sums = Lanes.zero
    var last: Float = 0
    forEach(count, { sums += term($0) }, rest: { last += rest($0) })
    return sums.sum() + last
  }

  /// A vector function applied to one number.
  @inline(__always)
  static func single(_ x: Float, _ function: (Lanes) -> Lanes) -> Float { function(Lanes(repeating: x))[0] }

  /// The softmax of a row, shifted by its maximum; `empty` is the result for a row of minus infinities.
  static func softmax(_ x: UnsafePointer<Float>, _ y: UnsafeMutablePointer<Float>, count: Int, empty: Float) {
    var largest = Lanes(repeating: -.infinity)
    var maximum = -Float.infinity
    forEach(
      count,
      { place in
        let own = load(x, place)
        largest.replace(with: own, where: own .> largest)
      }, rest: { maximum = max(maximum, x[$0]) })
    maximum = max(maximum, largest.max())
    guard maximum > -.infinity else {
      for i in 0..<count { y[i] = x[i].isNaN ? .nan : empty }
      return
    }
    let total = sum(
      count,
      { place in
        let e = exp(load(x, place) - maximum)
        store(e, y, place)
        return e
      },
      rest: { place in
        y[place] = single(x[place] - maximum, exp)
        return y[place]
      })
    let factor = 1 / total
    forEach(count, { store(load(y, $0) * factor, y, $0) }, rest: { y[$0] *= factor })
  }
}
