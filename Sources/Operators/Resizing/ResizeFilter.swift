/// The interpolation filter of ``Resize``.
enum ResizeFilter {
  /// The nearest element.
  case nearest(Rounding)
  /// The two adjacent elements, weighted linearly.
  case linear
  /// The four adjacent elements, by cubic convolution with coefficient `a`; those out of range are excluded if
  /// `excludesOutside`, otherwise the border is repeated.
  case cubic(a: Float, excludesOutside: Bool)

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

  /// The number of taps.
  private var width: Int {
    switch self {
    case .nearest: 1
    case .linear: 2
    case .cubic: 4
    }
  }

  /// The first tap at `position`, and the weights of the taps from there on.
  private func taps(at position: Float, size: Int) -> (first: Int, weights: [Float]) {
    let left = position.rounded(.down)
    let ratio = position - left
    switch self {
    case .nearest(let rounding): return (Int(rounding(position)), [1])
    case .linear: return (Int(left), [1 - ratio, ratio])
    case .cubic(let a, let excludesOutside):
      let first = Int(left) - 1
      var weights = [1 + ratio, ratio, 1 - ratio, 2 - ratio].map { Self.cubic($0, a) }
      if excludesOutside {
        for tap in weights.indices where !(0..<size).contains(first + tap) { weights[tap] = 0 }
        let sum = weights.reduce(0, +)
        weights = weights.map { $0 / sum }
      }
      return (first, weights)
    }
  }

  /// Keys's kernel of cubic convolution at `distance` from 0 to 2.
  private static func cubic(_ distance: Float, _ a: Float) -> Float {
    distance <= 1
      ? ((a + 2) * distance - (a + 3)) * distance * distance + 1
      : ((a * distance - 5 * a) * distance + 8 * a) * distance - 4 * a
  }

  /// The taps of an axis; `nil` if a position is not finite or far out of range.
  func taps(_ axis: ResizedAxis, _ alignment: ResizedAxis.Alignment) -> AxisTaps? {
    let limit = Float(axis.size) * 4 + 16
    var places = [Int](repeating: 0, count: axis.count * width)
    var weights = [Float](repeating: 0, count: places.count)
    var outside: [Int] = []
    for place in 0..<axis.count {
      let position = axis.position(of: place, alignment)
      if alignment == .tensorflowCrop, !(position >= 0 && position <= Float(axis.size - 1)) {
        outside.append(place)
        continue
      }
      guard abs(position) <= limit else { return nil }
      let (first, values) = taps(at: position, size: axis.size)
      for tap in 0..<width {
        places[tap * axis.count + place] = min(max(first + tap, 0), axis.size - 1)
        weights[tap * axis.count + place] = values[tap]
      }
    }
    return AxisTaps(size: axis.size, count: axis.count, places: places, weights: weights, outside: outside)
  }
}
