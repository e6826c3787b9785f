/// The interpolation filter of ``Resize``.
///
/// Against aliasing, the filter of an axis that shrinks is stretched by `1 / scale`, so that each element is a weighted
/// mean of all those that it stands for, with weights that add up to 1 (the operator's specification).
enum ResizeFilter {
  /// The nearest element.
  case nearest(Rounding)
  /// The two adjacent elements, weighted linearly.
  case linear
  /// The four adjacent elements, by cubic convolution with coefficient `a`.
  case cubic(a: Float)

  /// The rounding of a position between two elements, by the names in the attribute `nearest_mode`.
  enum Rounding: String {
    case floor
    case ceil
    case roundPreferFloor = "round_prefer_floor"
    case roundPreferCeil = "round_prefer_ceil"

    func callAsFunction(_ position: Float) -> Float {
      switch self {
      case .floor: position.rounded(.down)
      case .ceil: position.rounded(.up)
      case .roundPreferFloor: (position - 0.5).rounded(.up)
      case .roundPreferCeil: (position + 0.5).rounded(.down)
      }
    }
  }

  /// The distance up to which elements count.
  private var radius: Float {
    switch self {
    case .nearest: 0.5
    case .linear: 1
    case .cubic: 2
    }
  }

  /// The first tap at `position`, and the weights of the taps from there on, with the filter stretched by `1 / scale`.
  private func taps(at position: Float, scale: Float) -> (first: Int, weights: [Float]) {
    if case .nearest(let rounding) = self { return (Int(rounding(position)), [1]) }
    let left = position.rounded(.down)
    let ratio = position - left
    if case .linear = self, scale == 1 { return (Int(left), [1 - ratio, ratio]) }
    let start = Int((-radius / scale).rounded(.down)) + 1
    let weights = (start...1 - start).map { weight(abs(Float($0) - ratio) * scale) }
    return (Int(left) + start, scale < 1 ? Self.normalized(weights) : weights)
  }

  private func weight(_ distance: Float) -> Float {
    switch self {
    case .nearest: 1
    case .linear: max(0, 1 - distance)
    case .cubic(let a): distance < 2 ? Self.cubic(distance, a) : 0
    }
  }

  private static func normalized(_ weights: [Float]) -> [Float] {
    let sum = weights.reduce(0, +)
    return weights.map { $0 / sum }
  }

  /// Keys's kernel of cubic convolution at `distance` from 0 to 2.
  private static func cubic(_ distance: Float, _ a: Float) -> Float {
    distance <= 1
      ? ((a + 2) * distance - (a + 3)) * distance * distance + 1
      : ((a * distance - 5 * a) * distance + 8 * a) * distance - 4 * a
  }

  /// The taps of an axis; `nil` if a position is not finite or far out of range.
  ///
  /// - Parameters:
  ///   - excludesOutside: Whether elements out of range are left out, instead of the border being repeated.
  ///   - isStretched: Whether the filter is stretched where the axis shrinks.
  func taps(
    _ axis: ResizedAxis, _ alignment: ResizedAxis.Alignment, excludesOutside: Bool = false, isStretched: Bool = false
  ) -> AxisTaps? {
    let limit = Float(axis.size) * 4 + 16
    let scale = isStretched ? min(axis.scale, 1) : 1
    var rows: [[(place: Int, weight: Float)]] = []
    var outside: [Int] = []
    for place in 0..<axis.count {
      let position = axis.position(of: place, alignment)
      if alignment == .tensorflowCrop, !(position >= 0 && position <= Float(axis.size - 1)) {
        outside.append(place)
        rows.append([])
        continue
      }
      guard abs(position) <= limit else { return nil }
      var (first, weights) = taps(at: position, scale: scale)
      if excludesOutside {
        for tap in weights.indices where !(0..<axis.size).contains(first + tap) { weights[tap] = 0 }
        weights = Self.normalized(weights)
      }
      rows.append(weights.enumerated().map { (min(max(first + $0, 0), axis.size - 1), $1) })
    }
    let width = max(rows.map(\.count).max() ?? 1, 1)
    var places = [Int](repeating: 0, count: axis.count * width)
    var weights = [Float](repeating: 0, count: places.count)
    for (place, row) in rows.enumerated() {
      for (tap, part) in row.enumerated() {
        (places[tap * axis.count + place], weights[tap * axis.count + place]) = part
      }
    }
    return AxisTaps(size: axis.size, count: axis.count, places: places, weights: weights, outside: outside)
  }
}
